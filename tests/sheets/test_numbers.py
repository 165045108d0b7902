"""A whole number in a cell, a probability: what is accepted, and why everything else is not."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from husrom.sheets.cells import Cell
from husrom.sheets.faults import Fault
from husrom.sheets.values import Hidden, decimal_probability, whole_number
from tests.sheets.files import cell


def number(value: str) -> Cell:
    return cell(value, "number", Decimal(value))


@pytest.mark.parametrize(
    "given",
    [
        cell("31145"), cell("31 145"), cell("31\u00a0145"), cell("31\u202f145"), cell("31\u2009145"), cell(" 31145 "),
        number("31145"), number("31145.0"), number("3.1145E+4"),
    ],
)  # fmt: skip
def test_a_whole_number_is_read(given: Cell) -> None:
    assert whole_number(given) == 31145


def test_a_large_number_may_have_several_groups() -> None:
    assert whole_number(cell("1 234 567")) == 1_234_567


@pytest.mark.parametrize(
    ("text", "value"),
    [("+25", 25), ("-5", -5), ("−5", -5), ("–5", -5), ("- 5", -5), ("−31 145", -31145), ("7", 7), ("0", 0)],
)
def test_a_change_may_have_a_sign(text: str, value: int) -> None:
    assert whole_number(cell(text), signed=True) == value


@pytest.mark.parametrize("text", ["<5", "< 5", "＜5"])
def test_below_five_is_hidden_where_that_may_be(text: str) -> None:
    assert whole_number(cell(text), hidden_allowed=True) == Hidden(1, 4)


def test_an_empty_cell_is_nothing_where_that_may_be() -> None:
    assert whole_number(cell(""), required=False) is None


EXPECTED = "expected a whole number such as 135; "
NO_SIGNS = "expected a number written with the digits 0 to 9; write the number with those digits."


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (cell("135,0"), f"found “135,0”; {EXPECTED}write 135."),
        (cell("135.0"), f"found “135.0”; {EXPECTED}write 135."),
        (cell("1 234,00"), f"found “1 234,00”; {EXPECTED}write 1234."),
        (cell("135,5"), f"found “135,5”; {EXPECTED}write the whole number that the source gives."),
        (number("135.5"), f"found the number 135.5; {EXPECTED}write the whole number that the source gives."),
        (
            cell("ca. 135"),
            ("found “ca. 135”; expected a whole number without words before it; write the number alone, and say that "
             "it "
            "is uncertain in the column for that."),
        ),
        (
            cell("1 35"),
            ("found “1 35”; expected spaces in a number only before groups of three digits, as in 31 145; write 135 if "
            "that is the number."),
        ),
        (cell("31  145"), "found “31  145”; expected spaces in a number only before groups of three digits, as in 31"),
        (
            cell("31.145"),
            ("found “31.145”; expected a whole number without point or comma, since it could mean thousands or "
             "decimals; "
            "write 31145 if it means thousands."),
        ),
        (cell("31,145"), "found “31,145”; expected a whole number without point or comma, since it could mean thous"),
        (
            cell("−5"),
            ("found “−5”; expected a number that is 0 or more; write 5 without the minus, or move a change to the "
             "column "
            "for changes."),
        ),
        (number("-5"), "found the number -5; expected a number that is 0 or more; write 5 without the minus"),
        (cell("+25"), "found “+25”; expected a number without a sign, since it is not a change; write 25 without the"),
        (
            cell("<5"),
            "found “<5”, a hidden number from 1 to 4; expected a number that is not hidden, in this column; write the",
        ),
        (cell("<10"), "found “<10”; expected a whole number, or <5 for a number from 1 to 4 that its publisher hid;"),
        (cell("over 100"), "found “over 100”; expected a whole number, or <5 for a number from 1 to 4"),
        (cell("5-10"), "found “5-10”; expected one whole number, not a range; write the lowest and the highest number"),
        (cell("0135"), "found “0135”; expected a number that does not start with 0; write it without the zero in"),
        (cell("XIV"), f"found “XIV”; {NO_SIGNS}"),
        (cell("Ⅻ"), f"found “Ⅻ”; {NO_SIGNS}"),
        (cell("٣٥"), f"found “٣٥”; {NO_SIGNS}"),
        (cell("５"), f"found “５”; {NO_SIGNS}"),
        (cell("2²"), f"found “2²”; {NO_SIGNS}"),
        (cell("135 personer"), f"found “135 personer”; {EXPECTED}write 135 alone, if that is the number."),
        (cell("mange"), f"found “mange”; {EXPECTED}write the number with digits, or leave the cell empty if it is not"),
        (cell(":"), f"found “:”; {EXPECTED}write the number with digits, or leave the cell empty if it is not known."),
        (
            cell("2015-02-01", "date", date(2015, 2, 1)),
            ("found the date 2015-02-01; expected a number or text; a spreadsheet makes dates of entries such as 1/2; "
            "format the column as text and write the value again."),
        ),
        (cell("10:30", "datetime"), "found the date or time 10:30; expected a number or text; a spreadsheet makes"),
        (cell("TRUE", "bool", value=True), "found the logical value TRUE; expected a number or text; format the"),
        (cell("=1+1", "formula"), "found the formula =1+1; expected a value, since a formula can give another answer"),
        (cell("=1+1"), "found the formula =1+1; expected a value, since a formula can give another answer"),
        (cell("#REF!", "error"), "found the error #REF!; expected a value; write the value that should stand there"),
        (cell(""), f"found an empty cell; {EXPECTED}fill in the cell."),
        (cell("4711471147"), "found “4711471147”; expected a number of at most 999999999; look whether two numbers"),
        (cell("9" * 5000), "found “" + "9" * 59 + f"…”; {EXPECTED}write the number with digits, or leave the cell"),
        (number("1E+300"), f"found the number 1E+300; {EXPECTED}write the number with digits"),
    ],
)  # fmt: skip
def test_anything_else_gets_its_message(bad: Cell, message: str) -> None:
    fault = whole_number(bad)

    assert isinstance(fault, Fault)
    assert str(fault).startswith(f"tall.xlsx, sheet Tall, cell C12: {message}")


def test_an_empty_cell_for_a_change_says_what_a_change_is() -> None:
    fault = whole_number(cell(""), signed=True)

    assert str(fault).endswith("found an empty cell; expected a change such as +25 or -5; fill in the cell.")


@given(st.text(max_size=50))
def test_no_text_is_ever_guessed(text: str) -> None:
    result = whole_number(cell(text), required=False, signed=True, hidden_allowed=True)

    digits = "".join(char for char in text if char in "0123456789")
    assert result is None or isinstance(result, Fault | Hidden) or (digits and abs(result) == int(digits))


@pytest.mark.parametrize(
    "given", [cell("0,8"), cell("0.8"), cell("0,80"), cell("80 %"), cell("80%"), cell("80\u00a0%"), number("0.8")]
)
def test_a_probability_is_read(given: Cell) -> None:
    assert decimal_probability(given) == Decimal("0.8")


@pytest.mark.parametrize("text", ["", "not given", "Not_given", "ikke oppgitt", "ikkje oppgitt"])
def test_no_probability_is_nothing(text: str) -> None:
    assert decimal_probability(cell(text)) is None


@pytest.mark.parametrize(
    "bad",
    [
        cell("0"),
        cell("1"),
        cell("100 %"),
        cell("0 %"),
        cell("1,2"),
        cell("80"),
        cell("likely"),
        number("80"),
        number("0"),
    ],
)
def test_what_is_no_probability_gets_its_message(bad: Cell) -> None:
    fault = decimal_probability(bad)

    assert str(fault).endswith(
        "; expected a probability above 0 and below 1, such as 0,8 or 80 %; write it so, or “not given” if the source "
        "gives none."
    )


def test_a_date_or_formula_is_no_probability() -> None:
    faults = [decimal_probability(cell("2015-02-01", "date")), decimal_probability(cell("=1/2", "formula"))]

    assert all(isinstance(fault, Fault) for fault in faults)
