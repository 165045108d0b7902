"""A text or a choice in a cell: letters of all scripts, no sign that nobody sees, no guess."""

from datetime import date

import pytest

from husrom.sheets.cells import Cell
from husrom.sheets.faults import Fault
from husrom.sheets.values import choice, text
from tests.sheets.files import cell

ANSWERS = {"anmodning": "request", "vedtak": "decision", "avtalt tall": "agreement"}


@pytest.mark.parametrize("name", ["Avtalt tall", "AVTALT_TALL", " avtalt-tall ", "avtalt\u00a0tall"])
def test_a_choice_is_known_whatever_its_spelling(name: str) -> None:
    assert choice(cell(name), ANSWERS) == "agreement"


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (
            cell("anmoding"),
            "found “anmoding”; expected one of anmodning, vedtak, avtalt tall; write “anmodning” if that",
        ),
        (cell("xyz"), "found “xyz”; expected one of anmodning, vedtak, avtalt tall; write one of these."),
        (cell(""), "found an empty cell; expected one of anmodning, vedtak, avtalt tall; fill in the cell."),
        (cell("2015-02-01", "date"), "found the date 2015-02-01; expected a number or text; a spreadsheet makes dates"),
        (cell("=A1", "formula"), "found the formula =A1; expected a value"),
        (cell("TRUE", "bool"), "found the logical value TRUE; expected a number or text; format the column as text"),
    ],
)
def test_what_is_no_choice_gets_its_message(bad: Cell, message: str) -> None:
    assert str(choice(bad, ANSWERS)).startswith(f"tall.xlsx, sheet Tall, cell C12: {message}")


def test_a_spreadsheets_own_true_is_a_choice_where_it_is_one() -> None:
    assert choice(cell("TRUE", "bool"), {"true": 1, "false": 0}) == 1


def test_an_empty_choice_is_nothing_where_that_may_be() -> None:
    assert choice(cell(""), ANSWERS, required=False) is None


@pytest.mark.parametrize(
    "written",
    ["Røyken", "Ṩámegiella Čáhppes", "العربية", "فارسی\u200cزبان", "ትግርኛ", "Українська", "پښتو", "a–b “c” 😀"],
)
def test_letters_of_all_scripts_are_kept(written: str) -> None:
    assert text(cell(f"  {written} "), 100) == written


def test_letters_are_joined_with_their_marks() -> None:
    assert text(cell("A\u030asker"), 100) == "Åsker"


@pytest.mark.parametrize("kind_of_text", [cell("198/15"), cell("=1+1"), cell("135", "number"), cell("-5")])
def test_a_text_may_look_like_anything(kind_of_text: Cell) -> None:
    assert text(kind_of_text, 100) == kind_of_text.text


def test_an_empty_text_is_nothing_where_that_may_be() -> None:
    assert text(cell(""), 100, required=False) is None


def test_a_text_may_have_lines_where_that_is_said() -> None:
    assert text(cell("a\nb"), 100, lines=True) == "a\nb"


UNSEEN = "expected a text without signs that cannot be seen, such as"


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (cell("a\x00b"), f"found “a␀b”; {UNSEEN} U+0000; write the text again"),
        (cell("a\tb"), f"found “a␉b”; {UNSEEN} U+0009; write the text again"),
        (cell("a\u202eb"), f"found “a[U+202E]b”; {UNSEEN} U+202E; write the text again"),
        (cell("a\u2066b"), f"found “a[U+2066]b”; {UNSEEN} U+2066; write the text again"),
        (cell("a\u200bb"), f"found “a[U+200B]b”; {UNSEEN} U+200B; write the text again"),
        (cell("a\ue000b"), f"found “a[U+E000]b”; {UNSEEN} U+E000; write the text again"),
        (cell("R\ufffdyken"), "found “R\ufffdyken”; expected letters; “\ufffd” stands for letters that were lost on"),
        (cell("a\nb"), "found “a␊b”; expected a text on one line; write it on one line."),
        (cell("x" * 101), "found “" + "x" * 59 + "…”; expected at most 100 characters; shorten the text."),
        (cell(""), "found an empty cell; expected a text; fill in the cell."),
        (cell("2015-02-01", "date", date(2015, 2, 1)), "found the date 2015-02-01; expected a number or text; a"),
        (cell("=A1", "formula"), "found the formula =A1; expected a value"),
        (cell("#N/A", "error"), "found the error #N/A; expected a value"),
    ],
)  # fmt: skip
def test_what_is_no_clean_text_gets_its_message(bad: Cell, message: str) -> None:
    fault = text(bad, 100)

    assert isinstance(fault, Fault)
    assert str(fault).startswith(f"tall.xlsx, sheet Tall, cell C12: {message}")


def test_signs_that_cannot_be_seen_are_refused_in_several_lines_too() -> None:
    assert isinstance(text(cell("a\nb\u202e"), 100, lines=True), Fault)
