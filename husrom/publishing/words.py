"""The page's prose: references to figures, and the refusal of bare numbers.

A text holds references like {decision-2016} where numbers of persons belong. A bare
number is refused, with the reference to use instead; so is a reference that answers to
no figure of the edition. Years, dates, ages, paragraphs of law, case numbers, money,
shares and lengths of time are not numbers of persons and may stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _

from husrom.publishing.document import Figure, Paragraph, Piece

REFERENCE = re.compile(r"\{([^{}]*)\}")

_SPACE = "[ \u00a0\u202f]"
_MONTHS = (
    "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
    "|january|february|march|may|june|july|october|december"
)
_PEOPLE = (
    r"(?:personar|personer|persons?|people|menneske\w*|flyktning\w*|refugees?|mindreårige?"
    r"|minors?|barn|child(?:ren)?|søker\w*|søkj\w*|asylsøk\w*|applicants?|famili\w*"
    r"|bosatte?|busette?|settled|plass\w*|places?|enslige?|einsleg\w*|unaccompanied"
    r"|ungdom\w*|youths?|vaksne|voksne|adults?|newcomers?|nykomne|nyankomne)"
)
_ALLOWED = re.compile(
    "|".join(
        (
            rf"\d{{1,2}}\.?{_SPACE}?(?:{_MONTHS})(?:{_SPACE}\d{{4}})?",
            rf"(?:{_MONTHS}){_SPACE}\d{{4}}",
            r"\d{1,2}\.\d{1,2}\.(?:19|20)\d\d",
            r"(?:19|20)\d\d-\d\d-\d\d",
            r"(?:19|20)\d\d(?:[–-](?:(?:19|20)\d\d|\d\d))?",
            rf"\d{{1,2}}(?:{_SPACE}?[–-]{_SPACE}?\d{{1,2}})?{_SPACE}(?:års?|years?|åringar?|åringer)",
            rf"(?:aged|age|alder(?:en)?){_SPACE}\d{{1,2}}(?:{_SPACE}?[–-]{_SPACE}?\d{{1,2}})?",
            rf"§§?{_SPACE}?\d+(?:-\d+)?",
            rf"(?:kapittel|chapter|artikkel|article){_SPACE}\d+{_SPACE}?[A-Z]?",
            rf"(?:sak|case|saksnummer){_SPACE}\d+/\d+",
            rf"(?:uke|veke|week|kl\.|versjon|version){_SPACE}\d[\d.]*",
            rf"\d[\d{_SPACE[1:-1]}.,]*{_SPACE}?"
            rf"(?:%|prosent|per cent|percent|kr\b|kroner|NOK|mill\w*{_SPACE}?(?:kroner|NOK)?)",
            rf"\d{{1,3}}{_SPACE}(?:måned\w*|månad\w*|months?|uker?|veker?|weeks?|dag\w*|days?|timar|timer|hours?)",
            r"(?:NLOD|CC BY|WCAG|BY) \d\.\d",
        )
    ),
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"(?<![\w/])\d(?:[\d{_SPACE[1:-1]}.,]*\d)?(?!\w)")
_NUMBER_WORDS = (
    "to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|elleve|tolv|tretten|fjorten|femten|seksten|sytten"
    "|atten|nitten|tjue|tretti|førti|femti|seksti|sytti|åtti|nitti|hundre|tusen"
    "|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    "|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    "|ninety|hundred|thousand"
)
_IN_WORDS = re.compile(
    rf"\b(?:(?:{_NUMBER_WORDS})[ -]?)+(?:og[ -]|and[ -])?(?:{_NUMBER_WORDS})?"
    rf"{_SPACE}+(?:\w+{_SPACE}+)?{_PEOPLE}\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Problem:
    """A sentence that says what is wrong in a text and what to write instead."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


def references(text: str) -> tuple[str, ...]:
    """Return the keys that a text refers to, in order."""
    return tuple(match[1].strip() for match in REFERENCE.finditer(text))


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Return a text as paragraphs of plain pieces and references."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]
    return tuple(Paragraph(tuple(_pieces(" ".join(block.split("\n"))))) for block in blocks)


def _pieces(block: str) -> Iterable[Piece]:
    position = 0
    for match in REFERENCE.finditer(block):
        if match.start() > position:
            yield Piece(text=block[position : match.start()])
        yield Piece(figure=match[1].strip())
        position = match.end()
    if position < len(block):
        yield Piece(text=block[position:])


def problems(place: str, text: str, figures: Mapping[str, Figure]) -> list[Problem]:
    """Return what stands in the way of publishing a text, with what to write instead."""
    found = [
        Problem(place, _unknown(key, figures)) for key in references(text) if key not in figures
    ]
    found += [
        Problem(place, _without_number(key))
        for key in references(text)
        if key in figures and figures[key].value is None
    ]
    found += [Problem(place, _bare(number, figures)) for number in bare_numbers(text)]
    if leftover := re.search(r"[{}]", REFERENCE.sub("", text)):
        found.append(
            Problem(place, _("a brace %(brace)s stands alone.") % {"brace": leftover[0]})
        )
    return found


def bare_numbers(text: str) -> list[str]:
    """Return the numbers in a text that can be numbers of persons, in figures or in words."""
    prose = REFERENCE.sub(" ", text)
    in_words = [match[0] for match in _IN_WORDS.finditer(prose)]
    counted = re.compile(rf"(?:{_NUMBER.pattern}){_SPACE}+(?:\w+{_SPACE}+)?{_PEOPLE}\b", re.I)
    with_people = [match[0] for match in counted.finditer(prose) if not _is_allowed(match[0])]
    rest = _ALLOWED.sub(" ", counted.sub(" ", prose))
    return in_words + with_people + [match[0] for match in _NUMBER.finditer(rest)]


def _is_allowed(phrase: str) -> bool:
    """Whether a number before a word for people is a year, a date or an age after all.

    "I 2016 bosatte kommunen" is a year and a verb; "2016 flyktninger" would be a count,
    but a count of that size is written with a space: 2 016.
    """
    match = _ALLOWED.match(phrase)
    return match is not None and match.end() >= len(_NUMBER.match(phrase)[0])  # type: ignore[index]


def _bare(number: str, figures: Mapping[str, Figure]) -> str:
    digits = re.sub(r"\D", "", number)
    same = [
        key for key, figure in figures.items() if digits and figure.value == int(digits)
    ]
    if same:
        listed = _(" or ").join("{%s}" % key for key in same[:6])
        return _("“%(number)s” is a bare number. Write %(references)s instead.") % {
            "number": number.strip(),
            "references": listed,
        }
    return _(
        "“%(number)s” is a bare number, and no figure of this edition has it. "
        "Record it with its rule and source first, then refer to it."
    ) % {"number": number.strip()}


def _unknown(key: str, figures: Mapping[str, Figure]) -> str:
    near = get_close_matches(key, figures, n=3, cutoff=0.5)
    if near:
        listed = _(" or ").join("{%s}" % item for item in near)
        return _("{%(key)s} is no figure of this edition. Did you mean %(near)s?") % {
            "key": key,
            "near": listed,
        }
    return _("{%(key)s} is no figure of this edition. It was not known on its day.") % {"key": key}


def _without_number(key: str) -> str:
    return _("{%(key)s} has no single number to print. Say it in words.") % {"key": key}
