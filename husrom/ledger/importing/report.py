"""A preview in words for people, and as plain data for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from husrom.ledger import words
from husrom.ledger.importing.outcomes import Entry, Outcome, Preview, Unmentioned, said_by
from husrom.ledger.importing.rows import ParsedRow
from husrom.ledger.listing import rule_json
from husrom.ledger.statements import NewAct, NewFact, Said
from husrom.rules.counting import Age
from husrom.sheets.faults import Fault

OUTCOMES = {
    Outcome.NEW: gettext_lazy("new"),
    Outcome.REVISION: gettext_lazy("revision"),
    Outcome.LATE: gettext_lazy("late letter"),
    Outcome.CORRECTION: gettext_lazy("correction"),
    Outcome.UNCHANGED: gettext_lazy("unchanged"),
    Outcome.CONFLICT: gettext_lazy("conflict"),
    Outcome.UNDATED: gettext_lazy("without days"),
}
LISTED = 100
"""Rows that are named one by one; nobody reads more, and --json has them all."""


def lines(seen: Preview) -> Iterator[str]:
    """Yield the preview line by line: counts, what is wrong, what is not plainly new or unchanged, questions."""
    counts = [f"{OUTCOMES[outcome]}: {seen.count(outcome)}" for outcome in Outcome if seen.count(outcome)]
    yield ", ".join(counts) or _("The file has no rows.")
    yield from map(str, seen.faults)
    told = [entry for entry in seen.entries if _is_told(entry)]
    told.sort(key=lambda entry: entry.outcome is not Outcome.CONFLICT)
    for entry in told[:LISTED]:
        yield _entry(entry)
    if len(told) > LISTED:
        yield _("... and %(n)s more. With --json all of them are listed.") % {"n": len(told) - LISTED}
    if undated := seen.count(Outcome.UNDATED):
        yield ngettext(
            "%(n)s row does not say when it was stated. Say it for this reading with --stated, "
            "for example --stated 2024-11-13. Only then can a revision be told from a correction.",
            "%(n)s rows do not say when they were stated. Say it for this reading with --stated, "
            "for example --stated 2024-11-13. Only then can a revision be told from a correction.",
            undated,
        ) % {"n": undated}
    for item in seen.unmentioned:
        yield _question(item)


def _is_told(entry: Entry) -> bool:
    plain = (Outcome.NEW, Outcome.UNCHANGED, Outcome.UNDATED)
    return entry.outcome not in plain or entry.further_source


def _entry(entry: Entry) -> str:
    said = {
        "row": _where(entry.row),
        "outcome": OUTCOMES[entry.outcome],
        "number": _fact(entry.row.fact),
        "other": entry.beside.number if entry.beside else "",
    }
    if entry.outcome is Outcome.UNCHANGED:
        return _("Row %(row)s: a further source of %(number)s.") % said
    if entry.beside is not None:
        said["old"] = number(entry.beside.fact.said)
        return (
            _(
                "Row %(row)s: %(outcome)s: %(number)s, but row %(other)s says %(old)s of the same "
                "days. Nothing is taken in until somebody decides: remove one of the two rows."
            )
            % said
        )
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


def _where(row: ParsedRow) -> str:
    """Return a row's number, with its sheet where the file has sheets."""
    return f"{row.place.sheet} {row.number}".strip()


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


def _fact(fact: NewFact, stood: Said | None = None) -> str:
    rule = fact.series.rule
    minors = _("minors %(counted)s") % {"counted": words.counted(rule.minors)}
    what = f"{words.measure(fact.series.measure)} {fact.period.start.year}, {minors}"
    if rule.age is not Age.ALL:
        what += f" ({words.age(rule.age)})"
    if rule.condition:
        what += f" ({rule.condition})"
    return f"{what}: {number(stood or fact.said)}"


def number(said: Said) -> str:
    """Return what a number says, for people."""
    if said.low is not None or said.high is not None:
        low, high = ("?" if bound is None else bound for bound in (said.low, said.high))
        return f"{low}–{high}" if said.value is None else f"{said.value} ({low}–{high})"
    return words.state(said.state) if said.value is None else str(said.value)


def as_json(seen: Preview) -> dict[str, Any]:
    """Return a preview as plain data: every row, every question, every fault; days are ISO 8601."""
    return {
        "may_commit": seen.may_commit,
        "is_empty": seen.is_empty,
        "entries": [_entry_json(entry) for entry in seen.entries],
        "questions": [_question_json(item) for item in seen.unmentioned],
        "faults": [fault_json(fault) for fault in seen.faults],
    }


def fault_json(fault: Fault) -> dict[str, str]:
    """Return a fault by its parts, and as the sentence that people get."""
    return {
        "file": fault.file,
        "sheet": fault.sheet,
        "cell": fault.cell,
        "found": str(fault.found),
        "expected": str(fault.expected),
        "mend": str(fault.mend),
        "message": str(fault),
    }


def _entry_json(entry: Entry) -> dict[str, Any]:
    row, met = entry.row, entry.standing
    return {
        "row": row.number,
        "sheet": row.place.sheet,
        "cell": row.place.address,
        "outcome": entry.outcome.value,
        **_fact_json(row.fact),
        **_act_json(row.act or row.undated, dated=row.act is not None),
        "source": row.fact.source.title,
        "further_source": entry.further_source,
        "same_as_row": entry.beside.number if entry.beside else None,
        "on_record": None
        if met is None
        else {"figure": met.row.id, **_said_json(said_by(met)), "source": met.source.title},
    }


def _question_json(item: Unmentioned) -> dict[str, Any]:
    return {
        "number": item.number,
        **_fact_json(item.fact),
        **_act_json(item.act, dated=True),
        **_said_json(item.stood),
        "answer": item.answer,
    }


def _fact_json(fact: NewFact) -> dict[str, Any]:
    return {
        "measure": fact.series.measure.value,
        "area": fact.series.area,
        "period": {"from": fact.period.start.isoformat(), "until": fact.period.until.isoformat()},
        "kind": fact.kind.value,
        **_said_json(fact.said),
        "rule": rule_json(fact.series.rule),
        "publisher": fact.series.publisher,
    }


def _said_json(said: Said) -> dict[str, Any]:
    return {"state": said.state.value, "value": said.value, "low": said.low, "high": said.high}


def _act_json(act: NewAct, *, dated: bool) -> dict[str, Any]:
    return {
        "body": act.body,
        "case_number": act.case_number,
        "stated_first": act.stated_first.isoformat() if dated else None,
        "stated_last": act.stated_last.isoformat() if dated else None,
        "order": act.order,
    }
