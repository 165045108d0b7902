"""Every CHECK and every unique constraint of the ledger refuses what it is there to refuse, on both databases.

The tables of bad rows are held against the models, so that a constraint without its bad row is found.
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from husrom.ledger.models import (
    Act,
    Area,
    AreaCode,
    AreaSuccession,
    Comparison,
    Fact,
    FurtherSource,
    Import,
    LineChoice,
    Parameter,
    PrintedCell,
    PrintedTotal,
    Publisher,
    Series,
    Source,
)
from tests import make
from tests.ledger.world import GOOD, World, settle
from tests.rules.rows import day

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def world() -> World:
    return settle()


Bad = tuple[type[models.Model], str, dict[str, Any]]

BAD_ROWS: list[Bad] = [
    (Area, "area_kind", {"kind": "kommune"}),
    (Area, "area_ends_after_it_begins", {"founded_on": day("2020-01-01"), "ended_on": day("2020-01-01")}),
    (AreaCode, "area_code_ends_after_it_begins", {"valid_until": day("1980-01-01")}),
    (Source, "source_kind", {"kind": "rumour"}),
    (Source, "source_has_a_title", {"title": ""}),
    (Series, "series_rule_words", {"measure": "arrivals"}),
    (Series, "series_rule_words", {"minors": ""}),
    (Series, "series_rule_words", {"reunification": "maybe"}),
    (Series, "series_rule_words", {"age": "18"}),
    (Series, "series_rule_words", {"unit": "households"}),
    (Series, "series_rule_words", {"audience": "everybody"}),
    (Series, "series_age_for_minors_only", {"minors": "included", "age": "under_15"}),
    (Act, "act_days_in_order", {"stated_first": day("2015-12-31"), "stated_last": day("2015-12-30")}),
    (Act, "act_not_known_before_it_was_said", {"known_on": day("2015-11-30")}),
    (Act, "act_not_known_after_it_was_recorded", {"known_on": day("2026-11-25")}),
    (Act, "act_original_and_corrects", {"retracted": True}),
    (Fact, "fact_period_half_open", {"period_until": day("2016-01-01")}),
    (Fact, "fact_period_half_open", {"period_until": day("2015-12-31")}),
    (Fact, "fact_kind_words", {"kind": "guess"}),
    (Fact, "fact_state_holds_its_numbers", {"value": None}),
    (Fact, "fact_state_holds_its_numbers", {"state": "unknown"}),
    (Fact, "fact_state_holds_its_numbers", {"state": "unknown", "value": None, "high": 5}),
    (Fact, "fact_state_holds_its_numbers", {"state": "not_decided"}),
    (Fact, "fact_state_holds_its_numbers", {"state": "not_decided", "value": 0}),
    (Fact, "fact_state_holds_its_numbers", {"state": "hidden"}),
    (Fact, "fact_state_holds_its_numbers", {"state": "hidden", "value": 3, "low": 1, "high": 4}),
    (Fact, "fact_state_holds_its_numbers", {"state": "hidden", "value": None, "low": 0, "high": 4}),
    (Fact, "fact_state_holds_its_numbers", {"state": "hidden", "value": None, "low": 1, "high": 5}),
    (Fact, "fact_state_holds_its_numbers", {"state": "guessed"}),
    (Fact, "fact_bounds_in_order", {"value": None, "low": 10, "high": 9}),
    (Fact, "fact_bounds_in_order", {"value": 8, "low": 9}),
    (Fact, "fact_bounds_in_order", {"value": 11, "high": 10}),
    (Fact, "fact_only_changes_are_negative", {"value": -1}),
    (Fact, "fact_only_changes_are_negative", {"kind": "forecast", "value": -1}),
    (Fact, "fact_only_changes_are_negative", {"value": None, "low": -5, "high": 5}),
    (Fact, "fact_probability_of_forecasts_only", {"probability": 0.5}),
    (Fact, "fact_probability_of_forecasts_only", {"kind": "forecast", "probability": 0.0}),
    (Fact, "fact_probability_of_forecasts_only", {"kind": "forecast", "probability": 1.0}),
    (Fact, "fact_not_known_after_it_was_recorded", {"known_on": day("2026-11-25")}),
    (Fact, "fact_retracted_row_corrects", {"state": "retracted", "value": None}),
    (LineChoice, "line_choice_has_a_reason", {"reason": "", "order": 2}),
    (LineChoice, "line_choice_period_half_open", {"order": 2, "period_until": day("2010-01-01")}),
    (Parameter, "parameter_known_has_a_value", {"name": "rate", "value": ""}),
    (Parameter, "parameter_known_has_a_value", {"name": "rate", "known": False}),
    (Comparison, "comparison_says_why_not", {"comparable": False}),
]


@pytest.mark.parametrize(("model", "name", "bad"), BAD_ROWS, ids=[f"{name} {bad}" for _, name, bad in BAD_ROWS])
def test_a_check_refuses(world: World, model: type[models.Model], name: str, bad: dict[str, Any]) -> None:
    row = world.good(model, **bad)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model._default_manager.create(**row)


@pytest.mark.parametrize("bounds", [{}, {"low": 1}, {"high": 4}])
def test_a_hidden_number_has_both_its_bounds(world: World, bounds: dict[str, int]) -> None:
    with pytest.raises(IntegrityError, match="fact_state_holds_its_numbers"), transaction.atomic():
        Fact.objects.create(**world.good(Fact, state="hidden", value=None, **bounds))


def test_an_area_does_not_succeed_itself(world: World) -> None:
    with pytest.raises(IntegrityError, match="area_succeeds_another"), transaction.atomic():
        AreaSuccession.objects.create(predecessor=world.act.area, successor=world.act.area)


def test_an_act_that_names_its_first_row_corrects_a_row(world: World) -> None:
    with pytest.raises(IntegrityError, match="act_original_and_corrects"), transaction.atomic():
        Act.objects.create(**world.good(Act, original=world.act))


GOOD_VARIANTS: list[tuple[type[models.Model], dict[str, Any]]] = [
    *((model, {}) for model in GOOD),
    (Fact, {"value": 0}),
    (Fact, {"value": None, "low": 0}),
    (Fact, {"value": None, "high": 5}),
    (Fact, {"value": 7, "low": 7, "high": 7}),
    (Fact, {"kind": "change", "value": -5}),
    (Fact, {"kind": "change", "value": None, "low": -5, "high": -1}),
    (Fact, {"kind": "forecast", "value": 5, "probability": 0.5}),
    (Fact, {"kind": "forecast", "value": 5, "probability": None}),
    (Fact, {"state": "unknown", "value": None}),
    (Fact, {"state": "not_decided", "value": None}),
    (Fact, {"state": "hidden", "value": None, "low": 1, "high": 4}),
    (Fact, {"period_until": day("2016-01-02")}),
    (Parameter, {"name": "rate", "value": "", "known": False}),
    (Comparison, {"comparable": False, "note": "One counts who was needed, the other who came."}),
    (Act, {"known_on": day("2015-12-01")}),
    (Act, {"known_on": day("2026-11-24")}),
]


@pytest.mark.parametrize(("model", "changes"), GOOD_VARIANTS)
def test_a_good_row_is_taken_in(world: World, model: type[models.Model], changes: dict[str, Any]) -> None:
    if model is LineChoice:
        changes = {"order": 2}
    if model is Parameter and not changes:
        changes = {"name": "months_between_editions"}

    row = model._default_manager.create(**world.good(model, **changes))

    assert row.pk


ONCE: list[tuple[type[models.Model], str]] = [
    (AreaSuccession, "area_succession_once"),
    (Source, "source_once"),
    (Series, "series_once"),
    (FurtherSource, "further_source_once"),
    (LineChoice, "line_choice_once"),
    (PrintedCell, "printed_cell_once"),
    (PrintedTotal, "printed_total_once"),
    (Parameter, "parameter_once_a_day"),
]


@pytest.mark.parametrize(("model", "name"), ONCE, ids=[name for _, name in ONCE])
def test_a_row_is_there_once(world: World, model: type[models.Model], name: str) -> None:
    changes: dict[type[models.Model], dict[str, Any]] = {
        LineChoice: {"order": 2},
        Parameter: {"name": "rate"},
        FurtherSource: {"imported": Import.objects.get()},
    }
    row = world.good(model, **changes.get(model, {}))
    model._default_manager.create(**row)

    with pytest.raises(IntegrityError, match=unique(model, name)), transaction.atomic():
        model._default_manager.create(**row)


def unique(model: type[models.Model], name: str) -> str:
    """How each database says that a row is there already: PostgreSQL names the constraint, SQLite the columns."""
    if connection.vendor == "postgresql":
        return name
    constraint = next(found for found in model._meta.constraints if found.name == name)
    assert isinstance(constraint, models.UniqueConstraint)
    columns = (str(getattr(model._meta.get_field(field), "column", "")) for field in constraint.fields)
    return "UNIQUE constraint failed: " + ", ".join(f"{model._meta.db_table}.{column}" for column in columns)


def test_a_further_source_that_no_import_brought_is_there_once(world: World) -> None:
    row = world.good(FurtherSource)
    FurtherSource.objects.create(**row)

    with pytest.raises(IntegrityError), transaction.atomic():
        FurtherSource.objects.create(**row)


@pytest.mark.parametrize("model", [Area, Publisher])
def test_a_key_names_one_thing(world: World, model: type[models.Model]) -> None:
    model._default_manager.create(**world.good(model))

    with pytest.raises(IntegrityError), transaction.atomic():
        model._default_manager.create(**world.good(model))


def test_a_row_is_corrected_at_most_once(world: World) -> None:
    act = {"original": world.act, "corrects": world.act}
    fact = {"series": world.fact.series, "corrects": world.fact}
    Act.objects.create(**world.good(Act, **act))
    Fact.objects.create(**world.good(Fact, **fact))

    with pytest.raises(IntegrityError), transaction.atomic():
        Act.objects.create(**world.good(Act, **act))
    with pytest.raises(IntegrityError), transaction.atomic():
        Fact.objects.create(**world.good(Fact, **fact))


def test_an_import_is_undone_at_most_once(world: World) -> None:
    taken = Import.objects.get()
    Import.objects.create(**world.good(Import, undoes=taken))

    with pytest.raises(IntegrityError), transaction.atomic():
        Import.objects.create(**world.good(Import, undoes=taken))


@pytest.mark.parametrize(("utc", "taken_in"), [("22:30", False), ("23:30", True)])
def test_the_day_of_recording_is_norways(world: World, utc: str, *, taken_in: bool) -> None:
    """At 23:30 in Greenwich it is the next day in Asker."""
    at = datetime.fromisoformat(f"2015-12-31T{utc}:00+00:00").astimezone(ZoneInfo("UTC"))
    row = world.good(Act, recorded_at=at, known_on=day("2016-01-01"))

    if taken_in:
        assert Act.objects.create(**row).pk
        return
    with pytest.raises(IntegrityError, match="act_not_known_after_it_was_recorded"), transaction.atomic():
        Act.objects.create(**row)


def test_every_constraint_has_its_bad_row() -> None:
    declared = {
        constraint.name
        for model in apps.get_app_config("ledger").get_models()
        for constraint in model._meta.constraints
    }

    tested = {name for _, name, _ in BAD_ROWS} | {name for _, name in ONCE}
    tested |= {"area_succeeds_another", "further_source_once_by_hand"}
    assert declared == tested


def test_every_constraint_is_in_the_database() -> None:
    with connection.cursor() as cursor:
        found = {
            name
            for model in apps.get_app_config("ledger").get_models()
            for name in connection.introspection.get_constraints(cursor, model._meta.db_table)
        }
        declared = {
            constraint.name
            for model in apps.get_app_config("ledger").get_models()
            for constraint in model._meta.constraints
        }

    assert declared <= found


def test_every_kind_of_row_has_a_good_one() -> None:
    assert set(apps.get_app_config("ledger").get_models()) == set(GOOD)


def test_the_clock_of_these_tests_is_not_the_machines() -> None:
    assert make.NOW.date() == day("2026-11-24")
