"""A printed total beside the computed one; the difference is shown, never repaired."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class TotalCheck:
    """A printed total held against its parts.

    `computed` is None when a part is not a single number; then nothing can be checked
    and `missing` says how many parts stood in the way. `printed` is None where the total
    itself is hidden or not known.
    """

    printed: int | None
    computed: int | None
    missing: int

    @property
    def difference(self) -> int | None:
        """Printed minus computed: what the source leaves unexplained."""
        if self.computed is None or self.printed is None:
            return None
        return self.printed - self.computed


def check(printed: int | None, parts: Sequence[int | None]) -> TotalCheck:
    """Add what the table claims to add, whatever the rules of the parts.

    This is the one sum that may cross counting rules, and it is shown as a check of a
    printed total and nothing else.
    """
    missing = sum(part is None for part in parts)
    computed = None if missing or not parts else sum(part for part in parts if part is not None)
    return TotalCheck(printed=printed, computed=computed, missing=missing)
