"""The store of rendered pages: bytes ready to send, each with the signature of what it was made from."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Page(models.Model):
    """One address of the site. It can be thrown away and made again from the editions at any time."""

    path = models.CharField(max_length=300, unique=True)
    signature = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    edition = models.PositiveIntegerField(null=True, blank=True, db_index=True)
    rendering = models.PositiveIntegerField()
    etag = models.CharField(max_length=40)
    body = models.BinaryField()
    gzip = models.BinaryField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["path"]

    def __str__(self) -> str:
        return self.path
