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
        _change(_reason(before.get(key), figure), before.get(key), figure)
        for key, figure in after.items()
        if key not in before or _differs(before[key], figure)
    ]
    found += [_change("no_longer_known", figure, None) for key, figure in before.items() if key not in after]
    if previous.words != new.words:
        found.append(Change("new_words", None, None, None, None, None))
    if previous.contacts != new.contacts:
        found.append(Change("new_contact", None, None, None, None, None))
    return tuple(found)


def _standing(document: Document) -> dict[str, Figure]:
    return {key: figure for key, figure in document.figures.items() if figure.in_force}


def _differs(old: Figure, new: Figure) -> bool:
    said = ("state", "value", "low", "high", "rule", "preliminary")
    return any(getattr(old, name) != getattr(new, name) for name in said)


def _reason(old: Figure | None, new: Figure) -> str:
    """Say why a figure is new or another.

    A number of the same act on the same days that differs was wrong: a correction. A new
    act of a request or decision is that; a later reading of a count is its revision.
    """
    if old is None or old.value is None:
        return BY_MEASURE.get(new.measure, "new_number") if new.kind == "level" else "new_number"
    if old.rule != new.rule:
        return "new_definition"
    same_act = (old.stated_first, old.stated_last, old.body) == (
        new.stated_first,
        new.stated_last,
        new.body,
    )
    if same_act:
        return "correction"
    if old.preliminary and not new.preliminary:
        return "preliminary_to_final"
    return BY_MEASURE.get(new.measure, "planned_revision")


def _change(reason: str, old: Figure | None, new: Figure | None) -> Change:
    shown = new or old
    before = old.value if old else None
    after = new.value if new else None
    difference = after - before if before is not None and after is not None else None
    return Change(
        reason=reason,
        figure=shown.key if shown else None,
        old=before,
        new=after,
        difference=difference,
        per_cent=round(100 * difference / before, 1) if difference is not None and before else None,
        note=shown.note if shown else {},
    )
