"""The room's entry in Django's list."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """The public pages."""

    name = "husrom.public"
    label = "public"
    verbose_name = "Public pages"
