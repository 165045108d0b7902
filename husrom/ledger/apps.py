"""The room's entry in Django's list."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Acts, series and facts."""

    name = "husrom.ledger"
    label = "ledger"
    verbose_name = "Ledger"
