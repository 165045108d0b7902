"""Forecasts with memory, promises beside what happened, and the pace of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from husrom.public import wording
from husrom.public.figures import EMPTY, Reader, interval, say, speaker, sureness
from husrom.public.frame import marked
from husrom.publishing.document import Figure, ForecastRecord, Pace, Promise
from husrom.rules.periods import Period


@dataclass(frozen=True)
class ShownForecast:
    """What was said about one quantity: when, by whom, how sure, and how far off it was."""

    when: str
    by: str
    number: SafeString
    sure: str
    off: str


@dataclass(frozen=True)
class ShownRecord:
    """Every forecast of one quantity, and what then happened."""

    key: str
    title: SafeString
    rule: str
    forecasts: tuple[ShownForecast, ...]
    actual: tuple[tuple[SafeString, str], ...]
    comparable: bool
    note: SafeString

    @property
    def ends(self) -> tuple[tuple[str, ShownForecast], ...]:
        """The forecast that was said first and the one that was said last; one alone needs no such word."""
        if len(self.forecasts) < 2:  # noqa: PLR2004 - a first and a last
            return tuple(("", one) for one in self.forecasts)
        return (_("First"), self.forecasts[0]), (_("Last"), self.forecasts[-1])


@dataclass(frozen=True)
class ShownPromise:
    """One year as it was announced, revised, and as it turned out."""

    year: int
    said: tuple[tuple[SafeString, str, str], ...]
    settled: SafeString
    settled_rule: str


@dataclass(frozen=True)
class ShownPace:
    """Settled so far against the decision of the year."""

    year: int
    decision: SafeString
    steps: tuple[tuple[str, SafeString, str, str], ...]


def shown_record(reader: Reader, record: ForecastRecord) -> ShownRecord:
    """A record of forecasts in the active language."""
    actual = [figure for key in record.actual if (figure := reader.figure(key))]
    judge = actual[0] if record.comparable and actual else None
    forecasts = [figure for key in record.forecasts if (figure := reader.figure(key))]
    return ShownRecord(
        key=record.key,
        title=marked(record.title),
        rule=wording.sentence(wording.rule(record.rule)),
        forecasts=tuple(_forecast(reader, one, judge) for one in forecasts),
        actual=tuple((reader.link(one.key), speaker(one)) for one in actual),
        comparable=record.comparable,
        note=marked(record.note),
    )


def _forecast(reader: Reader, one: Figure, actual: Figure | None) -> ShownForecast:
    return ShownForecast(
        when=wording.days(one.stated_first, one.stated_last),
        by=speaker(one),
        number=reader.link(one.key, _number(one)),
        sure=sureness(one),
        off=_off(one, actual),
    )


def _number(one: Figure) -> str:
    """The middle and the interval, where the source gave both."""
    around = interval(one)
    words = wording.amount(one.value, one.low, one.high)
    return f"{words} ({around})" if around else words


def _off(one: Figure, actual: Figure | None) -> str:
    """How far off a forecast was: how much too high or too low, or whether its interval held."""
    if actual is None or actual.value is None:
        return ""
    if one.value is not None:
        miss = one.value - actual.value
        if not miss:
            return _("exact")
        size = wording.number(abs(miss))
        words = _("{number} too high") if miss > 0 else _("{number} too low")
        share = f" ({wording.per_cent(100 * abs(miss) / actual.value)})" if actual.value else ""
        return words.format(number=size) + share
    if one.low is not None and actual.value < one.low:
        return _("{number} below the interval").format(number=wording.number(one.low - actual.value))
    if one.high is not None and actual.value > one.high:
        return _("{number} above the interval").format(number=wording.number(actual.value - one.high))
    return _("inside the interval")


def shown_promise(reader: Reader, promise: Promise) -> ShownPromise:
    """One year's promises, in the order they were made."""
    figures = [figure for key in promise.said if (figure := reader.figure(key))]
    settled = reader.figure(promise.settled or "")
    return ShownPromise(
        year=promise.year,
        said=tuple(
            (reader.link(one.key), _how(one), wording.days(one.stated_first, one.stated_last)) for one in figures
        ),
        settled=reader.link(settled.key) if settled else EMPTY,
        settled_rule=_counted(settled) if settled else "",
    )


def _counted(settled: Figure) -> str:
    """Who is counted, and until when where the year was not over."""
    who = wording.sentence(wording.rule(settled.rule))
    if Period(settled.period_from, settled.period_until).is_calendar_year:
        return who
    until = wording.day(settled.period_until - timedelta(days=1))
    return _("Counted until {day}. {said}").format(day=until, said=who)


def _how(one: Figure) -> str:
    return _("announced") if one.measure == "announced" else _("decided, computed") if one.derived else _("decided")


def shown_pace(reader: Reader, pace: Pace) -> ShownPace:
    """One year's counts so far."""
    steps = []
    for step in pace.steps:
        share = wording.per_cent(100 * step.share) if step.share is not None else ""
        figure = reader.figure(step.figure)
        rule = wording.sentence(wording.rule(figure.rule)) if figure else ""
        # The count belongs to the days before its half-open period ends.
        until = wording.day(step.counted_until - timedelta(days=1))
        steps.append((until, reader.link(step.figure), share, rule))
    decision = reader.link(pace.decision) if pace.decision else EMPTY
    return ShownPace(pace.year, decision, tuple(steps))


def beside(record: ShownRecord) -> SafeString:
    """Why a forecast and what happened can only be set beside each other."""
    if record.comparable:
        return EMPTY
    return say(
        _("What was forecast and what happened are not the same thing here. They can only be set beside each other.")
    )
