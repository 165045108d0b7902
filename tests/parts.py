"""The parts of the tests that need more than Python: where they are on this machine, or how to get them."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.cluster import find_binaries

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NU_JAR = Path("node_modules/vnu-jar/build/dist/vnu.jar")


@dataclass(frozen=True)
class Part:
    """A mark, what it needs, whether that is here, and how to get it where it is not."""

    mark: str
    name: str
    found: bool
    how: str


def chromium() -> Path | None:
    """HUSROM_CHROMIUM, or a Chromium in the path. Playwright brings none of its own."""
    if chosen := os.environ.get("HUSROM_CHROMIUM"):
        return Path(chosen) if Path(chosen).is_file() else None
    names = (shutil.which(name) for name in CHROMIUM_NAMES)
    return next((Path(name) for name in names if name), None)


def nu_checker() -> list[str] | None:
    """The start of a command line for the Nu HTML checker: its jar under Java, or its own program."""
    java = shutil.which("java")
    jars = [Path(chosen)] if (chosen := os.environ.get("HUSROM_VNU")) else [ROOT / NU_JAR, ROOT / ".tools" / NU_JAR]
    if java and (jar := next((jar for jar in jars if jar.is_file()), None)):
        return [java, "-Xss2m", "-jar", str(jar)]
    return [program] if (program := shutil.which("vnu")) else None


def all_parts() -> tuple[Part, ...]:
    return (
        Part(
            "browser",
            "the tests in a real browser",
            chromium() is not None,
            "apt-get install chromium, or set HUSROM_CHROMIUM",
        ),
        Part(
            "html_checker",
            "the HTML checker",
            nu_checker() is not None,
            "apt-get install default-jre-headless, then npm install --no-save --prefix .tools vnu-jar",
        ),
        Part(
            "both_databases",
            "the tests on PostgreSQL",
            find_binaries() is not None,
            "apt-get install postgresql, or set HUSROM_POSTGRES to the folder with initdb",
        ),
    )
