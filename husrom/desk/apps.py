"""The room's entry in Django's list."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Commands that walk through several rooms."""

    name = "husrom.desk"
    label = "desk"
    verbose_name = "Desk"
