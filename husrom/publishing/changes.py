"""What has changed since the edition before: old, new, difference, per cent, reason."""

from __future__ import annotations

from husrom.publishing.document import Change, Document, Figure

BY_MEASURE = {"request": "new_request", "decision": "new_decision"}


def changes(previous: Document | None, new: Document) -> tuple[Change, ...]:
    """Compare two editions figure by figure, then their words and contacts.

    The first edition has no changes: there is nothing that it could have changed.
    """
    if previous is None:
        return ()
    before, after = _standing(previous), _standing(new)
    found = [
        _change(_reason(before.get(name), figure), before.get(name), figure)
        for name, figure in after.items()
        if name not in before or _differs(before[name], figure)
    ]
    found += [_change(_reason_gone(figure, new), figure, None) for name, figure in before.items() if name not in after]
    if previous.words != new.words:
        found.append(Change("new_words", None, None, None, None, None))
    if previous.contacts != new.contacts:
        found.append(Change("new_contact", None, None, None, None, None))
    return tuple(found)


def _standing(document: Document) -> dict[tuple[object, ...], Figure]:
    """Return what stands, by what it is about: a forecast's own name holds its day, so it is not enough."""
    return {
        (figure.question, figure.rule) if figure.kind == "forecast" else (key,): figure
        for key, figure in document.figures.items()
        if figure.in_force
    }


def _differs(old: Figure, new: Figure) -> bool:
    said = ("state", "value", "low", "high", "rule", "preliminary")
    return any(getattr(old, name) != getattr(new, name) for name in said)


def _reason(old: Figure | None, new: Figure) -> str:
    """Say why a figure is new or another.

    A number of the same act that differs was wrong: a correction. So was one that gives
    way to an earlier act: the later one was taken back. A later act of a request or
    decision is that; a later reading of a count is its revision.
    """
    of_its_kind = BY_MEASURE.get(new.measure) if new.kind == "level" else None
    if old is None:
        return of_its_kind or "new_number"
    if old.rule != new.rule:
        return "new_definition"
    if _said_when(new) <= _said_when(old):
        return "new_number" if old.state == "unknown" else "correction"
    if old.preliminary and not new.preliminary:
        return "preliminary_to_final"
    return of_its_kind or ("planned_revision" if old.value is not None else "new_number")


def _reason_gone(old: Figure, new: Document) -> str:
    """Say why a figure stands no longer: a later act left it out, or it was taken back."""
    question = new.questions.get(old.question)
    rows = question.history if question else ()
    later = any((row.stated_last, row.stated_first) > _said_when(old) for row in rows if row.status == "in_force")
    return "no_longer_known" if later else "correction"


def _said_when(figure: Figure) -> tuple[object, ...]:
    return (figure.stated_last, figure.stated_first)


def _change(reason: str, old: Figure | None, new: Figure | None) -> Change:
    before = old.value if old else None
    after = new.value if new else None
    difference = after - before if before is not None and after is not None else None
    return Change(
        reason=reason,
        figure=new.key if new else None,
        old=before,
        new=after,
        difference=difference,
        per_cent=round(100 * difference / before, 1) if difference is not None and before else None,
        note=new.note if new else {},
        before=old,
    )
