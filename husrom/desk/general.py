"""What every Norwegian municipality starts with: who answers, which series lead, what is known of thresholds.

Plain data for `husrom init`. `{name}` is the municipality's name. Each list has the columns of
the set-up list of the same name, so it goes through the same checks as a folder's files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Said = Mapping[str, str]

PUBLISHERS: Sequence[tuple[str, str, str, str]] = (
    ("imdi", "IMDi", "IMDi", "IMDi (Directorate of Integration and Diversity)"),
    ("imdi-leveranser", "IMDi, leverte datafiler", "IMDi, leverte datafiler", "IMDi, delivered files"),
    ("imdi-nettside", "IMDis nettside", "Nettsida til IMDi", "IMDi's web page"),
    (
        "bufetat",
        "Bufetat",
        "Bufetat",
        "Bufetat (Office for Children, Youth and Family Affairs)",
    ),
    ("udi", "UDI", "UDI", "UDI (Directorate of Immigration)"),
    ("ssb", "SSB", "SSB", "SSB (Statistics Norway)"),
    ("vedtak", "{name}, vedtak", "{name}, vedtak", "{name}, decisions"),
    ("nettside", "Nettsiden til {name}", "Nettsida til {name}", "The web page of {name}"),
    ("register", "{name}, eget register", "{name}, eige register", "{name}, own register"),
)
"""Key, and name in bokmål, nynorsk and English. A publisher with two channels that can differ counts as two."""

TITLES: Mapping[str, tuple[str, str, str]] = {
    "decided": ("Vedtatt", "Vedteke", "Decided"),
    "requested": ("Anmodet", "Oppmoda", "Requested"),
    "announced": ("Kunngjort", "Kunngjort", "Announced"),
    "settled": ("Bosatte", "Busette", "Settled"),
    "settled-minors": (
        "Bosatte enslige mindreårige",
        "Busette einslege mindreårige",
        "Unaccompanied minors settled",
    ),
}
"""Titles of lines in bokmål, nynorsk and English."""

LINES: Sequence[tuple[str, str, str, str, str]] = (
    ("decided", "vedtak", "vedtak", "med", "uten"),
    ("requested", "anmodning", "imdi", "med", "uten"),
    ("announced", "kunngjort", "nettside", "ikke oppgitt", "ikke oppgitt"),
    ("settled", "bosatt", "imdi-leveranser", "med", "ikke oppgitt"),
    ("settled", "bosatt", "imdi-nettside", "med", "ikke oppgitt"),
    ("settled", "bosatt", "imdi", "med", "ikke oppgitt"),
    ("settled", "bosatt", "register", "med", "uten"),
    ("settled-minors", "bosatt", "imdi", "bare", "ikke oppgitt"),
    ("settled-minors", "bosatt", "register", "bare", "uten"),
)
"""Line, measure, publisher, minors, reunification. The first of a line that has a number leads."""

REASON = (
    "Husroms forslag ved oppsettet. Kommunen velger selv, i lines.csv, og sier hvorfor.",
    "Framlegget til Husrom ved oppsettet. Kommunen vel sjølv, i lines.csv, og seier kvifor.",
    "Husrom's proposal at the set-up. The municipality chooses, in lines.csv, and says why.",
)

COUNTRY: Said = {"key": "norge", "kind": "country", "name": "Norge"}
COUNTRY_CODE: Said = {"area": "norge", "code": "NO", "valid_from": "1980-01-01"}

PARAMETERS: Sequence[Said] = (
    {
        "name": "small_number_threshold",
        "valid_from": "2015-09-01",
        "value": "5",
        "source_title": "IMDis praksis: 1–4 vises som «<5», 0 vises som 0",
        "source_kind": "datasett",
        "source_publisher": "imdi",
        "checked_on": "2026-11-24",
    },
)
