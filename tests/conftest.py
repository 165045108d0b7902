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
from django.db import connections
from django.test.testcases import QuietWSGIRequestHandler
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed
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
        translation_file_changed(None, Path("django.mo"))  # Django has read the old ones already
        call_command("collectstatic", interactive=False, verbosity=0)


@pytest.hookimpl(tryfirst=True)  # before pytest itself selects by mark
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for fixture, mark in MARKING_FIXTURES.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(mark)


@pytest.fixture(autouse=True)
def _one_language_each() -> Iterator[None]:
    """Every test begins in bokmål, and a language that it chooses does not reach the next one."""
    with translation.override("nb"):
        yield


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """The machine's own Chromium, one for each worker. Open a context of your own and close it.

    While Playwright runs, this thread has an event loop, and Django keeps another connection for
    it. That one is closed here, before the test database is taken down.
    """
    found = parts.chromium()
    if not found:
        pytest.fail("No Chromium. Install it, set HUSROM_CHROMIUM, or leave these out: -m 'not browser'")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()
        connections.close_all()


class _Server(ThreadedWSGIServer):
    """A server whose threads leave the test's connection open when a reader goes away."""

    def _close_connections(self) -> None:
        pass


def _one_at_a_time(handler: WSGIHandler) -> WSGIApplication:
    """Requests wait for each other, since all of them use the test's own connection."""
    turn = threading.Lock()

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with turn:
            return handler(environ, start_response)

    return answer


@pytest.fixture
def site(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of the site, served from this test's own transaction and rolled back with it.

    pytest-django's ``live_server`` empties every table afterwards, which an append-only ledger
    refuses, and looks static files up under the names that they have before hashing.
    """
    connection = connections["default"]
    connection.inc_thread_sharing()
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)  # it would be, after each request
    server = _Server(
        ("127.0.0.1", 0),
        QuietWSGIRequestHandler,
        allow_reuse_address=False,
        connections_override={"default": connection},
    )
    server.set_app(_one_at_a_time(WSGIHandler()))
    thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
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
        complaints = [*done.stdout.splitlines(), *done.stderr.splitlines()]
        return [line.replace(folder, "") for line in complaints] if done.returncode else []

    return check
