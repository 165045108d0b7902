"""What the public room's tests share: two editions in the database, and a plan that forgets them afterwards."""

from collections.abc import Iterator

import pytest

from husrom.public import store
from husrom.public.site import Site, survey
from tests.public import sample


@pytest.fixture(autouse=True)
def _plan_anew() -> Iterator[None]:
    """A rolled back database can have the same mark as the one before it."""
    store.forget()
    yield
    store.forget()


@pytest.fixture
def published(db: None) -> Site:
    """Asker's two editions, frozen, with their files."""
    sample.freeze(sample.january_2016())
    sample.freeze(sample.later())
    return survey()
