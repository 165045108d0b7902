"""Record, correct, retract: what the ledger takes in, what it refuses, and that nothing is half written."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.utils import translation

from husrom.ledger import actions
from husrom.ledger.actions import RefusedError
from husrom.ledger.models import Act, Fact, FurtherSource, Series, Source
from husrom.ledger.statements import NewAct, NewFact, NewSource, Said
from husrom.rules.periods import Period
from husrom.rules.statements import State
from tests import cast, make
from tests.rules.rows import MINORS, ORDINARY, TOTAL, UNDER_15, day

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    make.asker()
    with translation.override("en"):
        yield


def rows() -> dict[str, int]:
    """How many rows each table has: an action that refuses leaves all of them as they were."""
    models = [*apps.get_app_config("ledger").get_models()]
    return {model.__name__: model._default_manager.count() for model in models}


@contextmanager
def refused(message: str) -> Iterator[None]:
    before = rows()

    with pytest.raises(RefusedError, match=re.escape(message)):
        yield

    assert rows() == before


# What is taken in.


def test_an_act_is_recorded_with_its_facts_who_wrote_it_down_and_when() -> None:
    act = make.recorded(
        make.act("2015-12-01..2015-12-31", body="Formannskapet", case_number="198/15"),
        make.level(TOTAL, 135),
        make.level(MINORS, 45),
    )

    fact = act.facts.get(value=135)
    assert (act.body, act.case_number, act.stated_first, act.stated_last) == (
        "Formannskapet",
        "198/15",
        day("2015-12-01"),
        day("2015-12-31"),
    )
    assert (fact.series.measure, fact.series.minors, fact.series.audience) == ("decision", "included", "public")
    assert (fact.period_from, fact.period_until) == (day("2016-01-01"), day("2017-01-01"))
    assert (fact.source.title, fact.source.kind) == (make.PAGE.title, "page")
    assert {row.recorded_by for row in (act, fact)} == {cast.economist()}
    assert {row.recorded_at for row in (act, fact)} == {make.NOW}


def test_what_is_recorded_is_known_from_today_unless_somebody_says_otherwise() -> None:
    act = actions.record(act=make.act("2015-09-30"), facts=[make.level(TOTAL, 75)], by=cast.economist(), at=make.NOW)

    assert (act.known_on, act.facts.get().known_on) == (day("2026-11-24"), day("2026-11-24"))


def test_today_is_the_day_in_norway() -> None:
    just_after_midnight = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)

    act = actions.record(
        act=make.act("2026-11-24"), facts=[make.level(TOTAL, 75)], by=cast.economist(), at=just_after_midnight
    )

    assert act.known_on == day("2026-11-24")


def test_a_series_and_a_source_are_the_same_when_they_are_met_again() -> None:
    make.recorded(make.act("2015-09-30"), make.level(TOTAL, 75))
    make.recorded(make.act("2015-12-31"), make.level(TOTAL, 135))

    assert (Series.objects.count(), Source.objects.count()) == (1, 1)


def test_an_act_known_without_its_number_is_recorded() -> None:
    act = make.recorded(make.act("2015-09-01..2015-09-30"), make.level(TOTAL, state=State.UNKNOWN))

    assert act.facts.get().value is None


@pytest.mark.parametrize(
    "fact",
    [
        lambda: make.level(TOTAL, 0),
        lambda: make.level(TOTAL, low=120, high=150),
        lambda: make.level(TOTAL, 135, low=135, high=150),
        lambda: make.level(MINORS, low=1, high=4, state=State.HIDDEN),
        lambda: make.level(TOTAL, state=State.NOT_DECIDED),
        lambda: make.change(TOTAL, -5),
        lambda: make.change(TOTAL, 0),
        lambda: make.forecast(TOTAL, 25_000, low=20_000, high=30_000, probability=0.8),
        lambda: make.forecast(TOTAL, low=20_000, high=30_000),
    ],
)
def test_what_a_number_can_say(fact: Callable[[], NewFact]) -> None:
    assert make.recorded(make.act("2015-09-30"), fact()).facts.count() == 1


# What is refused.

REFUSED: dict[str, tuple[str, Callable[[], object]]] = {
    "no facts": (
        "An act without a number says nothing",
        lambda: make.recorded(make.act("2015-09-30")),
    ),
    "a day in the future": (
        "2026-11-25 is in the future",
        lambda: make.recorded(make.act("2026-11-25"), make.level(TOTAL, 75), known="2026-11-24"),
    ),
    "a last day in the future": (
        "2026-12-31 is in the future",
        lambda: make.recorded(make.act("2026-11-01..2026-12-31"), make.level(TOTAL, 75), known="2026-11-24"),
    ),
    "days in the wrong order": (
        "The last possible day comes before the first",
        lambda: make.recorded(make.act("2015-09-30..2015-09-01"), make.level(TOTAL, 75)),
    ),
    "known before it was said": (
        "2015-08-31 cannot be when it was known",
        lambda: make.recorded(make.act("2015-09-01..2015-09-30"), make.level(TOTAL, 75), known="2015-08-31"),
    ),
    "known tomorrow": (
        "2026-11-25 cannot be when it was known",
        lambda: make.recorded(make.act("2015-09-30"), make.level(TOTAL, 75), known="2026-11-25"),
    ),
    "an unknown publisher": (
        "fylkesmannen is not known here",
        lambda: make.recorded(
            make.act("2015-09-30", publisher="fylkesmannen"), make.level(TOTAL, 75, publisher="fylkesmannen")
        ),
    ),
    "an unknown publisher of the source": (
        "avisa is not known here",
        lambda: make.recorded(
            make.act("2015-09-30"), make.level(TOTAL, 75, source=NewSource("avisa", "A page", "press"))
        ),
    ),
    "an unknown area": (
        "lier is not known here",
        lambda: make.recorded(make.act("2015-09-30", area="lier"), make.level(TOTAL, 75, area="lier")),
    ),
    "another's number": (
        "An act's numbers are its own publisher's",
        lambda: make.recorded(make.act("2015-09-30"), make.level(TOTAL, 75, publisher="imdi")),
    ),
    "another area's number": (
        "about its own area",
        lambda: make.recorded(make.act("2015-09-30"), make.level(TOTAL, 75, area="royken")),
    ),
    "a change where none can stand": (
        "Only requests and decisions are changed by so many",
        lambda: make.recorded(make.act("2015-09-30"), make.change(TOTAL, 5, measure="settled")),
    ),
    "a number twice": (
        "The act states this number already",
        lambda: make.recorded(make.act("2015-09-30"), make.level(TOTAL, 75), make.level(TOTAL, 76)),
    ),
    "a good number before a bad one": (
        "The act states this number already",
        lambda: make.recorded(
            make.act("2015-09-30"), make.level(MINORS, 10), make.level(TOTAL, 75), make.level(TOTAL, 75)
        ),
    ),
    "two audiences for one number": (
        "One number has one audience",
        lambda: make.recorded(make.act("2015-09-30"), make.level(TOTAL, 75), make.change(TOTAL, 5, audience="staff")),
    ),
    "no number": (
        "A stated number needs a number",
        lambda: make.recorded(make.act("2015-09-30"), make.level(TOTAL)),
    ),
    "a number that is not known": (
        "Where there is no number, none can stand",
        lambda: make.recorded(make.act("2015-09-30"), make.level(TOTAL, 75, state=State.UNKNOWN)),
    ),
    "a number that is not decided": (
        "Where there is no number, none can stand",
        lambda: make.recorded(make.act("2015-09-30"), make.level(TOTAL, 0, state=State.NOT_DECIDED)),
    ),
    "a hidden number without its bounds": (
        "hidden as “<5” is 1 to 4",
        lambda: make.recorded(make.act("2015-09-30"), make.level(TOTAL, state=State.HIDDEN)),
    ),
    "a hidden number that is known": (
        "hidden as “<5” is 1 to 4",
        lambda: make.recorded(make.act("2015-09-30"), make.level(TOTAL, 3, low=1, high=4, state=State.HIDDEN)),
    ),
    "bounds in the wrong order": (
        "Low, number and high must rise",
        lambda: make.recorded(make.act("2015-09-30"), make.level(TOTAL, low=150, high=120)),
    ),
    "a number outside its bounds": (
        "Low, number and high must rise",
        lambda: make.recorded(make.act("2015-09-30"), make.level(TOTAL, 160, low=120, high=150)),
    ),
    "fewer than nobody": (
        "never below zero",
        lambda: make.recorded(make.act("2015-09-30"), make.level(TOTAL, -1)),
    ),
    "the probability of a level": (
        "A probability belongs to a forecast",
        lambda: make.recorded(make.act("2015-09-30"), make.level(TOTAL, 75, probability=0.8)),
    ),
    "a certain forecast": (
        "lies between 0 and 1",
        lambda: make.recorded(make.act("2015-09-30"), make.forecast(TOTAL, 75, probability=1.0)),
    ),
    "an impossible forecast": (
        "lies between 0 and 1",
        lambda: make.recorded(make.act("2015-09-30"), make.forecast(TOTAL, 75, probability=0.0)),
    ),
    "a retraction of nothing": (
        "Only a number that is recorded can be retracted",
        lambda: make.recorded(make.act("2015-09-30"), make.level(TOTAL, state=State.RETRACTED)),
    ),
    "a source of no kind": (
        "A source has a title and a kind",
        lambda: make.recorded(
            make.act("2015-09-30"), make.level(TOTAL, 75, source=NewSource("ssb", "A page", "rumour"))
        ),
    ),
    "a source without a title": (
        "A source has a title and a kind",
        lambda: make.recorded(make.act("2015-09-30"), make.level(TOTAL, 75, source=NewSource("ssb", "", "page"))),
    ),
}


@pytest.mark.parametrize("bad", REFUSED)
def test_a_bad_act_is_refused_with_a_sentence_and_nothing_is_written(bad: str) -> None:
    message, attempt = REFUSED[bad]

    with refused(message):
        attempt()


# Correcting and retracting numbers.


@pytest.fixture
def fact() -> Fact:
    return make.recorded(make.act("2015-09-30"), make.level(TOTAL, 57), make.level(MINORS, 10)).facts.get(value=57)


def correct(wrong: Fact, said: Said | None = None, known: str = "2016-01-01") -> Fact:
    return actions.correct_fact(
        wrong=wrong, said=said or Said(State.STATED, 75), by=cast.economist(), at=make.NOW, known_on=day(known)
    )


def retract(wrong: Fact, known: str = "2016-01-01") -> Fact:
    return actions.retract_fact(
        wrong=wrong, reason="It belongs elsewhere.", by=cast.economist(), at=make.NOW, known_on=day(known)
    )


def add(act: Act, new: NewFact, known: str = "2016-01-01") -> Fact:
    with actions.ledger_held():
        return actions.add_fact(act=act, fact=new, by=cast.economist(), at=make.NOW, known_on=day(known), imported=None)


def test_a_correction_keeps_everything_but_the_number(fact: Fact) -> None:
    right = correct(fact)

    assert (right.value, right.corrects) == (75, fact)
    for kept in ("act", "series", "period_from", "period_until", "kind", "source", "source_place"):
        assert getattr(right, kept) == getattr(fact, kept)


def test_a_correction_may_name_the_paper_that_it_was_read_in(fact: Fact) -> None:
    right = actions.correct_fact(
        wrong=fact,
        said=Said(State.STATED, 75),
        source=NewSource("asker-vedtak", "Møtebok", "decision"),
        by=cast.economist(),
        at=make.NOW,
    )

    assert (right.source.title, right.known_on) == ("Møtebok", day("2026-11-24"))


def test_a_row_is_corrected_once_and_then_its_correction(fact: Fact) -> None:
    right = correct(fact)

    with refused("This row was corrected already. Correct the correction instead."):
        correct(fact)
    assert correct(right, Said(State.STATED, 76)).corrects == right


def test_a_correction_is_not_known_before_what_it_corrects(fact: Fact) -> None:
    right = correct(fact, known="2016-01-01")

    with refused("A correction cannot be known before what it corrects."):
        correct(right, known="2015-12-31")
    with refused("A correction cannot be known before what it corrects."):
        retract(right, known="2015-12-31")


def test_a_correction_is_not_known_tomorrow(fact: Fact) -> None:
    with refused("2026-11-25 is in the future"):
        correct(fact, known="2026-11-25")


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (Said(State.STATED), "A stated number needs a number"),
        (Said(State.UNKNOWN, 75), "Where there is no number, none can stand"),
        (Said(State.STATED, -1), "never below zero"),
        (Said(State.STATED, None, 10, 9), "Low, number and high must rise"),
        (Said(State.STATED, 75, probability=0.5), "A probability belongs to a forecast"),
    ],
)
def test_a_correction_says_what_a_number_can_say(fact: Fact, said: Said, message: str) -> None:
    with refused(message):
        correct(fact, said)


def test_a_number_in_the_wrong_place_is_retracted_there_and_stated_where_it_belongs(fact: Fact) -> None:
    gone = retract(fact)
    right = add(fact.act, make.level(ORDINARY, 57))

    assert (gone.state, gone.value, gone.note, right.value) == ("retracted", None, "It belongs elsewhere.", 57)


def test_a_retracted_row_frees_its_key_from_the_day_that_is_known(fact: Fact) -> None:
    retract(fact, known="2016-05-01")

    with refused("What stood here was retracted later than this was known."):
        add(fact.act, make.level(TOTAL, 75), known="2016-04-30")
    assert add(fact.act, make.level(TOTAL, 75), known="2016-05-01").value == 75


def test_a_retraction_is_corrected_back(fact: Fact) -> None:
    again = correct(retract(fact), Said(State.STATED, 57), known="2016-02-01")

    assert (again.value, again.state) == (57, "stated")


def test_a_retraction_is_not_corrected_back_beside_another_number(fact: Fact) -> None:
    gone = retract(fact)
    add(fact.act, make.level(TOTAL, 75), known="2016-02-01")

    with refused("Another number was recorded in its place meanwhile."):
        correct(gone, Said(State.STATED, 57), known="2016-03-01")


def test_why_a_number_was_retracted_is_mended_also_beside_another_number(fact: Fact) -> None:
    gone = retract(fact)
    add(fact.act, make.level(TOTAL, 75), known="2016-02-01")

    assert retract(gone, known="2016-03-01").corrects == gone


def test_a_retraction_is_not_corrected_back_on_a_day_when_another_number_stood_in_its_place(fact: Fact) -> None:
    """75 stood there until June; 57 cannot have stood there again in March."""
    gone = retract(fact, known="2016-01-01")
    retract(add(fact.act, make.level(TOTAL, 75), known="2016-02-01"), known="2016-06-01")

    with pytest.raises(RefusedError):
        correct(gone, Said(State.STATED, 57), known="2016-03-01")
    assert correct(gone, Said(State.STATED, 57), known="2016-06-01").value == 57


def test_an_act_does_not_state_a_number_beside_its_correction(fact: Fact) -> None:
    correct(fact)

    with refused("The act states this number already."):
        add(fact.act, make.level(TOTAL, 76))


def test_the_same_number_of_another_period_or_kind_is_another_number(fact: Fact) -> None:
    assert add(fact.act, make.level(TOTAL, 80, period=2017)).pk
    assert add(fact.act, make.change(TOTAL, 5)).pk
    assert add(fact.act, make.level(UNDER_15, 5)).pk


@pytest.mark.parametrize("known", ["2015-09-29", "2026-11-25"])
def test_a_number_given_to_an_act_is_known_neither_before_it_was_said_nor_tomorrow(fact: Fact, known: str) -> None:
    with refused(f"{known} cannot be when it was known"):
        add(fact.act, make.level(ORDINARY, 47), known=known)


# Mending and retracting acts.


def mend(wrong: Act, **changes: object) -> Act:
    known = day(str(changes.pop("known", "2016-01-01")))
    return actions.correct_act(wrong=wrong, by=cast.economist(), at=make.NOW, known_on=known, **changes)  # type: ignore[arg-type]


@pytest.fixture
def act() -> Act:
    return make.recorded(make.act("2015-09-01..2015-09-30", case_number="12/15"), make.level(TOTAL, 75))


def test_what_is_not_mended_of_an_act_stays_as_it_was(act: Act) -> None:
    mended = mend(act, stated_first=day("2015-09-08"), stated_last=day("2015-09-08"))

    assert (mended.stated_first, mended.stated_last, mended.case_number, mended.body, mended.order) == (
        day("2015-09-08"),
        day("2015-09-08"),
        "12/15",
        "Kommunestyret",
        0,
    )
    assert (mended.original, mended.corrects) == (act, act)


def test_an_act_is_mended_once_and_then_its_correction(act: Act) -> None:
    mended = mend(act, body="Formannskapet")

    with refused("This row was corrected already. Correct the correction instead."):
        mend(act, body="Utvalget")
    again = mend(mended, case_number="13/15")
    assert (again.original, again.corrects, again.body, again.case_number) == (act, mended, "Formannskapet", "13/15")


def test_an_act_is_retracted_with_its_numbers_and_stands_again_with_them(act: Act) -> None:
    gone = mend(act, retracted=True)
    again = mend(gone, known="2016-02-01")

    assert (gone.retracted, again.retracted) == (True, False)
    assert act.facts.count() == 1


def test_a_number_given_to_a_mended_act_belongs_to_its_first_row(act: Act) -> None:
    mended = mend(act, body="Formannskapet")

    assert add(mended, make.level(MINORS, 10)).act == act


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"stated_first": day("2015-10-01")}, "The last possible day comes before the first"),
        ({"stated_last": day("2026-11-25")}, "2026-11-25 is in the future"),
        ({"known": "2026-11-25"}, "2026-11-25 cannot be when it was known"),
        ({"known": "2015-09-29"}, "A correction cannot be known before what it corrects"),
        (
            {"stated_first": day("2016-02-01"), "stated_last": day("2016-02-01")},
            "2016-01-01 cannot be when it was known",
        ),
    ],
)
def test_an_act_is_not_mended_into_what_cannot_be(act: Act, changes: dict[str, object], message: str) -> None:
    with refused(message):
        mend(act, **changes)


# Two acts on one day.

TIE = "both end on one day. Say which came first: give the later one a higher order."


def test_two_acts_of_a_side_that_end_on_one_day_need_an_order(act: Act) -> None:
    with refused(f"Kommunestyret (2015-09-30) and Formannskapet (2015-09-30) {TIE}"):
        make.recorded(make.act("2015-09-30", body="Formannskapet"), make.level(MINORS, 10))

    assert make.recorded(make.act("2015-09-30", body="Formannskapet", order=1), make.level(MINORS, 10)).pk


@pytest.mark.parametrize(
    ("said", "number"),
    [
        (lambda: make.act("2015-09-29"), lambda: make.level(TOTAL, 80)),
        (lambda: make.act("2015-09-30"), lambda: make.level(TOTAL, 80, period=2017)),
        (lambda: make.act("2015-09-30"), lambda: make.level(TOTAL, 80, measure="settled")),
        (lambda: make.act("2015-09-30", publisher="imdi"), lambda: make.level(TOTAL, 80, publisher="imdi")),
        (lambda: make.act("2015-09-30", area="hurum"), lambda: make.level(TOTAL, 80, area="hurum")),
        (lambda: make.act("2015-09-30"), lambda: make.forecast(TOTAL, 80)),
    ],
    ids=["another day", "another period", "another measure", "another publisher", "another area", "a forecast"],
)
def test_acts_that_are_not_of_one_side_need_none(
    act: Act, said: Callable[[], NewAct], number: Callable[[], NewFact]
) -> None:
    assert make.recorded(said(), number()).pk != act.pk


def test_two_statements_of_a_series_that_end_on_one_day_need_an_order() -> None:
    make.recorded(make.act("2024-11-13"), make.level(TOTAL, 345, measure="settled"))

    with refused(f"Kommunestyret (2024-11-13) and Asker-vedtak (2024-11-13) {TIE}"):
        make.recorded(make.act("2024-11-13", body=""), make.level(TOTAL, 356, measure="settled"))
    assert make.recorded(make.act("2024-11-13"), make.level(MINORS, 22, measure="settled")).pk


@pytest.mark.parametrize("audience", ["staff", "minors"])
def test_two_statements_that_few_may_see_need_an_order_too(audience: str) -> None:
    told = {"measure": "settled", "audience": audience}
    make.recorded(make.act("2024-11-13"), make.level(MINORS, 3, **told))

    with refused(TIE):
        make.recorded(make.act("2024-11-13"), make.level(MINORS, 4, **told))


def test_two_forecasts_of_one_number_that_end_on_one_day_need_an_order() -> None:
    make.recorded(make.act("2015-11-12"), make.forecast(TOTAL, 25_000))

    with refused(TIE):
        make.recorded(make.act("2015-11-12"), make.forecast(TOTAL, 33_000))


def test_a_day_is_not_mended_into_anothers_without_an_order(act: Act) -> None:
    other = make.recorded(make.act("2015-12-31", body="Formannskapet"), make.level(TOTAL, 135))

    with refused(TIE):
        mend(other, stated_first=day("2015-09-30"), stated_last=day("2015-09-30"), known="2016-02-01")
    assert mend(other, stated_first=day("2015-09-30"), stated_last=day("2015-09-30"), order=1, known="2016-02-01").pk


def test_an_order_is_not_taken_away_from_a_tie(act: Act) -> None:
    other = make.recorded(make.act("2015-09-30", order=1), make.level(TOTAL, 135))

    with refused(TIE):
        mend(other, order=0)


def test_a_late_letter_needs_an_order_beside_an_act_that_has_been_mended_away_since(act: Act) -> None:
    """On 1 December both would have been known to end on one day."""
    mend(act, stated_first=day("2015-10-15"), stated_last=day("2015-10-15"), known="2016-01-01")

    with refused(TIE):
        make.recorded(make.act("2015-09-30"), make.level(TOTAL, 80), known="2015-12-01")
    assert make.recorded(make.act("2015-09-30"), make.level(TOTAL, 80), known="2016-01-01").pk


def test_an_act_does_not_stand_again_beside_one_that_took_its_day(act: Act) -> None:
    gone = mend(act, retracted=True)
    make.recorded(make.act("2015-09-30"), make.level(TOTAL, 80), known="2016-02-01")

    with refused(TIE):
        mend(gone, known="2016-03-01")


def test_a_number_does_not_stand_again_beside_one_that_took_its_day() -> None:
    wrong = make.recorded(make.act("2024-11-13"), make.level(TOTAL, 345, measure="settled")).facts.get()
    gone = retract(wrong, known="2024-11-20")
    make.recorded(make.act("2024-11-13"), make.level(TOTAL, 356, measure="settled"), known="2024-11-20")

    with refused(TIE):
        correct(gone, Said(State.STATED, 345), known="2024-11-21")


def test_a_late_letter_is_recorded_with_its_old_day_and_todays_knowledge(act: Act) -> None:
    letter = actions.record(act=make.act("2015-11-15"), facts=[make.change(TOTAL, 5)], by=cast.economist(), at=make.NOW)

    assert (letter.stated_last, letter.known_on) == (day("2015-11-15"), day("2026-11-24"))


# Further sources.


def test_a_second_source_of_the_same_statement_is_noted_beside_the_first(fact: Fact) -> None:
    yearbook = NewSource("ssb", "A yearbook", "report")
    for _ in range(2):
        actions.note_further_source(fact=fact, source=yearbook, by=cast.economist(), at=make.NOW)

    assert [row.source.title for row in FurtherSource.objects.filter(fact=fact)] == ["A yearbook"]


def test_the_source_of_a_number_is_no_further_source(fact: Fact) -> None:
    actions.note_further_source(fact=fact, source=make.PAGE, by=cast.economist(), at=make.NOW)

    assert not FurtherSource.objects.exists()


def test_a_period_that_ends_before_it_begins_is_no_period() -> None:
    with pytest.raises(ValueError, match="a period ends after it begins"):
        Period(day("2016-01-01"), day("2016-01-01"))


def test_the_clock_of_the_ledger_is_an_argument() -> None:
    later = make.NOW + timedelta(days=400)

    act = actions.record(act=make.act("2027-06-01"), facts=[make.level(TOTAL, 75)], by=cast.economist(), at=later)

    assert act.known_on == later.date()
