"""Builders: what a test of the ledger has to say before it can begin, in one line each.

They go through the ledger's own actions, so what they make could be made by a person. Days are
written "2015-09-30" or "2015-09-01..2015-09-30"; what is recorded here is recorded as history is
loaded: known on its last possible day.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from husrom.ledger import actions
from husrom.ledger.models import Act, Area, AreaCode, AreaSuccession, Publisher
from husrom.ledger.statements import NewAct, NewFact, NewSource, Said
from husrom.rules.counting import CountingRule, Measure, SeriesKey
from husrom.rules.periods import Period
from husrom.rules.statements import Kind, State
from tests import cast
from tests.rules.rows import MINORS, ORDINARY, TOTAL, days

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("Europe/Oslo"))
"""When everything is recorded. The ledger asks no clock, so neither do its tests."""

PAGE = NewSource("asker-nettside", "Kommunens nettside om bosetting", "page", "https://example.org/bosetting")


def area(
    key: str,
    *codes: tuple[str, str, str],
    name: str = "",
    founded: str = "",
    ended: str = "",
    predecessors: tuple[str, ...] = (),
) -> Area:
    """A municipality with its codes, each from a day and until a day or still."""
    made = Area.objects.create(
        key=key,
        kind="municipality",
        name=name or key.capitalize(),
        founded_on=date.fromisoformat(founded) if founded else None,
        ended_on=date.fromisoformat(ended) if ended else None,
    )
    for code, start, until in codes:
        AreaCode.objects.create(
            area=made,
            code=code,
            valid_from=date.fromisoformat(start),
            valid_until=date.fromisoformat(until) if until else None,
        )
    for before in predecessors:
        AreaSuccession.objects.create(predecessor=Area.objects.get(key=before), successor=made)
    return made


def asker() -> None:
    """Asker with the two municipalities that it merged with in 2020, and who speaks of them."""
    area("asker-til-2019", ("0220", "1980-01-01", "2020-01-01"), name="Asker", ended="2020-01-01")
    area("royken", ("0627", "1980-01-01", "2020-01-01"), name="Røyken", ended="2020-01-01")
    area("hurum", ("0628", "1980-01-01", "2020-01-01"), name="Hurum", ended="2020-01-01")
    area(
        "asker-fra-2020",
        ("3025", "2020-01-01", "2024-01-01"),
        ("3203", "2024-01-01", ""),
        name="Asker",
        founded="2020-01-01",
        predecessors=("asker-til-2019", "royken", "hurum"),
    )
    publishers()


def publishers(*keys: str) -> None:
    for key in keys or ("imdi", "imdi-leveranser", "imdi-nettside", "asker-vedtak", "asker-nettside", "ssb"):
        Publisher.objects.create(key=key, name=key.capitalize())


def act(
    stated: str,
    *,
    publisher: str = "asker-vedtak",
    area: str = "asker-til-2019",
    body: str = "Kommunestyret",
    case_number: str = "",
    order: int = 0,
) -> NewAct:
    first, last = days(stated)
    return NewAct(publisher, area, first, last, body=body, case_number=case_number, order=order)


def level(rule: CountingRule = TOTAL, value: int | None = None, **told: object) -> NewFact:
    """A number that stands. `told` may name the act's measure, area and publisher, and its state, low and high."""
    return _fact(Kind.LEVEL, rule, value, told)


def change(rule: CountingRule = TOTAL, value: int | None = None, **told: object) -> NewFact:
    return _fact(Kind.CHANGE, rule, value, told)


def forecast(rule: CountingRule = TOTAL, value: int | None = None, **told: object) -> NewFact:
    return _fact(Kind.FORECAST, rule, value, told)


def _fact(kind: Kind, rule: CountingRule, value: int | None, told: dict[str, object]) -> NewFact:
    bounds = {name: told.pop(name, None) for name in ("low", "high", "probability")}
    state = State(str(told.pop("state", State.STATED)))
    series = SeriesKey(
        Measure(str(told.pop("measure", Measure.DECISION))),
        str(told.pop("area", "asker-til-2019")),
        str(told.pop("publisher", "asker-vedtak")),
        rule,
    )
    period = told.pop("period", 2016)
    source = told.pop("source", PAGE)
    audience = str(told.pop("audience", "public"))
    assert not told, f"no fact has {', '.join(told)}"
    assert isinstance(source, NewSource)
    return NewFact(
        series=series,
        period=period if isinstance(period, Period) else Period.year(int(str(period))),
        kind=kind,
        said=Said(state, value, **bounds),  # type: ignore[arg-type]
        source=source,
        audience=audience,
    )


def recorded(said: NewAct, *facts: NewFact, known: str = "") -> Act:
    """Record an act, known on its last possible day or on another."""
    known_on = date.fromisoformat(known) if known else said.stated_last
    return actions.record(act=said, facts=facts, by=cast.economist(), at=NOW, known_on=known_on)


def decisions_of_2016() -> tuple[Act, Act]:
    """Asker's two decisions about 2016: one whose number we do not have, one that moved it to 135."""
    first = recorded(act("2015-09-01..2015-09-30"), level(TOTAL, state=State.UNKNOWN))
    second = recorded(
        act("2015-12-01..2015-12-31", body="Formannskapet", case_number="198/15"),
        level(TOTAL, 135),
        level(MINORS, 45),
        change(ORDINARY, 25),
        change(MINORS, 35),
    )
    return first, second
