"""The settings of every installation: one file, read from the environment, which refuses to start when unsure.

HUSROM_MODE says what this installation is: ``demo`` (loopback only, makes its own secret),
``production`` (everything is said out loud, or it does not start) or ``test``. Nobody gets a
production installation by forgetting something. docs/settings.md explains every HUSROM_* name,
and a test keeps the two together.
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

PACKAGE = Path(__file__).resolve().parent
BASE_DIR = PACKAGE.parent
SECRET_LENGTH = 50
SECRET_CHARACTERS = 10  # different ones

_problems: list[str] = []  # everything that is wrong, so that it can be said at once


def _required(name: str, what: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        _problems.append(f"{name} is not set. It is {what}.")
    return value


def _strong_secret() -> str:
    key = _required("HUSROM_SECRET_KEY", "a long random text that only this installation knows")
    if key and (len(key) < SECRET_LENGTH or len(set(key)) < SECRET_CHARACTERS):
        _problems.append(
            f"HUSROM_SECRET_KEY is too easy to guess. It needs at least {SECRET_LENGTH} random characters."
        )
    return key


def _kept_secret(file: Path) -> str:
    """The demo's secret key, made at the first start and kept, so that a second start is the same installation."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


def _database(url: str) -> dict[str, Any]:
    """A Django database from an address: sqlite:///path/to/file or postgresql://user:password@host:port/name."""
    try:
        parts = urlsplit(url)
        path, port = unquote(parts.path.strip("/")), parts.port
    except ValueError:  # a port that is no number, a bracket that never closes
        parts, path, port = urlsplit(""), "", None
    if path and parts.scheme == "sqlite" and not parts.netloc:
        return _sqlite(Path("/", path))
    if path and parts.scheme in ("postgresql", "postgres"):
        return _postgresql(parts, path, port)
    _problems.append(
        "HUSROM_DATABASE_URL is not an address that Husrom knows. Write sqlite:///srv/husrom/husrom.sqlite3 "
        "or postgresql://user:password@host:5432/name (for a socket: postgresql://user@/name?host=/run/postgresql)."
    )
    return {}


def _postgresql(parts: SplitResult, name: str, port: int | None) -> dict[str, Any]:
    """What stands after the question mark goes to PostgreSQL's client, but for host and port, which are Django's."""
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": options.pop("port", str(port or "")),
        "OPTIONS": options,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "recursive_triggers=ON",  # a REPLACE meets the guards of a DELETE
    "secure_delete=ON",  # what is withdrawn is gone from the file, too
)


def _sqlite(file: Path) -> dict[str, Any]:
    """WAL: readers never wait for a writer. IMMEDIATE: a writer waits at the door, instead of failing at the till."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "; ".join(f"PRAGMA {pragma}" for pragma in SQLITE_PRAGMAS),
        },
    }


# What this installation is. In a checkout where the demo has been set up, an unset mode means the demo.
_demo_secret = Path(os.environ.get("HUSROM_DATA") or BASE_DIR / "var").absolute() / "demo-secret-key"
MODE = os.environ.get("HUSROM_MODE", "").strip() or ("demo" if _demo_secret.exists() else "")
if MODE not in ("demo", "production", "test"):
    raise ImproperlyConfigured(
        f"HUSROM_MODE is {MODE!r}. "
        * bool(MODE)
        + "Husrom does not guess what kind of installation this is. Set HUSROM_MODE to demo "
        "(to try it, on this machine only) or production. `make run` starts the demo."
    )

if MODE == "production":
    DATA = Path(_required("HUSROM_DATA", "the folder where this installation keeps its files")).absolute()
    SECRET_KEY = _strong_secret()
    ALLOWED_HOSTS = _required("HUSROM_ALLOWED_HOSTS", "the host names that people use, with commas between").split(",")
    if any("*" in host for host in ALLOWED_HOSTS):
        _problems.append("HUSROM_ALLOWED_HOSTS has a *. Name each host.")
    _url = _required("HUSROM_DATABASE_URL", "the address of the database")
    DATABASES = {"default": _database(_url) if _url else {}}
    _tls = _required("HUSROM_TLS", "proxy (a proxy in front ends TLS and sets X-Forwarded-Proto itself) or direct")
    if _tls not in ("", "proxy", "direct"):
        _problems.append(f"HUSROM_TLS is {_tls!r}. It must be proxy or direct.")
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _tls == "proxy" else None
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
else:
    DATA = _demo_secret.parent
    SECRET_KEY = _kept_secret(_demo_secret) if MODE == "demo" else "only-for-tests"
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
    _url = os.environ.get("HUSROM_DATABASE_URL", "")
    DATABASES = {"default": _database(_url) if _url else _sqlite(DATA / "husrom.sqlite3")}

# Debug pages show values, so only the demo can have them.
DEBUG = MODE == "demo" and os.environ.get("HUSROM_DEBUG") == "1"

if _problems:
    raise ImproperlyConfigured("Husrom does not start:\n" + "\n".join(f"  - {problem}" for problem in _problems))

# The rooms, from the bottom of the house to the top.
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",  # the hasher and the base of our own user; no log-in pages yet
    "django.contrib.staticfiles",
    "husrom.access",
    "husrom.ledger",
    "husrom.publishing",
    "husrom.public",
    "husrom.desk",
]
AUTH_USER_MODEL = "access.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "husrom.urls"
WSGI_APPLICATION = "husrom.wsgi.application"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "husrom.headers.permissions_policy",
    "csp.middleware.CSPMiddleware",  # also says who may frame a page, so X-Frame-Options is not needed
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],  # one tree, templates/<room>/, for designers and translators
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
            ],
        },
    },
]

# Languages. The texts in the code are English; the catalogues are compiled by `make run`.
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Oslo"
USE_TZ = True

# Static files, under names that carry their content's hash.
STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("HUSROM_STATIC_ROOT") or DATA / "static")
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# What a browser may do with our pages: nothing from elsewhere, and no script at all.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
}
