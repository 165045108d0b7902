"""``make test``: everything that can be tested on this machine, and an honest word about the rest.

The whole suite runs on SQLite, then what is marked ``both_databases`` on a throwaway PostgreSQL.
A part whose program is missing is left out by its mark, never skipped from inside, and the last
lines say so. ``--nothing-left-out`` makes that a failure: it is how CI runs.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.cluster import ClusterFailed, find_binaries, throwaway_cluster
from tests.parts import ROOT, all_parts

OK, NO_TESTS = 0, 5  # pytest's exit statuses


@dataclass(frozen=True)
class Outcome:
    status: int
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(
            self.status or other.status,
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
        )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.run", description=__doc__)
    parser.add_argument("--nothing-left-out", action="store_true", help="fail if any part was left out")
    options, pytest_words = parser.parse_known_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cluster is taken down then, too

    missing = [part for part in all_parts() if not part.found]
    left_out = [f"{part.name}. To get it: {part.how}" for part in missing]

    outcome = _on_sqlite([part.mark for part in missing if part.mark != "both_databases"], pytest_words)
    if binaries := find_binaries():
        absent = [part.mark for part in missing]
        second = _on_postgresql(binaries, absent, pytest_words)
        if second.status == NO_TESTS:
            left_out += [] if pytest_words else ["the tests on PostgreSQL: none is marked both_databases"]
            second = Outcome(OK)
        outcome += second

    if outcome.skipped:
        left_out.append(f"{outcome.skipped} tests that skipped themselves; the reasons are above")
    return _say(outcome, left_out, strict=options.nothing_left_out)


def _on_sqlite(absent: list[str], pytest_words: list[str]) -> Outcome:
    print("On SQLite", flush=True)
    environment = {key: value for key, value in os.environ.items() if key != "HUSROM_TEST_DATABASE_URL"}
    return _pytest(" and ".join(f"not {mark}" for mark in absent), pytest_words, environment)


def _on_postgresql(binaries: Path, absent: list[str], pytest_words: list[str]) -> Outcome:
    print("On PostgreSQL", flush=True)
    marks = " and ".join(["both_databases", *(f"not {mark}" for mark in absent)])
    try:
        with throwaway_cluster(binaries) as address:
            return _pytest(marks, pytest_words, {**os.environ, "HUSROM_TEST_DATABASE_URL": address})
    except ClusterFailed as failure:
        print(f"PostgreSQL from {binaries} did not start:\n{failure}")
        return Outcome(status=1, failed=1)


def _pytest(marks: str, words: list[str], environment: dict[str, str]) -> Outcome:
    """Run pytest on all cores and count from its report, which says more than its exit status."""
    with tempfile.TemporaryDirectory(prefix="husrom-tests-") as folder:
        report = Path(folder) / "report.xml"
        parallel = ["-n", "auto", "--dist", "worksteal"]
        command = [sys.executable, "-m", "pytest", "-q", "-rs", *parallel, "-m", marks, f"--junitxml={report}", *words]
        done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
        if not report.exists():
            return Outcome(done.returncode or 1, failed=1)
        suite = ET.parse(report).getroot()[0]  # noqa: S314 - pytest has just written it
    total, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
    failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    return Outcome(done.returncode, total - failed - skipped, failed, skipped)


def _say(outcome: Outcome, left_out: list[str], *, strict: bool) -> int:
    print()
    for part in left_out:
        print(f"Left out: {part}")
    if not left_out:
        print("Nothing was left out.")
    elif strict:
        print("That is a failure here: nothing may be left out.")
    print(f"{outcome.passed} passed, {outcome.failed} failed, {outcome.skipped} skipped")
    return outcome.status or int(strict and bool(left_out))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("Interrupted.")
