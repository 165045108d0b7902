"""The room's entry in Django's list."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Editions and words."""

    name = "husrom.publishing"
    label = "publishing"
    verbose_name = "Publishing"
