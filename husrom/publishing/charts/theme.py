"""How every chart looks: its colours, its sizes, and the theme that Altair draws with.

A colour has a name, and in a page it is a CSS custom property with the light value to
fall back on, written as a presentation attribute: `fill="var(--chart-settled,#0B5D4E)"`.
Browsers read it there (a test asks Chromium), so a chart needs no class, no `style` and
no style sheet to be right in the light scheme. A page that has a dark scheme, or other
colours, sets the properties; with Norway's design system:

    .chart {
      --chart-settled: var(--ds-color-accent-base-default);
      --chart-reunified: var(--ds-color-accent-surface-active);
      --chart-decided: var(--ds-color-neutral-text-default);
      --chart-announced: var(--ds-color-accent-border-default);
      --chart-range: var(--ds-color-neutral-border-default);
      --chart-interval: var(--ds-color-accent-border-default);
      --chart-break: var(--ds-color-danger-text-subtle);
      --chart-text: var(--ds-color-neutral-text-default);
      --chart-subtle: var(--ds-color-neutral-text-subtle);
      --chart-grid: var(--ds-color-neutral-surface-hover);
      --chart-axis: var(--ds-color-neutral-border-strong);
      --chart-paper: var(--ds-color-neutral-background-default);
    }

Swatches of the legend take the same properties, so the rule above may stand on the
`figure` as well. A picture that leaves the page (SVG to download, PNG) has the light
values written out. `tests/publishing/test_charts_theme.py` computes the contrast of each
colour in both schemes, since axe does not look inside an SVG.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import altair as alt

LIGHT = {
    "settled": "#0B5D4E",
    "reunified": "#b7cfcb",
    "decided": "#242c38",
    "announced": "#458478",
    "range": "#737982",
    "interval": "#458478",
    "break": "#b81a1a",
    "text": "#242c38",
    "subtle": "#575e68",
    "grid": "#d8dadc",
    "axis": "#575e68",
    "paper": "#ffffff",
}

DARK = {
    "settled": "#7aa79f",
    "reunified": "#244a40",
    "decided": "#ececed",
    "announced": "#678880",
    "range": "#7e8187",
    "interval": "#678880",
    "break": "#e38a8a",
    "text": "#ececed",
    "subtle": "#a5a8ac",
    "grid": "#30363f",
    "axis": "#a5a8ac",
    "paper": "#15181d",
}
"""What the design system's dark scheme gives the properties above; only tests use it."""

_VAR = re.compile(r"var\(--chart-([a-z]+)(?:,#[0-9A-Fa-f]+)?\)")


def colour(name: str) -> str:
    """Return a colour as a page writes it, with its fallback.

    Raises:
        KeyError: the theme has no such colour.
    """
    return f"var(--chart-{name},{LIGHT[name]})"


def resolved(svg: str) -> str:
    """Return a picture with the light colours written out."""
    return _VAR.sub(lambda found: LIGHT[found.group(1)], svg)


@dataclass(frozen=True)
class Size:
    """A variant: how wide it is drawn, and how big its letters are.

    The wide one is shown from about 620 px and the narrow one down to 272 px (a screen
    of 320 px), so its letters are larger than they need be: scaled, none is below 12 px.
    """

    name: str
    width: int
    text: int
    line: int


WIDE = Size("wide", 720, 14, 17)
NARROW = Size("narrow", 340, 15, 18)


@dataclass(frozen=True)
class Look:
    """How a box, a stroke or a dot is painted; colours by their names."""

    fill: str = ""
    stroke: str = ""
    width: float = 0
    dash: tuple[int, ...] = ()

    def properties(self) -> dict[str, Any]:
        """Return the look as properties of an Altair mark."""
        return {
            "fill": colour(self.fill) if self.fill else "transparent",
            "stroke": colour(self.stroke) if self.stroke else "transparent",
            "strokeWidth": self.width,
            "strokeDash": list(self.dash),
            "strokeOpacity": 1,
            "fillOpacity": 1,
        }


LOOKS = {
    "settled": Look("settled"),
    "reunified": Look("reunified", "settled", 1.5),
    "planned": Look("paper", "settled", 2, (5, 3)),
    "announced": Look("paper", "announced", 1.5, (2, 3)),
    "hidden": Look("paper", "subtle", 1.5, (2, 2)),
    "decided": Look("", "decided", 2.5),
    "halo": Look("", "paper", 5.5),
    "said": Look("", "announced", 2, (5, 3)),
    "count": Look("", "settled", 2.5),
    "days": Look("", "grid", 9),
    "range": Look("", "range", 3),
    "interval": Look("", "interval", 6),
    "actual": Look("", "settled", 2.5),
    "beside": Look("", "settled", 2, (5, 3)),
    "break": Look("", "break", 1.5, (3, 3)),
    "stated-dot": Look("decided", "decided", 2),
    "derived-dot": Look("paper", "decided", 2),
    "said-dot": Look("paper", "announced", 2),
    "count-dot": Look("settled", "settled", 2),
    "forecast-dot": Look("paper", "decided", 2.5),
}
"""Every mark a chart or a legend may use. Colour is never the only sign: an outline is
dashed, a range is thin, a dot is open."""


def theme(size: Size) -> dict[str, Any]:
    """Return Altair's configuration: a calm grid, no frame, no ARIA on single marks."""
    letters = {"labelFontSize": size.text, "labelLimit": 0, "labelOverlap": False, "labelColor": colour("subtle")}
    return {
        "aria": False,
        "background": "transparent",
        "view": {"stroke": None},
        "axis": {"title": None, "ticks": False, "labelAngle": 0, "grid": False, "domain": False, **letters},
        "text": {"fontSize": size.text, "color": colour("text")},
        "font": "sans-serif",
    }


def dressed(chart: alt.LayerChart, size: Size, *, checked: bool) -> dict[str, Any]:
    """Return the specification of a chart in this look."""
    specification: dict[str, Any] = chart.to_dict(validate=checked)
    specification["config"] = theme(size)
    return specification
