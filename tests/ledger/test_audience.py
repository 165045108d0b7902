"""What is for the staff is neither told nor named to the public, in any way out of the ledger."""

import json
from datetime import date

import pytest

from husrom.access.models import User
from husrom.ledger import actions, answers, listing, queries
from husrom.ledger.statements import NewAct, NewFact, NewSource, Said
from husrom.rules.counting import Counted, CountingRule, Measure, SeriesKey
from husrom.rules.periods import Period
from husrom.rules.statements import Kind, State
from tests.ledger.import_world import NOW, settle_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

CANARY = "HEMMELIG"
STAFF = frozenset({"public", "staff"})


@pytest.fixture
def by() -> User:
    return settle_in()


def fact(minors: Counted, kind: Kind, value: int, audience: str, source: str) -> NewFact:
    series = SeriesKey(Measure.DECISION, "havnelv", "vedtak", CountingRule(minors, Counted.EXCLUDED))
    said = Said(State.STATED, value)
    return NewFact(series, Period.year(2016), kind, said, NewSource("vedtak", source, "decision"), audience=audience)


def record(by: User, body: str, first: date, last: date, *facts: NewFact) -> None:
    act = NewAct("vedtak", "havnelv", first, last, body=body)
    actions.record(act=act, facts=facts, by=by, at=NOW, known_on=last)


def closed_act_between_open_ones(by: User) -> None:
    day = date(2015, 10, 1)
    record(by, "Kommunestyret", day, day, fact(Counted.INCLUDED, Kind.LEVEL, 40, "public", "Møtebok"))
    day = date(2015, 11, 1)
    record(by, f"{CANARY} utvalg", day, day, fact(Counted.EXCLUDED, Kind.LEVEL, 33, "staff", f"{CANARY} notat"))
    day = date(2015, 12, 1)
    change = fact(Counted.INCLUDED, Kind.CHANGE, 5, "public", "Møtebok 2")
    record(by, "Kommunestyret", day, day, fact(Counted.INCLUDED, Kind.LEVEL, 50, "public", "Møtebok 2"), change)


def told_on(day: date, audiences: frozenset[str]) -> str:
    found = queries.figures(area="9901", year=2016, in_force_on=day, known_on=NOW.date(), audiences=audiences)
    return json.dumps([listing.as_json(figure) for figure in found], ensure_ascii=False)


def test_a_closed_act_in_force_is_not_named_and_no_older_number_stands_in_its_place(by: User) -> None:
    closed_act_between_open_ones(by)

    assert CANARY in told_on(date(2015, 11, 15), STAFF)
    assert told_on(date(2015, 11, 15), frozenset({"public"})) == "[]"


def test_a_closed_act_that_may_have_come_first_is_felt_but_not_named(by: User) -> None:
    closed_act_between_open_ones(by)
    late = fact(Counted.EXCLUDED, Kind.LEVEL, 44, "staff", f"{CANARY} notat")
    record(by, f"{CANARY} 2", date(2015, 12, 10), date(2015, 12, 31), late)

    told = told_on(date(2015, 12, 15), frozenset({"public"}))

    assert CANARY not in told
    assert json.loads(told)[0]["uncertain"] is True
    assert json.loads(told)[0]["uncertain_because"] == []


def test_neither_the_chain_nor_the_history_names_a_closed_act(by: User) -> None:
    closed_act_between_open_ones(by)

    [question] = queries.asked_about(areas=["havnelv"], in_force_on=NOW.date(), known_on=NOW.date())

    named = [step.after[0].act.body for step in queries.chain_steps(question)]
    rows = answers.history(question, on=NOW.date(), known_on=NOW.date())
    assert named == ["Kommunestyret", "Kommunestyret"]
    assert {row.act.body for row in rows} == {"Kommunestyret"}
