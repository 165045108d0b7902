"""Setting up an installation: a municipality's name, codes, units and contact, checked before anything is written.

It walks through the ordinary set-up lists, so what it makes is what a folder of lists would
make. It knows no municipality: what every one starts with stands in `general`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from husrom.access.models import UnitContact, UnitName, User
from husrom.desk import general, units
from husrom.desk.folder import Load
from husrom.ledger import setup as ledger_setup
from husrom.ledger.models import AreaCode, Publisher
from husrom.publishing import loading
from husrom.publishing.models import Municipality
from husrom.sheets import dates
from husrom.sheets.cells import Cell, Column, Row

LANGUAGES = ("nb", "nn", "en")
CODE = re.compile(r"\d{4}", re.ASCII)
PHONE = re.compile(r"\+?[\d ()-]{3,38}", re.ASCII)
_ASCII = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "Ae", "Ø": "O", "Å": "A"})
LONGEST_NAME = 100


class FoundingError(Exception):
    """What is wrong with what was said, one sentence each; nothing was written."""

    def __init__(self, faults: Iterable[object]) -> None:
        self.faults = list(dict.fromkeys(str(fault) for fault in faults))
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True)
class UnitSaid:
    """A unit by its role, with its name by language and how to reach it; empty is not known."""

    role: str
    name: Mapping[str, str]
    contact: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Founding:
    """What a municipality says of itself. `valid_from` dates the names and the contact details."""

    name: str
    codes: Mapping[str, date]
    languages: Sequence[str]
    valid_from: date
    short_name: str = ""
    url: str = ""
    founded_on: date | None = None
    units: Sequence[UnitSaid] = ()


def a_code(said: str) -> tuple[str, date]:
    """Return a code and the day it began, written 9901=2020-01-01.

    Raises:
        ValueError: it is written otherwise; the message says how.
    """
    code, equals, day = (part.strip() for part in said.partition("="))
    if not CODE.fullmatch(code) or not equals:
        raise ValueError(
            _("“%(said)s”: write the four digits and the day the code began: 9901=2020-01-01.") % {"said": said}
        )
    return code, a_day(day)


def a_day(said: str) -> date:
    """Return one day.

    Raises:
        ValueError: it is none; the message says how to write one.
    """
    found = dates.day(Cell(text=said, address="", kind="text", value=said))
    if not isinstance(found, date):
        raise ValueError(_("“%(said)s” is no day. Write 2020-01-01 or 01.01.2020.") % {"said": said})  # noqa: TRY004 - what was written is wrong, not its type
    return found


def languages_of(said: str) -> list[str]:
    """Return language codes, the first leads.

    Raises:
        ValueError: one is not known, or there is none.
    """
    found = list(dict.fromkeys(re.split(r"[\s,]+", said.strip().lower())))
    unknown = [language for language in found if language not in LANGUAGES]
    if unknown or not found:
        raise ValueError(
            _("“%(said)s”: write one or more of %(known)s, the one that leads first.")
            % {"said": ", ".join(unknown), "known": ", ".join(LANGUAGES)}
        )
    return found


def an_email(said: str) -> str:
    """Return an e-mail address.

    Raises:
        ValueError: it is none.
    """
    try:
        validate_email(said)
    except ValidationError as error:
        message = _("“%(said)s” is no e-mail address. Write it whole, such as post@example.no.")
        raise ValueError(message % {"said": said}) from error
    return said


def a_phone(said: str) -> str:
    """Return a telephone number.

    Raises:
        ValueError: it holds other signs than digits.
    """
    if not PHONE.fullmatch(said) or not any(sign.isdigit() for sign in said):
        message = _("“%(said)s” is no telephone number. Write digits, with spaces if you like: 32 00 00 00.")
        raise ValueError(message % {"said": said})
    return said


def an_address(said: str) -> str:
    """Return a web address.

    Raises:
        ValueError: it is none.
    """
    try:
        URLValidator(schemes=["https", "http"])(said)
    except ValidationError as error:
        message = _("“%(said)s” is no web address. Write it whole: https://www.example.no.")
        raise ValueError(message % {"said": said}) from error
    return said


def a_name(said: str) -> str:
    """Return a name that fits.

    Raises:
        ValueError: it is too long.
    """
    if len(said) > LONGEST_NAME:
        raise ValueError(_("A name has at most %(limit)s characters.") % {"limit": LONGEST_NAME})
    return said


def found(founding: Founding, *, by: User, at: datetime, again: bool = False) -> list[str]:
    """Write what was said, all or nothing, and return what was done, a line each.

    With `again` it only adds to an installation that is set up: what is there stays.

    Raises:
        FoundingError: the installation is set up already, or something cannot be.
    """
    there = Municipality.objects.first()
    if there is not None and not again:
        raise FoundingError(
            [_("%(name)s is set up here already. With --again what is missing is added.") % {"name": there.name}]
        )
    if there is None and not (founding.name and founding.codes and founding.languages):
        raise FoundingError([_("A municipality has a name, a code and a language. Say all three.")])
    with transaction.atomic():
        founder = _Founder(founding, there, by, at)
        founder.walk()
    return founder.done


class _Founder:
    """Walks through the set-up lists."""

    def __init__(self, founding: Founding, there: Municipality | None, by: User, at: datetime) -> None:
        self.said, self.there, self.by, self.at = founding, there, by, at
        self.name = there.name if there else founding.name
        self.short = there.short_name if there else founding.short_name or founding.name.removesuffix(" kommune")
        self.area = there.area if there else slugify(self.short.translate(_ASCII))[:50] or "kommunen"
        self.done: list[str] = []

    def walk(self) -> None:
        """Load list by list, in the order in which they need one another."""
        if self.there is None:
            founded = self.said.founded_on.isoformat() if self.said.founded_on else ""
            own = {"key": self.area, "kind": "municipality", "name": self.short, "founded_on": founded}
            self._load(ledger_setup.AREAS, [own, general.COUNTRY], ledger_setup.load_areas)
        self._codes()
        self._publishers()
        if self.there is None:
            self._lines_and_parameters()
        self._units()
        self._municipality()

    def _load(self, columns: Sequence[Column], said: Iterable[Mapping[str, str]], load: Load) -> None:
        faults = load([_row(number, columns, row) for number, row in enumerate(said, start=1)])
        if faults:
            raise FoundingError(faults)

    def _codes(self) -> None:
        """Add codes; a code ends where the next begins."""
        on_record = {code.code: code.valid_from for code in AreaCode.objects.filter(area__key=self.area)}
        codes = {**on_record, **self.said.codes}
        in_order = sorted(codes.items(), key=lambda item: item[1])
        days = [day for _code, day in in_order]
        if len(set(days)) < len(days):
            raise FoundingError([_("Two codes cannot begin on the same day. Look up when each began.")])
        rows: list[Mapping[str, str]] = [] if self.there else [general.COUNTRY_CODE]
        for place, (code, day) in enumerate(in_order):
            until = days[place + 1].isoformat() if place + 1 < len(days) else ""
            rows.append({"area": self.area, "code": code, "valid_from": day.isoformat(), "valid_until": until})
        self._load(ledger_setup.AREA_CODES, rows, ledger_setup.load_area_codes)
        self.done += [
            _("code %(code)s from %(day)s") % {"code": code, "day": day.isoformat()}
            for code, day in in_order
            if code not in on_record
        ]

    def _publishers(self) -> None:
        """Add those that are missing; a name that the municipality changed stays."""
        there = set(Publisher.objects.values_list("key", flat=True))
        rows = [
            {
                "key": key,
                **{
                    column: name.format(name=self.name)
                    for column, name in zip(("name", "name_nn", "name_en"), names, strict=True)
                },
            }
            for key, *names in general.PUBLISHERS
            if key not in there
        ]
        self._load(ledger_setup.PUBLISHERS, rows, ledger_setup.load_publishers)
        if rows:
            self.done.append(_("publishers: %(keys)s") % {"keys": ", ".join(row["key"] for row in rows)})

    def _lines_and_parameters(self) -> None:
        orders: dict[str, int] = {}
        rows = []
        for line, measure, publisher, minors, reunification in general.LINES:
            orders[line] = orders.get(line, 0) + 1
            title, reason = general.TITLES[line], general.REASON
            rows.append(
                {
                    "line": line,
                    "measure": measure,
                    "area": self.area,
                    "publisher": publisher,
                    "minors": minors,
                    "reunification": reunification,
                    "from_year": str(min(self.said.codes.values()).year),
                    "order": str(orders[line]),
                    "chosen_on": timezone.localdate(self.at).isoformat(),
                    **dict(zip(("title", "title_nn", "title_en"), title, strict=True)),
                    **dict(zip(("reason", "reason_nn", "reason_en"), reason, strict=True)),
                }
            )
        self._load(ledger_setup.LINES, rows, lambda lines: ledger_setup.load_lines(lines, by=self.by, at=self.at))
        self._load(
            ledger_setup.PARAMETERS,
            general.PARAMETERS,
            lambda parameters: ledger_setup.load_parameters(parameters, by=self.by, at=self.at),
        )
        self.done.append(_("lines: %(keys)s") % {"keys": ", ".join(orders)})

    def _units(self) -> None:
        """Add names and contact details from a day on; what has that day already stays."""
        day, source = self.said.valid_from.isoformat(), _("said by %(by)s at the set-up") % {"by": self.by.username}
        for unit in self.said.units:
            if unit.name:
                self._refuse_taken(unit, UnitName.objects.filter(unit__key=unit.role, valid_from=day).first())
                names = {f"name_{language}": name for language, name in unit.name.items()}
                names["name"] = names.pop("name_nb")
                said = {"unit": unit.role, "role": unit.role, "valid_from": day, "source": source, **names}
                self._load(units.UNITS, [said], units.load_units)
                self.done.append(_("unit: %(name)s") % {"name": unit.name["nb"]})
            if unit.contact:
                there = UnitContact.objects.filter(unit__key=unit.role, valid_from=day).first()
                self._refuse_taken(unit, there)
                said = {"unit": unit.role, "valid_from": day, "source": source, **unit.contact}
                self._load(units.CONTACTS, [said], units.load_contacts)
                self.done.append(_("contact: %(what)s") % {"what": ", ".join(unit.contact.values())})

    def _refuse_taken(self, unit: UnitSaid, there: object) -> None:
        if there is not None:
            said = {"unit": unit.role, "day": self.said.valid_from.isoformat()}
            raise FoundingError(
                [_("The unit %(unit)s has this from %(day)s already. Say from which day with --valid-from.") % said]
            )

    def _municipality(self) -> None:
        there = self.there
        before = there.languages.split() if there else []
        languages = list(dict.fromkeys([*before, *self.said.languages]))
        url = (there.url if there else "") or self.said.url
        if there is not None and (languages, url) == (before, there.url):
            return
        loading.set_municipality(area=self.area, name=self.name, short_name=self.short, url=url, languages=languages)
        self.done.append(_("%(name)s, in %(languages)s") % {"name": self.name, "languages": ", ".join(languages)})


def _row(number: int, columns: Sequence[Column], said: Mapping[str, str]) -> Row:
    """Return a row of a set-up list as if it had been read from a file."""
    cells = {}
    for column in columns:
        text = said.get(column.key, "")
        cells[column.key] = Cell(text, column.key, "text" if text else "empty", text or None, "", "husrom init")
    return Row(number, cells)
