"""The example's files against what is known of Asker: every number there, each with rule, source and days.

Reads the spreadsheets with the csv module alone, so that a fault of the importer cannot hide one of the files.
"""

import calendar
import csv
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

ASKER = Path(__file__).resolve().parents[2] / "examples" / "asker"
LANGUAGES = ("nb", "nn", "en")
BLOCKS = {"about", "intro", "minors", "reunification", "accommodation", "forecasts", "self-settlement", "gaps"}
TODAY = date(2026, 11, 24)  # the last day of any statement in the files

Row = dict[str, str]
Block = tuple[str, date, str, str]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert all(None not in row and None not in row.values() for row in rows), f"{path.name}: uneven rows"
    return rows


def figures() -> list[Row]:
    return [{**row, "fil": file.stem} for file in sorted((ASKER / "figures").glob("*.csv")) for row in read(file)]


FIGURES = figures()


def number(row: Row) -> int | None:
    return int(row["tall"]) if row["tall"] else None


def days(said: str) -> tuple[date, date]:
    first, _dots, last = said.partition("..")
    return _possible(first)[0], _possible(last or first)[1]


def _possible(text: str) -> tuple[date, date]:
    parts = [int(part) for part in text.split("-")]
    year, month, day = (*parts, 0, 0)[:3]
    if day:
        return date(year, month, day), date(year, month, day)
    if month:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(year, 1, 1), date(year, 12, 31)


def known_on(row: Row) -> date:
    return days(row["sagt"])[1]


# --- every number of Asker -------------------------------------------------------------------------------------

PAGE = "2016-01-07..2016-01-31"
BEFORE_2018 = "2017-07-01..2018-05-31"
SUMMER_2018 = "2018-06-01..2018-08-20"
BEFORE_2023 = "2022-07-01..2023-01-31"
BEFORE_2024 = "2023-07-01..2024-11-12"
COUNTED = "2024-11-13"

# measure, period, kind, number, minors, reunification, age, publisher, body, stated
NUMBERS = [
    *(
        ("bosatt", str(year), "", value, "uten", "uten", "", "asker-nettside", "", PAGE)
        for year, value in {2010: 46, 2011: 40, 2012: 40, 2013: 41, 2014: 56}.items()
    ),
    *(
        ("bosatt", str(year), "", value, "uten", "bare", "", "asker-nettside", "", PAGE)
        for year, value in {2010: 11, 2011: 11, 2012: 11, 2013: 7}.items()
    ),
    ("bosatt", "2010-01-01..2014-12-31", "", 270, "uten", "med", "", "asker-nettside", "", PAGE),
    ("bosatt", "2014", "", 10, "bare", "ikke oppgitt", "", "asker-nettside", "", PAGE),
    ("bosatt", "2015", "", 91, "med", "med", "", "asker-nettside", "", PAGE),
    ("kunngjort", "2016", "", 135, "ikke oppgitt", "ikke oppgitt", "", "asker-nettside", "", PAGE),
    ("kunngjort", "2017", "", 160, "med", "ikke oppgitt", "", "asker-nettside", "", PAGE),
    ("anmodning", "2016", "", 45, "bare", "uten", "", "imdi", "IMDi", "2015-11"),
    ("anmodning", "2017", "", 65, "bare", "uten", "", "imdi", "IMDi", "2015-11"),
    ("vedtak", "2016", "", None, "med", "uten", "", "asker-vedtak", "Kommunestyret", "2015-09"),
    ("vedtak", "2016", "", 135, "med", "uten", "", "asker-vedtak", "Formannskapet", "2015-12"),
    ("vedtak", "2016", "", 45, "bare", "uten", "", "asker-vedtak", "Formannskapet", "2015-12"),
    ("vedtak", "2016", "endring", 25, "uten", "uten", "", "asker-vedtak", "Formannskapet", "2015-12"),
    ("vedtak", "2016", "endring", 35, "bare", "uten", "", "asker-vedtak", "Formannskapet", "2015-12"),
    (
        "budsjett",
        "2016",
        "",
        9_700_000,
        "ikke oppgitt",
        "ikke oppgitt",
        "",
        "asker-vedtak",
        "Kommunestyret",
        "2016-03-01",
    ),
    ("anmodning", "2018", "", 35, "med", "uten", "", "imdi", "IMDi", BEFORE_2018),
    ("anmodning", "2018", "", 3, "bare", "uten", "", "imdi", "IMDi", BEFORE_2018),
    ("anmodning", "2018", "endring", 20, "med", "uten", "", "imdi", "IMDi", SUMMER_2018),
    ("anmodning", "2018", "endring", 5, "bare", "uten", "", "imdi", "IMDi", SUMMER_2018),
    ("anmodning", "2018", "endring", 5, "bare", "uten", "15 og over", "imdi", "IMDi", SUMMER_2018),
    ("vedtak", "2018", "", 35, "med", "uten", "", "asker-vedtak", "Formannskapet", BEFORE_2018),
    ("vedtak", "2018", "", 3, "bare", "uten", "", "asker-vedtak", "Formannskapet", BEFORE_2018),
    ("anmodning", "2023", "", 360, "med", "uten", "", "imdi", "IMDi", BEFORE_2023),
    ("anmodning", "2023", "", 12, "bare", "uten", "15 og over", "imdi", "IMDi", BEFORE_2023),
    ("vedtak", "2023", "", 360, "med", "uten", "", "asker-vedtak", "", "2023-01"),
    ("vedtak", "2023", "", 12, "bare", "uten", "15 og over", "asker-vedtak", "", "2023-01"),
    ("anmodning", "2023", "", 435, "med", "uten", "", "imdi", "IMDi", "2023-05-31"),
    ("anmodning", "2023", "", 18, "bare", "uten", "15 og over", "imdi", "IMDi", "2023-05-31"),
    ("vedtak", "2023", "", 435, "med", "uten", "", "asker-vedtak", "Formannskapet", "2023-08-22"),
    ("vedtak", "2023", "", 4, "bare", "uten", "under 15", "asker-vedtak", "Formannskapet", "2023-08-22"),
    ("vedtak", "2023", "", 18, "bare", "uten", "15 og over", "asker-vedtak", "Formannskapet", "2023-08-22"),
    ("anmodning", "2024", "", 355, "med", "uten", "", "imdi", "IMDi", BEFORE_2024),
    ("anmodning", "2024", "", 22, "bare", "uten", "", "imdi", "IMDi", BEFORE_2024),
    ("vedtak", "2024", "", 255, "med", "uten", "", "asker-vedtak", "", BEFORE_2024),
    ("vedtak", "2024", "", 22, "bare", "uten", "", "asker-vedtak", "", BEFORE_2024),
    ("bosatt", "2022", "", 300, "med", "ikke oppgitt", "", "imdi-leveranser", "", COUNTED),
    ("bosatt", "2023", "", 345, "med", "ikke oppgitt", "", "imdi-leveranser", "", "2024-01-01..2024-11-12"),
    ("bosatt", "2023", "", 356, "med", "ikke oppgitt", "", "imdi-leveranser", "", COUNTED),
    ("bosatt", "2024 til 2024-11-13", "", 195, "med", "ikke oppgitt", "", "imdi-leveranser", "", COUNTED),
    ("bosatt", "2024 til 2024-11-13", "", 202, "med", "ikke oppgitt", "", "imdi-nettside", "", COUNTED),
    ("avtalt", "2024 til 2024-11-13", "", 41, "ikke oppgitt", "ikke oppgitt", "", "imdi", "", COUNTED),
    ("tilskudd mottatt", "2022", "", 171_064_496, "ikke oppgitt", "ikke oppgitt", "", "imdi", "", "2024"),
    ("tilskudd mottatt", "2023", "", 289_891_232, "ikke oppgitt", "ikke oppgitt", "", "imdi", "", "2024"),
]


def period(row: Row) -> str:
    if row.get("fra og med"):
        return f"{row['fra og med']}..{row['til og med']}"
    return row["år"] + (f" til {row['telt']}" if row.get("telt") else "")


def test_asker_has_every_number_and_no_other() -> None:
    found = Counter(
        (
            row["størrelse"],
            period(row),
            row.get("slag", ""),
            number(row),
            row["enslige mindreårige"],
            row["familiegjenforente"],
            row.get("alder", ""),
            row["utgiver"],
            row.get("organ", ""),
            row["sagt"],
        )
        for row in FIGURES
        if row["område"] in {"0220", "3025", "3203"}
    )
    assert found == Counter(NUMBERS)


def test_what_is_derived_is_typed_nowhere() -> None:
    sides = [
        row for row in FIGURES if row["størrelse"] in {"anmodning", "vedtak"} and row["område"] in {"0220", "3025"}
    ]
    levels = {(row["år"], number(row)) for row in sides}
    assert levels.isdisjoint({("2016", 75), ("2016", 65), ("2016", 90), ("2018", 55), ("2018", 8), ("2023", 22)})
    unknown = [row for row in FIGURES if row.get("tilstand")]
    assert [(row["organ"], row["år"], row["tall"], row["tilstand"]) for row in unknown] == [
        ("Kommunestyret", "2016", "", "ukjent")
    ]


def test_case_198_15_is_the_act_of_december_and_of_no_other() -> None:
    acts = {(row["organ"], row["sagt"]) for row in FIGURES if row.get("saksnummer") == "198/15"}
    assert acts == {("Formannskapet", "2015-12")}


def test_what_is_not_known_stays_empty() -> None:
    settled = {
        int(row["år"])
        for row in FIGURES
        if row["størrelse"] == "bosatt" and row["område"] in {"0220", "3025", "3203"} and row["år"]
    }
    assert settled == {2010, 2011, 2012, 2013, 2014, 2015, 2022, 2023, 2024}
    assert not [row for row in FIGURES if row["år"] == "2014" and row["familiegjenforente"] == "bare"]
    assert not [
        row for row in FIGURES if row["størrelse"] == "vedtak" and row["år"] == "2017" and row["område"] == "0220"
    ]
    assert not [row for row in read(ASKER / "contacts.csv") if row["phone"] or row["email"] or row["address"]]
    assert not [row for row in FIGURES if row.get("sannsynlighet")]


# --- rule, source and days -------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", sorted({row["fil"] for row in FIGURES}))
def test_every_row_has_rule_source_and_days(file: str) -> None:
    publishers = {row["key"] for row in read(ASKER / "publishers.csv")}
    codes = {row["code"] for row in read(ASKER / "area_codes.csv")}
    counted = {"med", "uten", "bare", "ikke oppgitt"}
    for row in (row for row in FIGURES if row["fil"] == file):
        assert row["enslige mindreårige"] in counted, row
        assert row["familiegjenforente"] in counted, row
        assert row.get("alder", "") in {"", "under 15", "15 og over"}, row
        assert row["enslige mindreårige"] == "bare" or not row.get("alder"), row
        assert row["kilde"], row
        assert row["kildetype"] in {"brev", "vedtak", "nettside", "datasett", "register", "rapport", "presse"}, row
        assert {row["utgiver"], row.get("kildens utgiver") or row["utgiver"]} <= publishers, row
        assert row["område"] in codes, row
        first, last = days(row["sagt"])
        assert first <= last <= TODAY, row
        bounds = [int(row[key]) for key in ("lavt", "tall", "høyt") if row.get(key)]
        assert bounds == sorted(bounds), row
        assert bounds or row.get("tilstand") == "ukjent", row
        notes = [bool(row.get(name)) for name in ("merknad", "merknad nynorsk", "merknad engelsk")]
        assert len(set(notes)) == 1, f"a note in one language only: {row}"


def test_no_number_is_said_twice_on_the_same_days() -> None:
    names = (
        "størrelse",
        "utgiver",
        "enslige mindreårige",
        "familiegjenforente",
        "alder",
        "enhet",
        "vilkår",
        "slag",
        "sagt",
    )
    municipality = {"3025": "Asker", "3203": "Asker"}
    keys = Counter(
        (municipality.get(row["område"], row["område"]), period(row), *(row.get(name, "") for name in names))
        for row in FIGURES
    )
    assert not [key for key, times in keys.items() if times > 1]


def test_acts_of_a_side_do_not_end_on_one_day() -> None:
    sides: dict[tuple[str, ...], set[tuple[str, str]]] = {}
    for row in FIGURES:
        if row["størrelse"] in {"anmodning", "vedtak"}:
            key = (row["størrelse"], row["område"], row["utgiver"], row["år"], str(known_on(row)))
            sides.setdefault(key, set()).add((row.get("organ", ""), row["sagt"]))
    assert not {key: acts for key, acts in sides.items() if len(acts) > 1}


def test_sources_are_named_as_what_they_are() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in ASKER.rglob("*") if path.is_file())
    assert not re.search(r"\.\./|/(?:work|home|tmp|root)/|localhost|://(?!www\.asker\.kommune\.no)", text)


# --- printed totals --------------------------------------------------------------------------------------------


def printed(table: str) -> tuple[list[Row], list[Row]]:
    rows = [row for row in FIGURES if row.get("tabell") == table]
    return [row for row in rows if not row["sum av"]], [row for row in rows if row["sum av"]]


def computed(cells: list[Row], total: Row) -> int:
    columns = total["sum av"].split("|")
    assert set(columns) <= {cell["kolonne"] for cell in cells}
    return sum(int(cell["tall"]) for cell in cells if cell["kolonne"] in columns)


def test_the_page_prints_270_and_its_rows_give_263() -> None:
    cells, [total] = printed("settled-2010-14")
    assert (number(total), computed(cells, total)) == (270, 263)
    assert [cell["rad"] for cell in cells if cell["kolonne"] == "Familiegjenforente"] == [
        "2010",
        "2011",
        "2012",
        "2013",
    ]


def test_the_county_table_misses_two_of_its_eight_totals() -> None:
    cells, totals = printed("imdi-county-2016-17")
    assert len(cells) == 19 * 8
    found = {total["sum av"]: (number(total), computed(cells, total)) for total in totals}
    assert found == {
        "Anmodning 2016": (18_517, 18_517),
        "Anmodning 2016, herav enslige mindreårige": (4_637, 4_637),
        "Vedtak 2016": (16_523, 16_523),
        "Vedtak 2016, herav enslige mindreårige": (2_666, 2_666),
        "Anmodning 2017": (12_522, 12_522),
        "Anmodning 2017, herav enslige mindreårige": (701, 701),
        "Vedtak 2017": (10_915, 10_908),
        "Vedtak 2017, herav enslige mindreårige": (759, 718),
    }
    other = [row for row in FIGURES if row["utgiver"] == "imdi-tekst"]
    assert [(row["størrelse"], row["år"], number(row)) for row in other] == [("anmodning", "2017", 12_714)]


# --- the country -----------------------------------------------------------------------------------------------


def of(measure: str, publisher: str, minors: str, condition: str = "", area: str = "NO") -> dict[str, int]:
    """Levels of one series by period, without what was said first and revised since."""
    rows = [
        row
        for row in FIGURES
        if (row["størrelse"], row["utgiver"], row["enslige mindreårige"], row.get("vilkår", ""), row["område"])
        == (measure, publisher, minors, condition, area)
        and row.get("slag", "") == ""
        and not row.get("foreløpig")
    ]
    return {period(row): int(row["tall"]) for row in sorted(rows, key=known_on)}


def test_first_figures_and_revised_ones_stand_beside_each_other() -> None:
    udi = [row for row in FIGURES if row["utgiver"] == "udi" and row["år"] == "2015"]
    assert [(row["sagt"], number(row), row.get("foreløpig", "")) for row in sorted(udi, key=known_on)] == [
        ("2016-01-07", 31_145, "ja"),
        ("2016-01-07", 5_297, "ja"),
        ("2016-01-08..2016-12-31", 31_145, ""),
        ("2023-01", 5_480, ""),
    ]


def test_settled_in_norway() -> None:
    assert of("bosatt", "imdi", "med") == {
        "2015": 11_342,
        "2016": 15_291,
        "2017": 11_078,
        "2018": 4_903,
        "2024": 25_618,
    }
    assert of("bosatt", "presse", "ikke oppgitt") == {"2016": 15_988}
    assert of("bosatt", "staten-gjengitt", "bare") == {"2016": 1_599}


@pytest.mark.parametrize(
    ("publisher", "minors", "condition", "count", "total"),
    [
        ("unhcr-strom", "med", "", 20, 77_900),
        ("unhcr", "med", "", 26, 229_212),
        ("ssb-aarbok", "med", "", 16, 165_453),
        ("udi", "med", "", 7, 46_170),
        ("udi", "med", "uten midlertidig kollektiv beskyttelse", 1, 4_919),
        ("udi", "ikke oppgitt", "innvilget midlertidig kollektiv beskyttelse", 1, 33_554),
        ("unhcr", "ikke oppgitt", "innvilget midlertidig kollektiv beskyttelse", 4, 98_270),
        ("staten-gjengitt", "med", "", 1, 11_480),
        ("staten-gjengitt", "ikke oppgitt", "personer fra Ukraina", 1, 34_732),
        ("staten-gjengitt", "ikke oppgitt", "midlertidig kollektiv beskyttelse", 2, 35_095 + 13_445),
        ("eurostat", "med", "", 88, 74_445),
    ],
)
def test_applications_in_norway_are_complete(
    publisher: str, minors: str, condition: str, count: int, total: int
) -> None:
    series = of("asylsøknader", publisher, minors, condition)
    assert (len(series), sum(series.values())) == (count, total)


def test_minors_who_applied() -> None:
    udi = of("asylsøknader", "udi", "bare")
    years = {key: value for key, value in udi.items() if len(key) == 4}
    months = {key[:7]: value for key, value in udi.items() if len(key) > 4}
    assert years == {
        "2013": 1_070,
        "2015": 5_480,
        "2016": 320,
        "2018": 159,
        "2020": 89,
        "2021": 181,
        "2022": 694,
    }
    assert of("asylsøknader", "presse", "bare") == {"2014": 1_204}
    assert of("asylsøknader", "bufdir", "bare") == {"2017": 191}
    assert len(months) == 51
    for year in ("2016", "2018", "2022"):
        assert sum(value for key, value in months.items() if key[:4] == year) == years[year]
    assert months["2020-04"] == 0


def test_neighbours_and_what_happened() -> None:
    assert of("asylsøknader", "staten-gjengitt-se", "ikke oppgitt", area="SE") == {
        "2014": 81_301,
        "2015": 162_877,
        "2016": 28_939,
    }
    assert of("asylsøknader", "ssb-aarbok", "med")["2010"] == 10_064
    udi = of("asylsøknader", "udi", "med")
    assert [udi[str(year)] for year in range(2015, 2020)] == [31_145, 3_460, 3_560, 2_655, 2_305]


# --- forecasts -------------------------------------------------------------------------------------------------


def test_forecasts_are_complete() -> None:
    rows = [row for row in FIGURES if row["fil"] == "forecasts"]
    assert len(rows) == 72
    assert {row["slag"] for row in rows} == {"prognose"}
    assert sum(int(row["tall"] or 0) for row in rows) == 1_617_401  # and "at least 400", which has no number of its own
    assert sum(int(row["lavt"] or 0) for row in rows) == 850_400
    assert sum(int(row["høyt"] or 0) for row in rows) == 1_881_000
    assert {row["utgiver"] for row in rows} == {"staten-gjengitt", "migrationsverket", "staten-gjengitt-dk"}


def test_every_forecast_has_its_record_and_every_outcome_its_number() -> None:
    areas = {"NO": "norge", "SE": "sverige", "DK": "danmark"}
    english = {"asylsøknader": "applications", "behov": "need", "bosatt": "settled"}
    counted = {"med": "included", "bare": "only", "ikke oppgitt": "unstated", "uten": "excluded"}
    forecasts, levels = set(), set()
    for row in FIGURES:
        if row["område"] in areas and row["størrelse"] in english:
            rule = (counted[row["enslige mindreårige"]], counted[row["familiegjenforente"]], row.get("vilkår", ""))
            key = (english[row["størrelse"]], areas[row["område"]], row["år"], *rule)
            if row.get("slag") == "prognose":
                forecasts.add(key)
            else:
                levels.add((row["utgiver"], *key))
    records = read(ASKER / "forecast_records.csv")
    assert len({row["key"] for row in records}) == len(records)
    of_records = {
        (row["measure"], row["area"], row["year"], row["minors"], row["reunification"], row["condition"])
        for row in records
    }
    assert of_records == forecasts
    for row in records:
        assert row["comparable"] == "yes" or row["note"], row
        assert row["comparable"] == ("no" if row["measure"] == "need" else "yes"), row
        if row["actual_publisher"]:
            rule = (row["actual_minors"], row["actual_reunification"], row["actual_condition"])
            assert (row["actual_publisher"], row["actual_measure"], row["area"], row["year"], *rule) in levels, row
        else:
            assert row["note"], f"an outcome that is not known says so: {row}"


# --- set-up ----------------------------------------------------------------------------------------------------


def test_areas_and_codes() -> None:
    areas = {row["key"]: row for row in read(ASKER / "areas.csv")}
    assert Counter(row["kind"] for row in areas.values()) == {"county": 19, "municipality": 4, "country": 3}
    assert areas["asker-fra-2020"]["predecessors"].split("|") == ["asker-til-2019", "royken", "hurum"]
    codes = read(ASKER / "area_codes.csv")
    assert {row["area"] for row in codes} == set(areas)
    assert [
        (row["code"], row["valid_from"], row["valid_until"]) for row in codes if row["area"] == "asker-fra-2020"
    ] == [
        ("3025", "2020-01-01", "2024-01-01"),
        ("3203", "2024-01-01", ""),
    ]
    assert not [row for row in codes if areas[row["area"]]["ended_on"] != row["valid_until"] and row["code"] != "3025"]


def test_lines_choose_series_that_have_numbers() -> None:
    words = {
        "settled": "bosatt",
        "decision": "vedtak",
        "request": "anmodning",
        "announced": "kunngjort",
        "applications": "asylsøknader",
        "agreed": "avtalt",
    }
    counted = {"included": "med", "excluded": "uten", "only": "bare", "unstated": "ikke oppgitt"}
    lines = read(ASKER / "lines.csv")
    assert {row["line"] for row in lines} == {
        "settled",
        "settled-reunified",
        "settled-minors",
        "decided",
        "requested",
        "announced",
        "applications-norway",
        "settled-norway",
        "agreed",
    }
    for row in lines:
        assert all(row[key] for key in ("reason", "reason_nn", "reason_en", "title", "title_nn", "title_en")), row
        assert any(
            (figure["størrelse"], figure["utgiver"]) == (words[row["measure"]], row["publisher"])
            and figure["enslige mindreårige"] == counted[row["minors"]]
            and figure["familiegjenforente"] == counted[row["reunification"]]
            and (not figure["år"] or int(row["from_year"]) <= int(figure["år"]) <= int(row["through_year"] or 9999))
            for figure in FIGURES
        ), row
    leading = [row["publisher"] for row in lines if row["line"] == "settled" and row["from_year"] >= "2022"]
    assert leading == ["imdi-leveranser", "imdi-nettside"]


# --- words -----------------------------------------------------------------------------------------------------

REFERENCE = re.compile(r"\{([a-z0-9-]+)\}")
ALLOWED = re.compile(
    r"\b20[12]\d(?:–20[12]\d)?\b"  # years
    r"|\b\d{1,2}(?:–\d{1,2})? (?:år|years)\b|\baged \d{1,2}–\d{1,2}\b"  # ages
)
NUMBER_WORDS = {
    "nb": "to tre fire fem seks sju syv åtte ni ti elleve tolv tretti førti femti hundre tusen null én ett",
    "nn": "to tre fire fem seks sju åtte ni ti elleve tolv tretti førti femti hundre tusen null éin eitt",
    "en": "two three four five six seven eight nine ten eleven twelve thirty forty fifty hundred thousand zero one",
}
DERIVED = {"decision-2023-minors": ("decision-2023-minors-under-15", "decision-2023-minors-15-and-over")}
KEY = re.compile(
    r"(?P<area>no-)?(?P<measure>[a-z]+)-(?P<first>20\d\d)(?:-(?P<last>20\d\d))?"
    r"(?P<part>-ordinary|-reunified|-minors(?:-under-15|-15-and-over)?)?(?:-by-(?P<publisher>[a-z-]+))?"
)
MEASURES = {
    "applications": "asylsøknader",
    "agreed": "avtalt",
    "announced": "kunngjort",
    "decision": "vedtak",
    "request": "anmodning",
    "settled": "bosatt",
}


def blocks(language: str) -> Iterator[Block]:
    text = (ASKER / "words" / f"{language}.md").read_text(encoding="utf-8")
    for part in re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]:
        heading, _line, body = part.partition("\n")
        key, day, title = (piece.strip() for piece in heading[3:].split("|"))
        yield key, date.fromisoformat(day), title, body.strip()


def editions() -> list[date]:
    return [TODAY if row["day"] == "today" else date.fromisoformat(row["day"]) for row in read(ASKER / "editions.csv")]


def in_force(language: str, day: date) -> dict[str, Block]:
    return {block[0]: block for block in sorted(blocks(language), key=lambda block: block[1]) if block[1] <= day}


def test_words_say_the_same_in_three_languages() -> None:
    said = {
        language: [(key, day, sorted(REFERENCE.findall(body))) for key, day, _title, body in blocks(language)]
        for language in LANGUAGES
    }
    assert said["nb"] == said["nn"] == said["en"]
    assert {key for key, _day, _references in said["nb"]} == BLOCKS
    assert len({(key, day) for key, day, _references in said["nb"]}) == len(said["nb"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_hold_no_bare_number(language: str) -> None:
    written = re.compile(rf"\b(?:{'|'.join(NUMBER_WORDS[language].split())})\b", re.IGNORECASE)
    for key, day, title, body in blocks(language):
        assert title, (key, day)
        assert body, (key, day)
        prose = ALLOWED.sub("", REFERENCE.sub("", f"{title}\n{body}"))
        assert not re.search(r"[\d{}]", prose), (language, key, day, prose)
        assert not written.search(prose), (language, key, day, written.search(prose))


def test_every_key_has_words_from_the_page_of_2016_on() -> None:
    for day in editions():
        have = set(in_force("nb", day))
        assert {"about", "intro", "gaps", "accommodation", "reunification"} <= have, day
        assert day < date(2016, 1, 31) or have == BLOCKS, day


@pytest.mark.parametrize("day", editions(), ids=str)
def test_every_reference_was_known_on_the_day_of_the_edition(day: date) -> None:
    for key, _day, _title, body in in_force("nb", day).values():
        for reference in REFERENCE.findall(body):
            for needed in DERIVED.get(reference, (reference,)):
                assert known(needed, day), f"{{{reference}}} of {key} was not known on {day}"


def known(reference: str, day: date) -> bool:
    """Whether a row answers to a reference on a day: a level with a number, known by then."""
    match = KEY.fullmatch(reference)
    assert match, reference
    part = match["part"] or ""
    minors = {"-ordinary": {"uten"}, "-minors": {"bare"}}.get(part[:9] if "minors" not in part else "-minors")
    ages = {"-minors-under-15": "under 15", "-minors-15-and-over": "15 og over"}
    municipality = {"0220"} if day < date(2020, 1, 1) else {"3025", "3203"}
    return any(
        row["størrelse"] == MEASURES[match["measure"]]
        and row["område"] in ({"NO"} if match["area"] else municipality)
        and (
            row["år"] == match["first"]
            if match["last"] is None
            else period(row) == f"{match['first']}-01-01..{match['last']}-12-31"
        )
        and row["enslige mindreårige"] in (minors or ({"uten"} if match["last"] else {"med", "ikke oppgitt"}))
        and row.get("alder", "") == ages.get(part, "")
        and row.get("slag", "") == ""
        and (match["publisher"] is None or row["utgiver"] == match["publisher"])
        and row["tall"] != ""
        and known_on(row) <= day
        for row in FIGURES
    )


def test_no_reference_is_asked_of_the_wrong_day() -> None:
    """The check above can say no: the page of January 2016 was not known in December."""
    assert known("announced-2017", date(2016, 1, 31))
    assert not known("announced-2017", date(2016, 1, 30))
    assert not known("decision-2016", date(2015, 12, 30))
    assert not known("settled-2021", TODAY)


def test_editions_are_reconstructions_and_one_current() -> None:
    assert [(row["day"], row["kind"]) for row in read(ASKER / "editions.csv")] == [
        *(
            (day, "reconstruction")
            for day in (
                "2015-09-30",
                "2015-11-30",
                "2015-12-31",
                "2016-01-31",
                "2018-05-31",
                "2018-08-20",
                "2023-01-31",
                "2023-05-31",
                "2023-08-22",
                "2024-11-13",
            )
        ),
        ("today", "edition"),
    ]
