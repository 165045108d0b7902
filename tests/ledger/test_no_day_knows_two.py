"""Whatever people record, correct, retract and take back, in whatever order: no day of knowing has two answers.

Clerks try things at random, on few days and few places so that they get in each other's way. The
ledger may refuse any of it, in its actions or in its guards; what it takes in must leave one number in one place,
and one act after another.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, note, settings
from hypothesis import strategies as st

from husrom.ledger import actions
from husrom.ledger.actions import RefusedError
from husrom.ledger.models import Act, Fact
from husrom.ledger.statements import Said
from husrom.rules.statements import State
from tests import cast, make
from tests.rules.retelling import count
from tests.rules.rows import MINORS, TOTAL

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

FIRST = date(2015, 9, 1)
A_FEW = settings(max_examples=max(20, settings.default.max_examples // 2) if settings.default else 20)

days = st.integers(0, 6).map(lambda number: FIRST + timedelta(number))
attempts = st.lists(
    st.tuples(
        st.sampled_from(["record", "add", "add", "correct", "correct", "retract", "retract", "mend", "withdraw"]),
        st.integers(0, 30),
        days,
        days,
        st.booleans(),
    ),
    min_size=4,
    max_size=14,
)

Attempt = tuple[str, int, date, date, bool]


@contextmanager
def nothing_stays() -> Iterator[None]:
    with transaction.atomic():
        make.asker()
        yield
        transaction.set_rollback(True)


def attempt(what: str, which: int, said: date, known: date, minors: bool) -> None:
    """One thing that a clerk tries; `which` chooses the row, and the order within a day."""
    number = make.level(MINORS if minors else TOTAL, which)
    at = {"by": cast.economist(), "at": make.NOW, "known_on": known}
    acts, facts = list(Act.objects.order_by("id")), list(Fact.objects.order_by("id"))
    if what == "record" or not acts:
        actions.record(act=make.act(said.isoformat(), order=which % 2), facts=[number], **at)  # type: ignore[arg-type]
    elif what == "add":
        with actions.ledger_held():
            act = acts[which % len(acts)]
            actions.add_fact(act=act, fact=number, imported=None, **at)  # type: ignore[arg-type]
            actions.refuse_ties([act])
    elif what == "correct":
        actions.correct_fact(wrong=facts[which % len(facts)], said=Said(State.STATED, which), **at)  # type: ignore[arg-type]
    elif what == "retract":
        actions.retract_fact(wrong=facts[which % len(facts)], reason="Wrong place.", **at)  # type: ignore[arg-type]
    elif what == "mend":
        actions.correct_act(wrong=acts[which % len(acts)], stated_first=said, stated_last=said, **at)  # type: ignore[arg-type]
    else:
        actions.correct_act(wrong=acts[which % len(acts)], retracted=True, **at)  # type: ignore[arg-type]


@A_FEW
@given(attempts)
def test_every_place_has_one_number_and_every_act_its_turn(tried: list[Attempt]) -> None:
    with nothing_stays():
        for one in tried:
            try:
                with transaction.atomic():
                    attempt(*one)
            except (RefusedError, IntegrityError) as refusal:
                note(f"refused: {one} {refusal}")
            else:
                note(f"taken in: {one}")

        for known_on in (FIRST + timedelta(number) for number in range(8)):
            assert not two_in_one_place(known_on)
            assert not two_at_once(known_on)


def two_in_one_place(known_on: date) -> list[tuple[int, int]]:
    """Acts that state one series twice, as known on a day: all numbers here are levels of 2016."""
    places = Counter((row.fact.act_id, row.fact.series_id) for row in facts_that_count(known_on))
    return [place for place, times in places.items() if times > 1]


def two_at_once(known_on: date) -> list[tuple[date, int]]:
    """Acts that say something and end on one day without an order, as known on a day."""
    said = {row.fact.act_id for row in facts_that_count(known_on)}
    acts = [row.act for row in count([RecordedAct(act) for act in Act.objects.all()], known_on)]
    turns = Counter((act.stated_last, act.order) for act in acts if (act.original_id or act.pk) in said)
    return [turn for turn, times in turns.items() if times > 1]


def facts_that_count(known_on: date) -> "list[RecordedFact]":
    return count([RecordedFact(fact) for fact in Fact.objects.all()], known_on)


class RecordedFact:
    """A row of the database as the re-telling counts rows."""

    def __init__(self, fact: Fact) -> None:
        self.fact, self.id, self.corrects = fact, fact.pk, fact.corrects_id
        self.known_on, self.retracted = fact.known_on, fact.state == State.RETRACTED


class RecordedAct:
    def __init__(self, act: Act) -> None:
        self.act, self.id, self.corrects = act, act.pk, act.corrects_id
        self.known_on, self.retracted = act.known_on, act.retracted
