"""Figures as plain data for programs: the objects of `husrom figures --json`."""

from __future__ import annotations

from typing import Any

from husrom.ledger.answers import Figure
from husrom.ledger.records import ActRecord, FactRecord, SourceRecord
from husrom.rules.counting import CountingRule
from husrom.rules.periods import Period


def as_json(figure: Figure) -> dict[str, Any]:
    """Return a figure with its rule, source, days and inputs; days are ISO 8601.

    `value`, `low` and `high` are None where the source gave none; `period.until` is the
    first day outside; `uncertain` is true when `uncertain_because` names acts that may
    also have been the last; `derived` is false or the list of the stated inputs.
    """
    number, act = figure.number, figure.act
    return {
        "measure": figure.series.measure.value,
        "area": figure.area_name,
        "area_key": figure.series.area,
        "period": _period(figure.period),
        "kind": figure.kind.value,
        "state": number.state.value,
        "value": number.value,
        "low": number.low,
        "high": number.high,
        "probability": figure.fact.probability if figure.fact else None,
        "preliminary": bool(figure.fact and figure.fact.preliminary),
        "rule": rule_json(figure.series.rule),
        "publisher": figure.series.publisher,
        "source": _source(figure.source, act),
        "stated_first": act.row.stated_first.isoformat(),
        "stated_last": act.row.stated_last.isoformat(),
        "known_on": number.known_on.isoformat(),
        "recorded_at": figure.recorded_at.isoformat(),
        "uncertain": figure.is_uncertain,
        "uncertain_because": [_act(doubtful) for doubtful in figure.uncertain],
        "derived": [_input(item) for item in figure.inputs] if number.derived else False,
        "beside": [{"value": beside.value, "difference": beside.difference} for beside in number.beside],
        "note": figure.note,
    }


def rule_json(rule: CountingRule) -> dict[str, str]:
    """Return a counting rule by its parts."""
    said = {
        "minors": rule.minors.value,
        "reunification": rule.reunification.value,
        "age": rule.age.value,
        "unit": rule.unit.value,
        "condition": rule.condition,
    }
    if rule.cell:
        said["cell"] = ";".join(f"{name}={value}" for name, value in rule.cell)
    return said


def _period(period: Period) -> dict[str, str]:
    return {"from": period.start.isoformat(), "until": period.until.isoformat()}


def _source(source: SourceRecord, act: ActRecord) -> dict[str, str]:
    return {
        "title": source.title,
        "kind": source.kind,
        "publisher": source.publisher,
        "body": act.body,
        "case_number": act.case_number,
        "url": source.url,
        "archive_reference": source.archive_reference,
    }


def _act(act: ActRecord) -> dict[str, str]:
    return {
        "body": act.body,
        "case_number": act.case_number,
        "stated_first": act.row.stated_first.isoformat(),
        "stated_last": act.row.stated_last.isoformat(),
    }


def _input(fact: FactRecord) -> dict[str, Any]:
    return {
        "measure": fact.key.measure.value,
        "area": fact.area_name,
        "period": _period(fact.period),
        "kind": fact.row.kind.value,
        "value": fact.row.value,
        "rule": rule_json(fact.key.rule),
        "source": fact.source.title,
        "known_on": fact.row.known_on.isoformat(),
    }
