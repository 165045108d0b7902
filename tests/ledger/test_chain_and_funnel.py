"""The chain of a year's requests and decisions, the way from asked to settled, and the history of a question."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from husrom.ledger import actions, answers, queries
from husrom.ledger.answers import Figure, Question
from husrom.ledger.models import Fact
from husrom.ledger.queries import ChainStep, FunnelStep
from husrom.ledger.statements import Said
from husrom.rules.counting import CountingRule, Measure
from husrom.rules.statements import State
from tests import cast, make
from tests.rules.rows import END_OF_TIME, FROM_15, MINORS, ORDINARY, TOTAL, UNDER_15, UNSTATED, day

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

STAFF = frozenset({"public", "staff"})
PUBLIC = frozenset({"public"})


@pytest.fixture(autouse=True)
def asker() -> None:
    make.asker()


def question(
    *,
    on: str = "",
    known: str = "",
    measure: str = "decision",
    audiences: frozenset[str] = PUBLIC,
    area: str = "asker-til-2019",
) -> Question:
    found = queries.asked_about(
        areas=[area],
        in_force_on=day(on) if on else END_OF_TIME,
        known_on=day(known) if known else END_OF_TIME,
        measures=[Measure(measure)],
        audiences=audiences,
    )
    assert len(found) == 1
    return found[0]


def chain(**asked: str) -> tuple[ChainStep, ...]:
    return queries.chain_steps(question(**asked))  # type: ignore[arg-type]


def values(figures: Iterable[Figure]) -> dict[CountingRule, int | None]:
    return {figure.series.rule: figure.number.value for figure in figures}


# The chain.


def test_each_act_of_a_chain_has_what_stood_before_what_it_changed_and_what_stands_after_it() -> None:
    make.decisions_of_2016()

    september, december = chain()

    assert (september.before, september.changes) == ((), ())
    assert values(september.after) == {TOTAL: 75, ORDINARY: 65, MINORS: 10}
    assert values(december.before) == {TOTAL: 75, ORDINARY: 65, MINORS: 10}
    assert values(december.changes) == {TOTAL: 60, ORDINARY: 25, MINORS: 35}
    assert values(december.after) == {TOTAL: 135, ORDINARY: 90, MINORS: 45}


def test_a_chain_says_of_each_number_whether_it_was_stated_or_derived() -> None:
    make.decisions_of_2016()

    september, december = chain()

    def derived(figures: Iterable[Figure]) -> set[CountingRule]:
        return {figure.series.rule for figure in figures if figure.number.derived}

    assert derived(september.after) == {TOTAL, ORDINARY, MINORS}
    assert derived(december.changes) == {TOTAL}
    assert derived(december.after) == {ORDINARY}


def test_the_request_for_2018_went_from_35_to_55_of_which_8() -> None:
    said = {"measure": "request", "publisher": "imdi", "period": 2018}
    first = make.act("2017-07-01..2018-05-31", publisher="imdi", body="IMDi")
    make.recorded(first, make.level(TOTAL, 35, **said), make.level(MINORS, 3, **said))
    added = make.act("2018-06-01..2018-08-20", publisher="imdi", body="IMDi")
    make.recorded(
        added, make.change(TOTAL, 20, **said), make.change(MINORS, 5, **said), make.change(FROM_15, 5, **said)
    )

    last = chain(measure="request")[-1]

    assert values(last.before) == {TOTAL: 35, MINORS: 3, ORDINARY: 32}
    assert values(last.changes) == {TOTAL: 20, MINORS: 5, FROM_15: 5, UNDER_15: 0, ORDINARY: 15}
    assert values(last.after) == {TOTAL: 55, MINORS: 8, ORDINARY: 47}


def test_the_decision_for_2023_went_up_by_75_to_435_of_which_22() -> None:
    said = {"area": "asker-fra-2020", "period": 2023}
    make.recorded(
        make.act("2023-01-01..2023-01-31", area="asker-fra-2020"),
        make.level(TOTAL, 360, **said),
        make.level(MINORS, 12, **said),
    )
    make.recorded(
        make.act("2023-08-22", area="asker-fra-2020", body="Formannskapet"),
        make.level(TOTAL, 435, **said),
        make.level(UNDER_15, 4, **said),
        make.level(FROM_15, 18, **said),
    )

    last = chain(area="asker-fra-2020")[-1]

    assert (values(last.after)[TOTAL], values(last.after)[MINORS], values(last.changes)[TOTAL]) == (435, 22, 75)


def test_what_stood_after_an_act_is_sure_however_vague_its_days_are() -> None:
    """Uncertain is only what was in force on a day."""
    make.decisions_of_2016()

    steps = queries.chain_steps(question(on="2015-12-15"))

    assert not [figure for step in steps for figure in (*step.before, *step.after) if figure.is_uncertain]
    assert not [figure for step in steps for figure in (*step.before, *step.after) if figure.uncertain]


def test_an_act_that_only_changed_what_we_do_not_know_is_in_the_chain_all_the_same() -> None:
    make.recorded(make.act("2015-09-30"), make.change(TOTAL, 60))

    step = only_step(chain())

    assert (values(step.changes), step.before, step.after) == ({TOTAL: 60}, (), ())


def only_step(steps: tuple[ChainStep, ...]) -> ChainStep:
    assert len(steps) == 1
    return steps[0]


def test_a_chain_as_known_earlier_ends_earlier() -> None:
    make.decisions_of_2016()

    assert [step.step.act.stated_last for step in chain(known="2015-12-30")] == [day("2015-09-30")]


def test_an_act_of_which_the_asker_may_see_nothing_is_left_out_of_the_chain() -> None:
    make.recorded(make.act("2015-09-30"), make.level(ORDINARY, 75))
    make.recorded(make.act("2015-10-30"), make.level(TOTAL, 90, audience="staff"))
    make.recorded(make.act("2015-12-31"), make.level(ORDINARY, 80))

    public, staff = (queries.chain_steps(question(audiences=audiences)) for audiences in (PUBLIC, STAFF))

    assert [values(step.after) for step in public] == [{ORDINARY: 75}, {ORDINARY: 80}]
    assert [values(step.after) for step in staff] == [{ORDINARY: 75}, {TOTAL: 90}, {ORDINARY: 80}]


def test_what_stood_before_an_act_is_not_what_a_hidden_act_superseded() -> None:
    make.recorded(make.act("2015-09-30"), make.level(ORDINARY, 75))
    make.recorded(make.act("2015-10-30"), make.level(TOTAL, 90, audience="staff"))
    make.recorded(make.act("2015-12-31"), make.level(ORDINARY, 80))

    last = queries.chain_steps(question())[-1]

    assert values(last.before) == {}


# The funnel.


def funnel(
    on: str = "2026-11-24", *, year: int = 2016, area: str = "0220", audiences: frozenset[str] = PUBLIC
) -> tuple[FunnelStep, ...]:
    return queries.funnel(area=area, year=year, in_force_on=day(on), known_on=day("2026-11-24"), audiences=audiences)


def told(steps: Iterable[FunnelStep]) -> list[tuple[str, int | None, int | None]]:
    return [
        (step.measure.value, step.total.number.value, step.minors.number.value if step.minors else None)
        for step in steps
    ]


def test_the_way_from_asked_to_settled() -> None:
    imdi = {"publisher": "imdi", "measure": "request"}
    make.recorded(
        make.act("2015-11-23", publisher="imdi"), make.level(MINORS, 45, **imdi), make.level(TOTAL, 135, **imdi)
    )
    make.decisions_of_2016()
    page = {"publisher": "asker-nettside"}
    make.recorded(make.act("2016-12-31", publisher="asker-nettside"), make.level(TOTAL, 12, measure="agreed", **page))
    make.recorded(
        make.act("2017-02-01", publisher="asker-nettside"), make.level(UNSTATED, 91, measure="settled", **page)
    )

    assert told(funnel()) == [
        ("request", 135, 45),
        ("decision", 135, 45),
        ("agreed", 12, None),
        ("settled", 91, None),
    ]


def test_minors_stand_beside_their_total_only_where_one_act_left_both_standing() -> None:
    """A page's total and a later page's minors are two statements, not part and whole."""
    page = {"publisher": "asker-nettside", "measure": "settled"}
    make.recorded(make.act("2017-02-01", publisher="asker-nettside"), make.level(TOTAL, 91, **page))
    make.recorded(make.act("2017-03-01", publisher="asker-nettside"), make.level(MINORS, 10, **page))

    assert told(funnel()) == [("settled", 91, None)]


def test_minors_of_a_page_that_does_not_say_who_it_counts_are_no_part_of_it() -> None:
    page = {"publisher": "asker-nettside", "measure": "settled"}
    make.recorded(
        make.act("2017-02-01", publisher="asker-nettside"),
        make.level(UNSTATED, 91, **page),
        make.level(MINORS, 10, **page),
    )

    assert told(funnel()) == [("settled", 91, None)]


def test_the_minors_of_a_superseded_request_do_not_live_on() -> None:
    imdi = {"publisher": "imdi", "measure": "request"}
    make.recorded(
        make.act("2015-11-23", publisher="imdi"), make.level(TOTAL, 360, **imdi), make.level(MINORS, 12, **imdi)
    )
    make.recorded(make.act("2016-05-31", publisher="imdi"), make.level(TOTAL, 435, **imdi))

    assert told(funnel("2016-05-30")) == [("request", 360, 12)]
    assert told(funnel("2016-05-31")) == [("request", 435, None)]


def test_ordinary_numbers_alone_are_no_stage_of_the_way() -> None:
    make.recorded(make.act("2015-09-30"), make.level(ORDINARY, 65))

    assert funnel() == ()


def test_two_publishers_of_one_stage_stand_beside_each_other() -> None:
    for publisher, value in (("imdi-nettside", 202), ("imdi-leveranser", 195)):
        make.recorded(
            make.act("2016-11-13", publisher=publisher),
            make.level(TOTAL, value, measure="settled", publisher=publisher),
        )

    assert sorted(told(funnel())) == [("settled", 195, None), ("settled", 202, None)]


def test_a_cell_of_a_finer_table_is_no_stage_of_the_way() -> None:
    women = replace(TOTAL, cell=(("sex", "f"),))
    make.recorded(make.act("2015-09-30"), make.level(TOTAL, 75), make.level(women, 20))

    assert told(funnel()) == [("decision", 75, None)]


def test_a_forecast_is_no_stage_of_the_way() -> None:
    make.recorded(make.act("2015-09-30"), make.forecast(TOTAL, 160))

    assert funnel() == ()


def test_minors_that_only_staff_may_see_are_not_told_to_others() -> None:
    make.recorded(make.act("2015-09-30"), make.level(TOTAL, 135), make.level(MINORS, 4, audience="staff"))

    assert told(funnel()) == [("decision", 135, None)]
    assert told(funnel(audiences=STAFF)) == [("decision", 135, 4)]


def test_a_code_of_today_tells_the_way_of_each_municipality_of_that_time() -> None:
    for area, value in (("asker-til-2019", 135), ("royken", 40)):
        make.recorded(make.act("2015-09-30", area=area), make.level(TOTAL, value, area=area))

    assert [(step.total.area_name, step.total.number.value) for step in funnel(area="3203")] == [
        ("Asker", 135),
        ("Røyken", 40),
    ]


def test_the_funnel_and_the_figures_do_not_disagree_about_what_stands() -> None:
    women = replace(TOTAL, cell=(("sex", "f"),))
    make.recorded(make.act("2015-09-30"), make.level(TOTAL, 75))
    make.recorded(make.act("2015-10-30"), make.level(women, 20))

    standing = queries.figures(area="0220", year=2016, in_force_on=day("2015-12-31"), known_on=day("2026-11-24"))

    assert TOTAL not in values(standing)
    assert told(funnel("2015-12-31")) == []


# The history of a question.


def history(
    on: str = "2026-11-24", known: str = "2026-11-24", audiences: frozenset[str] = PUBLIC
) -> list[tuple[int | None, str]]:
    rows = answers.history(question(on=on, known=known, audiences=audiences), on=day(on), known_on=day(known))
    return [(row.fact.row.value, row.status) for row in rows]


def correct(wrong: Fact, value: int, known: str) -> Fact:
    return actions.correct_fact(
        wrong=wrong, said=Said(State.STATED, value), by=cast.economist(), at=make.NOW, known_on=day(known)
    )


def test_a_history_tells_what_became_of_every_row() -> None:
    first = make.recorded(make.act("2015-09-30"), make.level(TOTAL, 57))
    correct(first.facts.get(), 75, "2015-10-15")
    make.recorded(make.act("2015-12-31"), make.level(TOTAL, 135))
    make.recorded(make.act("2016-05-31"), make.level(TOTAL, 160))

    assert history(on="2016-01-31") == [(57, "corrected"), (75, "superseded"), (135, "in_force"), (160, "later")]
    assert history(on="2016-01-31", known="2016-01-31") == [(57, "corrected"), (75, "superseded"), (135, "in_force")]
    assert history(on="2015-10-14", known="2015-10-14") == [(57, "in_force")]


def test_what_was_retracted_is_told_as_retracted_from_the_day_that_is_known() -> None:
    act = make.recorded(make.act("2015-09-30"), make.level(TOTAL, 75), make.level(MINORS, 10))
    minors = Fact.objects.get(value=10)
    actions.retract_fact(
        wrong=minors, reason="Another year's.", by=cast.economist(), at=make.NOW, known_on=day("2015-11-01")
    )
    actions.correct_act(wrong=act, retracted=True, by=cast.economist(), at=make.NOW, known_on=day("2016-01-01"))

    assert history(known="2015-10-31") == [(75, "in_force"), (10, "in_force")]
    assert history(known="2015-11-01") == [(75, "in_force"), (10, "retracted")]
    assert history(known="2016-01-01") == [(75, "retracted"), (10, "retracted")]


def test_a_late_letter_stands_in_the_history_where_it_was_said() -> None:
    make.recorded(make.act("2015-09-30"), make.level(TOTAL, 75))
    make.recorded(make.act("2015-12-31"), make.level(TOTAL, 135))
    make.recorded(make.act("2015-11-15"), make.level(TOTAL, 80), known="2016-05-01")

    assert history() == [(75, "superseded"), (80, "superseded"), (135, "in_force")]


def test_a_number_is_no_part_of_the_history_before_its_act_is_known() -> None:
    letter = make.recorded(make.act("2015-11-15"), make.level(TOTAL, 80), known="2016-05-01")
    with actions.ledger_held():
        actions.add_fact(
            act=letter,
            fact=make.level(MINORS, 10),
            by=cast.economist(),
            at=make.NOW,
            known_on=day("2016-01-15"),
            imported=None,
        )

    assert history(known="2016-02-01") == []
    assert history(known="2016-05-01") == [(10, "in_force"), (80, "in_force")]


def test_a_history_holds_nothing_that_the_asker_may_not_see() -> None:
    make.recorded(make.act("2015-09-30"), make.level(TOTAL, 75), make.level(MINORS, 4, audience="staff"))

    assert history() == [(75, "in_force")]
    assert history(audiences=STAFF) == [(75, "in_force"), (4, "in_force")]
