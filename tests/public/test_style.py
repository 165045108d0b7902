"""The style sheet is what its sources give, and the build keeps what pages use and nothing else."""

import re

from husrom.public.assets import assets
from tools import build_css


def test_the_style_sheet_is_built_from_its_sources() -> None:
    built = build_css.build()
    here = {file.name: file.read_bytes() for file in build_css.OUT.iterdir()}

    assert built == here, "Run: python tools/build_css.py"


def test_every_custom_property_that_is_used_is_there() -> None:
    css = assets()["husrom.css"].body.decode()

    used = set(re.findall(r"var\((--ds-[\w-]+)\)", css))
    assert used <= set(re.findall(r"(--ds-[\w-]+):", css))


def test_a_rule_that_no_page_can_meet_goes() -> None:
    use = build_css.Used({"ds-button"}, {"data-size": {"sm"}})

    assert build_css.wanted(".ds-button[data-size='sm']:hover", use)
    assert build_css.wanted(":is(.ds-avatar, .ds-button)>svg", use)
    assert not build_css.wanted(".ds-button[data-size='lg']", use)
    assert not build_css.wanted(":is(.ds-avatar, .ds-chip)>svg", use)
    assert not build_css.wanted("dialog.ds-button", use)


def test_css_is_read_and_written_back() -> None:
    css = "@media print{a:hover,b[x='}']{color:red;--a:url(data:x;y)}}"

    assert build_css.write(build_css.parse(css)) == css
