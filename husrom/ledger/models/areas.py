"""Municipalities, counties and countries, with their codes by date and their mergers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Area(models.Model):
    """An area from its founding to its end. A merger is a new area, a new code is not."""

    key = models.SlugField(unique=True)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    founded_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True, help_text="The first day without it.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="area_kind", condition=Q(kind__in=["municipality", "county", "country"])),
            models.CheckConstraint(
                name="area_ends_after_it_begins",
                condition=Q(founded_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gt=F("founded_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AreaCode(models.Model):
    """A code of an area from a day, until a day or still. A trigger refuses overlaps."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="codes")
    code = models.CharField(max_length=10)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["code"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="area_code_ends_after_it_begins",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class AreaSuccession(models.Model):
    """One area went into another."""

    predecessor = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="followed_by")
    successor = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="follows")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="area_succession_once", fields=["predecessor", "successor"]),
            models.CheckConstraint(name="area_succeeds_another", condition=~Q(predecessor=F("successor"))),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} -> {self.successor_id}"
