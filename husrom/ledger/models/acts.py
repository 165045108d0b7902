"""Acts and facts: only added, never changed.

A database trigger refuses every UPDATE and DELETE of them, on SQLite and PostgreSQL; what
was wrong is corrected by another row that names it.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from husrom.ledger.models.areas import Area
from husrom.ledger.models.series import Publisher, Series, Source
from husrom.rules.statements import HIDDEN_HIGH, HIDDEN_LOW, Kind, State


class Import(models.Model):
    """One file taken in, whole. An undone import keeps its rows, retracted."""

    file_name = models.CharField(max_length=255)
    content_digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="undone_by")

    def __str__(self) -> str:
        return f"{self.pk} {self.file_name}"


class Recorded(models.Model):
    """What acts and facts share: when it could be known, and who wrote it down when."""

    known_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    imported = models.ForeignKey(Import, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True)
    note_nn = models.TextField(blank=True)
    note_en = models.TextField(blank=True)

    class Meta:
        abstract = True


class Act(Recorded):
    """One statement by one body, on a day or within stated days.

    `original` is the first row of the act, to which its facts belong; null on that row.
    `order` tells apart acts that end on the same day.
    """

    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    body = models.CharField(max_length=100, blank=True)
    case_number = models.CharField(max_length=50, blank=True)
    stated_first = models.DateField()
    stated_last = models.DateField()
    order = models.PositiveSmallIntegerField(default=0)
    retracted = models.BooleanField(default=False)
    original = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="versions")
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="act_days_in_order", condition=Q(stated_last__gte=F("stated_first"))),
            models.CheckConstraint(
                name="act_not_known_before_it_was_said",
                condition=Q(known_on__gte=F("stated_first")),
            ),
            models.CheckConstraint(
                name="act_not_known_after_it_was_recorded",
                condition=Q(recorded_at__date__gte=F("known_on")),
            ),
            models.CheckConstraint(
                name="act_original_and_corrects",
                condition=Q(original__isnull=True, corrects__isnull=True, retracted=False)
                | Q(original__isnull=False, corrects__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body or self.publisher.name} {self.stated_last} {self.case_number}".strip()


class Fact(Recorded):
    """One number, or the statement that there is none: of an act, in a series, for a period.

    Persons, places, applications or NOK, as the series says; `period_until` is the first
    day outside. `source_place` tells where in the source it stood (sheet, cell, table).
    """

    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="facts")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="facts")
    period_from = models.DateField()
    period_until = models.DateField()
    kind = models.CharField(max_length=10, choices=[(kind.value,) * 2 for kind in Kind])
    state = models.CharField(max_length=12, choices=[(state.value,) * 2 for state in State])
    value = models.BigIntegerField(null=True, blank=True)
    low = models.BigIntegerField(null=True, blank=True)
    high = models.BigIntegerField(null=True, blank=True)
    probability = models.FloatField(null=True, blank=True, help_text="None: not given.")
    preliminary = models.BooleanField(default=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    source_place = models.CharField(max_length=100, blank=True)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(name="fact_of_a_question", fields=["series", "period_from"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="fact_period_half_open", condition=Q(period_until__gt=F("period_from"))),
            models.CheckConstraint(name="fact_kind_words", condition=Q(kind__in=[kind.value for kind in Kind])),
            models.CheckConstraint(
                name="fact_state_holds_its_numbers",
                condition=Q(state=State.STATED)
                & (Q(value__isnull=False) | Q(low__isnull=False) | Q(high__isnull=False))
                | Q(
                    state=State.HIDDEN,
                    value__isnull=True,
                    low__isnull=False,
                    high__isnull=False,
                    low=HIDDEN_LOW,
                    high=HIDDEN_HIGH,
                )
                | Q(
                    state__in=[State.NOT_DECIDED, State.UNKNOWN, State.RETRACTED],
                    value__isnull=True,
                    low__isnull=True,
                    high__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="fact_bounds_in_order",
                condition=(Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high")))
                & (Q(low__isnull=True) | Q(value__isnull=True) | Q(low__lte=F("value")))
                & (Q(high__isnull=True) | Q(value__isnull=True) | Q(value__lte=F("high"))),
            ),
            models.CheckConstraint(
                name="fact_only_changes_are_negative",
                condition=Q(kind=Kind.CHANGE)
                | (Q(value__isnull=True) | Q(value__gte=0))
                & (Q(low__isnull=True) | Q(low__gte=0))
                & (Q(high__isnull=True) | Q(high__gte=0)),
            ),
            models.CheckConstraint(
                name="fact_probability_of_forecasts_only",
                condition=Q(probability__isnull=True) | Q(kind=Kind.FORECAST, probability__gt=0, probability__lt=1),
            ),
            models.CheckConstraint(
                name="fact_not_known_after_it_was_recorded",
                condition=Q(recorded_at__date__gte=F("known_on")),
            ),
            models.CheckConstraint(
                name="fact_retracted_row_corrects",
                condition=~Q(state=State.RETRACTED) | Q(corrects__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state} {self.value} ({self.period_from})"


class FurtherSource(models.Model):
    """Another place where the same number of the same statement was read. Only added."""

    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="further_sources")
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    known_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    imported = models.ForeignKey(Import, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="further_source_once", fields=["fact", "source", "imported"]),
            models.UniqueConstraint(
                name="further_source_once_by_hand",
                fields=["fact", "source"],
                condition=Q(imported__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fact_id} {self.source_id}"
