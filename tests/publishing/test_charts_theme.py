"""The colours can be told apart from the paper, in both schemes: axe does not look inside an SVG."""

from __future__ import annotations

import re

import pytest

from husrom.publishing.charts import theme
from husrom.publishing.charts.theme import DARK, LIGHT, LOOKS, NARROW, WIDE, colour, resolved

SCHEMES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]
FAINT = {"grid", "paper", "reunified"}
"""The grid and the possible days carry nothing that a label does not say; a reunified part has an outline."""


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_both_schemes_have_every_colour() -> None:
    assert LIGHT.keys() == DARK.keys()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ink", ["text", "subtle", "break", "settled"])
def test_letters_have_contrast(scheme: dict[str, str], ink: str) -> None:
    assert contrast(scheme[ink], scheme["paper"]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", sorted(LIGHT.keys() - FAINT))
def test_shapes_have_contrast(scheme: dict[str, str], name: str) -> None:
    assert contrast(scheme[name], scheme["paper"]) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
def test_neighbours_in_a_bar_can_be_told_apart(scheme: dict[str, str]) -> None:
    """Settled and reunified touch, and the line of the decision may cross a bar, on a paper-coloured edge."""
    assert contrast(scheme["settled"], scheme["reunified"]) >= 3
    assert contrast(scheme["paper"], scheme["settled"]) >= 3


def test_every_look_uses_colours_of_the_theme() -> None:
    for look in LOOKS.values():
        assert {look.fill, look.stroke} - {""} <= LIGHT.keys()


def test_a_colour_is_a_property_with_its_light_value() -> None:
    assert colour("settled") == "var(--chart-settled,#0B5D4E)"
    assert resolved(f'<rect fill="{colour("settled")}"/>') == '<rect fill="#0B5D4E"/>'


def test_every_property_is_documented() -> None:
    documented = set(re.findall(r"--chart-([a-z]+): var\(", theme.__doc__ or ""))

    assert documented == LIGHT.keys()


@pytest.mark.parametrize(("size", "smallest"), [(WIDE, 620), (NARROW, 272)])
def test_the_smallest_letters_are_12_pixels(size: theme.Size, smallest: int) -> None:
    assert size.text * smallest / size.width >= 12
