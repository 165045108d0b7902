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
_YEAR = re.compile(r"(?<![\w/])(?:19|20)\d\d(?:[–-](?:(?:19|20)\d\d|\d\d))?(?!\w)")
_SHARE_OR_MONEY = rf"%|prosent|per cent|percent|kr\b|kroner|NOK|mill\w*{_SPACE}?(?:kroner|NOK)?"
_NOT_PERSONS = re.compile(
    "|".join(
        (
            rf"\d{{1,2}}\.?{_SPACE}?(?:{_MONTHS})(?:{_SPACE}\d{{4}})?",
            rf"(?:{_MONTHS}){_SPACE}\d{{4}}",
            r"\d{1,2}\.\d{1,2}\.(?:19|20)\d\d",
            r"(?:19|20)\d\d-\d\d-\d\d",
            rf"\d{{1,2}}(?:{_SPACE}?[–-]{_SPACE}?\d{{1,2}})?{_SPACE}(?:års?|years?|åring\w*)",
            rf"(?:aged|age|alder(?:en)?){_SPACE}\d{{1,2}}(?:{_SPACE}?[–-]{_SPACE}?\d{{1,2}})?",
            rf"§§?{_SPACE}?\d+(?:-\d+)?",
            rf"(?:kapittel|chapter|artikkel|article){_SPACE}\d+{_SPACE}?[A-Z]?",
            rf"(?:sak|case|saksnummer){_SPACE}\d+/\d+",
            rf"(?:uke|veke|week|kl\.|versjon|version){_SPACE}\d[\d.]*",
            rf"\d[\d{_SPACE[1:-1]}.,]*{_SPACE}?(?:{_SHARE_OR_MONEY})",
            rf"\d{{1,3}}{_SPACE}(?:måned|månad|month|uke|veke|week|dag|day|time|timar|hour)\w*",
            r"(?:NLOD|CC BY|WCAG|BY) \d\.\d",
        )
    ),
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"(?<![\w/])\d(?:[\d{_SPACE[1:-1]}.,]*\d)?(?!\w)")
_COUNTED = re.compile(rf"{_NUMBER.pattern}{_SPACE}+(?:\w+{_SPACE}+)?{_PEOPLE}\b", re.IGNORECASE)
_NORWEGIAN = (
    "to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|elleve|tolv|tretten|fjorten|femten|seksten|sytten"
    "|atten|nitten|tjue|tretti|førti|femti|seksti|sytti|åtti|nitti|hundre|tusen"
)
_ENGLISH = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    "|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    "|ninety|hundred|thousand"
)


def _in_words(number_words: str) -> re.Pattern[str]:
    """Return a pattern of numbers written in words before a word for people."""
    return re.compile(
        rf"\b(?:(?:{number_words})[ -]?)+(?:og[ -]|and[ -])?(?:{number_words})?"
        rf"{_SPACE}+(?:\w+{_SPACE}+)?{_PEOPLE}\b",
        re.IGNORECASE,
    )


_WORDS = {"nb": _in_words(_NORWEGIAN), "nn": _in_words(_NORWEGIAN), "en": _in_words(_ENGLISH)}


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


def problems(place: str, text: str, figures: Mapping[str, Figure], language: str) -> list[Problem]:
    """Return what stands in the way of publishing a text, with what to write instead."""
    found = [Problem(place, _unknown(key, figures)) for key in references(text) if key not in figures]
    found += [
        Problem(place, _without_number(key))
        for key in references(text)
        if key in figures and figures[key].value is None
    ]
    found += [Problem(place, _bare(number, figures)) for number in bare_numbers(text, language)]
    if leftover := re.search(r"[{}]", REFERENCE.sub("", text)):
        found.append(Problem(place, _("a brace %(brace)s stands alone.") % {"brace": leftover[0]}))
    return found


def bare_numbers(text: str, language: str) -> list[str]:
    """Return the numbers in a text that can be numbers of persons, in figures or in words.

    A year before a word for people counts as one of them: "2016 flyktninger" is read as
    a number, and "i 2016 kom flyktninger" says it better.
    """
    prose = REFERENCE.sub(GAP, text)
    found = [match[0] for match in _WORDS[language].finditer(prose)] if language in _WORDS else []
    prose = _NOT_PERSONS.sub(GAP, prose)
    found += [match[0] for match in _COUNTED.finditer(prose) if not _is_a_year(match[0])]
    rest = _YEAR.sub(GAP, _COUNTED.sub(_leave_years, prose))
    return found + [match[0] for match in _NUMBER.finditer(rest)]


def _is_a_year(phrase: str) -> bool:
    """Whether a number near a word for people is a year: "2014 ble enslige", "2015 bosatte".

    Only a year right before a noun for people is read as a count of them.
    """
    noun = rf"(?:19|20)\d\d{_SPACE}+(?!bosatte?|busette?|settled){_PEOPLE}"
    is_year = re.match(r"(?:19|20)\d\d(?!\d)", phrase)
    return bool(is_year) and not re.fullmatch(noun, phrase, re.IGNORECASE)


def _leave_years(match: re.Match[str]) -> str:
    return match[0] if _is_a_year(match[0]) else GAP


GAP = " · "
"""Stands for what was taken out, so that its neighbours do not become neighbours."""


def _bare(number: str, figures: Mapping[str, Figure]) -> str:
    digits = re.sub(r"\D", "", number)
    same = [key for key, figure in figures.items() if digits and figure.value == int(digits)]
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
