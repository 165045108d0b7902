"""The tables of an edition as files: CSV with one row for each number, XLSX as the page reads.

The input is a frozen document and nothing else, so a file says what the page says: the
same numbers, the same symbols, the same hidden cells. Every file names its edition, its
day and its licence. In the CSV each number carries what defends it: who is counted, who
said it, when, and where it was read. Same document, same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from husrom.publishing.charts.words import LICENCE, Tongue
from husrom.publishing.document import Cell, Column, Document, Figure, PrintedTotal, Row, Rule, Table
from husrom.publishing.editions import File
from husrom.sheets.writing import PLAIN, Sheet, csv_bytes, xlsx_bytes

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

SYMBOLS = {"not_available": "..", "not_applicable": ".", "hidden": ":"}

MEASURES = {
    "request": _("requested"),
    "decision": _("decided"),
    "announced": _("announced"),
    "need": _("need"),
    "capacity": _("places"),
    "agreed": _("agreed, not yet arrived"),
    "settled": _("settled"),
    "accommodation_asked": _("accommodation asked for"),
    "accommodation_decided": _("accommodation decided"),
    "applications": _("asylum applications"),
    "budget": _("budget"),
    "grants": _("grants received"),
}

COUNTED = {
    "included": _("included"),
    "excluded": _("not included"),
    "only": _("only these"),
    "unstated": _("not stated"),
}

AGES = {"all": _("all"), "under_15": _("under 15"), "15_and_over": _("from 15")}

UNITS = {"persons": _("persons"), "places": _("places"), "applications": _("applications"), "NOK": _("NOK")}

KINDS = {"level": _("number"), "change": _("change"), "forecast": _("forecast")}

STATES = {
    "stated": _("stated"),
    "not_decided": _("not decided"),
    "unknown": _("said, but the number is not known"),
    "hidden": _("not shown for privacy"),
}

REASONS = {
    "new_request": _("new request"),
    "new_decision": _("new decision"),
    "new_number": _("new number"),
    "preliminary_to_final": _("preliminary became final"),
    "planned_revision": _("planned revision"),
    "correction": _("correction"),
    "new_definition": _("new definition"),
    "no_longer_known": _("no longer known to stand"),
    "new_words": _("new words"),
    "new_contact": _("new contact details"),
}

DEFINITIONS = {
    _("requested"): _("What IMDi asks of the municipality for a year."),
    _("decided"): _("What the municipality has said yes to: by which body, when, in which case."),
    _("announced"): _("What a page says will be settled, without saying who decided it."),
    _("agreed, not yet arrived"): _("Allocated to the municipality and accepted, not yet arrived."),
    _("settled"): _("Arrived in the municipality that decided to settle them."),
    _("unaccompanied minors"): _(
        "Under 18 and without parents when they came. Each number says whether they are in it."
    ),
    _("reunified with family"): _("Come to somebody who is settled already. Each number says whether they are in it."),
    _("derived"): _("Follows from other numbers of the edition, which are named."),
    "0": _("None."),
    "..": _("Not available: we do not have the number."),
    ".": _("Not applicable: there can be no such number."),
    ":": _("Not shown for privacy: so few that somebody could be recognised."),
}


def downloads(document: Document, language: str, checksum: str = "") -> tuple[File, ...]:
    """Return every table as CSV and XLSX, all figures as CSV, and all of it as one workbook.

    `checksum` is the seal of the document, where the caller knows it.
    """
    with translation.override(language):
        writer = _Writer(document, Tongue(language), checksum, _hidden(document))
        files = []
        for table in document.tables.values():
            files.append(File(f"{table.key}.csv", language, CSV, writer.table_csv(table)))
            files.append(File(f"{table.key}.xlsx", language, XLSX, writer.workbook([table])))
        files.append(File("figures.csv", language, CSV, writer.figures_csv()))
        files.append(File("all.xlsx", language, XLSX, writer.workbook(list(document.tables.values()))))
        return tuple(files)


Record = dict[str, Any]
"""One row of a tidy file: values by the columns' names in the code."""

HEADINGS = {
    "table": _("Table"),
    "row": _("Row"),
    "period_from": _("From"),
    "period_until": _("Until (day not included)"),
    "column": _("Column"),
    "measure": _("Measure"),
    "kind": _("Kind of number"),
    "value": _("Value"),
    "low": _("At least"),
    "high": _("At most"),
    "status": _("Status"),
    "minors": _("Unaccompanied minors"),
    "reunification": _("Reunified with family"),
    "age": _("Age"),
    "unit": _("Unit"),
    "condition": _("Condition"),
    "area": _("Area"),
    "publisher": _("Publisher"),
    "body": _("Body"),
    "case_number": _("Case number"),
    "source": _("Source"),
    "source_url": _("Source's address"),
    "stated_first": _("Said at the earliest"),
    "stated_last": _("Said at the latest"),
    "known_on": _("Known on"),
    "derived": _("Derived"),
    "inputs": _("Derived from"),
    "uncertain": _("Order uncertain"),
    "preliminary": _("Preliminary"),
    "revised": _("Revised"),
    "note": _("Note"),
    "figure": _("Figure"),
    "edition": _("Edition"),
    "edition_kind": _("Kind of edition"),
    "edition_day": _("Edition's day"),
    "licence": _("Licence"),
}

FIGURE_HEADINGS = {
    **{name: HEADINGS[name] for name in ("figure", "measure", "kind", "area", "period_from", "period_until")},
    "state": _("State"),
    **{name: HEADINGS[name] for name in ("value", "low", "high", "status")},
    "probability": _("Probability"),
    **{name: HEADINGS[name] for name in ("minors", "reunification", "age", "unit", "condition")},
    **{name: HEADINGS[name] for name in ("publisher", "body", "case_number", "source")},
    "source_kind": _("Kind of source"),
    **{name: HEADINGS[name] for name in ("source_url",)},
    "archive_reference": _("Archive reference"),
    **{name: HEADINGS[name] for name in ("stated_first", "stated_last", "known_on")},
    "in_force": _("In force"),
    **{name: HEADINGS[name] for name in ("derived", "inputs")},
    "beside": _("Computed beside it"),
    **{name: HEADINGS[name] for name in ("uncertain", "preliminary", "revised", "note")},
    "question": _("Question"),
    **{name: HEADINGS[name] for name in ("edition", "edition_kind", "edition_day", "licence")},
}


def _label(labels: Mapping[str, Any], key: str) -> str:
    return str(labels.get(key, key))


def _yes(value: bool) -> str:  # noqa: FBT001 - a cell's content, not an option
    return str(_("yes")) if value else str(_("no"))


def _hidden(document: Document) -> frozenset[str]:
    """The figures that a table hides: no other file may show them either."""
    cells = (cell for table in document.tables.values() for row in table.rows for cell in row.cells)
    return frozenset(cell.figure for cell in cells if cell.state == "hidden" and cell.figure)


@dataclass(frozen=True)
class _Writer:
    """One edition in one language. Its methods run while that language is active."""

    document: Document
    tongue: Tongue
    checksum: str
    hidden: frozenset[str]

    def table_csv(self, table: Table) -> bytes:
        return self._csv(HEADINGS, self.records(table))

    def figures_csv(self) -> bytes:
        figures = (self.document.figures[key] for key in sorted(self.document.figures))
        return self._csv(FIGURE_HEADINGS, (self._of_figure(figure) | self._of_edition() for figure in figures))

    def _csv(self, headings: Mapping[str, Any], records: Iterable[Record]) -> bytes:
        rows = ([record.get(name) for name in headings] for record in records)
        return csv_bytes([str(heading) for heading in headings.values()], rows)

    def records(self, table: Table) -> Iterator[Record]:
        """The numbers of a table, one by one, and its printed totals beside the computed ones."""
        title = self.tongue.text(table.title)
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                place = {"table": title, "row": self.row_label(row), "column": self.column_label(column)}
                yield self._of_cell(column, row, cell) | place | self._of_edition()
        for total in table.totals:
            columns = [column for column in table.columns if column.key in total.columns]
            place = {
                "table": title,
                "row": self.total_label(total),
                "column": " + ".join(self.column_label(column) for column in columns),
            }
            for record in self._of_total(total):
                yield record | place | self._of_edition()

    def _of_edition(self) -> Record:
        kinds = {"edition": _("edition"), "reconstruction": _("reconstruction from public sources")}
        return {
            "edition": self.document.number,
            "edition_kind": _label(kinds, self.document.kind),
            "edition_day": self.document.day,
            "licence": LICENCE,
        }

    def _of_rule(self, rule: Rule | None) -> Record:
        if rule is None:
            return {}
        return {
            "minors": _label(COUNTED, rule.minors),
            "reunification": _label(COUNTED, rule.reunification),
            "age": _label(AGES, rule.age),
            "unit": _label(UNITS, rule.unit),
            "condition": rule.condition,
        }

    def _of_figure(self, figure: Figure) -> Record:
        shown = figure.state == "stated" and figure.key not in self.hidden
        return {
            "figure": figure.key,
            "question": figure.question,
            "measure": _label(MEASURES, figure.measure),
            "kind": _label(KINDS, figure.kind),
            "area": figure.area,
            "period_from": figure.period_from,
            "period_until": figure.period_until,
            "state": _label(STATES, "hidden" if figure.state == "stated" and not shown else figure.state),
            "value": figure.value if shown else None,
            "low": figure.low if shown else None,
            "high": figure.high if shown else None,
            "status": str(_("number")) if shown else ":" if figure.state in ("stated", "hidden") else "..",
            "probability": self._probability(figure),
            **self._of_rule(figure.rule),
            "publisher": self.tongue.text(figure.publisher_name) or figure.publisher,
            "body": figure.body,
            "case_number": figure.case_number,
            "source": " | ".join(source.title for source in figure.sources),
            "source_kind": " | ".join(source.kind for source in figure.sources),
            "source_url": " | ".join(source.url for source in figure.sources if source.url),
            "archive_reference": " | ".join(s.archive_reference for s in figure.sources if s.archive_reference),
            "stated_first": figure.stated_first,
            "stated_last": figure.stated_last,
            "known_on": figure.known_on,
            "in_force": _yes(figure.in_force),
            "derived": _yes(figure.derived),
            "inputs": ", ".join(figure.inputs),
            "beside": " | ".join(str(beside.value) for beside in figure.beside) if shown else "",
            "uncertain": _yes(figure.uncertain),
            "preliminary": _yes(figure.preliminary),
            "revised": _yes(figure.revised),
            "note": self.tongue.text(figure.note),
        }

    def _probability(self, figure: Figure) -> float | str | None:
        if figure.kind != "forecast":
            return None
        return str(_("not given")) if figure.probability is None else figure.probability

    def _of_cell(self, column: Column, row: Row, cell: Cell) -> Record:
        """A cell and all that stands behind it. What the cell hides is in no field."""
        figure = self.document.figures.get(cell.figure or "")
        record = self._of_figure(figure) if figure else self._of_rule(column.rule or row.covers)
        shown = cell.state in ("value", "zero")
        hides = {} if shown else {"low": None, "high": None, "beside": ""}
        return record | {
            "measure": _label(MEASURES, column.measure),
            "kind": str(_("computed")) if cell.computed else record.get("kind", _label(KINDS, "level")),
            "period_from": figure.period_from if figure else row.period_from,
            "period_until": figure.period_until if figure else row.period_until,
            "value": cell.value if shown else None,
            "status": str(_("number")) if shown else SYMBOLS[cell.state],
            "note": " ".join(filter(None, (record.get("note"), self.tongue.text(row.note)))),
            **hides,
        }

    def _of_total(self, total: PrintedTotal) -> Iterator[Record]:
        figure = self.document.figures.get(total.figure)
        record = self._of_figure(figure) if figure else {}
        note = {"note": " ".join(filter(None, (record.get("note"), self.tongue.text(total.note))))}
        yield record | note | {"kind": str(_("printed total")), "value": total.printed, "status": str(_("number"))}
        bare = {name: record[name] for name in ("measure", "period_from", "period_until", "unit") if name in record}
        for kind, value in ((_("computed total"), total.computed), (_("difference"), total.difference)):
            status = ".." if value is None else str(_("number"))
            yield bare | note | {"kind": str(kind), "value": value, "status": status, "derived": _yes(True)}

    def row_label(self, row: Row) -> str:
        if title := self.tongue.text(row.title):
            return title
        return (
            self.tongue.period(row.period_from, row.period_until) if row.period_from and row.period_until else row.key
        )

    def total_label(self, total: PrintedTotal) -> str:
        """What the source calls a total, else its period."""
        if label := self.tongue.text(total.label):
            return label
        figure = self.document.figures.get(total.figure)
        when = f" {self.tongue.period(figure.period_from, figure.period_until)}" if figure else ""
        return str(_("Total")) + when

    def column_label(self, column: Column) -> str:
        """The column's own title, else its measure and, where one rule holds for all of it, who is counted."""
        if title := self.tongue.text(column.title):
            return title
        label = _label(MEASURES, column.measure)
        rule = column.rule
        if rule and rule.minors == "only":
            ages = {"under_15": _("unaccompanied minors under 15"), "15_and_over": _("unaccompanied minors from 15")}
            minors = _("unaccompanied minors")
            label = f"{label}, {ages.get(rule.age, minors)}"
        elif rule and rule.reunification == "only":
            reunified = _("reunified with family")
            label = f"{label}, {reunified}"
        publisher = self.tongue.text(column.publisher_name)
        return f"{label} ({publisher})" if publisher else label

    # Workbooks

    def workbook(self, tables: list[Table]) -> bytes:
        """One sheet for each table, as it is read on the page, and what explains them."""
        sheets = [self._as_read(table, str(_("Numbers"))) for table in tables[:1]]
        sheets += [self._as_read(table, self.tongue.text(table.title) or table.key) for table in tables[1:]]
        sheets += [self._definitions(), self._changes(), self._about(tables)]
        name = self.document.municipality.name
        first = self.tongue.text(tables[0].title) if len(tables) == 1 else str(_("Settlement of refugees"))
        day = self.document.day
        return xlsx_bytes(
            sheets,
            title=f"{name}: {first}",
            creator="Husrom" if self.document.kind == "reconstruction" else name,
            created=datetime(day.year, day.month, day.day, tzinfo=UTC),
        )

    def _as_read(self, table: Table, title: str) -> Sheet:
        first = str(_("Period")) if any(row.period_from for row in table.rows) else str(_("Row"))
        columns = _distinct([first, *(self.column_label(column) for column in table.columns)])
        extra = [str(_("Who is counted")), str(_("Note"))]
        total = [str(_("Total"))] if table.totals else []
        rows: list[list[object]] = []
        for row in table.rows:
            cells = [cell.value if cell.state in ("value", "zero") else SYMBOLS[cell.state] for cell in row.cells]
            covers = self._covers(table, row)
            rows.append([_year(self.row_label(row)), *cells, *[None] * len(total), covers, self._row_note(row)])
        for printed in table.totals:
            rows += self._total_rows(printed, len(table.columns))
        return Sheet(title, _distinct([*columns, *total, *extra]), rows, number_formats={columns[0]: PLAIN})

    def _total_rows(self, total: PrintedTotal, columns: int) -> Iterator[list[object]]:
        label, empty = self.total_label(total), [None] * columns
        note = self.tongue.text(total.note)
        for kind, value in (
            (_("printed"), total.printed),
            (_("computed"), total.computed),
            (_("difference"), total.difference),
        ):
            yield [f"{label}, {kind}", *empty, ".." if value is None else value, None, note]
            note = ""

    def _covers(self, table: Table, row: Row) -> str:
        """Who each number of a row counts; one sentence where it is the same for all of them."""
        figures = [
            (self.column_label(c), self._counted(cell)) for c, cell in zip(table.columns, row.cells, strict=True)
        ]
        rules = {rule for _column, rule in figures if rule}
        if len(rules) == 1:
            return rules.pop()
        return "; ".join(f"{column}: {rule}" for column, rule in figures if rule)

    def _counted(self, cell: Cell) -> str:
        figure = self.document.figures.get(cell.figure or "")
        return self._rule_words(figure.rule) if figure else ""

    def _rule_words(self, rule: Rule) -> str:
        minors, reunified = _("unaccompanied minors"), _("reunified with family")
        words = [
            f"{minors}: {_label(COUNTED, rule.minors)}",
            f"{reunified}: {_label(COUNTED, rule.reunification)}",
        ]
        words += [_label(AGES, rule.age)] if rule.age != "all" else []
        words += [_label(UNITS, rule.unit)] if rule.unit != "persons" else []
        return ", ".join([*words, *filter(None, [rule.condition])])

    def _row_note(self, row: Row) -> str:
        broken = str(_("Break in the figures before this row.")) if row.break_before else ""
        return " ".join(filter(None, (broken, self.tongue.text(row.note))))

    def _definitions(self) -> Sheet:
        rows = [[str(term), str(meaning)] for term, meaning in DEFINITIONS.items()]
        return Sheet(str(_("Definitions")), [str(_("Word or symbol")), str(_("Meaning"))], rows)

    def _changes(self) -> Sheet:
        columns = [_("Reason"), _("Figure"), _("Old"), _("New"), _("Difference"), _("Per cent"), _("Note")]
        rows = [
            [
                _label(REASONS, change.reason),
                self._named(self.document.figures.get(change.figure or "") or change.before),
                self._shown(change.before),
                self._shown(self.document.figures.get(change.figure or "")),
                change.difference,
                change.per_cent,
                self.tongue.text(change.note),
            ]
            for change in self.document.changes
        ]
        return Sheet(str(_("Changes")), [str(column) for column in columns], rows)

    def _named(self, figure: Figure | None) -> str:
        """A figure in words: where, what, when, who is counted."""
        if figure is None:
            return ""
        when = self.tongue.period(figure.period_from, figure.period_until)
        what = _label(MEASURES, figure.measure)
        kind = [_label(KINDS, figure.kind)] if figure.kind != "level" else []
        return f"{figure.area}: {', '.join([what, when, *kind])} ({self._rule_words(figure.rule)})"

    def _shown(self, figure: Figure | None) -> object:
        """What a figure says in one cell: its number, its range, or the symbol for why there is none."""
        if figure is None:
            return None
        if figure.key in self.hidden or figure.state == "hidden":
            return ":"
        if figure.low is not None or figure.high is not None:
            low, high = ("" if bound is None else bound for bound in (figure.low, figure.high))
            return f"{low}–{high}" if figure.value is None else f"{figure.value} ({low}–{high})"
        return ".." if figure.value is None else figure.value

    def _about(self, tables: list[Table]) -> Sheet:
        document = self.document
        kind = self._of_edition()["edition_kind"]
        rows: list[tuple[Any, object]] = [
            (_("Municipality"), f"{document.municipality.name} ({document.municipality.code})"),
            (_("Tables"), ", ".join(self.tongue.text(table.title) or table.key for table in tables)),
            (_("Edition"), f"{document.number} ({kind})"),
            (_("Known on"), document.day),
            (_("Approved by"), ", ".join(document.approved_by)),
            (_("Checksum of the edition (SHA-256)"), self.checksum),
            (_("Fewest persons shown"), document.small_number_threshold),
            (_("Licence"), LICENCE),
            (_("How to cite"), self.citation()),
        ]
        return Sheet(
            str(_("About")),
            [str(_("What")), str(_("Content"))],
            [[str(what), content] for what, content in rows if content not in ("", None)],
            widths={str(_("Content")): 60},
        )

    def citation(self) -> str:
        words = {
            "municipality": self.document.municipality.name,
            "number": self.document.number,
            "day": self.tongue.day(self.document.day),
        }
        if self.document.kind == "reconstruction":
            return str(
                _("Husrom: Settlement of refugees in %(municipality)s. Reconstruction %(number)s, known on %(day)s.")
                % words
            )
        return str(_("%(municipality)s: Settlement of refugees. Edition %(number)s, known on %(day)s.") % words)


def _year(label: str) -> object:
    """A year as a number, so that it sorts; any other label as it is."""
    return int(label) if label.isascii() and label.isdigit() else label


def _distinct(names: list[str]) -> list[str]:
    """Headings as a sheet needs them: no two the same."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found
