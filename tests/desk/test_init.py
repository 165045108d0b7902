"""`husrom init` and `husrom template`: from an empty installation to a decent page and a spreadsheet to fill in."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from husrom.access.models import UnitContact, UnitName
from husrom.desk.template import EXAMPLE, MEANINGS, WORDS
from husrom.ledger import columns
from husrom.ledger.models import Area, AreaCode, LineChoice, Parameter, Publisher
from husrom.publishing.models import Municipality
from husrom.sheets.cells import letters
from husrom.sheets.reading import read
from tests.desk.conftest import Run

pytestmark = pytest.mark.django_db

EN = ("--language", "en")
HAVNELV = (
    "--name", "Havnelv kommune", "--languages", "nb nn en", "--url", "https://www.havnelv.example",
    "--code", "9911=2020-01-01", "--code", "9921=01.01.2024", "--founded", "2020-01-01",
    "--unit", "Flyktningtjenesten", "--unit-en", "The refugee service", "--phone", "32 00 00 00",
    "--email", "post@havnelv.example", "--unit-url", "https://www.havnelv.example/flyktning",
    "--minors-unit", "Barnevernet", "--no-input", *EN,
)  # fmt: skip


def test_it_sets_up_a_municipality_and_says_what_to_do_next(run: Run) -> None:
    told = run("init", *HAVNELV)

    there = Municipality.objects.get()
    assert (there.name, there.short_name, there.area, there.languages, there.url) == (
        "Havnelv kommune",
        "Havnelv",
        "havnelv",
        "nb nn en",
        "https://www.havnelv.example",
    )
    for step in ("husrom template", "husrom import_figures", "husrom compose"):
        assert step in told


def test_a_code_ends_where_the_next_begins(run: Run) -> None:
    run("init", *HAVNELV)

    codes = AreaCode.objects.filter(area__key="havnelv").order_by("valid_from")
    assert [(code.code, code.valid_from, code.valid_until) for code in codes] == [
        ("9911", date(2020, 1, 1), date(2024, 1, 1)),
        ("9921", date(2024, 1, 1), None),
    ]
    assert Area.objects.get(key="havnelv").founded_on == date(2020, 1, 1)


def test_units_have_their_names_and_contact(run: Run) -> None:
    run("init", *HAVNELV, "--valid-from", "2023-08-01")

    names = {name.unit.role: (name.name, name.name_en) for name in UnitName.objects.select_related("unit")}
    assert names == {"integration": ("Flyktningtjenesten", "The refugee service"), "minors": ("Barnevernet", "")}
    contact = UnitContact.objects.get()
    assert (contact.phone, contact.email, contact.valid_from) == (
        "32 00 00 00",
        "post@havnelv.example",
        date(2023, 8, 1),
    )


def test_general_publishers_lines_and_thresholds_are_there(run: Run) -> None:
    run("init", *HAVNELV)

    names = dict(Publisher.objects.values_list("key", "name"))
    assert {"imdi", "udi", "ssb", "vedtak", "nettside", "register"} <= names.keys()
    assert names["vedtak"] == "Havnelv kommune, vedtak"
    assert set(LineChoice.objects.values_list("line__key", flat=True)) >= {"decided", "requested", "settled"}
    assert Parameter.objects.get(name="small_number_threshold").value == "5"


def test_letters_of_norwegian_make_a_plain_key(run: Run) -> None:
    run("init", "--name", "Åsnes kommune", "--code", "9931=2020-01-01", "--languages", "nb", "--no-input", *EN)

    assert Municipality.objects.get().area == "asnes"


def test_everything_that_is_missing_is_told_at_once(refused: Run) -> None:
    told = refused("init", "--no-input", *EN)

    assert [line.partition(" ")[0] for line in told.splitlines()] == ["--name", "--code", "--languages"]
    assert not Municipality.objects.exists()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--code", "991=2020-01-01"], "write the four digits"),
        (["--code", "9911"], "9901=2020-01-01"),
        (["--code", "9911=i fjor"], "is no day"),
        (["--code", "9911=2020-01-01", "--code", "9911=2021-01-01"], "a code is there twice"),
        (["--code", "9911=2020-01-01", "--code", "9912=2020-01-01"], "on the same day"),
        (["--languages", "nb de"], "write one or more of nb, nn, en"),
        (["--email", "post@"], "is no e-mail address"),
        (["--phone", "ring oss"], "is no telephone number"),
        (["--unit-url", "havnelv"], "is no web address"),
        (["--unit-url", "javascript:alert(1)"], "is no web address"),
        (["--url", "ftp://havnelv.example"], "is no web address"),
        (["--founded", "2020"], "is no day"),
        (["--name", "x" * 101], "at most 100 characters"),
        (["--valid-from", "snart"], "--valid-from"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(refused: Run, words: list[str], why: str) -> None:
    said = ["--name", "Havnelv kommune", "--languages", "nb", "--unit", "Tjenesten", "--no-input", *EN]
    code = [] if "--code" in words else ["--code", "9921=2024-01-01"]

    assert why in refused("init", *said, *code, *words)
    assert not Municipality.objects.exists()
    assert not Area.objects.exists()
    assert not Publisher.objects.exists()


def test_contact_details_belong_to_a_unit(refused: Run) -> None:
    said = ("--name", "Havnelv", "--code", "9921=2024-01-01", "--languages", "nb", "--no-input", *EN)

    assert "whose telephone" in refused("init", *said, "--phone", "32000000")
    assert "bokmål goes before" in refused("init", *said, "--unit-en", "The service")


def test_it_asks_until_it_understands(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = ["", "99", "9911=2020-01-01, 9921=2024-01-01"]
    contact = ["x", "32 00 00 00", "", "", "", ""]
    answers = iter(["", "Havnelv kommune", "", *codes, "", "nb", "", "Tjenesten", "", "", *contact])
    monkeypatch.setattr("builtins.input", lambda _prompt: next(answers))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)

    run("init", *EN)

    assert Municipality.objects.get().name == "Havnelv kommune"
    assert AreaCode.objects.filter(area__key="havnelv").count() == 2
    assert UnitContact.objects.get().phone == "32 00 00 00"
    assert not list(answers)


def test_it_refuses_to_run_twice(run: Run, refused: Run) -> None:
    run("init", *HAVNELV)

    assert "Havnelv kommune is set up here already" in refused("init", *HAVNELV)


def test_again_only_adds(run: Run) -> None:
    run("init", *HAVNELV)
    Publisher.objects.filter(key="vedtak").update(name="Vedtak i Havnelv")
    Publisher.objects.create(key="avis", name="Avisen")
    before = (Publisher.objects.count(), LineChoice.objects.count(), AreaCode.objects.count())

    told = run("init", "--again", "--no-input", "--name", "Et annet navn", *EN)

    assert "Nothing was added" in told
    assert (Publisher.objects.count(), LineChoice.objects.count(), AreaCode.objects.count()) == before
    assert Publisher.objects.get(key="vedtak").name == "Vedtak i Havnelv"
    assert Municipality.objects.get().name == "Havnelv kommune"


def test_again_adds_a_new_code_and_ends_the_old_one(run: Run) -> None:
    run("init", *HAVNELV)

    run("init", "--again", "--no-input", "--code", "9931=2027-01-01", *EN)

    codes = dict(AreaCode.objects.filter(area__key="havnelv").values_list("code", "valid_until"))
    assert codes == {"9911": date(2024, 1, 1), "9921": date(2027, 1, 1), "9931": None}


def test_again_adds_a_new_name_and_a_language(run: Run, refused: Run) -> None:
    run("init", *HAVNELV, "--valid-from", "2023-01-01")

    run("init", "--again", "--no-input", "--unit", "Nytt navn", "--valid-from", "2024-01-01", *EN)
    assert [name.name for name in UnitName.objects.filter(unit__role="integration")] == [
        "Flyktningtjenesten",
        "Nytt navn",
    ]
    again = ("--again", "--no-input", "--unit", "Enda et", "--valid-from", "2024-01-01", *EN)
    assert "from 2024-01-01 already" in refused("init", *again)


def test_nothing_of_an_example_is_in_it(run: Run) -> None:
    told = run("init", *HAVNELV)

    names = " ".join(
        (told, *Publisher.objects.values_list("name", flat=True), *Area.objects.values_list("name", flat=True))
    )
    assert "asker" not in names.lower()


# --- the template ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "sheets", "heading"),
    [("nb", ["Tall", "Forklaring"], "størrelse"), ("en", ["Figures", "About"], "measure")],
)
def test_the_template_explains_itself(run: Run, tmp_path: Path, language: str, sheets: list[str], heading: str) -> None:
    run("init", *HAVNELV)
    path = tmp_path / "tall.xlsx"

    run("template", path, "--language", language)

    book = load_workbook(path)
    assert book.sheetnames == sheets
    assert book[sheets[0]]["A1"].value == heading
    assert book[sheets[0]].max_row == 1
    words = " ".join(str(cell.value) for line in book[sheets[1]].iter_rows() for cell in line)
    assert "9921 (Havnelv)" in words
    assert "vedtak (Havnelv kommune, vedtak)" in words


def test_the_template_holds_every_column_that_must_be_there(run: Run, tmp_path: Path) -> None:
    run("template", tmp_path / "tall.xlsx", *EN)

    reading = read(tmp_path / "tall.xlsx", columns.COLUMNS)

    assert reading.faults == ()
    assert reading.rows == ()


def test_the_example_of_the_template_can_be_taken_in_when_somebody_writes_it_among_the_figures(
    run: Run, tmp_path: Path
) -> None:
    """The words that it shows are words that the importer takes."""
    run("init", *HAVNELV)
    path = tmp_path / "tall.xlsx"
    for language in ("nb", "en"):
        run("template", path, "--force", "--language", language)
        book = load_workbook(path)
        figures, explained = book.worksheets
        headings = {cell.value: letters(place) for place, cell in enumerate(figures[1])}
        for name, _must, _what, _words, example in explained.iter_rows(min_row=2, values_only=True):
            if example:
                figures[f"{headings[name]}2"] = example
        figures[f"{headings['område' if language == 'nb' else 'area']}2"] = "9921"
        book.save(path)

        assert run("import_figures", path, *EN).startswith("new: 1")


def test_every_word_of_the_template_is_one_that_the_importer_knows() -> None:
    known = {column.key for column in columns.COLUMNS}
    assert MEANINGS.keys() | WORDS.keys() | EXAMPLE.keys() <= known
    assert {column.key for column in columns.COLUMNS if column.required} <= MEANINGS.keys()


def test_a_file_that_is_there_stays(run: Run, refused: Run, tmp_path: Path) -> None:
    path = tmp_path / "tall.xlsx"
    path.write_text("mitt")

    assert "is there already" in refused("template", path, *EN)
    assert "ends in .xlsx" in refused("template", tmp_path / "tall.csv", *EN)
    assert "cannot be written" in refused("template", tmp_path / "borte" / "tall.xlsx", *EN)
    assert path.read_text() == "mitt"


def test_an_empty_template_is_told_to_be_empty(run: Run, tmp_path: Path) -> None:
    run("template", tmp_path / "tall.xlsx", *EN)

    assert run("import_figures", tmp_path / "tall.xlsx", *EN).strip() == "The file has no rows."
