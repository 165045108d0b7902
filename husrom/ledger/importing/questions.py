"""What an act of a file does not mention: is it unchanged, or not known to stand any longer?

A side is played through with the file's rows among those on record. For every act that
the file adds to, each number that stood before it and is open after it is a question.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from husrom.ledger.importing.outcomes import Answers, Entry, Outcome, Unmentioned
from husrom.ledger.importing.recorded import Recorded
from husrom.ledger.statements import NewAct, NewFact, Said
from husrom.rules import chain
from husrom.rules.counting import Age, Counted, CountingRule
from husrom.rules.statements import ActRow, FactRow, Kind, State

_ASKED_FIRST = (Counted.ONLY, Counted.INCLUDED, Counted.UNSTATED, Counted.EXCLUDED)
_STRICTER = ("public", "staff", "minors")
NO_CHANGE = Said(State.STATED, value=0)


def unmentioned(entries: Sequence[Entry], recorded: Recorded, told: Answers) -> list[Unmentioned]:
    """Ask, for every act on a side to which the file adds, about the numbers that it leaves open."""
    sides: dict[tuple[object, ...], list[Entry]] = {}
    for entry in entries:
        fact = entry.row.fact
        if fact.series.measure.is_side and fact.kind is not Kind.FORECAST:
            series = fact.series
            key: tuple[object, ...] = (series.measure, series.area, series.publisher, fact.period)
            sides.setdefault(key, []).append(entry)
    asked: list[Unmentioned] = []
    numbered = 0
    for key, said in sides.items():
        if any(entry.adds for entry in said):
            play = _Play(key, said, recorded)
            asked += _of_side(play, told, numbered)
            numbered += len(play.new) * len(play.rules)
    return asked


def _of_side(play: _Play, told: Answers, numbered: int) -> Iterator[Unmentioned]:
    """Play a side through and ask. A question's number is its place among all that could be asked."""
    for place, stage in enumerate(sorted(play.new, key=lambda act: (act.stated_last, act.order))):
        passed: set[CountingRule] = set()
        while (open_ := play.open_rule(stage, passed)) is not None:
            rule, stood = open_
            number = numbered + place * len(play.rules) + play.rules.index(rule) + 1
            answer = told.each.get(number) or play.answer(stage) or told.unmentioned
            unchanged = play.unchanged(stage, rule, stood)
            yield Unmentioned(number, stage, unchanged, stood, answer)
            passed.add(rule)
            if answer == "unchanged":
                play.say(stage, rule, unchanged.kind, unchanged.said)


class _Play:
    """A side as it would be: rows on record with the file's rows among them."""

    def __init__(self, key: tuple[object, ...], said: Sequence[Entry], recorded: Recorded) -> None:
        on_record = [
            fact
            for fact in recorded.facts
            if (fact.key.measure, fact.key.area, fact.key.publisher, fact.period) == key
            and fact.row.kind is not Kind.FORECAST
        ]
        self.facts = {fact.row.id: replace(fact.row, corrects=None) for fact in on_record}
        self.acts = {
            act: replace(recorded.acts[act].row, id=act, corrects=None)
            for act in sorted({fact.row.act for fact in on_record})
        }
        self.on_record = recorded.audiences
        self.audiences: dict[CountingRule, str] = {fact.key.rule: fact.audience for fact in on_record}
        self.ids: dict[NewAct, int] = {}
        self.new: dict[NewAct, list[Entry]] = {}
        for entry in said:
            self._take(entry)
        self.rules = _all_rules(fact.rule for fact in self.facts.values())

    def _take(self, entry: Entry) -> None:
        act, fact = entry.row.act, entry.row.fact
        if entry.outcome is Outcome.CORRECTION and entry.standing is not None:
            said = fact.said
            row = self.facts[entry.standing.row.id]
            self.facts[row.id] = replace(row, state=said.state, value=said.value, low=said.low, high=said.high)
        if not entry.adds or act is None:
            return
        if act not in self.ids:
            self.ids[act] = entry.act or -1 - len(self.ids)
            self.acts.setdefault(self.ids[act], _act_row(self.ids[act], act))
        self.new.setdefault(act, []).append(entry)
        self.audiences[fact.series.rule] = _stricter(fact.audience, self.audiences.get(fact.series.rule))
        self.say(act, fact.series.rule, fact.kind, fact.said)

    def say(self, act: NewAct, rule: CountingRule, kind: Kind, said: Said) -> None:
        """Let an act say a number."""
        row = FactRow(
            id=-1 - len(self.facts),
            act=self.ids[act],
            rule=rule,
            kind=kind,
            state=said.state,
            value=said.value,
            low=said.low,
            high=said.high,
            known_on=date.min,
        )
        self.facts[row.id] = row

    def answer(self, act: NewAct) -> str | None:
        """Return what the act's rows answer in their own column, for all that it does not mention."""
        answers = (entry.row.unmentioned for entry in self.new[act])
        return next((answer for answer in answers if answer is not None), None)

    def unchanged(self, act: NewAct, rule: CountingRule, stood: Said) -> NewFact:
        """Return "unchanged" as a number of an act, seen by no more people than what stood.

        It is a change of 0; where no single number stood, which a change could carry on,
        the act states again what stood.
        """
        single = stood.value is not None and stood.low is None and stood.high is None
        first = self.new[act][0].row.fact
        series = replace(first.series, rule=rule)
        known = [self.audiences[rule]] if rule in self.audiences else list(self.audiences.values())
        return replace(
            first,
            series=series,
            kind=Kind.CHANGE if single else Kind.LEVEL,
            said=NO_CHANGE if single else stood,
            audience=self.on_record.get(series) or _stricter(*known),
            note={},
            source_place="",
        )

    def open_rule(self, act: NewAct, passed: set[CountingRule]) -> tuple[CountingRule, Said] | None:
        """Return a rule whose number stood before an act and is open after it, parts first."""
        steps = chain.side(list(self.acts.values()), list(self.facts.values()), date.max)
        places = [step.act.original for step in steps]
        index = places.index(self.ids[act])
        if index == 0:
            return None
        before = steps[index - 1]
        rules = [rule for rule in chain.not_mentioned(before, steps[index]) if rule not in passed]
        rules.sort(key=lambda rule: (before.levels[rule].derived, self.rules.index(rule)))
        if not rules:
            return None
        stood = before.levels[rules[0]]
        return rules[0], Said(stood.state, stood.value, stood.low, stood.high)


def _all_rules(rules: Iterator[CountingRule]) -> list[CountingRule]:
    """Return the rules of a side and all that could be derived beside them, those asked about first."""
    found: set[CountingRule] = set()
    for rule in rules:
        minors = replace(rule.family, minors=Counted.ONLY)
        found |= {rule, rule.family, replace(rule.family, minors=Counted.EXCLUDED), minors}
        found |= {replace(minors, age=Age.UNDER_15), replace(minors, age=Age.FROM_15)}
    return sorted(found, key=_asked_first)


def _asked_first(rule: CountingRule) -> tuple[object, ...]:
    return (_ASKED_FIRST.index(rule.minors), rule.age, rule.reunification, rule.unit, rule.condition, rule.cell)


def _stricter(*audiences: str | None) -> str:
    return max((audience for audience in audiences if audience), key=_STRICTER.index)


def _act_row(act_id: int, act: NewAct) -> ActRow:
    return ActRow(
        id=act_id,
        original=act_id,
        stated_first=act.stated_first,
        stated_last=act.stated_last,
        order=act.order,
        known_on=date.min,
    )
