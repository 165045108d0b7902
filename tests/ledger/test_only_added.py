"""What is recorded stays as it was recorded: no ORM, no client of the database and no trick changes or removes a row.

The connection of these tests has every right that an installation's own user has.
"""

from collections.abc import Callable
from functools import partial

# ruff: noqa: S608 - the statements are put together here, from names of our own tables
import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from husrom.ledger.guards import ADDED_ONLY
from husrom.ledger.models import Act, AreaCode, Fact
from husrom.publishing.models import Edition, WordBlock
from tests import make
from tests.ledger.world import World, settle
from tests.rules.rows import day

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

TABLES = (*ADDED_ONLY, "publishing_wordblock")


@pytest.fixture
def world() -> World:
    WordBlock.objects.create(
        key="intro", language="nb", valid_from=day("2016-01-31"), text="Asker bosetter.", recorded_at=make.NOW
    )
    return settle()


def run(sql: str, *values: int) -> None:
    """Run one statement as a client of the database would."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # TRUNCATE waits for no foreign key
        cursor.execute(sql, values or None)


def columns_of(model: type[models.Model]) -> list[str]:
    return [connection.ops.quote_name(field.column) for field in model._meta.concrete_fields if field.column]


def model_of(table: str) -> type[models.Model]:
    return next(model for model in apps.get_models() if model._meta.db_table == table)


@pytest.fixture(params=TABLES)
def table(request: pytest.FixtureRequest, world: World) -> str:
    """Each table in turn, with something in it."""
    name: str = request.param
    assert model_of(name)._default_manager.exists(), "an empty table refuses nothing"
    return name


def assert_refused(attempt: Callable[[], object], table: str, message: str = "") -> None:
    model = model_of(table)
    before = list(model._default_manager.order_by("pk").values())

    with pytest.raises(IntegrityError, match=message or f"rows of {table} are only added"), transaction.atomic():
        attempt()

    assert list(model._default_manager.order_by("pk").values()) == before


def test_no_row_is_updated(table: str) -> None:
    assert_refused(lambda: run(f"UPDATE {table} SET id = id"), table)


def test_no_row_is_deleted(table: str) -> None:
    assert_refused(lambda: run(f"DELETE FROM {table}"), table)


def test_no_table_is_emptied_at_once(table: str) -> None:
    emptying = f"TRUNCATE {table} CASCADE" if connection.vendor == "postgresql" else f"DELETE FROM {table} WHERE 1"

    assert_refused(lambda: run(emptying), table, "are only added")


def test_no_row_takes_the_place_of_another(table: str) -> None:
    """SQLite's REPLACE and both databases' upsert write over a row without being asked to update or delete."""
    model = model_of(table)
    row = model._default_manager.order_by("pk").values_list().first()
    assert row
    columns = ", ".join(columns_of(model))
    values = f"SELECT {columns} FROM {table} WHERE id = %s"
    replacing = (
        [f"INSERT INTO {table} ({columns}) {values} ON CONFLICT (id) DO UPDATE SET id = {table}.id"]
        if connection.vendor == "postgresql"
        else [f"INSERT OR REPLACE INTO {table} ({columns}) {values}", f"REPLACE INTO {table} ({columns}) {values}"]
    )

    for statement in replacing:
        assert_refused(partial(run, statement, row[0]), table, "are only added|the act states this")


def test_the_orm_updates_nothing(table: str) -> None:
    manager = model_of(table)._default_manager
    assert_refused(lambda: manager.update(id=1), table)

    row = manager.get(pk=manager.order_by("pk").values_list("pk", flat=True)[0])

    assert_refused(row.save, table)
    assert_refused(lambda: manager.bulk_update([row], [model_of(table)._meta.concrete_fields[1].name]), table)


def test_the_orm_deletes_nothing(table: str) -> None:
    """Django itself refuses where something hangs on the row; the database where nothing does."""
    manager = model_of(table)._default_manager
    row = manager.order_by("pk").last()
    assert row

    assert_refused(row.delete, table, "only added|protected foreign keys")
    assert_refused(manager.all().delete, table, "only added|protected foreign keys")
    assert_refused(lambda: manager.all()._raw_delete(connection.alias), table)


@pytest.mark.parametrize("column", ["value", "state", "known_on", "series_id", "period_from", "corrects_id", "note"])
def test_no_column_of_a_fact_is_spared(world: World, column: str) -> None:
    assert_refused(
        lambda: run(f"UPDATE ledger_fact SET {column} = {column} WHERE id = %s", world.fact.pk), "ledger_fact"
    )


@pytest.mark.parametrize("column", ["stated_last", "body", "known_on", "retracted", "original_id", "note"])
def test_no_column_of_an_act_is_spared(world: World, column: str) -> None:
    assert_refused(lambda: run(f"UPDATE ledger_act SET {column} = {column} WHERE id = %s", world.act.pk), "ledger_act")


@pytest.mark.parametrize("other", ["ledger_series", "ledger_source", "ledger_publisher", "ledger_area", "access_user"])
def test_what_acts_and_facts_hang_on_is_not_emptied_under_them(world: World, other: str) -> None:
    """On PostgreSQL a TRUNCATE reaches further tables; on SQLite a DELETE leaves rows that point at nothing."""

    def empty() -> None:
        if connection.vendor == "postgresql":
            run(f"TRUNCATE {other} CASCADE")
        else:
            run(f"DELETE FROM {other}")
            connection.check_constraints()

    assert_refused(empty, "ledger_fact", "are only added|FOREIGN KEY|invalid foreign key")


def test_a_correction_is_not_replaced_by_a_second(world: World) -> None:
    """The first correction would be gone without a trace: its place is unique."""
    Fact.objects.create(**world.good(Fact, series=world.fact.series, corrects=world.fact, value=76))
    changed = {connection.ops.quote_name("id"): "9999", connection.ops.quote_name("value"): "99"}
    names = ", ".join(columns_of(Fact))
    values = ", ".join(changed.get(column, column) for column in columns_of(Fact))
    replacing = "INSERT INTO" if connection.vendor == "postgresql" else "INSERT OR REPLACE INTO"
    statement = f"{replacing} ledger_fact ({names}) SELECT {values} FROM ledger_fact WHERE value = 76"

    assert_refused(lambda: run(statement), "ledger_fact", "corrected at most once|only added|unique")


# Codes of areas: one change is a fact of life, that a code that still held comes to its end.


def test_a_code_that_still_holds_is_given_its_end_once(world: World) -> None:
    held = AreaCode.objects.filter(code="3203")

    assert held.update(valid_until=day("2030-01-01")) == 1

    assert_refused(lambda: held.update(valid_until=day("2031-01-01")), "ledger_areacode", "a code that ended")
    assert_refused(lambda: held.update(valid_until=None), "ledger_areacode", "a code that ended")


@pytest.mark.parametrize("change", ["code = '9999'", "valid_from = '2023-01-01'", "area_id = area_id + 1"])
def test_nothing_else_of_a_code_is_changed(world: World, change: str) -> None:
    assert_refused(
        lambda: run(f"UPDATE ledger_areacode SET {change} WHERE code = '3203'"), "ledger_areacode", "a code that"
    )


# Editions are frozen.


@pytest.fixture
def edition() -> Edition:
    return Edition.objects.create(
        number=1,
        day=day("2016-01-31"),
        kind="reconstruction",
        content=b"{}",
        checksum="0" * 64,
        frozen_at=make.NOW,
        frozen_by="economist",
    )


@pytest.mark.parametrize(
    "change",
    [
        {"content": b"{1}"},
        {"checksum": "1" * 64},
        {"number": 2},
        {"day": day("2016-02-01")},
        {"kind": "edition"},
        {"frozen_by": "somebody else"},
        {"withdrawn_on": day("2016-03-01"), "withdrawn_reason": "A person could be known again."},
        {"withdrawn_reason": "No day."},
        {"frozen_by": "economist"},
    ],
    ids=" ".join,
)
def test_a_frozen_edition_is_not_changed(edition: Edition, change: dict[str, object]) -> None:
    assert_refused(
        lambda: Edition.objects.filter(pk=edition.pk).update(**change), "publishing_edition", "frozen|edition_withdrawn"
    )


def test_an_edition_is_not_removed(edition: Edition) -> None:
    emptying = (
        "TRUNCATE publishing_edition CASCADE" if connection.vendor == "postgresql" else "DELETE FROM publishing_edition"
    )

    for attempt in (edition.delete, Edition.objects.all().delete, lambda: run(emptying)):
        assert_refused(attempt, "publishing_edition", "withdrawn, never removed")


def test_an_edition_is_not_replaced(edition: Edition) -> None:
    columns = ", ".join(columns_of(Edition))
    statement = f"publishing_edition ({columns}) SELECT {columns} FROM publishing_edition"
    replacing = (
        f"INSERT INTO {statement} ON CONFLICT (id) DO UPDATE SET checksum = 'x'"
        if connection.vendor == "postgresql"
        else f"INSERT OR REPLACE INTO {statement}"
    )

    assert_refused(lambda: run(replacing), "publishing_edition", "frozen|removed|only added")


WITHDRAWAL = {"withdrawn_on": day("2016-03-01"), "withdrawn_reason": "A person could be known again."}


def test_an_edition_is_withdrawn_once_and_leaves_a_tombstone_without_content(edition: Edition) -> None:
    withdrawn = Edition.objects.filter(pk=edition.pk)

    assert withdrawn.update(content=b"", **WITHDRAWAL) == 1

    assert_refused(lambda: withdrawn.update(content=b"{}"), "publishing_edition", "frozen")
    assert_refused(lambda: withdrawn.update(withdrawn_on=None, withdrawn_reason=""), "publishing_edition", "frozen")
    assert_refused(lambda: withdrawn.update(content=b"", **WITHDRAWAL), "publishing_edition", "frozen")


def test_the_tables_of_acts_and_facts_are_among_those_that_only_grow() -> None:
    assert {Act._meta.db_table, Fact._meta.db_table} < set(ADDED_ONLY)
