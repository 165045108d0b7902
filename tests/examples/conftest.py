"""Asker's whole example, taken in once for each module of tests and rolled back after it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from husrom.access.models import User
from husrom.desk.folder import take_in

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "asker"
AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def _asker_taken_in(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        by = User.objects.create(username="asker")
        for _done in take_in(FOLDER, by=by, at=AT):
            pass
        yield
        transaction.set_rollback(True)


@pytest.fixture
def asker(_asker_taken_in: None, db: None) -> User:
    """Whoever took in Asker's figures, set-up lists and words."""
    return User.objects.get(username="asker")
