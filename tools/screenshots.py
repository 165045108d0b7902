"""Take the pictures of the documentation again, from a running demo: needs Chromium.

    python tools/screenshots.py http://127.0.0.1:8000

Each picture is of one part of one page, in the size at which the documentation shows it.
"""

import sys
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.conftest import CHROMIUM_FLAGS
from tests.parts import ROOT, chromium

IMAGES = ROOT / "docs" / "images"
LARGEST = 150_000


@dataclass(frozen=True)
class Shot:
    """A picture: the page, and how much of it from which place on."""

    name: str
    address: str
    width: int
    height: int
    place: str = ""


SHOTS = (
    Shot("page", "en/4/index.html", 1180, 830),
    Shot("years", "en/4/index.html", 1180, 900, place="#figures"),
    Shot("figure", "en/3/figures/decision-2016-by-asker-vedtak.html", 1180, 840),
    Shot("archive", "en/archive.html", 1180, 640),
)


def take(browser: Browser, base: str, shot: Shot) -> Path:
    """Take one picture."""
    context = browser.new_context(viewport={"width": shot.width, "height": shot.height}, color_scheme="light")
    page = context.new_page()
    answer = page.goto(f"{base}/{shot.address}")
    if answer is None or not answer.ok:
        sys.exit(f"{base}/{shot.address} is not there. Is the demo running?")
    if shot.place:
        page.locator(shot.place).evaluate("element => element.scrollIntoView()")
    page.evaluate("document.fonts.ready")
    target = IMAGES / f"{shot.name}.png"
    page.screenshot(path=target)
    context.close()
    return target


def main() -> int:
    """Take all pictures, or those that are named."""
    base, *names = sys.argv[1:] or ["http://127.0.0.1:8000"]
    IMAGES.mkdir(exist_ok=True)
    started = time.monotonic()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
        for shot in SHOTS:
            if not names or shot.name in names:
                target = take(browser, base.rstrip("/"), shot)
                size = target.stat().st_size
                print(f"{target.relative_to(ROOT)}: {size // 1000} kB{' TOO LARGE' if size > LARGEST else ''}")
        browser.close()
    print(f"{time.monotonic() - started:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
