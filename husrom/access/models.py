"""Users, and the municipality's units, which are renamed and move.

A unit's name and contact details are dated, so that a page of an earlier day names the
unit as it was called then ("formerly Flyktningteamet") and how it could be reached.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """Somebody who records or approves. Our own from the first day, to grow with roles."""


class Unit(models.Model):
    """A unit of the municipality, whatever it is called at the time."""

    key = models.SlugField(unique=True)
    role = models.CharField(max_length=20, help_text="What it is to the settlement work: integration, minors ...")

    def __str__(self) -> str:
        return self.key


class UnitName(models.Model):
    """What a unit is called from a day on, in the municipality's languages."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="names")
    valid_from = models.DateField()
    name = models.CharField(max_length=200)
    name_nn = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar = ["unit", "valid_from"]
        constraints: ClassVar = [models.UniqueConstraint(name="unit_name_once_a_day", fields=["unit", "valid_from"])]

    def __str__(self) -> str:
        return self.name


class UnitContact(models.Model):
    """How to reach a unit from a day on. What is not known is left empty."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="contacts")
    valid_from = models.DateField()
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=300, blank=True)
    hours = models.CharField(max_length=200, blank=True)
    hours_nn = models.CharField(max_length=200, blank=True)
    hours_en = models.CharField(max_length=200, blank=True)
    url = models.URLField(blank=True)
    source = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar = ["unit", "valid_from"]
        constraints: ClassVar = [models.UniqueConstraint(name="unit_contact_once_a_day", fields=["unit", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.valid_from}"
