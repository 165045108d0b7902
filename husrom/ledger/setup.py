"""The set-up lists of the ledger: areas, codes, publishers, lines, parameters, comparisons.

They are what an installation has to know before the first number. Each list is read with
the ordinary reader and checked before anything of it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.utils.translation import gettext_noop as _

from husrom.access.models import User
from husrom.ledger import actions, columns
from husrom.ledger.models import (
    Area,
    AreaCode,
    AreaSuccession,
    Comparison,
    Line,
    LineChoice,
    Parameter,
    Publisher,
    Series,
)
from husrom.ledger.records import Text, text
from husrom.ledger.statements import NewSource
from husrom.rules.counting import Age, Unit
from husrom.sheets import dates, values
from husrom.sheets.cells import Column, Row
from husrom.sheets.faults import Fault, Message, at, say

T = TypeVar("T")
LONGEST_TITLE = 200


def _columns(required: str, optional: str = "") -> tuple[Column, ...]:
    return tuple(Column(key, (key,)) for key in required.split()) + tuple(
        Column(key, (key,), required=False) for key in optional.split()
    )


AREAS = _columns("key kind name", "founded_on ended_on predecessors")
AREA_CODES = _columns("area code valid_from", "valid_until")
PUBLISHERS = _columns("key name", "name_nn name_en")
LINES = _columns(
    "line title measure area publisher minors reunification from_year order chosen_on reason",
    "title_nn title_en age unit condition through_year reason_nn reason_en",
)
PARAMETERS = _columns("name valid_from source_title source_kind source_publisher checked_on", "key value source_url")
TABLES = _columns("key title", "title_nn title_en")
COMPARISONS = _columns(
    "key measure area year minors reunification title comparable actual_measure actual_minors actual_reunification",
    "age condition actual_publisher actual_condition title_nn title_en note note_nn note_en",
)


@dataclass
class Taker:
    """Takes values from one row and gathers its faults."""

    row: Row
    faults: list[Fault]

    def _keep(self, found: T | Fault) -> T | None:
        if isinstance(found, Fault):
            self.faults.append(found)
            return None
        return found

    def text(self, key: str, *, required: bool = False) -> str:
        return self._keep(values.text(self.row.cells[key], 2000, required=required)) or ""

    def texts(self, *keys: str) -> dict[str, str]:
        return {key: self.text(key) for key in keys}

    def day(self, key: str, *, required: bool = True) -> date | None:
        return self._keep(dates.day(self.row.cells[key], required=required))

    def number(self, key: str, *, required: bool = True) -> int | None:
        return self._keep(values.whole_number(self.row.cells[key], required=required))

    def choice(self, key: str, accepted: Mapping[str, T], default: T | None = None) -> T | None:
        found = self._keep(values.choice(self.row.cells[key], accepted, required=default is None))
        return default if found is None else found

    def refuse(self, key: str, expected: Message, mend: Message) -> None:
        self.faults.append(at(self.row.cells[key], expected, mend))


def _each(rows: Sequence[Row], take: Callable[[Taker], Any]) -> list[Fault]:
    """Take in every row that has no fault of its own."""
    faults: list[Fault] = []
    for row in rows:
        taker = Taker(row, [])
        take(taker)
        faults += taker.faults
    return faults


def load_areas(rows: Sequence[Row]) -> list[Fault]:
    """Take in areas, then which went into which."""
    kinds = {kind: kind for kind in ("municipality", "county", "country")}

    def area(taker: Taker) -> None:
        key, name = taker.text("key", required=True), taker.text("name", required=True)
        kind = taker.choice("kind", kinds)
        founded = taker.day("founded_on", required=False)
        ended = taker.day("ended_on", required=False)
        if not taker.faults:
            facts = {"kind": kind, "name": name, "founded_on": founded, "ended_on": ended}
            Area.objects.update_or_create(key=key, defaults=facts)

    def mergers(taker: Taker) -> None:
        for before in filter(None, taker.text("predecessors").split("|")):
            predecessor = Area.objects.filter(key=before.strip()).first()
            if predecessor is None:
                expected = say(_("keys of areas in this list, with | between"))
                taker.refuse("predecessors", expected, say(_("add the area, or correct the key")))
            else:
                AreaSuccession.objects.get_or_create(
                    predecessor=predecessor, successor=Area.objects.get(key=taker.text("key"))
                )

    return _each(rows, area) or _each(rows, mergers)


def load_area_codes(rows: Sequence[Row]) -> list[Fault]:
    """Take in codes by date; two that overlap are refused, naming both."""
    areas = {area.key: area for area in Area.objects.all()}

    def code(taker: Taker) -> None:
        area = taker.choice("area", areas)
        written = taker.text("code", required=True)
        start = taker.day("valid_from")
        until = taker.day("valid_until", required=False)
        if taker.faults or area is None or start is None:
            return
        if until is not None and until <= start:
            expected = say(_("a day after the first day of the code"))
            taker.refuse("valid_until", expected, say(_("correct one of the two days")))
            return
        facts = {"area": area, "code": written, "valid_from": start}
        same = AreaCode.objects.filter(**facts).first()
        if same is not None:
            if same.valid_until is None and until is not None:
                AreaCode.objects.filter(pk=same.pk).update(valid_until=until)
            return
        other = _overlapped(area, written, start, until)
        if other is not None:
            expected = say(
                _("days that do not overlap with code %(code)s of %(area)s from %(day)s"),
                code=other.code,
                area=other.area.name,
                day=other.valid_from.isoformat(),
            )
            taker.refuse("code", expected, say(_("end the one code before the other begins")))
            return
        AreaCode.objects.create(**facts, valid_until=until)

    return _each(rows, code)


def _overlapped(area: Area, code: str, start: date, until: date | None) -> AreaCode | None:
    """Return a code on record that a new one would contradict."""
    for other in AreaCode.objects.select_related("area"):
        related = other.code == code or other.area_id == area.pk
        before = until is None or other.valid_from < until
        after = other.valid_until is None or start < other.valid_until
        if related and before and after:
            return other
    return None


def load_publishers(rows: Sequence[Row]) -> list[Fault]:
    """Take in who answers."""

    def publisher(taker: Taker) -> None:
        key, name = taker.text("key", required=True), taker.text("name", required=True)
        names = {"name": name, **taker.texts("name_nn", "name_en")}
        if not taker.faults:
            Publisher.objects.update_or_create(key=key, defaults=names)

    return _each(rows, publisher)


def load_tables(rows: Sequence[Row], titles: dict[str, Text]) -> list[Fault]:
    """Take in what printed tables are called, for the figures that come after."""

    def table(taker: Taker) -> None:
        key, title = taker.text("key", required=True), taker.text("title", required=True)
        if len(title) > LONGEST_TITLE:
            expected = say(_("at most %(limit)s characters"), limit=LONGEST_TITLE)
            taker.refuse("title", expected, say(_("shorten the text")))
        if not taker.faults:
            titles[key] = text(title, taker.text("title_nn"), taker.text("title_en"))

    return _each(rows, table)


def load_lines(rows: Sequence[Row], *, by: User, at: datetime) -> list[Fault]:
    """Take in lines and the series chosen to answer them, with reasons."""
    areas = {area.key: area for area in Area.objects.all()}
    publishers = {publisher.key: publisher for publisher in Publisher.objects.all()}

    def choice(taker: Taker) -> None:
        line, title = taker.text("line", required=True), taker.text("title", required=True)
        reason = taker.text("reason", required=True)
        series: dict[str, Any] = {
            "measure": taker.choice("measure", columns.MEASURES),
            "area": taker.choice("area", areas),
            "publisher": taker.choice("publisher", publishers),
            "minors": taker.choice("minors", columns.COUNTED),
            "reunification": taker.choice("reunification", columns.COUNTED),
            "age": taker.choice("age", columns.AGES, Age.ALL),
            "unit": taker.choice("unit", columns.UNITS, Unit.PERSONS),
            "condition": taker.text("condition"),
            "cell": "",
            "audience": "public",
        }
        first, last = taker.number("from_year"), taker.number("through_year", required=False)
        order, chosen_on = taker.number("order"), taker.day("chosen_on")
        if taker.faults or first is None or order is None or chosen_on is None:
            return
        row, _made = Line.objects.get_or_create(
            key=line, defaults={"title": title, **taker.texts("title_nn", "title_en")}
        )
        LineChoice.objects.get_or_create(
            line=row,
            series=Series.objects.get_or_create(**series)[0],
            period_from=date(first, 1, 1),
            order=order,
            chosen_on=chosen_on,
            defaults={
                "period_until": date(last + 1, 1, 1) if last else None,
                "reason": reason,
                **taker.texts("reason_nn", "reason_en"),
                "recorded_at": at,
                "recorded_by": by,
            },
        )

    return _each(rows, choice)


def load_parameters(rows: Sequence[Row], *, by: User, at: datetime) -> list[Fault]:
    """Take in laws, rates, deadlines and thresholds; an empty value is "not known"."""
    publishers = {key: key for key in Publisher.objects.values_list("key", flat=True)}

    def parameter(taker: Taker) -> None:
        name, value = taker.text("name", required=True), taker.text("value")
        title = taker.text("source_title", required=True)
        kind = taker.choice("source_kind", columns.SOURCE_KINDS)
        publisher = taker.choice("source_publisher", publishers)
        valid_from, checked_on = taker.day("valid_from"), taker.day("checked_on")
        key, url = taker.text("key"), taker.text("source_url")
        if taker.faults or kind is None or publisher is None or valid_from is None or checked_on is None:
            return
        Parameter.objects.get_or_create(
            name=name,
            key=key,
            valid_from=valid_from,
            checked_on=checked_on,
            defaults={
                "value": value,
                "known": bool(value),
                "source": actions.source_of(NewSource(publisher, title, kind, url)),
                "recorded_at": at,
                "recorded_by": by,
            },
        )

    return _each(rows, parameter)


def load_comparisons(rows: Sequence[Row]) -> list[Fault]:
    """Take in which count stands beside which forecasts."""
    areas = {area.key: area for area in Area.objects.all()}
    publishers = {publisher.key: publisher for publisher in Publisher.objects.all()}

    def comparison(taker: Taker) -> None:
        key = taker.text("key", required=True)
        has_publisher = taker.row.cells["actual_publisher"].kind != "empty"
        facts = {
            "measure": taker.choice("measure", columns.MEASURES),
            "area": taker.choice("area", areas),
            "year": taker.number("year"),
            "minors": taker.choice("minors", columns.COUNTED),
            "reunification": taker.choice("reunification", columns.COUNTED),
            "age": taker.choice("age", columns.AGES, Age.ALL),
            "condition": taker.text("condition"),
            "actual_measure": taker.choice("actual_measure", columns.MEASURES),
            "actual_publisher": taker.choice("actual_publisher", publishers) if has_publisher else None,
            "actual_minors": taker.choice("actual_minors", columns.COUNTED),
            "actual_reunification": taker.choice("actual_reunification", columns.COUNTED),
            "actual_condition": taker.text("actual_condition"),
            "comparable": taker.choice("comparable", columns.YES_NO),
            "title": taker.text("title", required=True),
            **taker.texts("title_nn", "title_en", "note", "note_nn", "note_en"),
        }
        if facts["comparable"] is False and not facts["note"]:
            expected = say(_("why the two cannot be compared"))
            taker.refuse("note", expected, say(_("write it in one sentence")))
        if not taker.faults:
            Comparison.objects.update_or_create(key=key, defaults=facts)

    return _each(rows, comparison)
