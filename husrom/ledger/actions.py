"""The only way into the ledger: record, correct, retract.

Every action is one transaction that holds the ledger for itself, so that no two people
can place acts against each other; it refuses with a sentence that says what to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from husrom.access.models import User
from husrom.ledger import answers, records
from husrom.ledger.models import (
    Act,
    Area,
    Fact,
    FurtherSource,
    Import,
    Publisher,
    Series,
    Source,
)
from husrom.ledger.models.series import SOURCE_KINDS
from husrom.ledger.records import Text
from husrom.ledger.statements import NewAct, NewFact, NewSource, Said
from husrom.rules.counting import CountingRule
from husrom.rules.statements import HIDDEN_HIGH, HIDDEN_LOW, Kind, State, ties


class RefusedError(ValueError):
    """The ledger does not take it in; the message says why and what to do."""


@contextmanager
def ledger_held() -> Iterator[None]:
    """Hold the ledger for one writer until the end of the transaction.

    SQLite begins every transaction as a writer; PostgreSQL is asked for a lock that
    readers do not feel.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE ledger_act IN SHARE ROW EXCLUSIVE MODE")
        yield


def record(
    *,
    act: NewAct,
    facts: Sequence[NewFact],
    by: User,
    at: datetime,
    known_on: date | None = None,
    imported: Import | None = None,
) -> Act:
    """Record an act with its facts.

    `known_on` is when it could be known to us: the day of recording unless said.

    Raises:
        RefusedError: a day in the future, no facts, a change where none can stand, two
            facts of one series, or an act that ends on another's day without an order.
    """
    if not facts:
        raise RefusedError(_("An act without a number says nothing. State at least one."))
    with ledger_held():
        row = add_act(act=act, by=by, at=at, known_on=known_on, imported=imported)
        for fact in facts:
            add_fact(act=row, fact=fact, by=by, at=at, known_on=known_on, imported=imported)
        refuse_ties([row])
    return row


def add_act(*, act: NewAct, by: User, at: datetime, known_on: date | None, imported: Import | None) -> Act:
    """Add an act's first row. The caller holds the ledger and checks for ties.

    Raises:
        RefusedError: its days are in the future or in the wrong order, or it would be
            known before it was said.
    """
    known_on = known_on or _day(at)
    _refuse_days(act.stated_first, act.stated_last, known_on, at)
    return Act.objects.create(
        publisher=_by_key(Publisher, act.publisher),
        area=_by_key(Area, act.area),
        body=act.body,
        case_number=act.case_number,
        stated_first=act.stated_first,
        stated_last=act.stated_last,
        order=act.order,
        known_on=known_on,
        recorded_at=at,
        recorded_by=by,
        imported=imported,
        **_notes(act.note),
    )


def add_fact(
    *,
    act: Act,
    fact: NewFact,
    by: User,
    at: datetime,
    known_on: date | None,
    imported: Import | None,
) -> Fact:
    """Add a fact to an act. The caller holds the ledger and checks for ties.

    Raises:
        RefusedError: the fact contradicts its act, or the act states this already.
    """
    if fact.kind is Kind.CHANGE and not fact.series.measure.is_side:
        raise RefusedError(_("Only requests and decisions are changed by so many. State the new level instead."))
    _refuse_said(fact.kind, fact.said)
    if fact.series.publisher != act.publisher.key or fact.series.area != act.area.key:
        raise RefusedError(_("An act's numbers are its own publisher's, about its own area."))
    series = series_of(fact)
    original = act.original or act
    _refuse_days(original.stated_first, original.stated_first, known_on or _day(at), at)
    row = Fact(
        act=original,
        series=series,
        period_from=fact.period.start,
        period_until=fact.period.until,
        kind=fact.kind,
        source=source_of(fact.source),
        source_place=fact.source_place,
        known_on=known_on or _day(at),
        recorded_at=at,
        recorded_by=by,
        imported=imported,
        **asdict(fact.said),
        **_notes(fact.note),
    )
    if _stated(row).exists():
        raise RefusedError(_("The act states this number already. Correct that one instead."))
    _refuse_before_retraction(row)
    row.save(force_insert=True)
    return row


def correct_fact(
    *,
    wrong: Fact,
    said: Said,
    by: User,
    at: datetime,
    known_on: date | None = None,
    note: Text | None = None,
    source: NewSource | None = None,
    imported: Import | None = None,
) -> Fact:
    """Put a right number in the place of a wrong one: same act, series, period and kind.

    Raises:
        RefusedError: the row was corrected already, or the correction would be known
            before what it corrects.
    """
    known_on = known_on or _day(at)
    if said.state is not State.RETRACTED:
        _refuse_said(Kind(wrong.kind), said)
    with ledger_held():
        _refuse_second_correction(wrong, known_on)
        _refuse_days(wrong.known_on, known_on, known_on, at)
        if wrong.state == State.RETRACTED and said.state is not State.RETRACTED and _stated(wrong).exists():
            raise RefusedError(_("Another number was recorded in its place meanwhile. Retract that one first."))
        row = Fact(
            act=wrong.act,
            series=wrong.series,
            period_from=wrong.period_from,
            period_until=wrong.period_until,
            kind=wrong.kind,
            source=source_of(source) if source else wrong.source,
            source_place=wrong.source_place,
            known_on=known_on,
            recorded_at=at,
            recorded_by=by,
            imported=imported,
            corrects=wrong,
            **asdict(said),
            **_notes(note if note is not None else note_of(wrong)),
        )
        if wrong.state == State.RETRACTED:
            _refuse_before_retraction(row)
        row.save(force_insert=True)
        refuse_ties([wrong.act])
    return row


def retract_fact(
    *,
    wrong: Fact,
    reason: str,
    by: User,
    at: datetime,
    known_on: date | None = None,
    imported: Import | None = None,
) -> Fact:
    """Say that a fact should never have been recorded; its key is free again.

    Raises:
        RefusedError: as for `correct_fact`.
    """
    return correct_fact(
        wrong=wrong,
        said=Said(State.RETRACTED),
        by=by,
        at=at,
        known_on=known_on,
        note={"nb": reason},
        imported=imported,
    )


def correct_act(
    *,
    wrong: Act,
    by: User,
    at: datetime,
    known_on: date | None = None,
    stated_first: date | None = None,
    stated_last: date | None = None,
    order: int | None = None,
    body: str | None = None,
    case_number: str | None = None,
    retracted: bool = False,
    note: Text | None = None,
    imported: Import | None = None,
) -> Act:
    """Mend an act's day, order, body or case number; its facts go with it.

    What is not given stays as it was. To change a correction, correct the correction; an
    act that was retracted stands again when its retraction is corrected.

    Raises:
        RefusedError: the row was corrected already, or its new days are in the future, in
            the wrong order, or another act's without an order between them.
    """
    known_on = known_on or _day(at)
    first, last = stated_first or wrong.stated_first, stated_last or wrong.stated_last
    with ledger_held():
        _refuse_second_correction(wrong, known_on)
        _refuse_days(first, last, known_on, at)
        row = Act.objects.create(
            publisher=wrong.publisher,
            area=wrong.area,
            body=wrong.body if body is None else body,
            case_number=wrong.case_number if case_number is None else case_number,
            stated_first=first,
            stated_last=last,
            order=wrong.order if order is None else order,
            retracted=retracted,
            known_on=known_on,
            recorded_at=at,
            recorded_by=by,
            imported=imported,
            original=wrong.original or wrong,
            corrects=wrong,
            **_notes(note if note is not None else note_of(wrong)),
        )
        if not retracted:  # what is taken away cannot stand on another's day
            refuse_ties([row])
    return row


def note_further_source(
    *, fact: Fact, source: NewSource, by: User, at: datetime, imported: Import | None = None
) -> None:
    """Note that the same number of the same statement was also read elsewhere."""
    row = source_of(source)
    noted = fact.further_sources.filter(source=row, imported__undone_by__isnull=True)
    if row == fact.source or noted.exists():
        return
    FurtherSource.objects.create(
        fact=fact,
        source=row,
        known_on=max(fact.known_on, _day(at)),
        recorded_at=at,
        recorded_by=by,
        imported=imported,
    )


def refuse_ties(acts: Iterable[Act]) -> None:
    """Refuse two acts of one side, or two statements of one series, that end on one day.

    Raises:
        RefusedError: names the acts and asks for an order.
    """
    originals = {act.original_id or act.pk for act in acts}
    touched = Fact.objects.filter(act_id__in=originals)
    series = set(touched.values_list("series_id", flat=True))
    sides = set(touched.values_list("series__measure", "series__publisher", "series__area"))
    related = Series.objects.filter(pk__in=series) | Series.objects.filter(
        measure__in={side[0] for side in sides},
        publisher__in={side[1] for side in sides},
        area__in={side[2] for side in sides},
    )
    loaded = records.read(Fact.objects.filter(series__in=related.values("pk")))
    end_of_time = date.max
    for question in answers.questions(loaded, on=end_of_time, known_on=end_of_time, audiences=records.EVERYBODY):
        facts = [fact.row for fact in question.facts.values()]
        if not originals & {fact.act for fact in facts}:
            continue
        for one, other in ties([act.row for act in question.acts.values()], facts):
            raise RefusedError(
                _("%(one)s and %(other)s both end on one day. Say which came first: give the later one a higher order.")
                % {"one": _name(one), "other": _name(other)}
            )


def series_of(fact: NewFact) -> Series:
    """Return the series of a fact, made if it is new.

    Raises:
        RefusedError: its area or publisher is not known.
    """
    key, rule = fact.series, fact.series.rule
    series, _made = Series.objects.get_or_create(
        measure=key.measure,
        area=_by_key(Area, key.area),
        publisher=_by_key(Publisher, key.publisher),
        **rule_columns(rule),
        defaults={"audience": fact.audience},
    )
    if series.audience != fact.audience:
        raise RefusedError(
            _("This number is recorded for %(audience)s only. One number has one audience.")
            % {"audience": series.audience}
        )
    return series


def rule_columns(rule: CountingRule) -> dict[str, Any]:
    """Return a counting rule as the columns of a series."""
    return {
        "minors": rule.minors,
        "reunification": rule.reunification,
        "age": rule.age,
        "unit": rule.unit,
        "condition": rule.condition,
        "cell": ";".join(f"{name}={value}" for name, value in rule.cell),
    }


def source_of(source: NewSource) -> Source:
    """Return a source's row, made if it is new.

    Raises:
        RefusedError: its publisher is not known.
    """
    if not source.title or source.kind not in SOURCE_KINDS:
        raise RefusedError(_("A source has a title and a kind: one of %(kinds)s.") % {"kinds": ", ".join(SOURCE_KINDS)})
    row, _made = Source.objects.get_or_create(
        publisher=_by_key(Publisher, source.publisher),
        title=source.title,
        kind=source.kind,
        url=source.url,
        archive_reference=source.archive_reference,
    )
    return row


def note_of(row: Act | Fact) -> Text:
    """Return a row's note by language."""
    return records.text(row.note, row.note_nn, row.note_en)


def _notes(note: Text) -> dict[str, str]:
    return {
        "note": note.get("nb", ""),
        "note_nn": note.get("nn", ""),
        "note_en": note.get("en", ""),
    }


M = TypeVar("M", Area, Publisher)


def _day(at: datetime) -> date:
    """Return the day in Norway of a moment."""
    return timezone.localdate(at)


def _by_key(model: type[M], key: str) -> M:
    row = model.objects.filter(key=key).first()
    if row is None:
        raise RefusedError(_("%(key)s is not known here. Add it to the set-up lists first.") % {"key": key})
    return row


def _stated(like: Fact) -> QuerySet[Fact]:
    """Return the rows that state what a row states: same act, series, kind and period."""
    return Fact.objects.filter(
        act=like.act,
        series=like.series,
        kind=like.kind,
        period_from=like.period_from,
        period_until=like.period_until,
        corrected_by__isnull=True,
    ).exclude(state=State.RETRACTED)


def _refuse_before_retraction(row: Fact) -> None:
    """A key is free from the day its retraction is known, not before."""
    retracted = Fact.objects.exclude(pk=row.corrects_id or 0).filter(
        act=row.act,
        series=row.series,
        kind=row.kind,
        period_from=row.period_from,
        period_until=row.period_until,
        corrected_by__isnull=True,
        state=State.RETRACTED,
        known_on__gt=row.known_on,
    )
    if retracted.exists():
        raise RefusedError(
            _("What stood here was retracted later than this was known. Write when this was known to us.")
        )


def _refuse_said(kind: Kind, said: Said) -> None:
    """Refuse what no number can say, with a sentence instead of the database's constraint."""
    numbers = [number for number in (said.low, said.value, said.high) if number is not None]
    if said.state is State.RETRACTED:
        raise RefusedError(_("Only a number that is recorded can be retracted."))
    if said.state is State.STATED and not numbers:
        raise RefusedError(_("A stated number needs a number. If it is not known, say so."))
    if said.state in (State.UNKNOWN, State.NOT_DECIDED) and numbers:
        raise RefusedError(_("Where there is no number, none can stand. Take one of the two away."))
    if said.state is State.HIDDEN and (said.value, said.low, said.high) != (None, HIDDEN_LOW, HIDDEN_HIGH):
        raise RefusedError(_("A number hidden as “<5” is 1 to 4 and nothing more is known of it."))
    if numbers != sorted(numbers):
        raise RefusedError(_("Low, number and high must rise. Change them about."))
    if kind is not Kind.CHANGE and numbers and numbers[0] < 0:
        raise RefusedError(_("A number of persons is never below zero. Only a change can be."))
    if said.probability is not None and (kind is not Kind.FORECAST or not 0 < said.probability < 1):
        raise RefusedError(_("A probability belongs to a forecast and lies between 0 and 1."))


def is_corrected(row: Act | Fact) -> bool:
    """Whether another row corrects this one."""
    if isinstance(row, Act):
        return Act.objects.filter(corrects=row).exists()
    return Fact.objects.filter(corrects=row).exists()


def _refuse_second_correction(wrong: Act | Fact, known_on: date) -> None:
    if is_corrected(wrong):
        raise RefusedError(_("This row was corrected already. Correct the correction instead."))
    if known_on < wrong.known_on:
        raise RefusedError(_("A correction cannot be known before what it corrects."))


def _refuse_days(first: date, last: date, known_on: date, at: datetime) -> None:
    today = _day(at)
    if last < first:
        raise RefusedError(_("The last possible day comes before the first. Write the earlier day first."))
    if first > today or last > today:
        raise RefusedError(
            _("%(day)s is in the future. Nothing has been said yet; write the day it was said.")
            % {"day": max(first, last).isoformat()}
        )
    if not first <= known_on <= today:
        raise RefusedError(
            _("%(day)s cannot be when it was known: not before it was said, not after today.")
            % {"day": known_on.isoformat()}
        )


def _name(act_id: int) -> str:
    act = Act.objects.select_related("publisher").get(pk=act_id)
    return f"{act.body or act.publisher.name} ({act.stated_last.isoformat()})"
