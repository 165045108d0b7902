"""Editions, the files drawn from them, and the words.

An edition is frozen: its content never changes, and a database trigger sees to it. What
is drawn from it (charts, spreadsheets) has a rendering version and may be drawn anew. A
withdrawal takes every byte of content away and leaves a tombstone.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Municipality(models.Model):
    """Whose page this installation makes. There is one row.

    `area` is the key of its area today; `languages` are codes, the first leads.
    """

    area = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    short_name = models.CharField(max_length=100)
    url = models.URLField(blank=True)
    languages = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """One frozen document, by number. `content` is empty only after a withdrawal."""

    number = models.PositiveIntegerField(unique=True)
    day = models.DateField(help_text="In force on and known on this day.")
    kind = models.CharField(max_length=20, choices=[("edition",) * 2, ("reconstruction",) * 2])
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    content = models.BinaryField()
    checksum = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by = models.CharField(max_length=150)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.CheckConstraint(name="edition_kind", condition=models.Q(kind__in=["edition", "reconstruction"])),
            models.CheckConstraint(
                name="edition_withdrawn_on_and_reason",
                condition=models.Q(withdrawn_on__isnull=True, withdrawn_reason="")
                | (models.Q(withdrawn_on__isnull=False) & ~models.Q(withdrawn_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.day})"


class EditionFile(models.Model):
    """A chart or a download of an edition, in one language, as one rendering drew it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="files")
    language = models.CharField(max_length=8)
    name = models.CharField(max_length=100, help_text="years-wide.svg, years.png, years.csv ...")
    media_type = models.CharField(max_length=100)
    rendering = models.PositiveIntegerField()
    body = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="edition_file_once", fields=["edition", "language", "name"]),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.language}/{self.name}"


class WordBlock(models.Model):
    """One block of the page's prose in one language, from a day on. Added, never changed.

    The text holds references like {decision-2016} where numbers belong. The last block
    recorded of a place, language and day is the one that is used.
    """

    key = models.CharField(max_length=60)
    language = models.CharField(max_length=8)
    valid_from = models.DateField()
    heading = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    checked_by = models.CharField(max_length=150, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=150)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["language", "key", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.key} ({self.language}, {self.valid_from})"
