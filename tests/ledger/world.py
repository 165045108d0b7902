"""A ledger with one row in every table that only grows, and good rows of each kind to spoil one value of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models

from husrom.access.models import User
from husrom.ledger import actions
from husrom.ledger.models import (
    Act,
    Area,
    AreaCode,
    AreaSuccession,
    Comparison,
    Fact,
    FurtherSource,
    Import,
    Line,
    LineChoice,
    Parameter,
    PrintedCell,
    PrintedTable,
    PrintedTotal,
    Publisher,
    Series,
    Source,
)
from husrom.ledger.statements import NewSource
from husrom.rules.statements import Kind, State
from tests import cast, make
from tests.rules.rows import TOTAL, day

Row = dict[str, Any]


@dataclass(frozen=True)
class World:
    """Asker's decision of 2016 with all that can hang on it."""

    act: Act
    fact: Fact
    by: User

    def good(self, model: type[models.Model], **changes: object) -> Row:
        """The columns of a row that the database takes in, with some of them spoilt."""
        return {**GOOD[model](self), **changes}


def settle() -> World:
    make.asker()
    by = cast.economist()
    act = make.recorded(make.act("2015-09-30"), make.level(TOTAL, 75))
    world = World(act, act.facts.get(), by)
    actions.note_further_source(fact=world.fact, source=NewSource("ssb", "A yearbook", "report"), by=by, at=make.NOW)
    for model in (Import, LineChoice, PrintedTable, PrintedCell, PrintedTotal, Parameter):
        model._default_manager.create(**world.good(model))
    return world


def _act(world: World) -> Row:
    return {
        "publisher": world.act.publisher,
        "area": world.act.area,
        "stated_first": day("2015-12-01"),
        "stated_last": day("2015-12-31"),
        "known_on": day("2015-12-31"),
        "recorded_at": make.NOW,
        "recorded_by": world.by,
    }


def _fact(world: World) -> Row:
    """Another series than the act's own number, so that it is not the same number twice."""
    series, _made = Series.objects.get_or_create(**_series(world))
    return {
        "act": world.act,
        "series": series,
        "period_from": day("2016-01-01"),
        "period_until": day("2017-01-01"),
        "kind": Kind.LEVEL,
        "state": State.STATED,
        "value": 10,
        "source": world.fact.source,
        "known_on": day("2015-09-30"),
        "recorded_at": make.NOW,
        "recorded_by": world.by,
    }


def _series(world: World) -> Row:
    return {
        "measure": "decision",
        "area": world.act.area,
        "publisher": world.act.publisher,
        "minors": "only",
        "reunification": "excluded",
        "age": "all",
        "unit": "persons",
        "condition": "",
        "cell": "",
        "audience": "public",
    }


def _line_choice(world: World) -> Row:
    line, _made = Line.objects.get_or_create(key="settled", defaults={"title": "Bosatte"})
    return {
        "line": line,
        "series": world.fact.series,
        "period_from": day("2010-01-01"),
        "order": 1,
        "chosen_on": day("2016-01-31"),
        "reason": "The page is the only source for these years.",
        "recorded_at": make.NOW,
        "recorded_by": world.by,
    }


def _comparison(world: World) -> Row:
    return {
        "key": "applications-2016",
        "measure": "applications",
        "area": world.act.area,
        "year": 2016,
        "minors": "included",
        "reunification": "unstated",
        "age": "all",
        "actual_measure": "applications",
        "actual_minors": "included",
        "actual_reunification": "unstated",
        "comparable": True,
        "title": "Asylsøknader 2016",
    }


def _parameter(world: World) -> Row:
    return {
        "name": "small_number_threshold",
        "valid_from": day("2015-09-01"),
        "value": "5",
        "known": True,
        "source": world.fact.source,
        "checked_on": day("2026-11-24"),
        "recorded_at": make.NOW,
        "recorded_by": world.by,
    }


GOOD: Mapping[type[models.Model], Callable[[World], Row]] = {
    Act: _act,
    Fact: _fact,
    Series: _series,
    LineChoice: _line_choice,
    Comparison: _comparison,
    Parameter: _parameter,
    Area: lambda _: {"key": "lier", "kind": "municipality", "name": "Lier"},
    AreaCode: lambda _: {
        "area": Area.objects.get_or_create(key="lier", kind="municipality", name="Lier")[0],
        "code": "0626",
        "valid_from": day("1980-01-01"),
    },
    AreaSuccession: lambda _: {
        "predecessor": Area.objects.get_or_create(key="lier", kind="municipality", name="Lier")[0],
        "successor": Area.objects.get(key="asker-fra-2020"),
    },
    Source: lambda world: {"publisher": world.act.publisher, "title": "Sak 198/15", "kind": "decision"},
    FurtherSource: lambda world: {
        "fact": world.fact,
        "source": Source.objects.create(publisher=world.act.publisher, title="Another paper", kind="letter"),
        "known_on": day("2016-01-31"),
        "recorded_at": make.NOW,
        "recorded_by": world.by,
    },
    Import: lambda world: {
        "file_name": "tall.csv",
        "content_digest": "0" * 64,
        "recorded_at": make.NOW,
        "recorded_by": world.by,
    },
    PrintedTable: lambda world: {
        "key": f"table-{PrintedTable.objects.count()}",
        "source": world.fact.source,
        "title": "Bosatte 2010-14",
    },
    PrintedCell: lambda world: {
        "table": PrintedTable.objects.get_or_create(
            key="table-0", defaults={"source": world.fact.source, "title": "Bosatte 2010-14"}
        )[0],
        "fact": world.fact,
        "row": "2014",
        "column": f"column {PrintedCell.objects.count()}",
        "position": 1,
    },
    PrintedTotal: lambda world: {
        "table": PrintedTable.objects.create(
            key=f"totals-{PrintedTotal.objects.count()}", source=world.fact.source, title="Bosatte 2010-14"
        ),
        "fact": world.fact,
        "columns": ["2010", "2011"],
    },
    Publisher: lambda _: {"key": "udi", "name": "UDI"},
    Line: lambda _: {"key": "decided", "title": "Vedtatt"},
}


def tomorrow() -> date:
    return make.NOW.date() + timedelta(1)
