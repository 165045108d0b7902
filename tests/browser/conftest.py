"""The public site with its two sample editions and their real charts, as the browser meets it."""

import functools
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from husrom.public import store
from husrom.publishing import drawing
from husrom.publishing.document import Document
from husrom.publishing.editions import File
from tests.public import sample

PAGES = (
    "nb/index.html",
    "nb/1/index.html",
    "nb/1/tables.html",
    "nb/1/forecasts.html",
    "nb/1/figures/decision-2016-council.html",
    "nb/1/embed/years.html",
    "nb/archive.html",
    "nb/archive.html?date=nei",
    "nb/changes.html",
    "nb/definitions.html",
    "nb/accessibility.html",
    "nb/about.html",
    "nb/finnes-ikke.html",
    "en/2/index.html",
    "en/3/index.html",
)
"""A page of every kind; edition 3 is a tombstone."""

Opener = Callable[..., Page]


@functools.cache
def drawn(number: int) -> tuple[File, ...]:
    """The files of a sample edition; drawing takes its time, so once for each worker."""
    return drawing.draw(edition(number))


def edition(number: int) -> Document:
    return {1: sample.january_2016, 2: sample.later}[number]()


@pytest.fixture
def site_with_editions(site: str) -> Iterator[str]:
    """The address of a site with two editions, and the tombstone of a third."""
    store.forget()
    for number in (1, 2):
        drawing.store(sample.freeze(edition(number), with_files=False), drawn(number))
    sample.freeze(sample.withdrawn(), with_files=False)
    sample.withdraw(3)
    yield site
    store.forget()


@pytest.fixture
def opened(browser: Browser, site_with_editions: str) -> Callable[..., AbstractContextManager[Opener]]:
    """Open pages in a window of a width and a colour scheme; what the console says is a fault."""

    @contextmanager
    def window(width: int = 1280, scheme: str = "light", *, bypass_csp: bool = False) -> Iterator[Opener]:
        said: list[str] = []
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
            bypass_csp=bypass_csp,
            reduced_motion="reduce",
        )
        page = context.new_page()

        def note(message: ConsoleMessage) -> None:
            if "Failed to load resource" not in message.text:  # the helpful pages are 404 and 410
                said.append(f"{page.url}: {message.text}")

        page.on("console", note)

        def go(path: str) -> Page:
            page.goto(f"{site_with_editions}/{path}")
            return page

        yield go
        context.close()
        assert not said, "\n".join(said)

    return window
