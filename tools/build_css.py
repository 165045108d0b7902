"""Makes the one style sheet of the public pages, and gives font and mark their hashed names.

Norway's design system is 190 kB of CSS, of which a page uses a fraction. This keeps the rules
whose classes and attribute values stand in a template or in the code that writes HTML, then the
custom properties that those rules reach, and writes husrom/static/public/husrom.HASH.css. It is
no general minifier: it knows the two vendored files and says so when it meets what it cannot read.

    python tools/build_css.py          writes the files
    python tools/build_css.py --check  says whether they are what the sources give
"""

import gzip
import re
import sys
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STYLE = ROOT / "tools" / "style"
OUT = ROOT / "husrom" / "static" / "public"
TEMPLATES = ROOT / "husrom" / "templates" / "public"
CODE = ROOT / "husrom" / "public"
LIMIT = 13_000
FROM_OUTSIDE = "--chart-"  # the drawn charts reach these
LIGHT_AGAIN = "@media (prefers-color-scheme: light)"  # the theme repeats what it has said for :root
COLOURS = ("accent", "neutral", "danger", "warning", "info", "success")


@dataclass
class Node:
    """A rule with children, or a declaration or statement without."""

    head: str
    children: list["Node"] | None = None


@dataclass
class Used:
    """What the pages use of the design system."""

    classes: set[str] = field(default_factory=set)
    values: dict[str, set[str]] = field(default_factory=dict)


def parse(css: str) -> list[Node]:
    """Read CSS into a tree. Strings and brackets are kept whole; comments go."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    nodes, end = _block(css, 0)
    if end != len(css):
        raise ValueError(f"A bracket too many at {end}: {css[end - 40 : end + 20]!r}")
    return nodes


def _block(css: str, at: int) -> tuple[list[Node], int]:
    nodes: list[Node] = []
    start, depth = at, 0
    while at < len(css):
        char = css[at]
        if char in "\"'":
            at = css.index(char, at + 1)
        elif char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif depth == 0 and char == ";":
            _add(nodes, css[start:at])
            start = at + 1
        elif depth == 0 and char == "{":
            head = _tidy(css[start:at])
            children, at = _block(css, at + 1)
            nodes.append(Node(head, children))
            start = at + 1
        elif depth == 0 and char == "}":
            _add(nodes, css[start:at])
            return nodes, at
        at += 1
    _add(nodes, css[start:at])
    return nodes, at


def _add(nodes: list[Node], text: str) -> None:
    if tidy := _tidy(text):
        nodes.append(Node(tidy))


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def used() -> Used:
    """The classes and data attributes that templates and code write."""
    found = Used()
    files = [*TEMPLATES.glob("*"), *CODE.rglob("*.py")]
    for text in (file.read_text(encoding="utf-8") for file in sorted(files) if file.is_file()):
        found.classes.update(re.findall(r"\bds-[a-z-]+", text))
        for name, value in re.findall(r'(data-[a-z-]+)="([^"{}]+)"', text):
            found.values.setdefault(name, set()).add(value)
        if re.search(r'data-color="\{', text):
            found.values.setdefault("data-color", set()).update(("success", "warning", "neutral"))
        if re.search(r'data-size="\{', text):
            found.values.setdefault("data-size", set()).update(("2xs", "xs"))
    return found


UNUSED_ELEMENTS = (
    "u-[a-z]+|ds-[a-z]+|dialog|fieldset|legend|select|option|textarea|video|hr|blockquote|kbd|progress|meter|optgroup"
    "|search|img"
)
ELEMENTS = rf"(^|[\s>+~,(])({UNUSED_ELEMENTS})\b"


def wanted(selector: str, use: Used) -> bool:
    """Whether a selector can meet anything on our pages. Of an :is() one alternative is enough."""
    outside, groups = _outside(selector)
    if not all(any(wanted(one, use) for one in split_selectors(group)) for group in groups):
        return False
    if any(name not in use.classes for name in re.findall(r"\.(ds-[A-Za-z0-9_-]+)", outside)):
        return False
    for name, value in re.findall(r"\[([a-z-]+)(?:[~|^*$]?=[\"']?([^\"'\]]+)[\"']?)?\]", outside):
        if name in UNUSED_ATTRIBUTES or (name.startswith("data-") and not _has(use, name, value)):
            return False
    if re.search(r":(popover-open|checked|indeterminate|disabled|modal|user-invalid)\b", outside):
        return False
    return not re.search(ELEMENTS, re.sub(r"\[[^\]]*\]", "", outside))


UNUSED_ATTRIBUTES = frozenset(
    {
        "aria-sort",
        "aria-busy",
        "aria-disabled",
        "aria-checked",
        "aria-pressed",
        "aria-selected",
        "aria-expanded",
        "popover",
        "popovertarget",
        "selected",
        "readonly",
        "aria-readonly",
        "size",
        "multiple",
        "dir",
        "contenteditable",
    }
)


def _has(use: Used, name: str, value: str) -> bool:
    return name in use.values and (not value or value in use.values[name])


def _outside(selector: str) -> tuple[str, list[str]]:
    """A selector without what its :is(), :where() and :has() hold, and what they hold; :not() goes."""
    kept, groups, at = "", [], 0
    while at < len(selector):
        found = re.compile(r":(is|where|has|not)\(").match(selector, at)
        if not found:
            kept += selector[at]
            at += 1
            continue
        end, depth = found.end(), 1
        while depth:
            depth += (selector[end] == "(") - (selector[end] == ")")
            end += 1
        if found[1] != "not":
            groups.append(selector[found.end() : end - 1])
        at = end
    return kept, groups


def split_selectors(head: str) -> list[str]:
    """Split a selector list at its own commas."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(head):
        depth += (char in "([") - (char in ")]")
        if char == "," and depth == 0:
            parts.append(head[start:at].strip())
            start = at + 1
    return [*parts, head[start:].strip()]


def purge(nodes: list[Node], use: Used) -> list[Node]:
    """Keep what our pages can meet."""
    kept = []
    for node in nodes:
        if node.children is None:
            kept.append(node)
        elif node.head.startswith("@"):
            if node.head == LIGHT_AGAIN:
                continue
            if node.head.startswith("@keyframes"):
                kept.append(node)
            elif children := purge(node.children, use):
                kept.append(Node(node.head, children))
        else:
            heads = [selector for selector in split_selectors(node.head) if wanted(selector, use)]
            children = purge(node.children, use)
            if heads and children:
                kept.append(Node(",".join(heads), children))
    return kept


def drop_unreached(nodes: list[Node]) -> list[Node]:
    """Take away custom properties that no declaration reaches, and key frames that nothing names."""
    while True:
        text = write(nodes)
        reached = set(re.findall(r"var\(\s*(--[\w-]+)", text))
        frames = set(re.findall(r"(?:animation|animation-name):[^;}]*?\b(ds-[\w-]+)", text))
        slimmer = _without(nodes, reached, frames)
        if write(slimmer) == write(nodes):
            return nodes
        nodes = slimmer


def _without(nodes: list[Node], reached: set[str], frames: set[str]) -> list[Node]:
    kept = []
    for node in nodes:
        if node.children is None:
            name = node.head.partition(":")[0].strip()
            if not name.startswith("--") or name.startswith(FROM_OUTSIDE) or name in reached:
                kept.append(node)
        elif node.head.startswith("@property"):
            if node.head.split()[1] in reached:
                kept.append(node)
        elif node.head.startswith("@keyframes"):
            if node.head.split()[1] in frames:
                kept.append(node)
        elif children := _without(node.children, reached, frames):
            kept.append(Node(node.head, children))
    return kept


def write(nodes: list[Node]) -> str:
    """The tree as small CSS."""
    parts = []
    for node in nodes:
        if node.children is None:
            name, colon, value = node.head.partition(":")
            small = f"{name.strip()}:{value.strip()}" if colon and not node.head.startswith("@") else node.head
            parts.append(small + ";")
        else:
            inside = write(node.children).removesuffix(";")
            parts.append(f"{_small(node.head)}{{{inside}}}")
    return "".join(parts)


def _small(head: str) -> str:
    if head.startswith("@"):
        return head
    return re.sub(r"\s*([>,])\s*", r"\1", head)


def build() -> dict[str, bytes]:
    """Every file of husrom/static/public by its hashed name."""
    font = (STYLE / "inter-nb.woff2").read_bytes()
    mark = (STYLE / "mark.svg").read_bytes()
    font_name = hashed("inter-nb", font, "woff2")
    own = (STYLE / "site.css").read_text(encoding="utf-8").replace("inter-nb.woff2", font_name)
    use = used()
    vendored = "".join(
        (STYLE / "vendor" / name).read_text(encoding="utf-8") for name in ("theme-kommune.css", "designsystemet.css")
    )
    order = "@layer ds.theme,ds.base,ds.components;"
    vendor = purge(parse(vendored.replace('@charset "UTF-8";', "")), use)
    vendor = [node for node in vendor if not (node.children is None and node.head.startswith("@layer"))]
    mine = parse(own)
    everything = drop_unreached([*vendor, *mine])
    notice = "/* Designsystemet, MIT, Digitaliseringsdirektoratet. Inter, OFL 1.1. Husrom, EUPL-1.2. */"
    css = (notice + order + write(everything)).encode()
    packed = len(gzip.compress(css, 9, mtime=0))
    if packed > LIMIT:
        print(f"The style sheet is {packed} bytes compressed; the limit is {LIMIT}.", file=sys.stderr)
    return {
        font_name: font,
        hashed("mark", mark, "svg"): mark,
        hashed("husrom", css, "css"): css,
        "OFL-Inter.txt": (STYLE / "OFL-Inter.txt").read_bytes(),
        "LICENSE-designsystemet.txt": (STYLE / "vendor" / "LICENSE-designsystemet.txt").read_bytes(),
    }


def hashed(stem: str, body: bytes, ending: str) -> str:
    """A name that changes with the content."""
    return f"{stem}.{sha256(body).hexdigest()[:12]}.{ending}"


def main() -> int:
    """Write the files, or check that they are there."""
    files = build()
    here = {file.name: file.read_bytes() for file in OUT.iterdir() if file.is_file()} if OUT.is_dir() else {}
    if "--check" in sys.argv:
        if files != here:
            print("The style sheet is not what its sources give. Run: python tools/build_css.py", file=sys.stderr)
        return files != here
    OUT.mkdir(parents=True, exist_ok=True)
    for name in here.keys() - files.keys():
        (OUT / name).unlink()
    for name, body in files.items():
        (OUT / name).write_bytes(body)
        print(f"{name}: {len(body)} bytes, {len(gzip.compress(body, 9, mtime=0))} compressed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
