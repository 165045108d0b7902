"""What pages tell in words: nothing twice, nothing in another language, nothing without its rule."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils.html import strip_tags
from django.utils.translation import override

from husrom.public import wording
from husrom.public.chains import shown_chain
from husrom.public.changes import shown_changes
from husrom.public.figures import Reader, sureness, told
from husrom.public.figures import source as shown_source
from husrom.public.foresight import shown_record
from husrom.public.opened import opened_figures
from husrom.public.render import telling
from husrom.public.tables import shown_table
from husrom.publishing.document import Cell, Change, Column, Document, ForecastRecord, Row, Rule, Source, Table
from tests.public import sample


def record(area: str, year: int, *, known: bool, minors: str = "included", key: str = "") -> ForecastRecord:
    """A record of forecasts with nothing but what decides its place."""
    first = sample.january_2016().forecasts[0]
    rule = replace(first.rule, minors=minors)
    start, until = sample.year(year)
    actual = ("applications-2015",) if known else ()
    name = key or f"{area}-{year}-{minors}"
    return replace(first, key=name, area=area, period_from=start, period_until=until, rule=rule, actual=actual)


def keys(document: Document, *records: ForecastRecord) -> list[str]:
    return [one.key for one in telling(replace(document, forecasts=records))]


def test_the_front_page_tells_of_the_country_that_most_was_forecast_about() -> None:
    document = replace(sample.january_2016(), day=date(2016, 6, 1))
    at_home = [record("Norge", year, known=True) for year in (2010, 2013, 2014, 2015)]

    assert keys(document, *at_home, *(record("Sverige", year, known=True) for year in (2014, 2015))) == [
        "Norge-2010-included",
        "Norge-2013-included",
        "Norge-2014-included",
        "Norge-2015-included",
    ]


def test_years_that_are_not_over_come_with_the_newest_that_are_known() -> None:
    document = replace(sample.january_2016(), day=date(2016, 6, 1))
    known = [record("Norge", year, known=True) for year in (2010, 2013, 2014)]
    coming = [record("Norge", year, known=False) for year in (2016, 2017, 2018)]
    minors = record("Norge", 2016, known=False, minors="only")
    forgotten = record("Norge", 2015, known=False)

    assert keys(document, *known, *coming, minors, forgotten) == [
        "Norge-2013-included",
        "Norge-2014-included",
        "Norge-2016-included",
        "Norge-2016-only",
    ]


def test_an_edition_without_forecasts_tells_of_none() -> None:
    assert keys(sample.january_2016()) == []


def test_one_forecast_alone_is_neither_first_nor_last() -> None:
    reader = Reader(sample.january_2016())
    both = shown_record(reader, sample.january_2016().forecasts[0])
    one = shown_record(reader, replace(sample.january_2016().forecasts[0], forecasts=("forecast-2016",)))

    assert [which for which, _one in both.ends] == ["Først", "Sist"]
    assert [which for which, _one in one.ends] == [""]


@pytest.mark.parametrize(("language", "name"), [("nb", "Norge"), ("nn", "Noreg"), ("en", "Norway")])
def test_a_country_has_its_name_in_the_language_of_the_page(language: str, name: str) -> None:
    with override(language):
        assert wording.area("Norge") == name
        assert wording.area("Østfold") == "Østfold"


def test_a_forecast_says_so_once() -> None:
    reader = Reader(sample.january_2016())
    with override("en"):
        leading, _rest = opened_figures(reader, reader.document.questions["forecast-2016-udi"])

    assert leading[0].label == "Forecast: asylum applications 2016, Norway"
    assert leading[0].kind == ""
    assert leading[0].sure == "8 of 10 times"


def test_an_interval_around_a_number_is_shown_with_how_sure_it_is() -> None:
    document = sample.january_2016()
    around = replace(document.figures["forecast-2016"], value=30000, probability=None)
    reader = Reader(replace(document, figures=document.figures | {around.key: around}))

    leading, _rest = opened_figures(reader, reader.document.questions["forecast-2016-udi"])

    assert leading[0].interval == "10\u00a0000–60\u00a0000"
    assert leading[0].sure == "Sannsynlighet ikke oppgitt"
    assert sureness(document.figures["forecast-2016-first"]) == "ikke oppgitt intervall"


def test_a_publisher_with_a_comma_in_its_name_is_closed_by_another() -> None:
    figure = replace(
        sample.january_2016().figures["settled-2015"],
        body="",
        publisher_name={"nb": "IMDi, leverte datafiler"},
        stated_first=date(2024, 11, 13),
        stated_last=date(2024, 11, 13),
    )

    assert told(figure) == "oppgitt av IMDi, leverte datafiler, 13. november 2024"


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (Source("NRK", "press", "NRK"), "NRK (presse)"),
        (Source("Asker kommunes nettside, januar 2016", "page", "UDI"), "Asker kommunes nettside, januar 2016 (UDI)"),
        (Source("Sak 198/15", "decision", "Asker kommune, vedtak"), "Sak 198/15 (Asker kommune, vedtak)"),
        (Source("Brev om bosetting", "letter", "IMDi", "", "15/4711"), "Brev om bosetting (IMDi, 15/4711)"),
        (Source("SubTitle", "report", "BT"), "SubTitle (BT, rapport)"),
    ],
)
def test_a_source_says_nothing_twice(one: Source, words: str) -> None:
    assert strip_tags(shown_source(one)) == words


def test_a_source_keeps_the_language_that_it_was_named_in() -> None:
    with override("en"):
        words = shown_source(Source("Sak 198/15", "decision", "Asker kommune, vedtak"))

    assert words == '<cite lang="nb">Sak 198/15</cite> (<span lang="nb">Asker kommune, vedtak</span>)'


def test_minors_stand_in_their_ages_and_what_is_computed_says_so() -> None:
    document = sample.january_2016()
    whole = document.figures["decision-2016"]
    minors = replace(document.figures["decision-2016-minors"], value=22, derived=True)
    young = replace(minors, key="young", value=4, derived=False, rule=replace(minors.rule, age="under_15"))
    older = replace(minors, key="older", value=18, derived=False, rule=replace(minors.rule, age="15_and_over"))
    others = replace(whole, key="others", value=113, derived=True, rule=sample.ORDINARY)
    figures = document.figures | {one.key: one for one in (minors, young, older, others)}
    chain = document.chains[1]
    last = replace(chain.steps[-1], after=(whole.key, minors.key, young.key, older.key, others.key))

    shown = shown_chain(Reader(replace(document, figures=figures)), replace(chain, steps=(last,)))

    words = strip_tags(shown.steps[0].parts)
    assert words == "22 (regnet ut) enslige mindreårige (4 under 15 år og 18 fra 15 år) og 113 (regnet ut) andre"


def test_a_step_is_told_once_and_never_lost() -> None:
    document = sample.january_2016()
    plus = replace(document.figures["decision-2016-plus"], key="plus", value=60, rule=sample.ASKED)
    unknown = replace(document.figures["decision-2016-september"], value=None, state="unknown")
    chain = document.chains[1]
    step = replace(chain.steps[-1], changes=("plus",))

    def steps(figures: dict[str, object]) -> tuple[str, str]:
        reader = Reader(replace(document, figures=document.figures | figures))  # type: ignore[arg-type]
        shown = shown_chain(reader, replace(chain, steps=(step,))).steps[0]
        return strip_tags(shown.moved), strip_tags(shown.changes)

    assert steps({"plus": plus}) == ("Opp 60 fra 75.", "")
    assert steps({"plus": plus, unknown.key: unknown})[1] == "+60 i alt"


def test_what_was_said_in_one_breath_names_its_source_once() -> None:
    reader = Reader(sample.january_2016())

    leading, rest = opened_figures(reader, reader.document.questions["decision-2016-council"])

    assert [(one.key, one.like) for one in leading] == [
        ("decision-2016", ""),
        ("decision-2016-minors", "decision-2016"),
    ]
    assert not [one for one in rest if one.kind and not one.in_force], "a change is not out of force"


def test_a_printed_total_has_the_computed_one_beside_it() -> None:
    reader = Reader(sample.january_2016())

    leading, _rest = opened_figures(reader, reader.document.questions["settled-2010-2014-page"])

    assert "tallene i tabellen gir 263. Forskjellen på 7 er ikke forklart." in strip_tags(leading[0].beside[0])


def test_each_number_of_a_row_has_its_rule() -> None:
    document = sample.january_2016()
    table = Table(
        "years",
        {"nb": "År for år"},
        (Column("decided", "decision"), Column("announced", "announced"), Column("minors", "decision")),
        (
            Row(
                "2016",
                (
                    Cell("value", 135, "decision-2016"),
                    Cell("value", 135, "announced-2016"),
                    Cell("value", 45, "decision-2016-minors"),
                ),
                *sample.year(2016),
            ),
            Row(
                "2017",
                (Cell("not_available"), Cell("value", 160, "announced-2017"), Cell("not_available")),
                *sample.year(2017),
            ),
        ),
    )

    shown = shown_table(Reader(document), table)

    both, one = shown.rows
    assert [(head, strip_tags(words)) for head, words in both.covers] == [
        ("Vedtak", "Med enslige mindreårige; uten familiegjenforente."),
        ("Kunngjort", "Ikke oppgitt om enslige mindreårige eller familiegjenforente er med."),
    ]
    assert [head for head, _words in one.covers] == [""]
    assert [spare for _head, _cell, spare in one.cells] == [False, False, True]


def test_a_rule_that_all_rows_share_is_said_once() -> None:
    rows = tuple(
        Row(str(year), (Cell("value", 1, "applications-2015"),), *sample.year(year), covers=sample.APPLICATIONS)
        for year in (2014, 2015)
    )
    table = Table("line", {"nb": "Asylsøknader"}, (Column("applications", "applications"),), rows)

    shown = shown_table(Reader(sample.january_2016()), table)

    assert shown.covers == "Med enslige mindreårige."
    assert not shown.has_covers


def test_totals_of_the_same_name_are_told_apart_by_their_column() -> None:
    document = sample.january_2016()
    counties = document.tables["counties-2016"]
    total = replace(counties.totals[0], label={"nb": "2017"}, columns=("asked",))
    two = replace(counties, totals=(total, replace(total, columns=("decided",))))

    labels = [strip_tags(one.label) for one in shown_table(Reader(document), two).totals]

    assert len(set(labels)) == 2


def test_money_has_its_unit_and_words_have_no_number() -> None:
    document = replace(
        sample.later(),
        changes=(
            Change("new_number", "grants-2015", None, 171064496, None, None),
            Change("new_words", None, None, None, None, None),
            Change("new_number", "forecast-2016", None, None, None, None),
        ),
    )

    changed = shown_changes(Reader(document))

    money, words = changed.changes
    assert money.new == "171\u00a0064\u00a0496\u00a0kroner"
    assert money.course == ".. → 171\u00a0064\u00a0496\u00a0kroner"
    assert (words.old, words.new, words.course) == ("", "", "")
    assert changed.elsewhere[0].new == "10\u00a0000–60\u00a0000"
    assert not changed.compares


def test_a_rule_with_a_condition_keeps_it_in_the_history() -> None:
    rule = Rule("unstated", "unstated", unit="applications", condition="personer fra Ukraina")

    assert "Personer fra Ukraina." in Reader(sample.january_2016()).rule(rule)
