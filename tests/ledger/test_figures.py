"""`husrom figures` and the query behind it: what was in force on a day, known on a day, for an area and a year."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from husrom.ledger import actions, queries
from husrom.ledger.answers import Figure
from husrom.ledger.models import Fact
from husrom.ledger.statements import NewFact, NewSource, Said
from husrom.rules.counting import CountingRule
from husrom.rules.periods import Period
from husrom.rules.statements import State
from tests import cast, make
from tests.rules.rows import MINORS, ORDINARY, TOTAL, UNDER_15, UNSTATED, day

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

TODAY = "2026-11-24"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    make.asker()
    with translation.override("en"):
        yield


def asked(on: str, known: str = TODAY, *, area: str = "0220", year: int = 2016, see: str = "public") -> list[Figure]:
    audiences = {"public": {"public"}, "staff": {"public", "staff"}}[see]
    return queries.figures(
        area=area, year=year, in_force_on=day(on), known_on=day(known), audiences=frozenset(audiences)
    )


def values(found: list[Figure]) -> dict[CountingRule, int | None]:
    return {figure.series.rule: figure.number.value for figure in found}


def only(found: list[Figure]) -> Figure:
    assert len(found) == 1
    return found[0]


def of(found: list[Figure], rule: CountingRule) -> Figure:
    return next(figure for figure in found if figure.series.rule == rule)


def command(**words: object) -> str:
    out = io.StringIO()
    call_command("figures", stdout=out, **{"language": "en", **words})
    return out.getvalue()


def as_json(
    on: str, known: str = TODAY, *, area: str = "0220", year: int = 2016, **words: object
) -> list[dict[str, Any]]:
    told = command(area=area, year=year, in_force_on=day(on), known_on=day(known), json=True, **words)
    objects: list[dict[str, Any]] = json.loads(told)
    return objects


# Asker 2016.


def test_in_force_on_30_november_2015_75_derived_with_its_inputs() -> None:
    make.decisions_of_2016()

    total = next(found for found in as_json("2015-11-30") if found["rule"]["minors"] == "included")

    assert (total["measure"], total["value"], total["state"], total["uncertain"]) == ("decision", 75, "stated", False)
    assert {(i["kind"], i["rule"]["minors"], i["value"]) for i in total["derived"]} == {
        ("level", "included", 135),
        ("change", "excluded", 25),
        ("change", "only", 35),
    }


def test_as_known_on_30_november_2015_an_act_and_no_number() -> None:
    make.decisions_of_2016()

    total = only(asked("2015-11-30", "2015-11-30"))

    assert (total.number.state, total.number.value, total.number.derived) == (State.UNKNOWN, None, False)
    assert total.act.body == "Kommunestyret"


def test_on_15_december_2015_75_and_uncertain_because_of_case_198_15() -> None:
    make.decisions_of_2016()

    total = next(found for found in as_json("2015-12-15") if found["rule"]["minors"] == "included")

    assert (total["value"], total["uncertain"]) == (75, True)
    assert total["uncertain_because"] == [
        {
            "body": "Formannskapet",
            "case_number": "198/15",
            "stated_first": "2015-12-01",
            "stated_last": "2015-12-31",
        }
    ]


def test_on_31_december_2015_135_of_which_45_certain() -> None:
    make.decisions_of_2016()

    found = asked("2015-12-31")

    assert values(found) == {TOTAL: 135, MINORS: 45, ORDINARY: 90}
    assert not any(figure.uncertain for figure in found)


def test_the_superseded_75_is_not_told_where_135_is_in_force() -> None:
    make.recorded(make.act("2015-09-30"), make.level(TOTAL, 75), make.level(MINORS, 10))
    make.recorded(make.act("2015-12-31"), make.level(TOTAL, 135))

    assert values(asked("2015-12-31")) == {TOTAL: 135}
    assert [figure.series.rule for figure in asked("2015-12-31") if figure.number.value in (75, 10)] == []


KEYS = {
    "measure",
    "area",
    "period",
    "state",
    "value",
    "low",
    "high",
    "rule",
    "publisher",
    "source",
    "stated_first",
    "stated_last",
    "known_on",
    "recorded_at",
    "uncertain",
    "derived",
}


def test_a_figure_as_json_carries_all_that_defends_it() -> None:
    make.recorded(
        make.act("2015-12-01..2015-12-31", body="Formannskapet", case_number="198/15"), make.level(TOTAL, 135)
    )

    told = as_json("2016-01-31")

    figure = told[0]
    assert len(told) == 1
    assert set(figure) >= KEYS
    assert {key: figure[key] for key in KEYS - {"recorded_at"}} == {
        "measure": "decision",
        "area": "Asker",
        "period": {"from": "2016-01-01", "until": "2017-01-01"},
        "state": "stated",
        "value": 135,
        "low": None,
        "high": None,
        "rule": {
            "minors": "included",
            "reunification": "excluded",
            "age": "all",
            "unit": "persons",
            "condition": "",
        },
        "publisher": "asker-vedtak",
        "source": {
            "title": make.PAGE.title,
            "kind": "page",
            "publisher": "Asker-nettside",
            "body": "Formannskapet",
            "case_number": "198/15",
            "url": make.PAGE.url,
            "archive_reference": "",
        },
        "stated_first": "2015-12-01",
        "stated_last": "2015-12-31",
        "known_on": "2015-12-31",
        "uncertain": False,
        "derived": False,
    }
    assert figure["recorded_at"].startswith("2026-11-24T")


def test_a_range_a_hidden_number_and_one_that_is_not_decided_are_told_as_what_they_are() -> None:
    make.recorded(
        make.act("2015-09-30"),
        make.level(TOTAL, low=120, high=150),
        make.level(MINORS, low=1, high=4, state=State.HIDDEN),
        make.level(ORDINARY, state=State.NOT_DECIDED),
    )

    told = {found["rule"]["minors"]: found for found in as_json("2015-12-31")}

    said = {minors: [found[key] for key in ("state", "value", "low", "high")] for minors, found in told.items()}
    assert said == {
        "included": ["stated", None, 120, 150],
        "only": ["hidden", None, 1, 4],
        "excluded": ["not_decided", None, None, None],
    }


def test_a_number_that_its_parts_miss_is_told_with_what_they_give_and_the_difference() -> None:
    make.recorded(make.act("2015-09-30"), make.level(TOTAL, 135), make.level(ORDINARY, 90), make.level(MINORS, 50))

    total = next(found for found in as_json("2015-12-31") if found["rule"]["minors"] == "included")

    assert (total["value"], total["beside"]) == (135, [{"value": 140, "difference": 5}])


def test_the_table_for_people_says_the_same() -> None:
    make.decisions_of_2016()

    told = command(area="0220", year=2016, in_force_on=day("2015-12-15"), known_on=day(TODAY))

    row = next(line for line in told.splitlines() if "minors included" in line)
    assert "75, derived from 3, uncertain" in row
    assert "Kommunestyret" in row


def test_an_area_of_which_nothing_is_recorded_is_answered_with_a_sentence() -> None:
    told = command(area="0220", year=2016, in_force_on=day(TODAY), known_on=day(TODAY))

    assert told.strip() == "Nothing is recorded for this area and year."


def test_before_the_first_act_the_command_does_not_say_that_nothing_is_recorded() -> None:
    make.decisions_of_2016()

    told = command(area="0220", year=2016, in_force_on=day("2015-09-15"), known_on=day(TODAY))

    assert "Nothing is recorded" not in told


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nb", "Ingenting er registrert for dette området og året."),
        ("nn", "Ingenting er registrert for dette området og året."),
        ("en", "Nothing is recorded for this area and year."),
    ],
)
def test_the_command_answers_in_the_language_of_whoever_asks(language: str, sentence: str) -> None:
    told = command(area="0220", year=2016, in_force_on=day(TODAY), known_on=day(TODAY), language=language)

    assert told.strip() == sentence


@pytest.mark.parametrize("year", [1990, 2016, 2019, 2020, 2023, 2024, 2030])
def test_who_answers_is_what_the_rules_say_whichever_way_they_are_asked(year: int) -> None:
    """The query asks only for the area of the code where that is enough."""
    everything = queries.area_codes()

    for code in ("0220", "0627", "0628", "3025", "3203"):
        asked_shortly = queries.areas_answering(code, Period.year(year))
        assert [area.key for area in asked_shortly] == [
            area.key for area in everything.answering(code, Period.year(year))
        ]


@pytest.mark.parametrize("code", ["220", "9999", "", "asker"])
def test_a_code_that_no_area_had_is_refused_with_what_to_write(code: str) -> None:
    with pytest.raises(CommandError, match=r"No area has had the code .*Write a code such as 0220, with its zero"):
        command(area=code, year=2016, in_force_on=day(TODAY), known_on=day(TODAY))


@pytest.mark.parametrize("year", [0, 1815, 20_160])
def test_a_year_out_of_all_reason_is_refused(year: int) -> None:
    with pytest.raises(CommandError, match=f"{year} is not a year from"):
        command(area="0220", year=year, in_force_on=day(TODAY), known_on=day(TODAY))


@pytest.mark.parametrize("text", ["2015-11-31", "30/11/2015", "november", "2015"])
def test_a_day_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(CommandError, match=r"is not a day; write it as 2015-11-30 or 30\.11\.2015"):
        call_command("figures", "--area", "0220", "--year", "2016", "--in-force-on", text, stdout=io.StringIO())


def test_a_day_is_written_in_either_way() -> None:
    make.decisions_of_2016()
    told = [
        command(area="0220", year=2016, in_force_on=on, known_on=on) for on in (day("2015-11-30"), date(2015, 11, 30))
    ]
    out = io.StringIO()

    words = ["--area", "0220", "--year", "2016", "--in-force-on", "30.11.2015", "--known-on", "2015-11-30"]
    words += ["--language", "en"]
    call_command("figures", *words, stdout=out)

    assert {*told, out.getvalue()} == {told[0]}


def test_a_derived_number_was_recorded_when_the_last_of_its_inputs_was() -> None:
    at = {"by": cast.economist(), "known_on": day("2015-09-30")}
    act = actions.record(act=make.act("2015-09-30"), facts=[make.level(MINORS, 10)], at=make.NOW, **at)  # type: ignore[arg-type]
    with actions.ledger_held():
        later = make.NOW + timedelta(days=3)
        actions.add_fact(act=act, fact=make.level(ORDINARY, 65), at=later, imported=None, **at)  # type: ignore[arg-type]

    assert {figure.number.value: figure.recorded_at for figure in asked("2015-12-31")} == {
        10: make.NOW,
        65: later,
        75: later,
    }


def test_what_must_be_said_of_a_number_is_its_own_note_or_else_its_acts() -> None:
    act = replace(make.act("2015-09-30"), note={"nb": "Uten forbehold.", "en": "No reservations."})
    figures_own = replace(make.level(MINORS, 10), note={"nb": "Alle over 15."})
    make.recorded(act, make.level(TOTAL, 75), figures_own)

    notes = {found["value"]: found["note"] for found in as_json("2015-12-31")}

    assert notes == {
        75: {"nb": "Uten forbehold.", "en": "No reservations."},
        10: {"nb": "Alle over 15."},
        65: {"nb": "Uten forbehold.", "en": "No reservations."},
    }


# What moves an answer, and what does not.


def test_a_day_mended_moves_the_answers_that_it_should_and_no_other() -> None:
    _, december = make.decisions_of_2016()
    days = ("2015-11-30", "2015-12-07", "2015-12-08", "2015-12-30", "2015-12-31")
    before = {on: [values(asked(on, known)) for known in ("2016-12-31", TODAY)] for on in days}

    actions.correct_act(
        wrong=december,
        stated_first=day("2015-12-08"),
        stated_last=day("2015-12-08"),
        by=cast.economist(),
        at=make.NOW,
        known_on=day("2017-03-01"),
    )

    after = {on: [values(asked(on, known)) for known in ("2016-12-31", TODAY)] for on in days}
    assert [then for then, _ in after.values()] == [then for then, _ in before.values()]
    assert {on for on in days if after[on] != before[on]} == {"2015-12-08", "2015-12-30"}
    assert after["2015-12-08"][1][TOTAL] == 135
    assert not any(figure.uncertain for figure in asked("2015-12-07"))


def test_a_late_letter_moves_what_follows_from_the_act_before_it_and_nothing_that_was_known() -> None:
    make.recorded(make.act("2015-09-30"), make.level(TOTAL, 75))
    make.recorded(make.act("2015-12-31"), make.change(TOTAL, 60))

    make.recorded(make.act("2015-11-15"), make.change(TOTAL, 5), known="2016-05-01")

    assert values(asked("2015-12-31", "2016-04-30")) == {TOTAL: 135}
    assert values(asked("2015-12-31", "2016-05-01")) == {TOTAL: 140}
    assert values(asked("2015-11-20", "2016-05-01")) == {TOTAL: 80}
    assert values(asked("2015-10-20", "2016-05-01")) == {TOTAL: 75}


# Who may see what. The rules answer from everything; then each asker is shown what is theirs.


@pytest.fixture
def staff_only_between() -> None:
    make.recorded(make.act("2015-09-30"), make.level(ORDINARY, 75))
    make.recorded(make.act("2015-10-30"), make.level(TOTAL, 80, audience="staff"))
    make.recorded(make.act("2015-12-30"), make.level(ORDINARY, 90))


@pytest.mark.usefixtures("staff_only_between")
def test_the_public_is_not_told_a_number_that_staff_know_to_be_superseded() -> None:
    assert values(asked("2015-10-15")) == {ORDINARY: 75}
    assert values(asked("2015-11-15")) == {}
    assert values(asked("2015-11-15", see="staff")) == {TOTAL: 80}
    assert values(asked("2015-12-30")) == {ORDINARY: 90}


def test_a_derived_number_is_seen_by_whoever_may_see_all_its_inputs() -> None:
    make.recorded(make.act("2015-09-30"), make.level(ORDINARY, 75), make.level(MINORS, 10, audience="staff"))

    assert values(asked("2015-12-31")) == {ORDINARY: 75}
    assert values(asked("2015-12-31", see="staff")) == {ORDINARY: 75, MINORS: 10, TOTAL: 85}


def test_what_the_parts_give_is_not_told_beside_a_total_to_whoever_may_not_see_the_parts() -> None:
    make.recorded(
        make.act("2015-09-30"),
        make.level(TOTAL, 90),
        make.level(ORDINARY, 75),
        make.level(MINORS, 10, audience="staff"),
    )

    assert of(asked("2015-12-31"), TOTAL).number.beside == ()
    assert [beside.value for beside in of(asked("2015-12-31", see="staff"), TOTAL).number.beside] == [85]


def test_the_source_of_a_derived_number_is_one_that_the_asker_may_see() -> None:
    """After October's act stands what the public can work out from December's, but October's paper is for staff."""
    secret = NewSource("imdi", "A paper for staff", "letter")
    make.recorded(make.act("2015-10-30"), make.level(MINORS, 10, audience="staff", source=secret))
    make.recorded(make.act("2015-12-30"), make.level(TOTAL, 140), make.change(TOTAL, 60))

    assert not [figure for figure in asked("2015-11-15") if figure.source.title == secret.title]


def test_it_is_uncertain_for_all_but_only_those_who_may_see_the_act_are_told_its_name() -> None:
    make.recorded(make.act("2015-09-30"), make.level(TOTAL, 75))
    vague = make.act("2015-12-01..2015-12-31", body="Formannskapet", case_number="198/15")
    make.recorded(vague, make.level(MINORS, 4, audience="staff"))

    public, staff = only(asked("2015-12-15")), only(asked("2015-12-15", see="staff"))

    assert (public.number.value, public.is_uncertain, public.uncertain) == (75, True, ())
    assert [(act.body, act.case_number) for act in staff.uncertain] == [("Formannskapet", "198/15")]
    assert '"uncertain": true' in command(
        area="0220", year=2016, in_force_on=day("2015-12-15"), known_on=day(TODAY), json=True
    )


# Which source a derived number is named with.


def test_the_source_of_a_derived_number_is_none_that_was_retracted() -> None:
    make.decisions_of_2016()
    wrong = NewSource("ssb", "The wrong paper", "dataset")
    make.recorded(make.act("2016-02-01"), make.level(UNDER_15, 3, source=wrong), make.change(TOTAL, 5))

    actions.retract_fact(
        wrong=Fact.objects.get(value=3),
        reason="It is another municipality's.",
        by=cast.economist(),
        at=make.NOW,
        known_on=day("2016-03-01"),
    )

    total = of(asked("2016-04-01"), TOTAL)
    assert (total.number.value, total.source.title) == (140, make.PAGE.title)


def test_the_source_of_a_derived_number_is_none_that_was_not_known_yet() -> None:
    act = make.recorded(make.act("2016-02-01"), make.level(ORDINARY, 90))
    later = NewSource("ssb", "A later paper", "dataset")
    for number, known in ((make.level(TOTAL, 135, source=later), "2016-06-01"), (make.level(MINORS, 45), "2016-02-01")):
        with actions.ledger_held():
            actions.add_fact(act=act, fact=number, by=cast.economist(), at=make.NOW, known_on=day(known), imported=None)

    assert {figure.source.title for figure in asked("2016-03-01", "2016-03-01")} == {make.PAGE.title}


# One period of each series of a year.

SETTLED = {"measure": "settled", "publisher": "imdi"}


def settled(stated: str, until: str, value: int | None = None, rule: CountingRule = TOTAL, **told: object) -> None:
    """A count of 2016 from 1 January."""
    period = Period(day("2016-01-01"), day(until))
    make.recorded(make.act(stated, publisher="imdi"), make.level(rule, value, period=period, **SETTLED, **told))


def test_of_counts_the_whole_year_is_told_whenever_it_was_said() -> None:
    settled("2017-02-01", "2017-01-01", 91)
    settled("2017-03-01", "2016-11-14", 60)

    assert only(asked(TODAY)).number.value == 91


def test_until_the_year_is_counted_the_longest_count_so_far_is_told() -> None:
    settled("2016-06-30", "2016-07-01", 40)
    settled("2016-11-13", "2016-11-14", 60)
    settled("2017-02-01", "2017-01-01", 91)

    assert only(asked("2016-10-01")).number.value == 40
    assert only(asked("2016-12-01")).number.value == 60
    assert only(asked("2016-12-01")).period.until == day("2016-11-14")
    assert only(asked("2017-02-01")).number.value == 91


def test_a_year_whose_number_is_not_known_leaves_the_longest_count_that_is() -> None:
    settled("2016-11-13", "2016-11-14", 60)
    settled("2017-02-01", "2017-01-01", state=State.UNKNOWN)

    assert only(asked(TODAY)).number.value == 60


def test_each_series_has_its_own_longest_count() -> None:
    settled("2016-11-13", "2016-11-14", 60)
    settled("2016-06-30", "2016-07-01", 6, MINORS)

    assert values(asked(TODAY)) == {TOTAL: 60, MINORS: 6}


def test_of_accommodation_too_each_series_has_its_own_longest_period() -> None:
    for rule, value, until in ((TOTAL, 60, "2016-10-01"), (MINORS, 6, "2016-07-01")):
        period = Period(day("2016-01-01"), day(until))
        make.recorded(
            make.act("2016-01-14", order=value), make.level(rule, value, period=period, measure="accommodation_decided")
        )

    assert values(asked(TODAY)) == {TOTAL: 60, MINORS: 6}


def test_of_stocks_the_last_is_told() -> None:
    for counted, value in (("2016-11-13", 41), ("2016-06-30", 60)):
        make.recorded(
            make.act("2016-12-01", publisher="imdi", order=value),
            make.level(TOTAL, value, measure="agreed", publisher="imdi", period=Period.day(day(counted))),
        )

    assert only(asked(TODAY)).number.value == 41


def test_a_period_that_does_not_lie_in_the_year_is_not_asked_about() -> None:
    period = Period(day("2015-07-01"), day("2016-07-01"))
    make.recorded(make.act("2016-08-01", publisher="imdi"), make.level(TOTAL, 91, period=period, **SETTLED))

    assert asked(TODAY) == asked(TODAY, year=2015) == []


def test_a_dataset_that_leaves_out_a_number_takes_nothing_away() -> None:
    """Other measures than requests and decisions: each series stands by itself."""
    make.recorded(
        make.act("2017-02-01", publisher="imdi"), make.level(TOTAL, 91, **SETTLED), make.level(MINORS, 10, **SETTLED)
    )
    make.recorded(make.act("2018-02-01", publisher="imdi"), make.level(TOTAL, 92, **SETTLED))

    assert values(asked(TODAY)) == {TOTAL: 92, MINORS: 10}


def test_a_forecast_never_supersedes_a_level() -> None:
    make.recorded(make.act("2015-12-31"), make.level(TOTAL, 135))
    make.recorded(make.act("2016-01-15"), make.forecast(TOTAL, 160, low=120, high=200))

    told = {found["kind"]: found["value"] for found in as_json("2016-06-01")}

    assert told == {"level": 135, "forecast": 160}


def test_two_publishers_of_one_thing_are_two_figures() -> None:
    """IMDi's page has 202, its deliveries 195; neither is overwritten by the other."""
    for publisher, value in (("imdi-nettside", 202), ("imdi-leveranser", 195)):
        make.recorded(
            make.act("2016-11-13", publisher=publisher),
            make.level(TOTAL, value, measure="settled", publisher=publisher),
        )

    assert {figure.series.publisher: figure.number.value for figure in asked(TODAY)} == {
        "imdi-nettside": 202,
        "imdi-leveranser": 195,
    }


# Municipalities that merged.


def requests(*told: tuple[str, NewFact]) -> None:
    for area, number in told:
        make.recorded(make.act("2015-11-23", publisher="imdi", area=area, body="IMDi"), number)


def request(area: str, value: int | None = None, rule: CountingRule = TOTAL, **told: object) -> tuple[str, NewFact]:
    return area, make.level(rule, value, measure="request", publisher="imdi", area=area, **told)


def by_area(found: list[Figure]) -> dict[str, int | None]:
    return {figure.area_name: figure.number.value for figure in found}


def test_a_code_of_today_answers_for_2016_with_the_municipalities_of_that_time_each_under_its_name() -> None:
    requests(request("asker-til-2019", 135), request("royken", 40), request("hurum", 25))

    for code in ("3203", "3025"):
        assert by_area(asked(TODAY, area=code)) == {
            "Asker": 135,
            "Hurum": 25,
            "Røyken": 40,
            "Asker + Hurum + Røyken": 200,
        }
    assert by_area(asked(TODAY, area="0627")) == {"Røyken": 40}


def test_the_sum_of_merged_areas_is_derived_and_opens_to_its_inputs() -> None:
    requests(request("asker-til-2019", 135), request("royken", 40))
    make.recorded(make.act("2016-01-10", publisher="imdi", area="hurum", body="IMDi"), request("hurum", 25)[1])

    total = next(found for found in as_json(TODAY, area="3203") if "+" in found["area"])

    assert (total["value"], total["known_on"]) == (200, "2016-01-10")
    assert sorted((i["area"], i["value"]) for i in total["derived"]) == [("Asker", 135), ("Hurum", 25), ("Røyken", 40)]


@pytest.mark.parametrize(
    "hurum",
    [
        lambda: None,
        lambda: request("hurum", 25, UNSTATED),
        lambda: request("hurum", 25, ORDINARY),
        lambda: request("hurum", state=State.UNKNOWN),
        lambda: request("hurum", state=State.NOT_DECIDED),
        lambda: request("hurum", low=1, high=4, state=State.HIDDEN),
        lambda: request("hurum", low=20, high=30),
        lambda: request("hurum", 25, low=20),
        lambda: request("hurum", 25, high=30),
    ],
    ids=["nothing", "unstated", "another rule", "unknown", "not decided", "<5", "a range", "at least", "at most"],
)
def test_areas_are_added_only_where_all_are_known_under_one_rule(
    hurum: Callable[[], tuple[str, NewFact] | None],
) -> None:
    requests(request("asker-til-2019", 135), request("royken", 40), *filter(None, [hurum()]))

    assert not [figure for figure in asked(TODAY, area="3203") if "+" in figure.area_name]


def test_forecasts_of_areas_are_not_added() -> None:
    for area in ("asker-til-2019", "royken", "hurum"):
        told = make.forecast(TOTAL, 40, measure="request", publisher="imdi", area=area)
        make.recorded(make.act("2015-11-23", publisher="imdi", area=area), told)

    assert by_area(asked(TODAY, area="3203")) == {"Asker": 40, "Hurum": 40, "Røyken": 40}


def test_areas_are_added_by_publisher_and_never_across() -> None:
    requests(request("asker-til-2019", 135), request("royken", 40))
    other = make.level(TOTAL, 25, measure="request", publisher="ssb", area="hurum")
    make.recorded(make.act("2015-11-23", publisher="ssb", area="hurum"), other)

    assert not [figure for figure in asked(TODAY, area="3203") if "+" in figure.area_name]


def test_a_derived_number_is_added_like_a_stated_one_and_opens_to_what_was_stated() -> None:
    requests(request("asker-til-2019", 135), request("royken", 40))
    make.recorded(
        make.act("2015-11-23", publisher="imdi", area="hurum", body="IMDi"),
        request("hurum", 20, ORDINARY)[1],
        request("hurum", 5, MINORS)[1],
    )

    total = next(figure for figure in asked(TODAY, area="3203") if "+" in figure.area_name)

    assert (total.number.value, sorted(fact.row.value or 0 for fact in total.inputs)) == (200, [5, 20, 40, 135])


def test_the_sum_is_uncertain_where_a_part_is() -> None:
    requests(request("asker-til-2019", 135), request("royken", 40), request("hurum", 25))
    vague = make.act("2016-02-01..2016-02-28", publisher="imdi", area="hurum", body="IMDi")
    make.recorded(vague, request("hurum", 30)[1])

    found = {figure.area_name: bool(figure.uncertain) for figure in asked("2016-02-15", area="3203")}

    assert found == {"Asker": False, "Hurum": True, "Røyken": False, "Asker + Hurum + Røyken": True}


def test_a_municipality_of_which_nothing_is_recorded_is_named_all_the_same() -> None:
    requests(request("asker-til-2019", 135))

    told = {found["area"]: found for found in as_json(TODAY, area="3203")}
    table = command(area="3203", year=2016, in_force_on=day(TODAY), known_on=day(TODAY))

    assert set(told) == {"Asker", "Hurum", "Røyken"}
    assert (told["Hurum"]["state"], told["Hurum"]["value"]) == ("not_recorded", None)
    assert set(told["Hurum"]) >= KEYS
    assert "Hurum: nothing is recorded" in table
    assert "Røyken: nothing is recorded" in table


def test_a_code_that_ended_answers_for_later_years_with_its_successor() -> None:
    make.recorded(
        make.act("2023-05-31", publisher="imdi", area="asker-fra-2020", body="IMDi"),
        make.level(TOTAL, 435, measure="request", publisher="imdi", area="asker-fra-2020", period=2023),
    )

    for code in ("0220", "0627", "0628", "3025", "3203"):
        assert by_area(asked(TODAY, area=code, year=2023)) == {"Asker": 435}


def test_a_correction_of_a_number_is_told_from_the_day_it_is_known() -> None:
    wrong = make.recorded(make.act("2015-12-31"), make.level(TOTAL, 153)).facts.get()
    actions.correct_fact(
        wrong=wrong, said=Said(State.STATED, 135), by=cast.economist(), at=make.NOW, known_on=day("2016-02-01")
    )

    assert [only(asked("2016-06-01", known)).number.value for known in ("2016-01-31", "2016-02-01")] == [153, 135]
