"""A spreadsheet to fill in: the headings on one sheet, and beside it what may stand under them.

The example stands in the explanation and not among the figures, so that no invented number can
be taken in. The sheet of figures is empty until somebody writes in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from husrom.ledger import columns
from husrom.ledger.models import AreaCode, Publisher
from husrom.sheets.writing import Sheet, xlsx_bytes

Both = tuple[str, str]
"""A text in Norwegian and in English."""

MEANINGS: Mapping[str, Both] = {
    "measure": ("Hva tallet gjelder.", "What is counted."),
    "area": ("Koden området hadde da.", "The code that the area had then."),
    "year": (
        "Året tallet gjelder. Eller første og siste dag i kolonnene fra og med, til og med.",
        "The year that the number is about. Or the first and the last day in the columns from and through.",
    ),
    "counted_on": (
        "For en telling hittil: siste dag som er talt.",
        "For a count so far: the last day that was counted.",
    ),
    "kind": (
        "Tomt: et tall som gjelder. «endring» for så mange flere eller færre.",
        "Empty: a number that stands. “change” for so many more or fewer.",
    ),
    "value": (
        "Hele tall. «<5» er 1 til 4 som kilden skjuler. 0 er 0. Tomt bare når tilstanden sier hvorfor.",
        "Whole numbers. “<5” is 1 to 4 that the source hides. 0 is 0. Empty only when the state says why.",
    ),
    "state": ("Hvorfor det ikke er noe tall.", "Why there is no number."),
    "minors": ("Er enslige mindreårige med i tallet?", "Are unaccompanied minors in the number?"),
    "reunification": ("Er familiegjenforente med i tallet?", "Are reunified family members in the number?"),
    "age": ("Bare for enslige mindreårige.", "For unaccompanied minors only."),
    "publisher": ("Hvem som svarer.", "Who answers."),
    "body": ("Organet som har sagt det.", "The body that said it."),
    "case_number": ("Saksnummeret.", "The number of the case."),
    "stated": (
        "Når det ble sagt: en dag, en måned (2025-09) eller et tidsrom (2025-09-01..2025-09-30).",
        "When it was said: a day, a month (2025-09) or a range (2025-09-01..2025-09-30).",
    ),
    "order": (
        "Når to vedtak slutter på samme dag: 1 for det første, 2 for det neste.",
        "When two acts end on one day: 1 for the first, 2 for the next.",
    ),
    "known_on": (
        "Når vi kunne vite det. Tomt: i dag, eller da det ble sagt når historie lastes inn.",
        "When we could know it. Empty: today, or when it was said where history is loaded.",
    ),
    "unmentioned": (
        "Hva som ble av tall som gjaldt før, og som ikke er nevnt nå.",
        "What became of numbers that stood before and are not mentioned now.",
    ),
    "source_title": ("Hvor tallet står.", "Where the number was read."),
    "source_kind": ("Hva slags kilde det er.", "What kind of source that is."),
    "source_url": ("Adressen til kilden.", "The address of the source."),
    "note": ("Det siden må si om tallet.", "What the page must say about the number."),
}
"""The columns of the template. The others may be added; their headings are listed under these."""

WORDS: Mapping[str, Mapping[str, object]] = {
    "measure": columns.MEASURES,
    "kind": columns.KINDS,
    "state": columns.STATES,
    "minors": columns.COUNTED,
    "reunification": columns.COUNTED,
    "age": columns.AGES,
    "source_kind": columns.SOURCE_KINDS,
    "unmentioned": columns.UNMENTIONED,
}

EXAMPLE: Mapping[str, Both] = {
    "measure": ("vedtak", "decision"),
    "year": ("2026", "2026"),
    "value": ("40", "40"),
    "minors": ("med", "included"),
    "reunification": ("uten", "excluded"),
    "publisher": ("vedtak", "vedtak"),
    "body": ("Kommunestyret", "Kommunestyret"),
    "case_number": ("12/26", "12/26"),
    "stated": ("2025-12-10", "2025-12-10"),
    "source_title": ("Kommunestyrets vedtak i sak 12/26", "Kommunestyrets vedtak i sak 12/26"),
    "source_kind": ("vedtak", "decision"),
}

HEADINGS = (
    ("Kolonne", "Column"),
    ("Må fylles ut", "Must be filled in"),
    ("Hva", "What"),
    ("Det som kan stå her", "What may stand here"),
    ("Oppdiktet eksempel", "Invented example"),
)
SHEETS = (("Tall", "Figures"), ("Forklaring", "About"))
"""The importer knows these names of a sheet that explains, and does not read it as figures."""
FURTHER = ("Flere kolonner som kan legges til", "Further columns that may be added")


def template(*, english: bool, at: datetime) -> bytes:
    """Return the spreadsheet, with the installation's own codes and publishers among the words."""
    place = 1 if english else 0
    headings = {column.key: column.names[place] for column in columns.COLUMNS}
    figures, explanation = (names[place] for names in SHEETS)
    chosen = [headings[key] for key in MEANINGS]
    return xlsx_bytes(
        [
            Sheet(figures, chosen, [], widths={heading: max(12.0, len(heading) + 2) for heading in chosen}),
            Sheet(explanation, [names[place] for names in HEADINGS], _explained(headings, place)),
        ],
        title=figures,
        creator="Husrom",
        created=at,
    )


def _explained(headings: Mapping[str, str], place: int) -> Iterator[Sequence[str]]:
    required = {column.key for column in columns.COLUMNS if column.required}
    yes = ("ja", "yes")[place]
    words = {key: _words(accepted, place) for key, accepted in WORDS.items()} | _own_words()
    for key, meaning in MEANINGS.items():
        example = EXAMPLE[key][place] if key in EXAMPLE else ""
        yield (headings[key], yes if key in required else "", meaning[place], words.get(key, ""), example)
    further = [heading for key, heading in headings.items() if key not in MEANINGS]
    yield (FURTHER[place], "", ", ".join(further), "", "")


def _words(accepted: Mapping[str, object], place: int) -> str:
    """Return one word for each meaning: the first that is written, or the last, which is English."""
    chosen: dict[object, str] = {}
    for word, value in accepted.items():
        if place or value not in chosen:
            chosen[value] = word
    return ", ".join(chosen.values())


def _own_words() -> dict[str, str]:
    codes = AreaCode.objects.select_related("area").order_by("area__name", "valid_from")
    publishers = Publisher.objects.order_by("key")
    return {
        "area": ", ".join(f"{code.code} ({code.area.name})" for code in codes[:40]),
        "publisher": ", ".join(f"{publisher.key} ({publisher.name})" for publisher in publishers[:60]),
    }
