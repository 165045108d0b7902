"""Freezing an edition and drawing what belongs to it; withdrawing one for privacy."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from husrom.ledger.actions import ledger_held
from husrom.publishing import drawing, editions
from husrom.publishing.compose import compose
from husrom.publishing.document import EditionKind, checksum, to_json
from husrom.publishing.models import Edition, EditionFile

APPROVERS = 2
"""How many different people stand behind an edition (product: the rule is never off)."""


class RefusedError(ValueError):
    """The edition cannot be frozen or withdrawn; the message says why."""


def freeze(
    *,
    day: date,
    kind: EditionKind,
    by: str,
    at: datetime,
    approved_by: tuple[str, ...] = (),
    demo: bool = False,
) -> Edition:
    """Compose an edition of a day, freeze it with its checksum, and draw its files.

    Raises:
        CompositionError: its words or names stop it.
        RefusedError: an edition is not approved by two different people (the demo's is by
            nobody, and says so), a reconstruction has an approver, or the day has not come.
    """
    if day > timezone.localdate(at):
        raise RefusedError(_("%(day)s has not come. An edition says what is known on its day.") % {"day": day})
    if kind == "edition" and day != timezone.localdate(at):
        raise RefusedError(_("An edition is of today. What a page said before can only be a reconstruction."))
    if kind == "reconstruction" and approved_by:
        raise RefusedError(_("A reconstruction is nobody's page. It has no approver."))
    if kind == "edition" and not demo and len({" ".join(name.split()).casefold() for name in approved_by}) < APPROVERS:
        raise RefusedError(
            _(
                "An edition is approved by two different people before it is public. "
                "Name both: --approved-by NAME --approved-by NAME."
            )
        )
    with ledger_held():  # composing asks many questions; nobody may record between two of them
        last = Edition.objects.order_by("number").last()
        standing = Edition.objects.filter(withdrawn_on__isnull=True, day__lte=day)
        before = standing.order_by("day", "number").last()
        document = compose(
            day=day,
            kind=kind,
            number=last.number + 1 if last else 1,
            previous=before.number if before else None,
            approved_by=approved_by,
            demo=demo,
        )
        content = to_json(document)
        edition = Edition.objects.create(
            number=document.number,
            day=day,
            kind=kind,
            previous=before,
            content=content,
            checksum=checksum(content),
            frozen_at=at,
            frozen_by=by,
        )
        _draw(edition)
    return edition


def _draw(edition: Edition) -> None:
    """Draw the charts and downloads of an edition, in all its languages."""
    document = editions.document(edition.number)
    drawing.store(edition, drawing.draw(document, document.languages, edition.checksum))


def withdraw(*, number: int, reason: str, on: date) -> Edition:
    """Take every byte of an edition's content away; a tombstone with the reason stays.

    The files of the editions that came after it are drawn anew, since their lists of
    changes told of its numbers.

    Raises:
        RefusedError: there is no such edition, it is withdrawn already, or no reason is given.
    """
    if not reason.strip():
        raise RefusedError(_("Say why it is withdrawn. The reason stays, in public."))
    with transaction.atomic():
        edition = Edition.objects.filter(number=number, withdrawn_on__isnull=True).first()
        if edition is None:
            raise RefusedError(_("There is no edition %(number)s to withdraw.") % {"number": number})
        EditionFile.objects.filter(edition=edition).delete()
        edition.content = b""
        edition.withdrawn_on = on
        edition.withdrawn_reason = reason
        edition.save(update_fields=["content", "withdrawn_on", "withdrawn_reason"])
        for later in Edition.objects.filter(previous=edition, withdrawn_on__isnull=True):
            _draw(later)
    return edition
