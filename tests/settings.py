"""Husrom's own settings, as a test installation, whatever the shell outside says."""

import os
from pathlib import Path

os.environ["HUSROM_MODE"] = "test"
os.environ["HUSROM_DATA"] = str(Path(__file__).resolve().parent.parent / "var" / "test")
os.environ["HUSROM_DATABASE_URL"] = os.environ.get("HUSROM_TEST_DATABASE_URL", "")
for name in ("HUSROM_STATIC_ROOT", "HUSROM_DEBUG"):
    os.environ.pop(name, None)

# Playwright's ordinary calls run inside an event loop, where Django would otherwise refuse its database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from husrom.settings import *  # noqa: E402, F403 - the environment comes first, and a test changes no setting
