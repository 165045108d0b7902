"""Publishers, sources, and series: one question with one counting rule."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from husrom.ledger.models.areas import Area
from husrom.rules.counting import Age, Counted, Measure, Unit

AUDIENCES = ("public", "staff", "minors")
SOURCE_KINDS = ("letter", "decision", "page", "dataset", "register", "report", "press")


def _choices(values: object) -> list[tuple[str, str]]:
    return [(str(value), str(value)) for value in values]  # type: ignore[attr-defined]


class Publisher(models.Model):
    """Who answers. One that answers through two channels that can differ counts as two."""

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    name_nn = models.CharField(max_length=100, blank=True)
    name_en = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return self.name


class Source(models.Model):
    """Where we read something."""

    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=_choices(SOURCE_KINDS))
    url = models.CharField(max_length=500, blank=True)
    archive_reference = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="source_once",
                fields=["publisher", "title", "kind", "url", "archive_reference"],
            ),
            models.CheckConstraint(name="source_kind", condition=Q(kind__in=SOURCE_KINDS)),
            models.CheckConstraint(name="source_has_a_title", condition=~Q(title="")),
        ]

    def __str__(self) -> str:
        return self.title


class Series(models.Model):
    """One question with one counting rule asked of one publisher about one area.

    `cell` is the canonical text of its pairs ("age_band=0-5;sex=f"), empty for a total.
    """

    measure = models.CharField(max_length=30, choices=_choices(Measure))
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT)
    minors = models.CharField(max_length=10, choices=_choices(Counted))
    reunification = models.CharField(max_length=10, choices=_choices(Counted))
    age = models.CharField(max_length=12, choices=_choices(Age))
    unit = models.CharField(max_length=12, choices=_choices(Unit))
    condition = models.CharField(max_length=300, blank=True)
    cell = models.CharField(max_length=200, blank=True)
    audience = models.CharField(max_length=10, choices=_choices(AUDIENCES))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="series_once",
                fields=[
                    "area",
                    "measure",
                    "publisher",
                    "minors",
                    "reunification",
                    "age",
                    "unit",
                    "condition",
                    "cell",
                ],
            ),
            models.CheckConstraint(
                name="series_rule_words",
                condition=Q(measure__in=list(Measure))
                & Q(minors__in=list(Counted))
                & Q(reunification__in=list(Counted))
                & Q(age__in=list(Age))
                & Q(unit__in=list(Unit))
                & Q(audience__in=AUDIENCES),
            ),
            models.CheckConstraint(
                name="series_age_for_minors_only",
                condition=Q(age=Age.ALL) | Q(minors=Counted.ONLY),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.area_id} {self.publisher_id} {self.minors} {self.age}"
