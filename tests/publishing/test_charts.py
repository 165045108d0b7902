"""The charts say what the tables say: the same numbers, the same gaps, nothing that is hidden."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from datetime import date

import pytest
from defusedxml.ElementTree import fromstring

from husrom.publishing import charts
from husrom.publishing.charts import marks
from husrom.publishing.charts.marks import Plan, Stroke
from husrom.publishing.charts.theme import LIGHT
from husrom.publishing.charts.words import Chart, nice_ticks
from husrom.publishing.document import Cell, Document, Promise, Rule
from tests.publishing import sample_document as sample

DOCUMENTS = {
    "january 2016": sample.january_2016(),
    "november 2024": sample.november_2024(),
    "hidden numbers": sample.hidden_numbers(),
}
EVERY = [
    pytest.param(document, chart, id=f"{name}-{chart.name}")
    for name, document in DOCUMENTS.items()
    for chart in charts.charts(document, "en")
]
NAMESPACE = "{http://www.w3.org/2000/svg}"


def named(document: Document, name: str, language: str = "en") -> Chart:
    return next(chart for chart in charts.charts(document, language) if chart.name == name)


def texts(svg: str) -> list[str]:
    return [node.text or "" for node in fromstring(svg).iter(f"{NAMESPACE}text")]


def pictures(chart: Chart, language: str = "en") -> tuple[str, str]:
    return (
        charts.inline(chart, charts.picture(chart.wide, language)),
        charts.inline(chart, charts.picture(chart.narrow, language)),
    )


def numbers(text: str) -> list[int]:
    """The whole numbers of a text, thousands put together."""
    return [int(number.replace(",", "").replace("\u00a0", "")) for number in re.findall(r"\d[\d,\u00a0]*\d|\d", text)]


def without(document: Document, *keys: str) -> Document:
    """The document with the cells of some figures empty."""
    table = document.tables["years"]
    rows = tuple(
        replace(row, cells=tuple(Cell("not_available") if cell.figure in keys else cell for cell in row.cells))
        for row in table.rows
    )
    return replace(document, tables={"years": replace(table, rows=rows)})


def test_the_edition_of_january_2016_has_its_three_charts() -> None:
    assert [chart.name for chart in charts.charts(sample.january_2016(), "nb")] == [
        "years",
        "history",
        "forecasts-asylum-norway-2016",
    ]


def test_an_edition_without_numbers_has_no_chart() -> None:
    assert charts.charts(sample.document({}, {}), "nb") == ()


def test_a_single_year_is_no_chart() -> None:
    document = sample.january_2016()
    table = document.tables["years"]

    alone = replace(document, tables={"years": replace(table, rows=table.rows[5:6])}, promises=(), forecasts=())

    assert charts.charts(alone, "nb") == ()


def test_every_number_of_the_table_of_years_is_in_the_words_and_on_the_labels() -> None:
    document = sample.january_2016()
    shown = [
        cell.value
        for row in document.tables["years"].rows
        for column, cell in zip(document.tables["years"].columns, row.cells, strict=True)
        if cell.value is not None and column.key != "minors"
    ]

    chart = named(document, "years")

    for text in (chart.description, *(" ".join(texts(svg)) for svg in pictures(chart))):
        assert set(shown) <= set(numbers(text))


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS.keys())
def test_no_label_holds_a_number_that_the_document_does_not(document: Document) -> None:
    known = {
        value for one in document.figures.values() for value in (one.value, one.low, one.high) if value is not None
    }
    days = {one.stated_last for one in document.figures.values()} | {
        one.stated_first for one in document.figures.values()
    }
    days |= {one.period_until for one in document.figures.values()}
    known |= {day.year for day in days} | set(range(2009, 2026)) | {day.day for day in days} | {13, 30}
    for chart in charts.charts(document, "en"):
        for plan in (chart.wide, chart.narrow):
            labels = [label.text for label in plan.labels] + [text for _place, text in plan.places]
            found = {number for text in labels for number in numbers(text)}

            assert found <= known | {1, 4}


def test_bars_are_as_high_as_their_numbers() -> None:
    document = sample.january_2016()
    plan = named(document, "years").wide
    svg = pictures(named(document, "years"))[0]

    heights = [
        float(rectangle.get("height", 0))
        for group in fromstring(svg).iter()
        if LIGHT["settled"] in group.get("fill", "")
        for rectangle in ([group] if group.tag == f"{NAMESPACE}rect" else group)
    ]

    scale = plan.length / plan.ticks[-1]
    assert heights == pytest.approx([scale * value for value in (46, 40, 40, 41, 56, 91)], abs=0.1)


def test_what_is_counted_apart_is_stacked_and_not_added() -> None:
    plan = named(sample.january_2016(), "years").wide
    of_2010 = [box for box in plan.boxes if box.place == 0]

    assert [(box.look, box.low, box.high) for box in of_2010] == [("settled", 0, 46), ("reunified", 46, 57)]
    assert "46 + 11" in [label.text for label in plan.labels]
    assert "57" not in [label.text for label in plan.labels]


def test_a_sum_that_the_table_has_is_written_as_one_number() -> None:
    document = sample.january_2016()
    table = document.tables["years"]
    sums = {"2010": 57, "2011": 51, "2012": 51, "2013": 48}
    rows = tuple(
        replace(
            row,
            cells=(
                *row.cells,
                Cell("value", sums[row.key], computed=True) if row.key in sums else Cell("not_available"),
            ),
        )
        for row in table.rows
    )
    columns = (*table.columns, replace(table.columns[0], key="sum"))

    chart = named(replace(document, tables={"years": replace(table, rows=rows, columns=columns)}), "years")

    assert "57" in [label.text for label in chart.wide.labels]
    assert "2010: settled 46, reunified with family 11, together 57." in chart.description


def test_a_decision_is_an_outline_until_somebody_is_counted_and_then_a_line() -> None:
    early = named(sample.january_2016(), "years").wide
    late = named(sample.november_2024(), "years").wide

    assert [box.high for box in early.boxes if box.look == "planned"] == [135]
    assert [box.high for box in early.boxes if box.look == "announced"] == [160]
    assert [stroke.low for stroke in late.strokes if stroke.look == "decided"] == [435, 255]


def test_a_count_that_stops_early_says_when() -> None:
    chart = named(sample.november_2024(), "years")

    assert "until 13 Nov" in [label.text for label in chart.wide.labels]
    assert "2024: settled 195 (until 13 Nov), decided 255." in chart.description


# What is hidden, what is missing, what is broken


def test_what_is_hidden_is_a_stub_of_one_height_and_says_so() -> None:
    plan = named(sample.hidden_numbers(), "years").wide
    stubs = [box.high - box.low for box in plan.boxes if box.look == "hidden"]

    assert len(stubs) == 2
    assert stubs[0] == pytest.approx(stubs[1])
    assert stubs[0] * plan.length / plan.ticks[-1] == pytest.approx(14)
    assert "1–4, not shown" in [label.text for label in plan.labels]


@pytest.mark.parametrize("secret", [1, 2, 4])
def test_a_picture_is_the_same_whatever_it_hides(secret: int) -> None:
    """Even if a hidden number had slipped into the document, no chart would show it."""
    honest = sample.hidden_numbers()
    table = honest.tables["years"]
    rows = tuple(
        replace(row, cells=tuple(replace(cell, value=secret) if cell.state == "hidden" else cell for cell in row.cells))
        for row in table.rows
    )
    leaking = replace(honest, tables={"years": replace(table, rows=rows)})

    assert pictures(named(leaking, "years")) == pictures(named(honest, "years"))
    assert named(leaking, "years").description == named(honest, "years").description


def test_zero_is_a_number_and_missing_is_a_gap() -> None:
    plan = named(sample.hidden_numbers(), "years").wide
    at = {place: [label.text for label in plan.labels if label.place == place] for place in range(5)}

    assert at[2] == ["0"]
    assert at[3] == [".."]
    assert not [box for box in plan.boxes if box.place in (2, 3)]


def test_years_that_the_table_leaves_out_are_gaps_on_the_axis() -> None:
    plan = named(sample.november_2024(), "years").wide
    names = [name for _place, name in plan.places]

    assert names == [str(year) for year in range(2010, 2025)]
    places = {box.place for box in plan.boxes} | {label.place for label in plan.labels}
    assert not places & {9, 10, 11}


def test_a_number_taken_away_leaves_no_mark() -> None:
    document = without(sample.january_2016(), "settled-2015")
    plan = named(document, "years").wide

    assert not [box for box in plan.boxes if box.place == 5]


def test_a_break_is_a_dashed_line_with_its_text() -> None:
    chart = named(sample.january_2016(), "years")
    (line,) = [stroke for stroke in chart.wide.strokes if stroke.look == "break"]

    assert line.place == line.place2 == 4.5
    for svg in pictures(chart):
        assert "Break in the figures" in texts(svg)
        assert re.search(rf'stroke="var\(--chart-break,{LIGHT["break"]}\)"[^>]*stroke-dasharray="3 3"', svg)
    assert "The figures break before 2015 (who is counted)" in chart.description


# What was said over time


def test_history_names_every_number_and_its_day() -> None:
    chart = named(sample.january_2016(), "history")

    assert chart.description == ("Sept 2015: decided 75 (derived). Dec 2015: decided 135. Jan 2016: announced 135.")
    assert [dot.look for dot in chart.wide.dots] == ["derived-dot", "stated-dot", "said-dot"]


def upright(plan: Plan) -> list[Stroke]:
    return [stroke for stroke in plan.strokes if stroke.place == stroke.place2 and stroke.low != stroke.high]


def test_a_step_joins_numbers_of_one_rule_only() -> None:
    document = sample.january_2016()
    other = replace(document.figures["before-2016"], rule=Rule("excluded", "excluded"))

    same = named(document, "history")
    changed = named(replace(document, figures=document.figures | {"before-2016": other}), "history")

    assert len(upright(same.wide)) == 1
    assert not upright(changed.wide)


def test_the_history_is_of_the_leading_year_or_of_the_newest_with_one() -> None:
    document = sample.january_2016()
    newer = replace(document, lead=None, promises=(*document.promises, Promise(2017, ("announced-2017",), None)))

    assert named(newer, "history").title == "What was said about 2016, and when"


def test_a_forecast_has_its_range_and_no_sureness_that_nobody_gave() -> None:
    chart = named(sample.january_2016(), "forecasts-asylum-norway-2016")

    assert "Oct 2015: 60,000 (10,000–100,000), probability not given." in chart.description
    assert chart.description.endswith("What happened: 3,460 (UDI).")
    assert "Range, probability not given" in [entry.label for entry in chart.legend]


def test_a_range_with_a_probability_says_how_many_times_of_ten() -> None:
    document = sample.january_2016()
    sure = replace(document.figures["forecast-2016-3"], probability=0.8)

    chart = named(replace(document, figures=document.figures | {sure.key: sure}), "forecasts-asylum-norway-2016")

    assert "Range, 8 of 10 times" in [entry.label for entry in chart.legend]
    assert "Jun 2016: 10,750 (4,000–25,000), 8 of 10 times." in chart.description


def test_what_can_only_be_set_beside_is_dashed_and_says_so() -> None:
    document = sample.january_2016()
    needed = replace(document.forecasts[0], comparable=False)

    chart = named(replace(document, forecasts=(needed,)), "forecasts-asylum-norway-2016")

    assert "beside" in [stroke.look for stroke in chart.wide.strokes]
    assert "Applications (counted otherwise): 3,460 (UDI)." in chart.description


def test_one_forecast_is_no_chart() -> None:
    document = sample.january_2016()
    record = replace(document.forecasts[0], forecasts=document.forecasts[0].forecasts[:1])

    assert "forecasts" not in str([chart.name for chart in charts.charts(replace(document, forecasts=(record,)), "nb")])


def test_numbers_far_apart_stand_on_tenfold_steps() -> None:
    document = sample.january_2016()
    low = replace(document.figures["forecast-2016-3"], low=100)

    plan = named(replace(document, figures=document.figures | {low.key: low}), "forecasts-asylum-norway-2016").wide

    assert plan.log
    assert plan.ticks == (100, 1_000, 10_000, 100_000)


def test_many_forecasts_are_rows_on_every_screen() -> None:
    document = sample.january_2016()
    more = {f"more-{index}": replace(document.figures["forecast-2016-0"], key=f"more-{index}") for index in range(8)}
    record = replace(document.forecasts[0], forecasts=tuple(more))

    chart = named(
        replace(document, figures=document.figures | more, forecasts=(record,)), "forecasts-asylum-norway-2016"
    )

    assert chart.wide.rows


def test_two_publishers_counts_of_one_day_are_two_dots_and_one_line() -> None:
    chart = named(sample.november_2024(), "pace-2024")

    assert [dot.value for dot in chart.wide.dots] == [112, 195, 202]
    assert [(stroke.low, stroke.high) for stroke in chart.wide.strokes if stroke.look == "count"] == [(112, 195)]
    assert [box.high for box in chart.narrow.boxes] == [112, 195, 202]


# The pictures


@pytest.mark.parametrize(("document", "chart"), EVERY)
def test_a_picture_holds_nothing_but_shapes_and_letters(document: Document, chart: Chart) -> None:
    wide = charts.picture(chart.wide, "en")
    for svg in (*pictures(chart), charts.standalone(document, chart, wide, "en")):
        tags = {node.tag.removeprefix(NAMESPACE) for node in fromstring(svg).iter()}

        assert tags <= {"svg", "title", "desc", "g", "path", "rect", "circle", "text"}
        assert not re.search(r"style|script|href|url\(|xlink|\son\w+=|data:|@import", svg)
        assert not re.search(r"NaN|undefined|null|None", svg)


@pytest.mark.parametrize(("document", "chart"), EVERY)
def test_a_picture_is_an_image_with_its_numbers_in_words(document: Document, chart: Chart) -> None:
    for svg in pictures(chart):
        root = fromstring(svg)
        title, description = root[0], root[1]

        assert root.get("role") == "img"
        assert root.get("direction") == "ltr"
        assert root.get("aria-labelledby") == title.get("id")
        assert root.get("aria-describedby") == description.get("id")
        assert (title.text, description.text) == (chart.title, chart.description)
        assert not [node for node in root.iter() if node is not root and set(node.keys()) & {"role", "aria-label"}]


@pytest.mark.parametrize(("document", "chart"), EVERY)
def test_letters_are_large_enough_where_the_picture_is_smallest(document: Document, chart: Chart) -> None:
    smallest = {"wide": 620 / 720, "narrow": 272 / 340}
    for svg, shrunk in zip(pictures(chart), smallest.values(), strict=True):
        sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', svg)]

        assert min(sizes) * shrunk >= 12


@pytest.mark.parametrize(("document", "chart"), EVERY)
def test_a_plan_is_vega_lite(document: Document, chart: Chart) -> None:
    for plan in (chart.wide, chart.narrow):
        assert marks.specification(plan)["layer"]


@pytest.mark.parametrize(("document", "chart"), EVERY)
def test_wide_and_narrow_hold_the_same_marks(document: Document, chart: Chart) -> None:
    """Not the same shapes: the counts of a year are dots on a wide screen and bars on a phone."""
    shown = [sorted(value for value in values(plan)) for plan in (chart.wide, chart.narrow)]

    assert shown[0] == shown[1]


def values(plan: Plan) -> set[float]:
    stubs = {box.high for box in plan.boxes if box.look == "hidden"}
    return {box.high for box in plan.boxes} - stubs | {dot.value for dot in plan.dots}


def test_the_same_document_gives_the_same_bytes() -> None:
    document = sample.november_2024()
    first = [pictures(chart) for chart in charts.charts(document, "nb")]
    marks._drawn.cache_clear()

    assert [pictures(chart) for chart in charts.charts(sample.november_2024(), "nb")] == first


def test_a_chart_is_drawn_once_for_all_languages() -> None:
    marks._drawn.cache_clear()
    for language in ("nb", "nn", "en"):
        pictures(named(sample.january_2016(), "history", language), language)

    assert marks._drawn.cache_info().misses == 2


def test_both_pictures_of_the_years_are_a_few_kilobytes() -> None:
    both = "".join(pictures(named(sample.november_2024(), "years")))

    assert len(gzip.compress(both.encode())) < 2_500


def test_numbers_are_written_as_the_language_does() -> None:
    document = sample.january_2016()

    assert "60\u00a0000" in texts(pictures(named(document, "forecasts-asylum-norway-2016", "nb"), "nb")[0])
    assert "60,000" in texts(pictures(named(document, "forecasts-asylum-norway-2016"))[0])


def test_the_picture_for_the_world_says_whose_it_is_and_where_from() -> None:
    document = sample.january_2016()
    chart = named(document, "years")

    svg = charts.standalone(document, chart, charts.picture(chart.wide, "en"), "en")

    assert "var(" not in svg
    written = texts(svg)
    assert written[:2] == ["Asker kommune", chart.title]
    assert "Source: Asker municipality." in written
    assert (
        "Reconstruction 4 from public sources, not the municipality's page, known on 31 January 2016. Husrom" in written
    )
    assert "Licence: NLOD 2.0 / CC BY 4.0" in written
    assert {entry.label for entry in chart.legend} <= set(written)


def test_an_edition_of_the_municipality_names_its_number_and_day() -> None:
    document = sample.november_2024()
    chart = named(document, "pace-2024")

    written = texts(charts.standalone(document, chart, charts.picture(chart.wide, "en"), "en"))

    assert "Edition 12, known on 13 November 2024. Husrom" in written


def test_a_photograph_is_twice_as_large() -> None:
    document = sample.january_2016()
    chart = named(document, "history")
    svg = charts.standalone(document, chart, charts.picture(chart.wide, "en"), "en")
    height = float(fromstring(svg).get("height", 0))

    png = charts.photograph(svg)

    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(png[16:20], "big") == 1440
    assert int.from_bytes(png[20:24], "big") == pytest.approx(2 * height, abs=1)
    assert png == charts.photograph(svg)


def test_texts_of_strangers_stay_texts() -> None:
    document = sample.january_2016()
    evil = '<script>alert("1")</script>&'
    record = replace(document.forecasts[0], title={"nb": evil})
    named_evil = replace(document.figures["applications-2016"], publisher_name={"nb": evil})
    document = replace(document, forecasts=(record,), figures=document.figures | {"applications-2016": named_evil})
    chart = named(document, "forecasts-asylum-norway-2016")
    wide = charts.picture(chart.wide, "en")

    for svg in (charts.inline(chart, wide), charts.standalone(document, chart, wide, "en")):
        assert "<script" not in svg
        assert evil in " ".join(fromstring(svg).itertext())


def test_the_words_beside_a_picture_hold_legend_and_source() -> None:
    document = sample.january_2016()
    chart = named(document, "years")

    words = json.loads(charts.words(document, chart, "en"))

    assert words["title"] == chart.title
    assert [entry["class"] for entry in words["legend"]] == [entry.css_class for entry in chart.legend]
    assert all(fromstring(entry["swatch"]).get("aria-hidden") == "true" for entry in words["legend"])
    assert words["sources"] == ["Asker municipality"]
    assert charts.legend(document, "en") == chart.legend


@pytest.mark.parametrize(
    ("top", "most", "ticks"),
    [
        (1, 5, (0, 1)),
        (4, 5, (0, 1, 2, 3, 4)),
        (160, 5, (0, 50, 100, 150, 200)),
        (435, 5, (0, 100, 200, 300, 400, 500)),
        (100_000, 3, (0, 50_000, 100_000)),
    ],
)
def test_the_axis_goes_in_round_steps(top: int, most: int, ticks: tuple[int, ...]) -> None:
    assert nice_ticks(top, most) == ticks


def test_days_of_a_count_are_days_of_its_document() -> None:
    """The document's day, not the machine's, ends the axis of the history."""
    early, late = sample.january_2016(), replace(sample.january_2016(), day=date(2030, 1, 1))

    assert named(early, "history").wide.span[1] < named(late, "history").wide.span[1] < 600
