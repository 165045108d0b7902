"""A throwaway PostgreSQL cluster: made in a moment, never durable, always removed.

It listens on a Unix socket in its own folder and on nothing else, so two runs on one machine never
meet and no port is taken.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=40", "listen_addresses=")
PATIENCE = 60  # seconds; a laden machine may need several
SHORT = 60  # characters


class ClusterFailed(Exception):
    """PostgreSQL is here but did not start; the message carries its own words."""


def find_binaries() -> Path | None:
    """The folder with initdb and postgres: HUSROM_POSTGRES, the path, Debian's place or Homebrew's."""
    places = [Path(p) for p in (os.environ.get("HUSROM_POSTGRES", ""), *os.environ.get("PATH", "").split(os.pathsep))]
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    if brew := shutil.which("brew"):
        places += sorted(Path(brew).parent.parent.glob("opt/postgresql*/bin"), reverse=True)
    for place in places:
        if place.name and (place / "initdb").is_file() and (place / "postgres").is_file():
            return place
    return None


def _version(folder: Path) -> int:
    name = folder.parent.name
    return int(name) if name.isdigit() else 0


def _owner() -> str | None:
    """Whom the server runs as: PostgreSQL refuses root. None is whoever we are."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


@contextmanager
def throwaway_cluster(binaries: Path) -> Iterator[str]:
    """Give the address of a new cluster's database, and take the cluster down afterwards, whatever happened."""
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="husrom-pg-", dir=_short_folder()))
    try:
        if owner:
            shutil.chown(folder, owner)
        _initdb(binaries, folder, owner)
        server = _start(binaries, folder, owner)
        try:
            _wait(server, folder)
            yield f"postgresql://husrom@/postgres?host={folder}"
        finally:
            server.send_signal(signal.SIGQUIT)  # at once: there is nothing to keep
            server.wait(PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _short_folder() -> str | None:
    """A socket's whole path must be under 104 characters, and some machines' own folder is longer by itself."""
    usual = tempfile.gettempdir()
    return usual if len(usual) < SHORT or not Path("/tmp").is_dir() else "/tmp"  # noqa: S108 - mkdtemp makes it ours


def _initdb(binaries: Path, folder: Path, owner: str | None) -> None:
    words = ["--username=husrom", "--auth=trust", "--no-locale", "--encoding=UTF8", "--no-sync"]
    command = [str(binaries / "initdb"), f"--pgdata={folder / 'data'}", *words]
    made = subprocess.run(command, user=owner, cwd=folder, capture_output=True, text=True, check=False)
    if made.returncode:
        raise ClusterFailed(made.stderr)


def _start(binaries: Path, folder: Path, owner: str | None) -> subprocess.Popen[bytes]:
    """Start the server in a session of its own: Ctrl-C is for the tests, and the server goes after them."""
    options = [word for setting in QUICK for word in ("-c", setting)]
    command = [str(binaries / "postgres"), "-D", str(folder / "data"), "-k", str(folder), *options]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(command, user=owner, cwd=folder, stdout=log, stderr=log, start_new_session=True)


def _wait(server: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(host=str(folder), user="husrom", dbname="postgres").close()
        except psycopg.OperationalError as refusal:
            if server.poll() is not None or time.monotonic() > deadline:
                raise ClusterFailed((folder / "log").read_text(errors="replace")) from refusal
            time.sleep(0.05)
        else:
            return
