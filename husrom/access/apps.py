"""The room's entry in Django's list."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Users and units."""

    name = "husrom.access"
    label = "access"
    verbose_name = "Access"
