"""How a fault reads: its place, its language, and that each is said once."""

import pytest
from django.utils import translation

from husrom.sheets.faults import Fault, Message, error_value, formula, say, unique, visible
from tests.sheets.files import cell


def fault(sheet: str = "", where: str = "") -> Fault:
    return Fault("tall.csv", sheet, where, say("this"), say("that"), say("do so"))


@pytest.mark.parametrize(
    ("sheet", "where", "place"),
    [
        ("", "", "tall.csv: "),
        ("Tall", "", "tall.csv, sheet Tall: "),
        ("", "C12", "tall.csv, cell C12: "),
        ("", "12:12", "tall.csv, line 12: "),
        ("Tall", "12:12", "tall.csv, sheet Tall, row 12: "),
        ("Tall", "12:15", "tall.csv, sheet Tall, rows 12-15: "),
        ("Tall", "B:B", "tall.csv, sheet Tall, column B: "),
        ("Tall", "A1:B3", "tall.csv, sheet Tall, cells A1:B3: "),
    ],
)
def test_a_fault_is_one_sentence_that_begins_with_its_place(sheet: str, where: str, place: str) -> None:
    assert str(fault(sheet, where)) == f"{place}found this; expected that; do so."


def test_a_message_is_translated_when_it_is_printed() -> None:
    message = Message("January")

    with translation.override("nb"):
        norwegian = str(message)

    assert (norwegian, str(message)) == ("januar", "January")


def test_what_was_found_is_shortened_and_its_unseen_signs_are_shown() -> None:
    assert visible("a\x00\u202e" + "b" * 100) == "a␀[U+202E]" + "b" * 56 + "…"


def test_what_was_found_cannot_break_the_sentence() -> None:
    found = say("“%(text)s”", text="100 %(x)s %")

    assert str(Fault("a.csv", "", "", found, say("b"), say("c"))) == "a.csv: found “100 %(x)s %”; expected b; c."


def test_a_fault_that_two_report_is_said_once() -> None:
    bad, worse = cell("=1", "formula"), cell("#REF!", "error")

    faults = unique([formula(bad), error_value(worse), formula(bad)])

    assert faults == (formula(bad), error_value(worse))
