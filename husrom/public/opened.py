"""A number opened: its value, rule, sources, days, history, and what it was computed from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from husrom.public import wording
from husrom.public.figures import EMPTY, Reader, interval, say, shown, source, sureness, told, whole_first
from husrom.public.frame import marked
from husrom.public.tables import sums_beside
from husrom.publishing.document import Beside, Figure, HistoryRow, Question, Text


@dataclass(frozen=True)
class OpenedFigure:
    """One figure with all that defends it."""

    key: str
    label: str
    number: SafeString
    unit: str
    rule: SafeString
    said: str
    known_on: str
    computed: SafeString
    sources: tuple[SafeString, ...]
    interval: str
    sure: str
    uncertain: bool
    in_force: bool
    kind: str
    preliminary: bool
    revised: bool
    beside: tuple[SafeString, ...]
    note: SafeString
    like: str = ""
    like_label: str = ""

    @property
    def origin(self) -> tuple[object, ...]:
        """Who said it, when, and where that stands."""
        return (self.said, self.known_on, self.sources, self.uncertain, self.sure)


@dataclass(frozen=True)
class OpenedRow:
    """One line of the history: what was said, and what became of it."""

    when: str
    by: str
    number: SafeString
    kind: str
    rule: SafeString
    status: str
    state: str
    known_on: str
    sources: tuple[SafeString, ...]
    note: int


def opened_figures(reader: Reader, question: Question) -> tuple[list[OpenedFigure], list[OpenedFigure]]:
    """The figures in force, and the others that answer the same question."""
    leading = whole_first(figure for key in question.figures if (figure := reader.figure(key)))
    rest = [
        figure
        for key, figure in sorted(reader.document.figures.items())
        if figure.question == question.slug and key not in question.figures
    ]
    rest.sort(key=lambda figure: (figure.stated_last, figure.key), reverse=True)
    shown_first = _told_once([_opened(reader, figure) for figure in leading])
    return shown_first, [_opened(reader, figure) for figure in rest]


def _told_once(figures: list[OpenedFigure]) -> list[OpenedFigure]:
    """Figures that were said in one breath name their source and days once; the others lead there."""
    first = next(iter(figures), None)
    return [
        replace(one, like=first.key, like_label=first.label, note=EMPTY if one.note == first.note else one.note)
        if first and one is not first and one.origin == first.origin
        else one
        for one in figures
    ]


def _opened(reader: Reader, figure: Figure) -> OpenedFigure:
    return OpenedFigure(
        key=figure.key,
        label=reader.label(figure),
        number=shown(figure),
        unit="" if figure.value is None or figure.rule.unit == "NOK" else wording.unit(figure.rule.unit),
        rule=reader.rule(figure.rule),
        said=wording.sentence(told(figure)),
        known_on=wording.day(figure.known_on),
        computed=reader.computed(figure) if figure.derived else EMPTY,
        sources=tuple(source(one) for one in figure.sources),
        interval=interval(figure),
        sure=wording.raised(sureness(figure)) if figure.kind == "forecast" else "",
        uncertain=figure.uncertain,
        in_force=figure.in_force or figure.kind == "change",
        kind=wording.kind(figure) if figure.kind == "change" else "",
        preliminary=figure.preliminary,
        revised=figure.revised,
        beside=(*(_beside(reader, figure, one) for one in figure.beside), *sums_beside(reader, figure.key)),
        note=marked(figure.note),
    )


def _beside(reader: Reader, figure: Figure, one: Beside) -> SafeString:
    links = format_html_join("; ", "{}", [(reader.named(key),) for key in one.inputs if reader.figure(key)])
    template = _(
        "Stated is {stated}, but other numbers give {value}: a difference of {difference}. Computed from {inputs}."
    )
    return say(
        template,
        stated=shown(figure),
        value=wording.number(one.value),
        difference=wording.number(abs(one.difference or 0)),
        inputs=links,
    )


def opened_history(reader: Reader, question: Question) -> tuple[list[OpenedRow], list[SafeString]]:
    """The lines of the history, and the notes below them, each once."""
    notes = list(dict.fromkeys(note for row in question.history if (note := marked(row.note))))
    return [_row(reader, row, question.publisher_name, notes) for row in question.history], notes


def _row(reader: Reader, row: HistoryRow, publisher: Text, notes: list[SafeString]) -> OpenedRow:
    note = marked(row.note)
    by = wording.body(row.body) if row.body else wording.text_of(publisher)
    case = _("case {number}").format(number=row.case_number)
    return OpenedRow(
        when=wording.raised(wording.days(row.stated_first, row.stated_last)),
        by=f"{by}, {case}" if row.case_number else by,
        number=say("{number} ({interval})", number=shown(row), interval=interval(row)) if interval(row) else shown(row),
        kind=wording.kind(row),
        rule=reader.rule(row.rule),
        status=row.status,
        state=wording.status(row.status),
        known_on=wording.short_day(row.known_on),
        sources=tuple(source(one) for one in row.sources),
        note=notes.index(note) + 1 if note else 0,
    )


def other_questions(reader: Reader, question: Question) -> list[tuple[str, str, list[SafeString]]]:
    """The same question asked of others: a link, who answers, and what they say."""
    found = []
    for slug in question.others:
        other = reader.document.questions.get(slug)
        if other is None:
            continue
        when = wording.period(other.period_from, other.period_until)
        title = f"{wording.measure(other.measure)} {when}: {wording.text_of(other.publisher_name)}"
        numbers = [reader.named(key) for key in other.figures]
        found.append((f"{slug}.html", title, numbers))
    return found
