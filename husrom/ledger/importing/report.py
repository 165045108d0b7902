"""A preview in words: what each row would do, and what is still to be answered."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from husrom.ledger.importing.preview import Entry, Outcome, Preview, Unmentioned, said_by
from husrom.ledger.statements import NewFact, Said

OUTCOMES = {
    Outcome.NEW: gettext_lazy("new"),
    Outcome.REVISION: gettext_lazy("revision"),
    Outcome.LATE: gettext_lazy("late letter"),
    Outcome.CORRECTION: gettext_lazy("correction"),
    Outcome.UNCHANGED: gettext_lazy("unchanged"),
    Outcome.CONFLICT: gettext_lazy("conflict"),
    Outcome.UNDATED: gettext_lazy("without days"),
}


def lines(seen: Preview) -> Iterator[str]:
    """Yield the preview line by line: counts, then what is not plainly new or unchanged."""
    counts = [
        f"{OUTCOMES[outcome]}: {seen.count(outcome)}" for outcome in Outcome if seen.count(outcome)
    ]
    yield ", ".join(counts) or _("The file has no rows.")
    for entry in seen.entries:
        if entry.outcome not in (Outcome.NEW, Outcome.UNCHANGED, Outcome.UNDATED):
            yield _entry(entry)
        elif entry.further_source:
            yield _("Row %(row)s: a further source of %(number)s.") % {
                "row": entry.row.number,
                "number": _fact(entry.row.fact),
            }
    if seen.count(Outcome.UNDATED):
        yield _(
            "%(n)s rows do not say when they were stated. Say it for this reading with --stated, "
            "for example --stated 2024-11-13. Only then can a revision be told from a correction."
        ) % {"n": seen.count(Outcome.UNDATED)}
    for item in seen.unmentioned:
        yield _question(item)


def _entry(entry: Entry) -> str:
    said = {
        "row": entry.row.number,
        "outcome": OUTCOMES[entry.outcome],
        "number": _fact(entry.row.fact),
    }
    if entry.standing is None:
        return _("Row %(row)s: %(outcome)s: %(number)s.") % said
    said |= {"old": number(said_by(entry.standing)), "source": entry.standing.source.title}
    if entry.outcome is Outcome.CONFLICT:
        return (
            _(
                "Row %(row)s: %(outcome)s: %(number)s, but %(source)s says %(old)s of the same "
                "days. Nothing is taken in until somebody decides: correct the file or the ledger."
            )
            % said
        )
    return _("Row %(row)s: %(outcome)s: %(number)s instead of %(old)s.") % said


def _question(item: Unmentioned) -> str:
    said = {
        "n": item.number,
        "act": f"{item.act.body or item.act.publisher} {item.act.stated_last.isoformat()}",
        "number": _fact(item.fact, item.stood),
        "answer": item.answer or "",
    }
    if item.answer == "unchanged":
        return _("%(n)s. %(act)s does not mention %(number)s: unchanged.") % said
    if item.answer == "not_known":
        return _("%(n)s. %(act)s does not mention %(number)s: not known to stand.") % said
    return (
        _(
            "%(n)s. %(act)s does not mention %(number)s. Is it unchanged? "
            "Answer with --answer %(n)s=unchanged or --answer %(n)s=not-known."
        )
        % said
    )


def _fact(fact: NewFact, value: int | None = None) -> str:
    rule = fact.series.rule
    what = f"{fact.series.measure} {fact.period.start.year}, {_('minors')} {rule.minors}"
    if rule.age != "all":
        what += f" ({rule.age})"
    return f"{what}: {number(fact.said) if value is None else value}"


def number(said: Said) -> str:
    """Return what a number says, for people."""
    if said.low is not None or said.high is not None:
        low, high = ("?" if bound is None else bound for bound in (said.low, said.high))
        return f"{low}–{high}" if said.value is None else f"{said.value} ({low}–{high})"
    return said.state.value if said.value is None else str(said.value)
