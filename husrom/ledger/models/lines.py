"""What is made of facts: lines, printed tables; and parameters, which are not figures."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from husrom.ledger.models.acts import Fact
from husrom.ledger.models.series import Series, Source


class Line(models.Model):
    """One question that a page draws or tabulates, answered by an ordered choice of series."""

    key = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    title_nn = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.key


class LineChoice(models.Model):
    """A series that answers in a line for a stretch of time; the first in order leads.

    Dated by `chosen_on`, with its reason. Only added: of choices with the same stretch
    and order, the last chosen counts.
    """

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="choices")
    series = models.ForeignKey(Series, on_delete=models.PROTECT)
    period_from = models.DateField()
    period_until = models.DateField(null=True, blank=True)
    order = models.PositiveSmallIntegerField()
    chosen_on = models.DateField()
    reason = models.TextField()
    reason_nn = models.TextField(blank=True)
    reason_en = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="line_choice_once",
                fields=["line", "series", "period_from", "order", "chosen_on"],
            ),
            models.CheckConstraint(name="line_choice_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="line_choice_period_half_open",
                condition=Q(period_until__isnull=True) | Q(period_until__gt=F("period_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.order} {self.series_id}"


class PrintedTable(models.Model):
    """A table as it was printed: its cells by row and column are facts of one act or more."""

    key = models.SlugField(unique=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    title = models.CharField(max_length=200)
    title_nn = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.key


class PrintedCell(models.Model):
    """Where in a printed table a fact stood."""

    table = models.ForeignKey(PrintedTable, on_delete=models.PROTECT, related_name="cells")
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="+")
    row = models.CharField(max_length=100)
    column = models.CharField(max_length=100)
    position = models.PositiveIntegerField(help_text="In reading order.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="printed_cell_once", fields=["table", "row", "column", "fact"])
        ]

    def __str__(self) -> str:
        return f"{self.table_id} {self.row} {self.column}"


class PrintedTotal(models.Model):
    """A printed total: a fact, and the columns of the table that it claims to add."""

    table = models.ForeignKey(PrintedTable, on_delete=models.PROTECT, related_name="totals")
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="+")
    columns = models.JSONField(help_text="The columns whose cells it claims to add.")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="printed_total_once", fields=["table", "fact"])]

    def __str__(self) -> str:
        return f"{self.table_id} {self.fact_id}"


class Parameter(models.Model):
    """Law, rate, deadline, norm or threshold: not a figure. Empty value: not known."""

    name = models.CharField(max_length=100)
    key = models.CharField(max_length=100, blank=True)
    valid_from = models.DateField()
    value = models.CharField(max_length=200, blank=True)
    known = models.BooleanField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    checked_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="parameter_once_a_day",
                fields=["name", "key", "valid_from", "checked_on"],
            ),
            models.CheckConstraint(
                name="parameter_known_has_a_value",
                condition=Q(known=True) & ~Q(value="") | Q(known=False, value=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.key} {self.valid_from}"


class Comparison(models.Model):
    """Which count stands beside which forecasts, and whether the two can be compared.

    The forecasts are those of one measure, area, year and rule, whoever made them; what
    happened is one series' level for the same year. Where the two do not count the same
    (needed against settled), `comparable` is false and the note says why.
    """

    key = models.SlugField(unique=True)
    measure = models.CharField(max_length=30)
    area = models.ForeignKey("ledger.Area", on_delete=models.PROTECT)
    year = models.PositiveSmallIntegerField()
    minors = models.CharField(max_length=10)
    reunification = models.CharField(max_length=10)
    age = models.CharField(max_length=12)
    condition = models.CharField(max_length=300, blank=True)
    actual_measure = models.CharField(max_length=30)
    actual_publisher = models.ForeignKey("ledger.Publisher", on_delete=models.PROTECT, null=True, blank=True)
    actual_minors = models.CharField(max_length=10)
    actual_reunification = models.CharField(max_length=10)
    actual_condition = models.CharField(max_length=300, blank=True)
    comparable = models.BooleanField()
    title = models.CharField(max_length=200)
    title_nn = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    note_nn = models.TextField(blank=True)
    note_en = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="comparison_says_why_not", condition=Q(comparable=True) | ~Q(note=""))
        ]

    def __str__(self) -> str:
        return self.key
