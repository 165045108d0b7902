"""The public pages in a real browser: axe, reflow, keyboard, print, contrast, policy, requests."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

from tests.browser.conftest import PAGES

OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
Window = Callable[..., Any]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(opened: Window, width: int, scheme: str) -> None:
    axe, found = Axe(), []
    with opened(width, scheme, bypass_csp=True) as go:
        for path in PAGES:
            response = axe.run(go(path), options=OPTIONS).response
            found += [
                f"{path} {width} {scheme} {one['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
                for one in response["violations"]
                for node in one["nodes"]
            ]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_is_wider_than_a_small_screen_and_the_policy_is_silent(opened: Window, scheme: str) -> None:
    with opened(320, scheme) as go:
        for path in PAGES:
            assert go(path).evaluate("document.documentElement.scrollWidth") <= 320, path


def test_wide_pages_do_not_scroll_sideways(opened: Window) -> None:
    with opened(1280) as go:
        for path in PAGES:
            assert go(path).evaluate("document.documentElement.scrollWidth") <= 1280, path


def test_everything_can_be_reached_by_keyboard_in_order_with_a_visible_focus(opened: Window) -> None:
    with opened(1280) as go:
        page: Page = go("nb/1/index.html")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "ds-skip-link"
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#main"

        page = go("nb/1/index.html")
        wanted = page.evaluate(
            "[...document.querySelectorAll('a[href],input,button,summary,[tabindex=\"0\"]')]"
            ".filter(e => e.checkVisibility({contentVisibilityAuto: true}))"
            ".filter(e => !e.closest('details:not([open]) > div')).length"
        )
        tops, unseen, reached = [], [], 0
        for _step in range(wanted + 20):
            page.keyboard.press("Tab")
            state = page.evaluate(
                "(() => { const e = document.activeElement; if (e === document.body) return null;"
                " const s = getComputedStyle(e); const box = e.getBoundingClientRect();"
                " return {name: e.outerHTML.slice(0, 90), top: box.top + scrollY, aside: !!e.closest('.toc'),"
                " ring: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2}; })()"
            )
            if state is None:
                break
            reached += 1
            if not state["ring"]:
                unseen.append(state["name"])
            if not state["aside"]:
                tops.append(state["top"])

        assert reached >= wanted
        assert not unseen
        assert all(after >= before - 400 for before, after in pairwise(tops))


def test_a_day_can_be_asked_for_without_a_mouse(opened: Window) -> None:
    with opened(390) as go:
        page: Page = go("nb/index.html")
        page.get_by_label("Vis siden slik den var denne dagen").fill("31. januar 2016")
        page.keyboard.press("Enter")

        page.wait_for_url("**/nb/1/index.html")
        assert page.get_by_text("Rekonstruksjon fra offentlige kilder.").first.is_visible()


def test_a_number_opens_at_its_own_place(opened: Window) -> None:
    with opened(1280) as go:
        page: Page = go("nb/1/index.html")
        page.locator(".key .fig").first.click()

        page.wait_for_url("**/figures/decision-2016-council.html#decision-2016")
        assert page.locator(".opened:target .value").inner_text().startswith("135")


def test_print_opens_what_is_closed_and_clips_nothing(opened: Window) -> None:
    with opened(794) as go:
        page: Page = go("nb/1/index.html")
        page.emulate_media(media="print")

        assert page.locator("details > div").first.is_visible()
        assert page.locator("#definitions details").first.get_by_text("Antallet kommunen har sagt ja til.").is_visible()
        assert page.evaluate(
            "[...document.querySelectorAll('.scroll')].every(e => getComputedStyle(e).overflowX === 'visible')"
        )
        assert not page.locator(".langs").is_visible()
        assert not page.locator(".asof").first.is_visible()
        after = page.evaluate("getComputedStyle(document.querySelector('a[rel=external]'), '::after').content")
        assert "http" in after
        assert page.pdf(format="A4").startswith(b"%PDF")


def test_the_first_view_is_small_and_asks_for_little(opened: Window) -> None:
    with opened(390) as go:
        asked: list[str] = []
        sizes: list[int] = []
        page: Page = go("nb/about.html")
        page.context.clear_cookies()
        page.on("request", lambda request: asked.append(request.url))
        page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
        page.goto(page.url.replace("about.html", "index.html"), wait_until="networkidle")

        assert len(asked) <= 7, asked
        assert sum(sizes) <= 60_000
        assert page.context.cookies() == []
        assert page.locator("script").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_chart_colours_can_be_told_apart_from_the_paper(opened: Window, scheme: str) -> None:
    with opened(1280, scheme) as go:
        page: Page = go("nb/1/index.html")
        paints = page.evaluate(
            "[...document.querySelectorAll('.picture .wide svg *')].flatMap(e => { const s = getComputedStyle(e);"
            " const text = e.tagName === 'text'; return [['fill', s.fill], ['stroke', s.stroke]].filter(p =>"
            " p[1] !== 'none' && (p[0] === 'fill' || !text)).map(p => ({text, tag: e.tagName, kind: p[0], paint: p[1],"
            " line: e.tagName === 'path' || e.tagName === 'line',"
            " outlined: p[0] === 'fill' && s.stroke !== 'none',"
            " grid: /chart-(grid|paper|range)/.test(e.outerHTML)})); })"
        )
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")

        assert len(paints) > 20
        for paint in paints:
            if paint["grid"] or paint["outlined"] or paint["tag"] in ("title", "desc", "g"):
                continue
            if paint["line"] and paint["kind"] == "fill":
                continue
            least = 4.5 if paint["text"] else 3
            assert contrast(paint["paint"], paper) >= least, paint


def contrast(one: str, other: str) -> float:
    """WCAG's contrast of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
