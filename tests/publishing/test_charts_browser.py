"""What only a browser can say: no label touches another or leaves the picture, and colours follow the page."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from husrom.publishing import charts
from husrom.publishing.charts.theme import DARK, LIGHT
from tests.parts import ROOT
from tests.publishing import sample_document as sample
from tests.publishing.test_charts import pictures

DOCUMENTS = (sample.january_2016(), sample.november_2024(), sample.hidden_numbers(), sample.many_forecasts())

TOUCHING = """svg => {
  const texts = [...svg.querySelectorAll("text")].map(node => [node.textContent, node.getBBox()]);
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const slack = 1.5, found = [];
  texts.forEach(([text, box], index) => {
    if (box.x < -1 || box.y < -3 || box.x + box.width > width + 1 || box.y + box.height > height + 3)
      found.push(`outside: ${text}`);
    for (const [other, its] of texts.slice(index + 1)) {
      const x = Math.min(box.x + box.width, its.x + its.width) - Math.max(box.x, its.x);
      // A box has room above and below the letters: a third of it may lie under another.
      const y = Math.min(box.y + box.height, its.y + its.height) - Math.max(box.y, its.y);
      if (x > slack && y > Math.min(box.height, its.height) / 3) found.push(`touching: ${text} | ${other}`);
    }
  });
  return found;
}"""


def inter() -> str:
    """The font of the site, in which labels are a little wider than in others."""
    font = next((ROOT / "husrom" / "static").rglob("inter-nb*.woff2"))
    address = f"data:font/woff2;base64,{base64.b64encode(font.read_bytes()).decode()}"
    face = f"@font-face{{font-family:Inter;font-weight:100 900;src:url({address})}}"
    return f"<style>{face} body{{font-family:Inter}} .chart{{font-variant-numeric:tabular-nums}}</style>"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 800, "height": 600})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_labels_neither_touch_nor_leave_the_picture(page: Page, language: str) -> None:
    drawn = [
        (f"{document.number} {chart.name}", svg)
        for document in DOCUMENTS
        for chart in charts.charts(document, language)
        for svg in pictures(chart, language)
    ]
    page.set_content(inter() + "".join(svg for _name, svg in drawn))
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('14px Inter'))")

    found = page.eval_on_selector_all("svg", f"all => all.map({TOUCHING})")

    assert [(name, faults) for (name, _svg), faults in zip(drawn, found, strict=True) if faults] == []


def test_a_picture_takes_the_colours_and_letters_of_its_page(page: Page) -> None:
    wide, _narrow = pictures(next(iter(charts.charts(DOCUMENTS[0], "nb"))), "nb")
    seen = """() => { const svg = document.querySelector("svg"), bar = svg.querySelector("rect");
        const look = getComputedStyle(svg.querySelector("text"));
        return [getComputedStyle(bar).fill, look.fontFamily, look.fontVariantNumeric]; }"""

    page.set_content(f'<body style="font-family:monospace;font-variant-numeric:tabular-nums">{wide}')
    light = page.evaluate(seen)
    page.set_content(f'<body style="--chart-settled:{DARK["settled"]}">{wide}')
    dark = page.evaluate(seen)

    assert light == [rgb(LIGHT["settled"]), "monospace", "tabular-nums"]
    assert dark[0] == rgb(DARK["settled"])


def rgb(colour: str) -> str:
    return f"rgb({int(colour[1:3], 16)}, {int(colour[3:5], 16)}, {int(colour[5:], 16)})"


def test_a_picture_asks_nothing_of_a_strict_policy(page: Page) -> None:
    """Under the site's own policy nothing is refused: no style attribute, no script, no address."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    policy = "default-src 'none'; style-src 'self'; img-src 'self' data:"
    body = "".join(svg for chart in charts.charts(DOCUMENTS[0], "nb") for svg in pictures(chart, "nb"))
    content = f'<!doctype html><meta http-equiv="Content-Security-Policy" content="{policy}"><title>x</title>{body}'
    page.route(
        "http://charts.test/", lambda route: route.fulfill(body=content, content_type="text/html; charset=utf-8")
    )

    page.goto("http://charts.test/")

    assert page.locator("svg").count() == 6
    assert complaints == []
