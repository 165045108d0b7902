"""Every trigger that the code declares is in the migrated database, and each refuses what it is there to refuse."""

import importlib
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from husrom.guards import Guard
from husrom.ledger.guards import ADDED_ONLY, CORRECTIONS, KEYS
from husrom.ledger.models import Act, Area, AreaCode, Fact, Publisher, Series
from tests import make
from tests.house.source import PACKAGE
from tests.ledger.world import World, settle
from tests.rules.rows import day

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def declared() -> dict[str, Guard]:
    """The guards of every room that has some."""
    rooms = sorted(path.parent.name for path in PACKAGE.glob("*/guards.py"))
    found = [guard for room in rooms for guard in importlib.import_module(f"husrom.{room}.guards").GUARDS]
    assert len({guard.name for guard in found}) == len(found), "two guards of one name would replace each other"
    return {guard.name: guard for guard in found}


def installed() -> dict[str, tuple[str, str]]:
    """The table and the whole definition of every trigger in the database."""
    statement = (
        "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname, relname, pg_get_triggerdef(pg_trigger.oid) || pg_get_functiondef(tgfoid)"
        " FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal AND tgenabled = 'O'"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {name: (table, definition) for name, table, definition in cursor.fetchall()}


def test_every_guard_is_in_the_database_and_no_other() -> None:
    truncating = {
        f"{guard.name}_truncate"
        for guard in declared().values()
        if guard.event == "DELETE" and connection.vendor == "postgresql"
    }

    assert set(installed()) == set(declared()) | truncating


def test_every_guard_stands_as_it_is_written() -> None:
    """A guard that was changed after its migration would be in the code alone."""
    there = installed()

    for guard in declared().values():
        table, definition = there[guard.name]
        assert table == guard.table
        assert f"BEFORE {guard.event} ON" in definition
        assert guard.message in definition
        assert guard.refused_when in definition


def test_every_table_that_only_grows_is_guarded_on_every_side() -> None:
    for table in ADDED_ONLY:
        assert {guard.event for guard in declared().values() if guard.table == table} == {"INSERT", "UPDATE", "DELETE"}


@pytest.fixture
def world() -> World:
    return settle()


def other_act(world: World) -> Act:
    return make.recorded(make.act("2015-09-15"), make.level(value=70))


def correction(world: World, **changes: object) -> Fact:
    return Fact.objects.create(**world.good(Fact, **{"series": world.fact.series, "corrects": world.fact, **changes}))


def mended(world: World, **changes: object) -> Act:
    return Act.objects.create(**world.good(Act, **{"original": world.act, "corrects": world.act, **changes}))


def retracted(world: World) -> Fact:
    return correction(world, state="retracted", value=None, known_on=day("2016-05-01"))


Attempt = Callable[[World], object]

REFUSED: list[tuple[str, str, Attempt]] = [
    (
        "ledger_fact_correction",
        "another series",
        lambda w: correction(w, series=Series.objects.create(**w.good(Series))),
    ),
    ("ledger_fact_correction", "another first day", lambda w: correction(w, period_from=day("2016-02-01"))),
    ("ledger_fact_correction", "another end", lambda w: correction(w, period_until=day("2016-11-14"))),
    ("ledger_fact_correction", "another kind", lambda w: correction(w, kind="change")),
    ("ledger_fact_correction", "another act", lambda w: correction(w, act=other_act(w))),
    (
        "ledger_fact_correction",
        "known before",
        lambda w: correction(w, corrects=correction(w, known_on=day("2016-02-01")), known_on=day("2016-01-31")),
    ),
    ("ledger_act_correction", "another publisher", lambda w: mended(w, publisher=Publisher.objects.get(key="imdi"))),
    ("ledger_act_correction", "another area", lambda w: mended(w, area=Area.objects.get(key="hurum"))),
    ("ledger_act_correction", "another act's", lambda w: mended(w, original=other_act(w))),
    ("ledger_act_correction", "no original", lambda w: mended(w, original=None)),
    (
        "ledger_act_correction",
        "known before",
        lambda w: mended(w, stated_first=day("2015-09-01"), stated_last=day("2015-09-29"), known_on=day("2015-09-29")),
    ),
    ("ledger_fact_of_original", "of a correction", lambda w: Fact.objects.create(**w.good(Fact, act=mended(w)))),
    (
        "ledger_fact_of_original",
        "known before the act was said",
        lambda w: Fact.objects.create(**w.good(Fact, known_on=day("2015-09-29"))),
    ),
    ("ledger_fact_once", "the same once more", lambda w: Fact.objects.create(**w.good(Fact, series=w.fact.series))),
    (
        "ledger_fact_once",
        "the same beside a correction",
        lambda w: (correction(w), Fact.objects.create(**w.good(Fact, series=w.fact.series))),
    ),
    (
        "ledger_fact_once",
        "corrected back beside another",
        lambda w: (
            gone := retracted(w),
            Fact.objects.create(**w.good(Fact, series=w.fact.series, known_on=day("2016-05-01"))),
            correction(w, corrects=gone, known_on=day("2016-06-01")),
        ),
    ),
    (
        "ledger_fact_after_retraction",
        "a place not free yet",
        lambda w: (
            retracted(w),
            Fact.objects.create(**w.good(Fact, series=w.fact.series, known_on=day("2016-04-30"))),
        ),
    ),
    (
        "ledger_fact_after_retraction",
        "corrected back to a day when another stood there",
        lambda w: (
            gone := retracted(w),
            other := Fact.objects.create(**w.good(Fact, series=w.fact.series, known_on=day("2016-05-01"))),
            correction(w, corrects=other, state="retracted", value=None, known_on=day("2016-08-01")),
            correction(w, corrects=gone, known_on=day("2016-06-01")),
        ),
    ),
    ("ledger_act_corrected_once", "twice", lambda w: (mended(w), mended(w))),
    ("ledger_fact_corrected_once", "twice", lambda w: (correction(w), correction(w))),
    (
        "ledger_areacode_overlap",
        "a code of two areas",
        lambda w: AreaCode.objects.create(**w.good(AreaCode, code="0220", valid_from=day("2019-12-31"))),
    ),
    (
        "ledger_areacode_overlap",
        "within",
        lambda w: AreaCode.objects.create(
            **w.good(AreaCode, code="0220", valid_from=day("1990-01-01"), valid_until=day("1991-01-01"))
        ),
    ),
    (
        "ledger_areacode_overlap",
        "two codes of an area",
        lambda w: AreaCode.objects.create(area=w.act.area, code="0230", valid_from=day("2000-01-01")),
    ),
    (
        "ledger_areacode_no_update",
        "another code",
        lambda _: AreaCode.objects.filter(code="3203").update(code="9999"),
    ),
]


@pytest.mark.parametrize(("name", "how", "attempt"), REFUSED, ids=[f"{name}: {how}" for name, how, _ in REFUSED])
def test_a_guard_refuses(world: World, name: str, how: str, attempt: Attempt) -> None:
    before = Fact.objects.count(), Act.objects.count(), AreaCode.objects.count()

    with pytest.raises(IntegrityError, match=declared()[name].message), transaction.atomic():
        attempt(world)

    assert (Fact.objects.count(), Act.objects.count(), AreaCode.objects.count()) == before


TAKEN_IN: list[tuple[str, Attempt]] = [
    ("a correction known on the same day", correction),
    ("a correction of a correction", lambda w: correction(w, corrects=correction(w))),
    ("a retraction", retracted),
    ("a retraction corrected back", lambda w: correction(w, corrects=retracted(w), known_on=day("2016-05-01"))),
    (
        "another number in a place that was freed",
        lambda w: (
            retracted(w),
            Fact.objects.create(**w.good(Fact, series=w.fact.series, known_on=day("2016-05-01"))),
        ),
    ),
    ("a mended day", mended),
    ("a mended day mended again", lambda w: mended(w, corrects=mended(w))),
    ("the same number for another year", lambda w: Fact.objects.create(**next_year(w))),
    ("a change beside its level", lambda w: Fact.objects.create(**w.good(Fact, series=w.fact.series, kind="change"))),
    (
        "a code of another area from the day the first ended",
        lambda w: AreaCode.objects.create(**w.good(AreaCode, code="0220", valid_from=day("2020-01-01"))),
    ),
    (
        "a code until the day the first began",
        lambda w: AreaCode.objects.create(
            **w.good(AreaCode, code="0220", valid_from=day("1970-01-01"), valid_until=day("1980-01-01"))
        ),
    ),
]


def next_year(world: World) -> dict[str, object]:
    years = {"period_from": day("2017-01-01"), "period_until": day("2018-01-01")}
    return world.good(Fact, series=world.fact.series, **years)


@pytest.mark.parametrize(("what", "attempt"), TAKEN_IN, ids=[what for what, _ in TAKEN_IN])
def test_a_guard_stands_in_nobodys_way(world: World, what: str, attempt: Attempt) -> None:
    assert attempt(world)


def test_every_guard_that_looks_at_other_rows_is_tried_here() -> None:
    looking = {guard.name for guard in (*CORRECTIONS, *KEYS)} | {"ledger_areacode_no_update"}

    assert {name for name, _, _ in REFUSED} == looking
