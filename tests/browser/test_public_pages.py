"""The public pages in a real browser: axe, reflow, keyboard, print, contrast, policy, requests."""

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

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


@pytest.mark.parametrize("width", [320, 390])
def test_rows_become_blocks_on_a_phone_and_stay_rows_for_those_who_hear_them(opened: Window, width: int) -> None:
    with opened(width) as go:
        for path in PAGES:
            page: Page = go(path)
            wide = page.evaluate(
                "[...document.querySelectorAll('.scroll:has(.stack)')].filter(e => e.checkVisibility()"
                " && e.scrollWidth > e.clientWidth).map(e => e.getAttribute('aria-label') || e.innerText.slice(0, 60))"
            )
            assert not wide, f"{path}: {wide}"
        page = go("nb/1/index.html")
        blocks = roles(page)
        page.set_viewport_size({"width": 1280, "height": 900})

        assert blocks == roles(page)
        assert blocks["rowheader"] > 8
        assert blocks["columnheader"] > 8


def roles(page: Page) -> Counter[str]:
    """How many of each part of a table there are for assistive technology."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    parts = ("table", "rowgroup", "row", "rowheader", "columnheader", "cell")
    return Counter(one["role"]["value"] for one in nodes if not one["ignored"] and one["role"]["value"] in parts)


SPACED = (
    "* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important}"
    " p {margin-block-end: 2em !important}"
)
"""What WCAG 1.4.12 lets a reader ask for."""


def test_text_may_be_set_wider_without_loss(opened: Window) -> None:
    with opened(320, bypass_csp=True) as go:
        for path in PAGES:
            page: Page = go(path)
            page.add_style_tag(content=SPACED)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
            clipped = page.evaluate(
                "[...document.querySelectorAll('main :is(p, h1, h2, h3, h4, dt, dd, li, th, td, summary, a, button)')]"
                ".filter(e => e.checkVisibility() && !e.closest('.ds-sr-only, .stack thead, .spare, :empty'))"
                ".filter(e => ['hidden', 'clip'].includes(getComputedStyle(e).overflowX)"
                " && e.scrollWidth > e.clientWidth + 1).map(e => e.outerHTML.slice(0, 90))"
            )
            assert not clipped, f"{path}: {clipped}"


@pytest.mark.parametrize("width", [320, 1280])
def test_no_letters_are_too_small(opened: Window, width: int) -> None:
    with opened(width) as go:
        for path in PAGES:
            page: Page = go(path)
            small = page.evaluate(
                "(() => { const found = []; const walk = document.createTreeWalker(document.body, 4);"
                " while (walk.nextNode()) { const e = walk.currentNode.parentElement;"
                " if (!walk.currentNode.data.trim() || !e.checkVisibility() || e.closest('.ds-sr-only')) continue;"
                " const svg = e.closest('svg'); let size = parseFloat(getComputedStyle(e).fontSize);"
                " if (svg) { const box = svg.getBoundingClientRect(); if (!box.width) continue;"
                " size *= box.width / svg.viewBox.baseVal.width; }"
                " if (size < (svg ? 11.95 : 12.95)) found.push(size.toFixed(1) + ' ' + e.outerHTML.slice(0, 80)); }"
                " return found; })()"
            )
            assert not small, f"{path} {small}"


def test_targets_are_large_enough_to_hit(opened: Window) -> None:
    with opened(390) as go:
        for path in PAGES:
            page: Page = go(path)
            small = page.evaluate(
                "[...document.querySelectorAll('.langs a, .brand, summary, button, input, .toc a, .dl a')]"
                ".filter(e => e.checkVisibility()).filter(e => e.getBoundingClientRect().height < 24"
                " || e.getBoundingClientRect().width < 24).map(e => e.outerHTML.slice(0, 80))"
            )
            assert not small, f"{path} {small}"


def test_high_contrast_keeps_the_marks_of_a_chart(opened: Window) -> None:
    with opened(1280) as go:
        page: Page = go("nb/1/index.html")
        page.emulate_media(forced_colors="active", color_scheme="dark")
        paper, ink = page.evaluate("(s => [s.backgroundColor, s.color])(getComputedStyle(document.body))")
        marks = page.evaluate(
            "[...document.querySelectorAll('.picture .wide svg :is(rect, circle, path, line, text)')].map(e => {"
            " const s = getComputedStyle(e); return [s.fill, s.stroke]; })"
        )

        assert len(marks) > 20
        assert ink in {fill for fill, _stroke in marks}
        for paints in marks:
            seen = [paint for paint in paints if paint not in ("none", "rgba(0, 0, 0, 0)")]
            assert not seen or max(contrast(paint, paper) for paint in seen) >= 3 or set(seen) == {paper}, paints


def test_nothing_moves_for_those_who_ask_for_calm(opened: Window) -> None:
    with opened(1280) as go:
        page: Page = go("nb/1/index.html")
        moving = page.evaluate(
            "[...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);"
            " return s.animationName !== 'none' || s.transitionDuration.split(', ').some(d => parseFloat(d) > 0); })"
            ".map(e => e.outerHTML.slice(0, 80))"
        )

        assert not moving


def test_a_wrong_day_takes_the_reader_to_what_is_wrong(opened: Window) -> None:
    with opened(390) as go:
        page: Page = go("nb/archive.html?date=nei")
        expect(page.get_by_role("alert")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")

        expect(page.locator("#date:target")).to_have_count(1)
        assert "ikke en dato" in page.locator("#date").evaluate(
            "e => e.getAttribute('aria-describedby').split(' ').map(i => document.getElementById(i).innerText).join()"
        )


def test_print_begins_with_the_page_and_says_which_edition_it_is(opened: Window) -> None:
    with opened(794) as go:
        for path in ("nb/1/index.html", "nb/1/tables.html", "nb/1/figures/decision-2016-council.html"):
            page: Page = go(path)
            page.emulate_media(media="print")

            assert page.locator("h1").bounding_box()["y"] < 330, path  # type: ignore[index]
            assert page.locator(".seal .sum").is_visible(), path
            assert page.evaluate("document.documentElement.scrollWidth") <= 794, path
            chrome = page.locator(".langs, .toc, .ds-breadcrumbs, .asof, .get")
            assert not chrome.evaluate_all("all => all.filter(e => e.checkVisibility()).length"), path
            beyond = page.evaluate(
                "[...document.querySelectorAll('main *')].filter(e => e.checkVisibility()"
                " && !e.closest('.ds-sr-only, svg') && e.getBoundingClientRect().right > 796)"
                ".map(e => e.outerHTML.slice(0, 80))"
            )
            assert not beyond, f"{path} {beyond}"


def contrast(one: str, other: str) -> float:
    """WCAG's contrast of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
