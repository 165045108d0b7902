"""Acts and facts as the tests of the rules write them: a ledger on paper, without a database."""

from dataclasses import dataclass, field, replace
from datetime import date

from husrom.rules.chain import Answer, Step, in_force, side
from husrom.rules.counting import Age, Counted, CountingRule
from husrom.rules.statements import HIDDEN_HIGH, HIDDEN_LOW, ActRow, FactRow, Kind, State

TOTAL = CountingRule(Counted.INCLUDED, Counted.EXCLUDED)
ORDINARY = replace(TOTAL, minors=Counted.EXCLUDED)
MINORS = replace(TOTAL, minors=Counted.ONLY)
UNDER_15 = replace(MINORS, age=Age.UNDER_15)
FROM_15 = replace(MINORS, age=Age.FROM_15)
UNSTATED = replace(TOTAL, minors=Counted.UNSTATED)

END_OF_TIME = date.max


def day(text: str) -> date:
    return date.fromisoformat(text)


def days(text: str) -> tuple[date, date]:
    """The first and last possible day: "2015-09-30", or "2015-09-01..2015-09-30"."""
    first, _, last = text.partition("..")
    return day(first), day(last or first)


@dataclass
class Paper:
    """The acts and facts of one side. A row's number is its place in the order of recording.

    What is not said to be known on another day is known on the last day on which it can
    have been said, as when history is loaded.
    """

    acts: list[ActRow] = field(default_factory=list)
    facts: list[FactRow] = field(default_factory=list)

    def act(self, stated: str, *, order: int = 0, known: str = "") -> int:
        first, last = days(stated)
        row = self._next()
        self.acts.append(ActRow(row, row, first, last, order, day(known) if known else last))
        return row

    def mend(self, wrong: int, *, known: str, stated: str = "", order: int | None = None, gone: bool = False) -> int:
        """Correct an act's days or order, or retract it."""
        old = next(act for act in self.acts if act.id == wrong)
        first, last = days(stated) if stated else (old.stated_first, old.stated_last)
        new_order = old.order if order is None else order
        row = self._next()
        self.acts.append(ActRow(row, old.original, first, last, new_order, day(known), wrong, gone))
        return row

    def level(self, act: int, rule: CountingRule, value: int | None = None, **said: object) -> int:
        return self._fact(act, rule, Kind.LEVEL, value, **said)

    def change(self, act: int, rule: CountingRule, value: int | None = None, **said: object) -> int:
        return self._fact(act, rule, Kind.CHANGE, value, **said)

    def correct(self, wrong: int, value: int | None = None, *, known: str, state: State = State.STATED) -> int:
        old = next(fact for fact in self.facts if fact.id == wrong)
        row = self._next()
        self.facts.append(
            replace(old, id=row, value=value, low=None, high=None, state=state, known_on=day(known), corrects=wrong)
        )
        return row

    def retract(self, wrong: int, *, known: str) -> int:
        return self.correct(wrong, known=known, state=State.RETRACTED)

    def steps(self, known: str = "") -> tuple[Step, ...]:
        return side(self.acts, self.facts, day(known) if known else END_OF_TIME)

    def asked(self, on: str, known: str = "") -> Answer:
        """What was in force on a day, as known on a day or with all that is recorded."""
        return in_force(self.steps(known), day(on))

    def values(self, on: str, known: str = "") -> dict[CountingRule, int | None]:
        step = self.asked(on, known).step
        return {rule: number.value for rule, number in step.levels.items()} if step else {}

    def _fact(
        self,
        act: int,
        rule: CountingRule,
        kind: Kind,
        value: int | None,
        *,
        state: object = State.STATED,
        low: object = None,
        high: object = None,
        known: object = "",
    ) -> int:
        said_by = next(row for row in self.acts if row.id == act)
        least, most = (bound if isinstance(bound, int) else None for bound in (low, high))
        row = self._next()
        known_on = day(str(known)) if known else said_by.known_on
        self.facts.append(FactRow(row, said_by.original, rule, kind, State(str(state)), value, least, most, known_on))
        return row

    def hidden(self, act: int, rule: CountingRule, kind: Kind = Kind.LEVEL) -> int:
        """Write "<5", as the state's files do."""
        return self._fact(act, rule, kind, None, state=State.HIDDEN, low=HIDDEN_LOW, high=HIDDEN_HIGH)

    def _next(self) -> int:
        return len(self.acts) + len(self.facts) + 1
