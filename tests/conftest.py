"""What every test may ask for: a real browser, a served site, the HTML checker, Hypothesis' two tempers.

A test that asks for one of these is marked by it, so the mark cannot be forgotten. Where the
program is missing the fixture fails and says how to get it; the runner leaves such tests out by
their mark and reports it. Nothing skips.
"""

import os
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connection
from django.test.testcases import LiveServerThread
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from tests import parts
from tools import catalogues

MARKING_FIXTURES = {"browser": "browser", "check_html": "html_checker"}

# Without background networking off, Chromium calls home at every start.
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

settings.register_profile("fast", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", parent=settings.get_profile("fast"), max_examples=2000)
settings.load_profile(os.environ.get("HUSROM_HYPOTHESIS", "fast"))


def pytest_sessionstart(session: pytest.Session) -> None:
    """Once, before the workers start: compile the catalogues and collect the static files, as an installation does."""
    if not hasattr(session.config, "workerinput"):
        catalogues.compile_all()
        call_command("collectstatic", interactive=False, verbosity=0)


@pytest.hookimpl(tryfirst=True)  # before pytest itself selects by mark
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for fixture, mark in MARKING_FIXTURES.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(mark)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium, one for each worker. Open a context of your own and close it."""
    found = parts.chromium()
    if not found:
        pytest.fail("No Chromium. Install it, set HUSROM_CHROMIUM, or leave these out: -m 'not browser'")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


class _Server(ThreadedWSGIServer):
    """A server whose threads leave the test's connection open when a reader goes away."""

    def _close_connections(self) -> None:
        pass


class _ServerThread(LiveServerThread):
    server_class = _Server


def _one_at_a_time(handler: WSGIHandler) -> WSGIApplication:
    """Requests wait for each other, since all of them use the test's own connection."""
    turn = threading.Lock()

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with turn:
            return handler(environ, start_response)

    return answer


@pytest.fixture
def site(db: None) -> Iterator[str]:
    """The address of the site, served from this test's own transaction and rolled back with it.

    pytest-django's ``live_server`` empties every table afterwards, which an append-only ledger
    refuses, and looks static files up under the names that they have before hashing.
    """
    connection.inc_thread_sharing()
    server = _ServerThread(
        "127.0.0.1",
        _one_at_a_time,  # type: ignore[arg-type] # the stubs want a class; Django calls it
        connections_override={connection.alias: connection},
    )
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()
    connection.dec_thread_sharing()


@pytest.fixture(scope="session")
def check_html() -> Callable[[Mapping[str, str]], list[str]]:
    """The Nu HTML checker: give it pages by name, get its errors. All pages in one call, since Java starts slowly."""
    command = parts.nu_checker()
    if not command:
        pytest.fail("No Nu HTML checker. Install it, set HUSROM_VNU, or leave these out: -m 'not html_checker'")

    def check(pages: Mapping[str, str]) -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            for name, html in pages.items():
                (Path(folder) / f"{name}.html").write_text(html, encoding="utf-8")
            words = [*command, "--stdout", "--format", "text", "--errors-only", folder]
            done = subprocess.run(words, capture_output=True, text=True, check=False)
        return [*done.stdout.splitlines(), *done.stderr.splitlines()]

    return check
