"""A file says what the page says: read back, it gives the document's figures and hides what they hide."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from husrom.publishing.document import Cell, Document, PrintedTotal, Source
from husrom.publishing.downloads import FIGURE_HEADINGS, HEADINGS, downloads
from husrom.publishing.editions import File
from tests.publishing import sample_document as sample


def files(document: Document, language: str = "en") -> dict[str, File]:
    return {file.name: file for file in downloads(document, language, checksum="c0ffee")}


def records(document: Document, name: str = "years.csv") -> list[dict[str, str]]:
    """The rows of a CSV by the columns' names in the code."""
    body = files(document)[name].body
    assert body.startswith(b"\xef\xbb\xbf")
    heading, *rows = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";")
    names = FIGURE_HEADINGS if name == "figures.csv" else HEADINGS
    with override("en"):
        assert heading == [str(text) for text in names.values()]
    return [dict(zip(names, row, strict=True)) for row in rows]


def sheets(document: Document, name: str) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(io.BytesIO(files(document)[name].body))
    return {sheet.title: [tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def hiding(document: Document, secret: int) -> Document:
    """The document with a hidden number that has slipped into figure and cell."""
    table = document.tables["years"]
    figure = replace(document.figures["settled-2020"], state="stated", value=secret, low=secret, high=secret)
    rows = tuple(
        replace(row, cells=tuple(replace(cell, value=secret) if cell.state == "hidden" else cell for cell in row.cells))
        for row in table.rows
    )
    figures = document.figures | {figure.key: figure}
    return replace(document, figures=figures, tables={"years": replace(table, rows=rows)})


def test_every_table_has_two_files_and_the_edition_two_more() -> None:
    assert list(files(sample.january_2016())) == ["years.csv", "years.xlsx", "figures.csv", "all.xlsx"]


def test_the_csv_has_one_row_for_each_cell_with_the_figure_of_the_document() -> None:
    document = sample.january_2016()
    cells = [cell for row in document.tables["years"].rows for cell in row.cells]

    read = [record for record in records(document) if "total" not in record["kind"] and record["kind"] != "difference"]

    assert len(read) == len(cells)
    for record, cell in zip(read, cells, strict=True):
        assert record["value"] == ("" if cell.value is None else str(cell.value))
        assert record["figure"] == (cell.figure or "")


def test_each_number_carries_its_rule_its_source_and_its_days() -> None:
    (found,) = [record for record in records(sample.january_2016()) if record["figure"] == "decision-2016"]

    expected = {
        "row": "2016",
        "period_from": "2016-01-01",
        "period_until": "2017-01-01",
        "measure": "decided",
        "value": "135",
        "status": "number",
        "minors": "not stated",
        "reunification": "not included",
        "age": "all",
        "unit": "persons",
        "publisher": "Asker municipality",
        "body": "Formannskapet",
        "case_number": "198/15",
        "source": "Formannskapet, sak 198/15",
        "stated_first": "2015-12-01",
        "stated_last": "2015-12-31",
        "known_on": "2015-12-31",
        "derived": "no",
        "edition": "4",
        "edition_kind": "reconstruction from public sources",
        "edition_day": "2016-01-31",
        "licence": "NLOD 2.0 / CC BY 4.0",
    }
    assert {name: found[name] for name in expected} == expected


def test_the_printed_total_stands_beside_the_computed_one_and_the_difference() -> None:
    totals = [record for record in records(sample.january_2016()) if record["row"] == "Total 2010–14"]

    assert [(record["kind"], record["value"]) for record in totals] == [
        ("printed total", "270"),
        ("computed total", "263"),
        ("difference", "7"),
    ]
    assert {record["column"] for record in totals} == {"settled + settled, reunified with family"}
    assert all(record["note"].endswith("7 are unexplained.") for record in totals)


def test_a_total_that_cannot_be_computed_says_not_available() -> None:
    document = sample.january_2016()
    table = document.tables["years"]
    total = PrintedTotal("total-2010-2014", {}, 270, None, None, ("settled",))

    found = records(replace(document, tables={"years": replace(table, totals=(total,))}))[-3:]

    assert [(record["value"], record["status"]) for record in found] == [("270", "number"), ("", ".."), ("", "..")]
    assert found[0]["row"] == "Total 2010–2014"


def test_five_states_are_never_mixed() -> None:
    document = sample.hidden_numbers()
    table = document.tables["years"]
    cells = (Cell("not_applicable"), *table.rows[-1].cells[1:])
    rows = (*table.rows[:-1], replace(table.rows[-1], cells=cells))

    read = records(replace(document, tables={"years": replace(table, rows=rows)}))

    first = {record["row"]: (record["value"], record["status"]) for record in read if record["column"] == "settled"}
    assert first == {
        "2019": ("12", "number"),
        "2020": ("", ":"),
        "2021": ("0", "number"),
        "2022": ("", ".."),
        "2023": ("", "."),
    }


@pytest.mark.parametrize("secret", [1, 3, 4])
def test_no_file_shows_what_a_table_hides(secret: int) -> None:
    """Even if a hidden number had slipped into the document."""
    honest, leaking = sample.hidden_numbers(), hiding(sample.hidden_numbers(), secret)

    for name, file in files(leaking).items():
        assert file == files(honest)[name]


def test_figures_csv_has_every_figure_with_every_field() -> None:
    document = sample.november_2024()

    read = {record["figure"]: record for record in records(document, "figures.csv")}

    assert read.keys() == document.figures.keys()
    for key, figure in document.figures.items():
        assert read[key]["value"] == ("" if figure.value is None else str(figure.value))
        assert read[key]["low"] == ("" if figure.low is None else str(figure.low))
        assert read[key]["known_on"] == figure.known_on.isoformat()
    assert read["forecast-2016-0"]["probability"] == "not given"
    assert read["before-2016"]["inputs"] == "decision-2016"


def test_a_probability_has_the_comma_of_the_file() -> None:
    document = sample.january_2016()
    sure = replace(document.figures["forecast-2016-0"], probability=0.8)

    read = records(replace(document, figures=document.figures | {sure.key: sure}), "figures.csv")

    assert [record["probability"] for record in read if record["figure"] == sure.key] == ["0,8"]


def test_the_workbook_reads_as_the_page() -> None:
    numbers = sheets(sample.january_2016(), "all.xlsx")["Numbers"]

    assert numbers[0][:4] == ("Period", "settled", "settled, reunified with family", "settled, unaccompanied minors")
    assert numbers[1][:6] == (2010, 46, 11, "..", ".", ".")
    assert numbers[6][:3] == (2015, 91, "..")
    assert numbers[6][-1] == "Break in the figures before this row."
    assert [(row[0], row[6]) for row in numbers[-3:]] == [
        ("Total 2010–14, printed", 270),
        ("Total 2010–14, computed", 263),
        ("Total 2010–14, difference", 7),
    ]


def test_all_xlsx_has_the_sheets_of_the_promise() -> None:
    found = sheets(sample.january_2016(), "all.xlsx")

    assert list(found) == ["Numbers", "Definitions", "Changes", "About"]
    assert found["Changes"][1] == (
        "new decision",
        "Asker: decided, 2016 (unaccompanied minors: not stated, reunified with family: not included)",
        None,
        135,
        60,
        80,
        "Sak 198/15",
    )
    about = {row[0]: row[1] for row in found["About"]}
    assert about["Edition"] == "4 (reconstruction from public sources)"
    assert str(about["Known on"]).startswith("2016-01-31")
    assert about["Checksum of the edition (SHA-256)"] == "c0ffee"
    assert about["Licence"] == "NLOD 2.0 / CC BY 4.0"
    assert about["How to cite"] == (
        "Husrom: Settlement of refugees in Asker kommune. Reconstruction 4, known on 31 January 2016."
    )


def test_each_table_has_its_own_sheet() -> None:
    document = sample.january_2016()
    second = replace(document.tables["years"], key="second", title={"en": "Another table"})

    found = sheets(replace(document, tables=document.tables | {"second": second}), "all.xlsx")

    assert list(found)[:2] == ["Numbers", "Another table"]


def test_numbers_are_numbers_and_symbols_are_texts() -> None:
    book = load_workbook(io.BytesIO(files(sample.hidden_numbers())["years.xlsx"].body))
    types = {cell.value: cell.data_type for row in book["Numbers"].iter_rows(min_row=2) for cell in row}

    assert types[12] == types[0] == "n"
    assert types[".."] == types[":"] == "s"


@pytest.mark.parametrize("evil", ['=HYPERLINK("http://example.org")', "+1", "-1", "@SUM(A1)", "\t=1", "a;=1"])
def test_no_text_becomes_a_formula(evil: str) -> None:
    document = sample.january_2016()
    settled = replace(document.figures["settled-2015"], sources=(Source(evil, "page", evil),), note={"en": evil})
    table = document.tables["years"]
    rows = (*table.rows[:-1], replace(table.rows[-1], note={"en": evil}))
    document = replace(
        document,
        figures=document.figures | {settled.key: settled},
        tables={"years": replace(table, rows=rows, title={"en": evil})},
    )

    made = files(document)

    for name in ("years.csv", "figures.csv"):
        text = made[name].body.decode("utf-8-sig")
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=";"):
            assert not [
                value for value in row if value.lstrip(" \t\"'").startswith(("=", "+", "@")) and value[0] != "'"
            ]
    for name in ("years.xlsx", "all.xlsx"):
        book = load_workbook(io.BytesIO(made[name].body))
        assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_same_document_gives_the_same_bytes() -> None:
    assert files(sample.november_2024()) == files(sample.november_2024())


def test_headings_are_in_the_language() -> None:
    """In English here: the catalogues are tested by themselves."""
    assert {file.language for file in files(sample.january_2016(), "nn").values()} == {"nn"}


def test_a_count_that_stops_early_says_so_in_its_row() -> None:
    document = sample.november_2024()
    table = document.tables["years"]
    rows = (*table.rows[:-1], replace(table.rows[-1], period_until=date(2024, 11, 14)))

    found = records(replace(document, tables={"years": replace(table, rows=rows)}))

    assert "2024 (until 13 Nov)" in {record["row"] for record in found}
