"""What has changed from one edition to the next, for the page, the list of all changes and the feed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from husrom.public import wording
from husrom.public.figures import EMPTY, Reader, say, shown, symbol
from husrom.public.frame import marked
from husrom.publishing.document import Change, Document
from husrom.rules.cells import CellState


@dataclass(frozen=True)
class ShownChange:
    """One difference: what, from what, to what, by how much, why."""

    what: SafeString
    old: SafeString
    new: SafeString
    difference: str
    per_cent: str
    reason: str
    note: SafeString

    @property
    def course(self) -> str:
        """From what to what, in plain text: what is only heard on the page has no place in the feed."""
        old, new = (strip_tags(_HEARD.sub("", words)) for words in (self.old, self.new))
        return f"{old} → {new}" if old or new else ""


_HEARD = re.compile(r'<span class="ds-sr-only">.*?</span>')


@dataclass(frozen=True)
class ShownChanges:
    """All differences of one edition from the one before, and who approved them."""

    number: int
    day: str
    changes: tuple[ShownChange, ...]
    elsewhere: tuple[ShownChange, ...]
    approved_by: str
    reconstruction: bool
    href: str
    first: bool

    @property
    def compares(self) -> bool:
        """Whether any change has two numbers to compare."""
        return any(change.difference for change in self.all)

    @property
    def most(self) -> tuple[ShownChange, ...]:
        """Its own changes, or where there are none the others."""
        return self.changes or self.elsewhere

    @property
    def all(self) -> tuple[ShownChange, ...]:
        """Its own changes, then the others."""
        return (*self.changes, *self.elsewhere)


def shown_changes(reader: Reader) -> ShownChanges:
    """What an edition changed."""
    document = reader.document
    return ShownChanges(
        number=document.number,
        day=wording.day(document.day),
        changes=tuple(_change(reader, change) for change in document.changes if _is_own(reader, change)),
        elsewhere=tuple(_change(reader, change) for change in document.changes if not _is_own(reader, change)),
        approved_by=wording.listed(document.approved_by),
        reconstruction=document.kind == "reconstruction",
        href=f"{reader.to_edition}index.html",
        first=document.previous is None,
    )


def _is_own(reader: Reader, change: Change) -> bool:
    """Whether a change is about the municipality itself, and not about its county, the country or others."""
    figure = reader.figure(change.figure or "") or change.before
    return figure is None or reader.is_own(figure.area)


def _change(reader: Reader, change: Change) -> ShownChange:
    figure = reader.figure(change.figure or "")
    if figure is not None:
        what = reader.link(figure.key, reader.label(figure))
    elif change.before is not None:
        what = say("{words}", words=reader.label(change.before))
    else:
        what = say("{words}", words=_without_figure(change))
    return ShownChange(
        what=what,
        old=shown(change.before) if change.before else _number(reader, change, change.old),
        new=shown(figure) if change.new is None and figure is not None else _number(reader, change, change.new),
        difference="" if change.difference is None else wording.signed(change.difference),
        per_cent="" if change.per_cent is None else wording.per_cent(change.per_cent),
        reason=wording.change_reason(change.reason),
        note=marked(change.note),
    )


def _without_figure(change: Change) -> str:
    """What changed where no figure of the edition did."""
    return {"new_words": _("The words of the page"), "new_contact": _("How to reach us")}.get(
        change.reason, _("A number that is no longer here")
    )


def _number(reader: Reader, change: Change, value: int | None) -> SafeString:
    """A number before or after, with its unit where that is not persons; words and addresses have none."""
    if value is None:
        about = change.figure or change.before or change.new is not None
        return symbol(CellState.NOT_AVAILABLE) if about else EMPTY
    figure = reader.figure(change.figure or "") or change.before
    if figure and figure.rule.unit == "NOK":
        return say("{number}\u00a0{unit}", number=wording.number(value), unit=wording.unit("NOK"))
    return say("{number}", number=wording.number(value))


def summary(document: Document) -> str:
    """An edition's changes in one line, for the feed."""
    return _("Figures and words in force on {day}. Changes: {count}.").format(
        day=wording.day(document.day), count=len(document.changes)
    )
