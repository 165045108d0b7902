"""Rules, days, numbers and states in the words of three languages."""

from datetime import date

import pytest
from django.utils.translation import override

from husrom.public import wording
from husrom.public.dates import NotADayError, parse_day
from husrom.publishing.document import Rule

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("language", "minors", "family", "words"),
    [
        ("nb", "included", "excluded", "med enslige mindreårige; uten familiegjenforente"),
        ("nb", "unstated", "unstated", "ikke oppgitt om enslige mindreårige eller familiegjenforente er med"),
        ("nb", "only", "excluded", "bare enslige mindreårige"),
        ("nn", "excluded", "included", "utan einslege mindreårige; med familiesameinte"),
        ("nn", "included", "included", "med einslege mindreårige og familiesameinte"),
        ("en", "included", "unstated", "with unaccompanied minors; not stated whether reunified family is counted"),
    ],
)
def test_a_counting_rule_is_a_sentence(language: str, minors: str, family: str, words: str) -> None:
    with override(language):
        assert wording.rule(Rule(minors, family)) == words


def test_ages_and_applications_have_their_own_words() -> None:
    with override("nb"):
        assert wording.rule(Rule("only", "excluded", age="under_15")) == "bare enslige mindreårige under 15 år"
        assert wording.rule(Rule("included", "unstated", unit="applications")) == "med enslige mindreårige"


@pytest.mark.parametrize(
    ("first", "last", "nb", "en"),
    [
        (date(2023, 8, 22), date(2023, 8, 22), "22. august 2023", "22 August 2023"),
        (date(2015, 9, 1), date(2015, 9, 30), "september 2015", "September 2015"),
        (date(2009, 1, 1), date(2009, 12, 31), "2009", "2009"),
        (date(2018, 6, 1), date(2018, 8, 20), "mellom 1. juni og 20. august 2018", "between 1 June and 20 August 2018"),
        (date(2016, 1, 7), date(2016, 1, 31), "mellom 7. og 31. januar 2016", "between 7 and 31 January 2016"),
        (
            date(2017, 7, 1),
            date(2018, 5, 31),
            "mellom 1. juli 2017 og 31. mai 2018",
            "between 1 July 2017 and 31 May 2018",
        ),
    ],
)
def test_days_are_said_as_exactly_as_they_are_known(first: date, last: date, nb: str, en: str) -> None:
    with override("nb"):
        assert wording.days(first, last) == nb
    with override("en"):
        assert wording.days(first, last) == en


def test_a_day_in_a_sentence_has_its_preposition() -> None:
    with override("nb"):
        assert wording.said_on(date(2015, 9, 1), date(2015, 9, 30)) == "i september 2015"
        assert wording.said_on(date(2015, 9, 1), date(2015, 9, 1)) == "1. september 2015"
    with override("en"):
        assert wording.said_on(date(2015, 9, 1), date(2015, 9, 1)) == "on 1 September 2015"


def test_periods() -> None:
    with override("nb"):
        assert wording.period(date(2016, 1, 1), date(2017, 1, 1)) == "2016"
        assert wording.period(date(2010, 1, 1), date(2015, 1, 1)) == "2010–2014"
        assert wording.period(date(2024, 1, 1), date(2024, 11, 14)) == "2024 til og med 13. november"
        assert wording.period(date(2024, 11, 13), date(2024, 11, 14)) == "13. november 2024"


def test_numbers_are_written_as_the_language_does() -> None:
    with override("nn"):
        assert wording.number(31145) == f"31{NBSP}145"
        assert wording.signed(-60) == "\u221260"
        assert wording.signed(25) == "+25"
        assert wording.per_cent(52.04) == f"52{NBSP}%"
    with override("en"):
        assert wording.number(31145) == "31,145"
        assert wording.per_cent(8.9) == "8.9%"


def test_no_interval_without_its_probability() -> None:
    with override("nb"):
        assert wording.amount(None, 10000, 60000) == f"10{NBSP}000–60{NBSP}000"
        assert wording.probability(0.8) == "8 av 10 ganger"
        assert wording.probability(0.95) == "95 av 100 ganger"
        assert wording.probability(None) == "sannsynlighet ikke oppgitt"


@pytest.mark.parametrize(
    "typed",
    [
        "31.12.2015",
        "31/12/2015",
        "31. 12. 2015",
        "2015-12-31",
        "31. desember 2015",
        "31 desember 2015",
        "31. des. 2015",
        " 31.  Desember 2015 ",
        "31 December 2015",
        "December 31, 2015",
        "31st december 2015",
    ],
)
def test_days_are_read_as_people_write_them(typed: str) -> None:
    assert parse_day(typed) == date(2015, 12, 31)


@pytest.mark.parametrize(
    "typed",
    ["", "i går", "31.11.2015", "31.12.15", "12/31/2015", "2015", "99999-01-01", "1" * 5000, "31.12.2015x", "０"],
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(NotADayError):
        parse_day(typed)
