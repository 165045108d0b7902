"""Random honest histories, recorded in a real database: the ledger, the rules and the re-telling answer alike.

The same histories as the rules are asked about, written down through the actions in any order
that a person could have chosen. Each is rolled back before the next begins.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from husrom.ledger import actions, queries
from husrom.ledger.answers import Figure, Question
from husrom.ledger.models import Act, Fact
from husrom.ledger.statements import NewAct, NewFact, Said
from husrom.rules.chain import Numbers, in_force, side
from husrom.rules.counting import CountingRule, Measure, SeriesKey
from husrom.rules.periods import Period
from husrom.rules.statements import ActRow, FactRow
from tests import cast, make
from tests.rules.histories import History, histories, in_another_order
from tests.rules.retelling import tell

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

A_FEW = settings(max_examples=max(10, settings.default.max_examples // 4) if settings.default else 10)
AREA, PUBLISHER = "asker-til-2019", "asker-vedtak"
WISHES = st.lists(st.floats(0, 1), min_size=5, max_size=12)


@contextmanager
def nothing_stays() -> Iterator[None]:
    """Hypothesis runs many examples in one test; each begins with an empty ledger."""
    with transaction.atomic():
        make.area(AREA, ("0220", "1980-01-01", "2020-01-01"), name="Asker", ended="2020-01-01")
        make.publishers()
        yield
        transaction.set_rollback(True)


class Clerk:
    """Records a history row by row, in the order of their numbers, and remembers the numbers that they got."""

    def __init__(self, history: History, measure: Measure = Measure.DECISION) -> None:
        self.history = history
        self.measure = measure
        self.acts: dict[int, Act] = {}
        self.facts: dict[int, Fact] = {}
        for row in history.rows:
            if row.id in self.facts:
                continue  # it was recorded together with its act
            if isinstance(row, ActRow):
                self.acts[row.id] = self.mend(row) if row.corrects else self.record(row)
            else:
                self.facts[row.id] = self.correct(row) if row.corrects else self.add(row)

    def record(self, row: ActRow) -> Act:
        """An act with the numbers that became known together with it, if there are any."""
        act = NewAct(PUBLISHER, AREA, row.stated_first, row.stated_last, body=f"Act {row.id}", order=row.order)
        known_with_it = {
            (fact.kind, fact.rule): fact
            for fact in reversed(self.history.facts)
            if fact.act == row.id and fact.corrects is None and fact.known_on == row.known_on
        }
        together = list(known_with_it.values())
        if not together:
            with actions.ledger_held():
                return actions.add_act(act=act, by=cast.economist(), at=make.NOW, known_on=row.known_on, imported=None)
        recorded = actions.record(
            act=act,
            facts=[self.said(fact) for fact in together],
            by=cast.economist(),
            at=make.NOW,
            known_on=row.known_on,
        )
        self.facts |= {fact.id: kept for fact, kept in zip(together, recorded.facts.order_by("id"), strict=True)}
        return recorded

    def mend(self, row: ActRow) -> Act:
        assert row.corrects
        return actions.correct_act(
            wrong=self.acts[row.corrects],
            stated_first=row.stated_first,
            stated_last=row.stated_last,
            order=row.order,
            retracted=row.retracted,
            known_on=row.known_on,
            by=cast.economist(),
            at=make.NOW,
        )

    def add(self, row: FactRow) -> Fact:
        with actions.ledger_held():
            fact = actions.add_fact(
                act=self.acts[row.act],
                fact=self.said(row),
                by=cast.economist(),
                at=make.NOW,
                known_on=row.known_on,
                imported=None,
            )
            actions.refuse_ties([self.acts[row.act]])
        return fact

    def correct(self, row: FactRow) -> Fact:
        assert row.corrects
        wrong, by = self.facts[row.corrects], cast.economist()
        if row.retracted:
            return actions.retract_fact(
                wrong=wrong, reason="It belongs elsewhere.", by=by, at=make.NOW, known_on=row.known_on
            )
        said = Said(row.state, row.value, row.low, row.high)
        return actions.correct_fact(wrong=wrong, said=said, by=by, at=make.NOW, known_on=row.known_on)

    def said(self, row: FactRow) -> NewFact:
        return NewFact(
            series=SeriesKey(self.measure, AREA, PUBLISHER, row.rule),
            period=Period.year(2016),
            kind=row.kind,
            said=Said(row.state, row.value, row.low, row.high),
            source=make.PAGE,
        )

    def act_of(self, pk: int) -> int:
        """The number in the history of an act's first row."""
        return next(number for number, act in self.acts.items() if act.pk == pk)

    def fact_of(self, pk: int) -> int:
        return next(number for number, fact in self.facts.items() if fact.pk == pk)


def answered(on: date, known_on: date) -> Question | None:
    """What the ledger says of the side; None before anything of it was recorded."""
    asked = queries.asked_about(areas=[AREA], in_force_on=on, known_on=known_on)
    assert len(asked) <= 1
    return asked[0] if asked else None


def with_the_numbers_of_the_history(numbers: Numbers, clerk: Clerk) -> Numbers:
    return {
        rule: number._replace(
            fact=clerk.fact_of(number.fact) if number.fact else None,
            inputs=tuple(map(clerk.fact_of, number.inputs)),
            beside=tuple(replace(b, inputs=tuple(map(clerk.fact_of, b.inputs))) for b in number.beside),
        )
        for rule, number in numbers.items()
    }


@A_FEW
@given(histories(), WISHES, st.data())
def test_the_ledger_the_rules_and_the_retelling_agree(
    history: History, wishes: list[float], data: st.DataObject
) -> None:
    written = in_another_order(history, wishes)
    days = st.sampled_from(written.days)

    with nothing_stays():
        clerk = Clerk(written)
        for on, known_on in data.draw(st.lists(st.tuples(days, days), min_size=3, max_size=6)):
            assert_alike(written, clerk, on, known_on)


def assert_alike(history: History, clerk: Clerk, on: date, known_on: date) -> None:
    ruled = in_force(side(history.acts, history.facts, known_on), on)
    retold = tell(history.acts, history.facts, on=on, known_on=known_on)

    found = answered(on, known_on)

    if found is None:
        assert not history.facts
        return
    answer = found.answer
    act = clerk.act_of(answer.step.act.original) if answer.step else None
    assert act == retold.act == (ruled.step.act.original if ruled.step else None)
    assert {clerk.act_of(pk) for pk in answer.uncertain} == retold.uncertain == set(ruled.uncertain)
    if answer.step and ruled.step:
        assert with_the_numbers_of_the_history(answer.step.levels, clerk) == ruled.step.levels
        assert with_the_numbers_of_the_history(answer.step.changes, clerk) == ruled.step.changes
        assert answer.step.disputed == ruled.step.disputed
    if not retold.contradictory:
        told = figures(on, known_on)
        assert {rule: figure.number.value for rule, figure in told.items()} == {
            rule: number.value for rule, number in retold.levels.items()
        }
        assert {rule for rule, figure in told.items() if figure.number.derived} == {
            rule for rule, number in retold.levels.items() if number.derived
        }


def figures(on: date, known_on: date) -> Mapping[CountingRule, Figure]:
    """What a person would be told who asks for Asker and 2016."""
    found = queries.figures(area="0220", year=2016, in_force_on=on, known_on=known_on)
    return {figure.series.rule: figure for figure in found}


@A_FEW
@given(histories(), WISHES, st.data())
def test_each_series_of_another_measure_is_answered_by_itself(
    history: History, wishes: list[float], data: st.DataObject
) -> None:
    written = in_another_order(history.of_series(), wishes)
    days = st.sampled_from(written.days)

    with nothing_stays():
        clerk = Clerk(written, Measure.SETTLED)
        for on, known_on in data.draw(st.lists(st.tuples(days, days), min_size=2, max_size=4)):
            told = figures(on, known_on)
            for rule in {fact.rule for fact in written.facts}:
                alone = written.of_series(rule)
                retold = tell(alone.acts, alone.facts, on=on, known_on=known_on)

                assert (rule in told) == (retold.act is not None)
                if rule in told:
                    assert told[rule].number.value == retold.levels[rule].value
                    assert told[rule].number.state == retold.levels[rule].state
                    assert clerk.act_of(told[rule].act.row.original) == retold.act
                    assert {clerk.act_of(act.row.original) for act in told[rule].uncertain} == retold.uncertain


@A_FEW
@given(histories(all_heard=True), WISHES)
def test_when_everything_is_recorded_the_ledger_tells_nothing_but_the_truth(
    history: History, wishes: Sequence[float]
) -> None:
    written = in_another_order(history, wishes)

    with nothing_stays():
        clerk = Clerk(written)
        asked = answered(date.max, date.max)

        assert asked
        for step in asked.steps:
            truth = written.truth[written.order[clerk.act_of(step.act.original)] or 0]
            for kind, numbers in (("level", step.levels), ("change", step.changes)):
                assert not untrue(numbers.items(), {rule: said for (of, rule), said in truth.items() if of == kind})


def untrue(numbers: Iterable[tuple[CountingRule, object]], truth: Mapping[CountingRule, int]) -> list[CountingRule]:
    return [rule for rule, number in numbers if getattr(number, "value", None) not in (None, truth[rule])]
