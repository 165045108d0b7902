"""The set-up lists of units: their dated names and contact details."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from husrom.access.models import Unit, UnitContact, UnitName
from husrom.sheets import dates, values
from husrom.sheets.cells import Column, Row
from husrom.sheets.faults import Fault

UNITS = (
    Column("unit", ("unit", "enhet")),
    Column("role", ("role", "rolle")),
    Column("valid_from", ("valid_from", "gjelder fra")),
    Column("name", ("name", "navn")),
    Column("name_nn", ("name_nn", "navn nynorsk"), required=False),
    Column("name_en", ("name_en", "navn engelsk"), required=False),
    Column("source", ("source", "kilde")),
)
CONTACTS = (
    Column("unit", ("unit", "enhet")),
    Column("valid_from", ("valid_from", "gjelder fra")),
    Column("phone", ("phone", "telefon"), required=False),
    Column("email", ("email", "e-post"), required=False),
    Column("address", ("address", "adresse"), required=False),
    Column("hours", ("hours", "åpningstid"), required=False),
    Column("hours_nn", ("hours_nn", "åpningstid nynorsk"), required=False),
    Column("hours_en", ("hours_en", "åpningstid engelsk"), required=False),
    Column("url", ("url", "lenke"), required=False),
    Column("source", ("source", "kilde")),
)


def load_units(rows: Sequence[Row]) -> list[Fault]:
    """Take in the names of units; what is there already stays."""
    faults: list[Fault] = []
    for row in rows:
        said, wrong = _texts(row, [column.key for column in UNITS if column.key != "valid_from"])
        day = dates.day(row.cells["valid_from"])
        faults += wrong
        if isinstance(day, Fault):
            faults.append(day)
        elif not wrong:
            unit, _made = Unit.objects.get_or_create(key=said["unit"], defaults={"role": said["role"]})
            names = {key: said[key] for key in ("name", "name_nn", "name_en", "source")}
            UnitName.objects.get_or_create(unit=unit, valid_from=day, defaults=names)
    return faults


def load_contacts(rows: Sequence[Row]) -> list[Fault]:
    """Take in the contact details of units that are known; what is there already stays."""
    faults: list[Fault] = []
    units = {unit.key: unit for unit in Unit.objects.all()}
    details = [column.key for column in CONTACTS if column.key not in ("unit", "valid_from")]
    for row in rows:
        said, wrong = _texts(row, details)
        unit = values.choice(row.cells["unit"], units)
        day = dates.day(row.cells["valid_from"])
        wrong += [value for value in (unit, day) if isinstance(value, Fault)]
        faults += wrong
        if isinstance(unit, Unit) and isinstance(day, date) and not wrong:
            UnitContact.objects.get_or_create(unit=unit, valid_from=day, defaults=said)
    return faults


def _texts(row: Row, keys: Sequence[str]) -> tuple[dict[str, str], list[Fault]]:
    said: dict[str, str] = {}
    faults = []
    for key in keys:
        found = values.text(row.cells[key], 300, required=False)
        if isinstance(found, Fault):
            faults.append(found)
        else:
            said[key] = found or ""
    return said, faults
