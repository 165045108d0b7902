"""The settings refuse to start when unsure, and say everything that is missing at once."""

import runpy
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.house.source import PACKAGE

PRODUCTION = {
    "HUSROM_MODE": "production",
    "HUSROM_DATA": "/srv/husrom",
    "HUSROM_SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789-abcdefghijklmnopqrstuvwxyz",
    "HUSROM_ALLOWED_HOSTS": "bosetting.example.org",
    "HUSROM_DATABASE_URL": "postgresql://husrom:p%40ss@db.example.org:5433/figures?sslmode=verify-full",
    "HUSROM_TLS": "proxy",
}


def settings_with(monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict[str, Any]:
    """Read the settings anew, with this environment and nothing else of Husrom's."""
    for name in (*PRODUCTION, "HUSROM_STATIC_ROOT", "HUSROM_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(PACKAGE / "settings.py"), run_name="husrom.settings_in_test")


def test_an_unset_mode_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"HUSROM_MODE to demo .* or production"):
        settings_with(monkeypatch, HUSROM_DATA=str(tmp_path))


def test_an_unknown_mode_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured, match="HUSROM_MODE is 'prod'"):
        settings_with(monkeypatch, HUSROM_MODE="prod")


def test_where_the_demo_was_set_up_an_unset_mode_is_the_demo(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    first = settings_with(monkeypatch, HUSROM_MODE="demo", HUSROM_DATA=str(tmp_path))

    second = settings_with(monkeypatch, HUSROM_DATA=str(tmp_path))

    assert second["MODE"] == "demo"
    assert second["SECRET_KEY"] == first["SECRET_KEY"]
    assert (tmp_path / "demo-secret-key").stat().st_mode & 0o077 == 0


def test_the_demo_answers_on_this_machine_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    demo = settings_with(monkeypatch, HUSROM_MODE="demo", HUSROM_DATA=str(tmp_path))

    assert demo["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert demo["DATABASES"]["default"]["NAME"] == tmp_path / "husrom.sqlite3"


def test_production_with_everything_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    production = settings_with(monkeypatch, **PRODUCTION)

    database = production["DATABASES"]["default"]
    assert (database["USER"], database["PASSWORD"], database["NAME"]) == ("husrom", "p@ss", "figures")
    assert (database["HOST"], database["PORT"]) == ("db.example.org", "5433")
    assert database["OPTIONS"] == {"sslmode": "verify-full"}
    assert production["SECURE_SSL_REDIRECT"]
    assert production["SECURE_PROXY_SSL_HEADER"]


def test_production_names_everything_that_is_missing_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        settings_with(monkeypatch, HUSROM_MODE="production")

    for name in PRODUCTION.keys() - {"HUSROM_MODE"}:
        assert f"{name} is not set" in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("HUSROM_SECRET_KEY", "short", "too easy to guess"),
        ("HUSROM_SECRET_KEY", "a" * 80, "too easy to guess"),
        ("HUSROM_ALLOWED_HOSTS", "bosetting.example.org,*", "Name each host"),
        ("HUSROM_TLS", "none", "must be proxy or direct"),
        ("HUSROM_DATABASE_URL", "mysql://localhost/husrom", "not an address that Husrom knows"),
        ("HUSROM_DATABASE_URL", "postgresql://host:port/husrom", "not an address that Husrom knows"),
        ("HUSROM_DATABASE_URL", "sqlite://", "not an address that Husrom knows"),
    ],
)
def test_production_refuses(monkeypatch: pytest.MonkeyPatch, name: str, value: str, complaint: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=complaint):
        settings_with(monkeypatch, **(PRODUCTION | {name: value}))


def test_without_a_proxy_its_header_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    production = settings_with(monkeypatch, **(PRODUCTION | {"HUSROM_TLS": "direct"}))

    assert production["SECURE_PROXY_SSL_HEADER"] is None


def test_production_never_debugs(monkeypatch: pytest.MonkeyPatch) -> None:
    production = settings_with(monkeypatch, **PRODUCTION, HUSROM_DEBUG="1")

    assert production["DEBUG"] is False


@pytest.mark.parametrize("url", ["sqlite:///srv/husrom/it.sqlite3", "sqlite:////srv/husrom/it.sqlite3"])
def test_the_path_of_sqlite_counts_from_the_root(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    production = settings_with(monkeypatch, **(PRODUCTION | {"HUSROM_DATABASE_URL": url}))

    assert production["DATABASES"]["default"]["NAME"] == Path("/srv/husrom/it.sqlite3")


def test_a_socket_is_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "postgresql://husrom@/figures?host=/run/postgresql"

    production = settings_with(monkeypatch, **(PRODUCTION | {"HUSROM_DATABASE_URL": url}))

    assert production["DATABASES"]["default"]["HOST"] == "/run/postgresql"
    assert production["DATABASES"]["default"]["OPTIONS"] == {}
