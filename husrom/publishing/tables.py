"""The tables of an edition: years, funnel, printed tables, and lines of other areas.

A table's cells name the figures that they show, so that page, chart and file open the
same numbers. A sum or a stroke never crosses a break; only the check of a printed total
adds across counting rules, and it is shown as that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from husrom.ledger.models import Line, PrintedCell, PrintedTable, PrintedTotal
from husrom.ledger.records import text
from husrom.publishing import document as doc
from husrom.publishing.gathering import Gathered, rule_of
from husrom.publishing.naming import period_name
from husrom.rules import cells, totals
from husrom.rules.counting import Counted, CountingRule, Measure, SeriesKey, breaks
from husrom.rules.periods import Period

HOME_LINES = ("decided", "announced", "settled", "settled-reunified", "settled-minors", "requested", "agreed")

YEAR_COLUMNS = (
    ("decided", Measure.DECISION),
    ("announced", Measure.ANNOUNCED),
    ("settled", Measure.SETTLED),
    ("settled-reunified", Measure.SETTLED),
    ("settled-minors", Measure.SETTLED),
)


def cell(figure: doc.Figure | None) -> doc.Cell:
    """Return the cell of a figure: its number, `:` where hidden, `..` where there is none."""
    if figure is None:
        return doc.Cell("not_available")
    if figure.state == "hidden":
        return doc.Cell("hidden", figure=figure.key)
    published = cells.cell(figure.value)
    return doc.Cell(published.state.value, published.value, figure.key)


def tables(gathered: Gathered) -> dict[str, doc.Table]:
    """Return every table that has a row."""
    made = [_years(gathered), _funnel(gathered), *_printed(gathered), *_lines(gathered)]
    return {table.key: table for table in made if table is not None}


def years_of(gathered: Gathered, lines: Iterable[str]) -> list[int]:
    """Return the years in which one of the lines is answered."""
    choices = [choice for choice in gathered.choices if choice.line in lines]
    found = {
        period.start.year
        for choice in choices
        for period in gathered.in_force.get(choice.series, {})
        if period.lies_in(Period.year(period.start.year))
    }
    return sorted(year for year in found if any(gathered.line(line, year) for line in lines))


def _years(gathered: Gathered) -> doc.Table | None:
    """Decided, announced and settled by year; years in between stay, with `..`."""
    answered = years_of(gathered, [line for line, _measure in YEAR_COLUMNS])
    if not answered:
        return None
    rows: list[doc.Row] = []
    last: SeriesKey | None = None
    for year in range(answered[0], answered[-1] + 1):
        names = [gathered.line(line, year) for line, _measure in YEAR_COLUMNS]
        settled = names[2]
        series = gathered.origins[settled].series if settled else None
        period = gathered.origins[settled].period if settled else Period.year(year)
        broken = breaks(last, series) if last and series else ()
        last = series or last
        rows.append(
            doc.Row(
                key=str(year),
                cells=tuple(cell(gathered.figure(name)) for name in names),
                period_from=period.start,
                period_until=period.until,
                covers=rule_of(series.rule) if series else None,
                note=gathered.figures[settled].note if settled else {},
                break_before=tuple(reason.value for reason in broken),
            )
        )
    return doc.Table(
        key="years",
        title=text(
            "Vedtatt, kunngjort og bosatt, år for år",
            "Vedteke, kunngjort og busett, år for år",
            "Decided, announced and settled, by year",
        ),
        columns=tuple(
            doc.Column(key=line, measure=measure.value, title=_line_title(line)) for line, measure in YEAR_COLUMNS
        ),
        rows=tuple(_without_common_notes(rows)),
        totals=_year_totals(gathered, rows),
        note=_common_note(rows),
    )


def _common_note(rows: Sequence[doc.Row]) -> doc.Text:
    """Return the note that several rows share, to be said once."""
    notes = [row.note for row in rows if row.note]
    return next((note for note in notes if notes.count(note) > 1), {})


def _without_common_notes(rows: Sequence[doc.Row]) -> list[doc.Row]:
    common = _common_note(rows)
    return [replace(row, note={}) if row.note == common else row for row in rows]


def _year_totals(gathered: Gathered, rows: Sequence[doc.Row]) -> tuple[doc.PrintedTotal, ...]:
    """Return the printed totals whose parts are all cells of the rows of years."""
    shown = {cell.figure for row in rows for cell in row.cells if cell.figure}
    found = []
    for table in PrintedTable.objects.order_by("key"):
        for total, parts in _totals(table, gathered):
            if {part.key for part in parts} <= shown and parts:
                columns = tuple(
                    line
                    for index, (line, _measure) in enumerate(YEAR_COLUMNS)
                    if any(row.cells[index].figure in {p.key for p in parts} for row in rows)
                )
                found.append(_printed_total(total, parts, columns))
    return tuple(found)


def _line_title(key: str) -> doc.Text:
    line = Line.objects.filter(key=key).first()
    return text(line.title, line.title_nn, line.title_en) if line else {}


FUNNEL = (
    ("requested", Measure.REQUEST, False),
    ("requested", Measure.REQUEST, True),
    ("decided", Measure.DECISION, False),
    ("decided", Measure.DECISION, True),
    ("agreed", Measure.AGREED, False),
    ("settled", Measure.SETTLED, False),
    ("settled", Measure.SETTLED, True),
)


def _funnel(gathered: Gathered) -> doc.Table | None:
    """Requested, decided, agreed and settled by year, with minors of which where they may stand."""
    asked = {Measure.REQUEST, Measure.DECISION, Measure.AGREED, Measure.SETTLED}
    years = sorted(
        {
            period.start.year
            for series, found in gathered.in_force.items()
            if series.measure in asked - {Measure.SETTLED} and series.area in gathered.home
            for period in found
        }
    )
    rows = []
    for year in years:
        names = [_funnel_name(gathered, column, year) for column in FUNNEL]
        if any(names):
            period = Period.year(year)
            rows.append(
                doc.Row(
                    key=str(year),
                    cells=tuple(cell(gathered.figure(name)) for name in names),
                    period_from=period.start,
                    period_until=period.until,
                )
            )
    if not rows:
        return None
    return doc.Table(
        key="funnel",
        title=text(
            "Fra anmodning til bosatt",
            "Frå oppmoding til busett",
            "From request to settled",
        ),
        columns=tuple(
            doc.Column(
                key=f"{measure.value}{'-minors' if minors else ''}",
                measure=measure.value,
                rule=rule_of(_rule(minors=minors)),
            )
            for _line, measure, minors in FUNNEL
        ),
        rows=tuple(rows),
    )


def _rule(*, minors: bool) -> CountingRule:
    counted = Counted.ONLY if minors else Counted.INCLUDED
    return CountingRule(counted, Counted.EXCLUDED)


def _funnel_name(gathered: Gathered, stage: tuple[str, Measure, bool], year: int) -> str | None:
    """Return the figure of a stage: the line's, or the only publisher's.

    Minors may stand under a total only when the same act left both standing; minors
    alone may stand where no total is known.
    """
    line, measure, minors = stage
    total = _total_name(gathered, line, measure, year)
    if not minors:
        return total
    candidates = gathered.own(measure, year, frozenset({"only"}))
    if total is None or gathered.figures[total].value is None:
        return next(iter(candidates), None)
    whole = gathered.origins[total]
    return next(
        (
            name
            for name in candidates
            if gathered.origins[name].act.row.original == whole.act.row.original
            and gathered.figures[total].rule.minors == "included"
        ),
        None,
    )


def _total_name(gathered: Gathered, line: str, measure: Measure, year: int) -> str | None:
    leading = gathered.line(line, year)
    if leading is not None:
        return leading
    return next(iter(gathered.own(measure, year, frozenset({"included", "unstated"}))), None)


def _totals(table: PrintedTable, gathered: Gathered) -> list[tuple[doc.Figure, list[doc.Figure]]]:
    """Return the printed totals of a table with the parts that each claims to add."""
    placed = _placed(table, gathered)
    found = []
    for total in PrintedTotal.objects.filter(table=table).order_by("id"):
        name = _current(gathered, total.fact_id)
        if name is not None:
            parts = [figure for _row, column, figure in placed if column in total.columns]
            found.append((gathered.figures[name], parts))
    return found


def _placed(table: PrintedTable, gathered: Gathered) -> list[tuple[str, str, doc.Figure]]:
    """Return row, column and figure of a table's cells known on the day, in reading order."""
    cells_ = PrintedCell.objects.filter(table=table).order_by("position", "id")
    return [
        (placed.row, placed.column, gathered.figures[name])
        for placed in cells_
        if (name := _current(gathered, placed.fact_id)) is not None
    ]


def _current(gathered: Gathered, fact_id: int) -> str | None:
    """Return the name of what stands in the place of a fact row, known on the day."""
    for question_list in gathered.pages.values():
        for question in question_list:
            if fact_id in question.facts:
                row = fact_id
                later = {f.row.corrects: i for i, f in question.facts.items() if f.row.corrects}
                while row not in gathered.rows and row in later:
                    row = later[row]
                return gathered.rows.get(row)
    return None


def _printed(gathered: Gathered) -> list[doc.Table]:
    """Return the printed tables as they were printed, with their checks."""
    made = []
    for table in PrintedTable.objects.order_by("key"):
        placed = _placed(table, gathered)
        if not placed:
            continue
        columns = list(dict.fromkeys(column for _row, column, _figure in placed))
        rows = list(dict.fromkeys(row for row, _column, _figure in placed))
        by_place = {(row, column): figure for row, column, figure in placed}
        checks = [
            _printed_total(
                total,
                parts,
                tuple(c for c in columns if any(by_place.get((r, c)) in parts for r in rows)),
            )
            for total, parts in _totals(table, gathered)
        ]
        made.append(
            doc.Table(
                key=table.key,
                title=text(table.title, table.title_nn, table.title_en),
                columns=tuple(_printed_column(column, placed) for column in columns),
                rows=tuple(
                    doc.Row(
                        key=row,
                        cells=tuple(cell(by_place.get((row, column))) for column in columns),
                        title={"nb": row},
                    )
                    for row in rows
                ),
                totals=tuple(checks),
            )
        )
    return made


def _printed_column(column: str, placed: Sequence[tuple[str, str, doc.Figure]]) -> doc.Column:
    figures = [figure for _row, other, figure in placed if other == column]
    rules = {figure.rule for figure in figures}
    return doc.Column(
        key=column,
        measure=figures[0].measure,
        rule=figures[0].rule if len(rules) == 1 else None,
        publisher_name=figures[0].publisher_name,
        title={"nb": column},
    )


def _printed_total(total: doc.Figure, parts: Sequence[doc.Figure], columns: tuple[str, ...]) -> doc.PrintedTotal:
    check = totals.check(total.value, [part.value for part in parts])
    return doc.PrintedTotal(
        figure=total.key,
        label={"nb": period_name(Period(total.period_from, total.period_until), whole_year=False).replace("-", "–")},
        printed=check.printed,
        computed=check.computed,
        difference=check.difference,
        columns=columns,
        note=total.note,
    )


def _lines(gathered: Gathered) -> list[doc.Table]:
    """Return one table for each line of other areas: years down, the leading series across."""
    made = []
    others = sorted({c.line for c in gathered.choices} - set(HOME_LINES))
    for key in others:
        rows: list[doc.Row] = []
        last: SeriesKey | None = None
        for year in years_of(gathered, [key]):
            name = gathered.line(key, year)
            series = gathered.origins[name].series if name else None
            broken = breaks(last, series) if last and series else ()
            last = series or last
            rows.append(
                doc.Row(
                    key=str(year),
                    cells=(cell(gathered.figure(name)),),
                    period_from=date(year, 1, 1),
                    period_until=date(year + 1, 1, 1),
                    covers=rule_of(series.rule) if series else None,
                    break_before=tuple(reason.value for reason in broken),
                )
            )
        if rows:
            first = gathered.figures[rows[0].cells[0].figure or ""]
            made.append(
                doc.Table(
                    key=f"line-{key}",
                    title=_line_title(key),
                    columns=(doc.Column(key=key, measure=first.measure, title=_line_title(key)),),
                    rows=tuple(rows),
                )
            )
    return made
