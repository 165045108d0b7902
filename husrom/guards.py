"""Database triggers, written once for SQLite and PostgreSQL.

What a CHECK or a unique constraint cannot hold is held here: rows that are only ever
added, and conditions on a new row that look at other rows. A migration calls `install`;
a later migration that rebuilds a table on SQLite must call it again, and a test counts
the triggers. Conditions are written in the SQL that both databases share, with NEW (and
OLD) for the row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

Event = Literal["INSERT", "UPDATE", "DELETE"]


@dataclass(frozen=True)
class Guard:
    """Refuse `event` on `table` where `refused_when` holds, saying `message`."""

    name: str
    table: str
    event: Event
    message: str
    refused_when: str = "1 = 1"


def only_added(table: str) -> tuple[Guard, ...]:
    """Return the guards of a table whose rows are added and never changed or removed."""
    message = f"rows of {table} are only added, never changed or removed"
    taken = f"EXISTS (SELECT 1 FROM {table} there WHERE there.id = NEW.id)"  # noqa: S608  our own names
    return (
        # SQLite's INSERT OR REPLACE would change a row without an UPDATE or a DELETE.
        Guard(f"{table}_no_replace", table, "INSERT", message, taken),
        Guard(f"{table}_no_update", table, "UPDATE", message),
        Guard(f"{table}_no_delete", table, "DELETE", message),
    )


def install(schema_editor: BaseDatabaseSchemaEditor, guards: Iterable[Guard]) -> None:
    """Make the triggers in the database of a migration, replacing those of the same name."""
    statements = {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]
    for guard in guards:
        for statement in statements(guard):
            schema_editor.execute(statement, params=None)


def _sqlite(guard: Guard) -> Iterator[str]:
    yield f"DROP TRIGGER IF EXISTS {guard.name}"
    yield (
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} "
        f"WHEN {guard.refused_when} BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
    )


def _postgresql(guard: Guard) -> Iterator[str]:
    yield (
        f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN IF {guard.refused_when} THEN RAISE EXCEPTION '{guard.message}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        f"RETURN {'OLD' if guard.event == 'DELETE' else 'NEW'}; END $$"
    )
    yield f"DROP TRIGGER IF EXISTS {guard.name} ON {guard.table}"
    yield (
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {guard.name}()"
    )
    if guard.event == "DELETE" and guard.refused_when == "1 = 1":
        yield f"DROP TRIGGER IF EXISTS {guard.name}_truncate ON {guard.table}"
        yield (
            f"CREATE TRIGGER {guard.name}_truncate BEFORE TRUNCATE ON {guard.table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {guard.name}()"
        )
