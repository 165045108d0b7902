"""Random honest histories: never a wrong number, whoever tells it and in whatever order it was written down.

What is honest to promise. A stated number that is right as known is told as it was said. A
derived number is as good as what is known: where an act between two statements has not been
heard of yet, or stands with a wrong day, "what stood before plus the change" spans the gap, and
nobody who knows no more can tell better. So a derived number is promised to be true wherever no
act is missing from the first to the last of the acts that it and its inputs belong to; and when
everything is known, every number is.
"""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, note
from hypothesis import strategies as st

from husrom.rules.chain import Answer, Numbers, Step, in_force, series, side
from husrom.rules.counting import CountingRule
from husrom.rules.statements import FactRow, Kind, standing
from tests.rules.histories import BEGINNING, FAMILY, History, histories, in_another_order
from tests.rules.retelling import Told, equations, solve, tell
from tests.rules.rows import END_OF_TIME, TOTAL, Paper


def steps(history: History, known_on: date = END_OF_TIME) -> tuple[Step, ...]:
    return side(history.acts, history.facts, known_on)


def asked(history: History, on: date, known_on: date = END_OF_TIME) -> Answer:
    return in_force(steps(history, known_on), on)


def a_day(data: st.DataObject, history: History) -> date:
    """A day on which an answer may change, or one beside it."""
    return data.draw(st.sampled_from(history.days))


def told(numbers: Numbers) -> dict[CountingRule, Told]:
    return {rule: Told(str(n.state), n.value, n.low, n.high, n.derived) for rule, n in numbers.items()}


def stated(numbers: dict[CountingRule, Told]) -> dict[CountingRule, Told]:
    """The numbers that their act stated, where contradictions leave nothing else to be told."""
    return {rule: number for rule, number in numbers.items() if not number.derived and number.state != "unknown"}


@given(histories(), st.data())
def test_the_rules_and_the_retelling_agree(history: History, data: st.DataObject) -> None:
    on, known_on = a_day(data, history), a_day(data, history)

    answer = asked(history, on, known_on)
    retold = tell(history.acts, history.facts, on=on, known_on=known_on)

    assert (answer.step.act.original if answer.step else None) == retold.act
    assert set(answer.uncertain) == retold.uncertain
    for numbers, again in (
        (answer.step.levels if answer.step else {}, retold.levels),
        (answer.step.changes if answer.step else {}, retold.changes),
    ):
        if retold.contradictory:
            assert stated(told(numbers)) == stated(dict(again))
        else:
            assert told(numbers) == again


@given(histories(), st.sampled_from(FAMILY), st.data())
def test_of_a_series_by_itself_the_rules_and_the_retelling_agree(
    history: History, rule: CountingRule, data: st.DataObject
) -> None:
    """Of every other measure than requests and decisions: from the levels of one rule no other level follows."""
    on, known_on = a_day(data, history), a_day(data, history)
    alone = history.of_series(rule)

    answer = in_force(series(alone.acts, alone.facts, known_on), on)
    retold = tell(alone.acts, alone.facts, on=on, known_on=known_on)

    assert (answer.step.act.original if answer.step else None) == retold.act
    assert set(answer.uncertain) == retold.uncertain
    assert told(answer.step.levels if answer.step else {}) == retold.levels


@given(histories(all_heard=True))
def test_when_everything_is_known_every_number_is_true(history: History) -> None:
    for step in steps(history):
        truth = history.truth[history.order[step.act.original] or 0]
        for kind, numbers in ((Kind.LEVEL, step.levels), (Kind.CHANGE, step.changes)):
            for rule, number in numbers.items():
                assert number.value in (None, truth[kind, rule])
                assert number.low is None or number.low <= truth[kind, rule]
                assert number.high is None or truth[kind, rule] <= number.high
                assert {beside.value for beside in number.beside} <= {truth[kind, rule]}
        assert not step.disputed


@given(histories(all_heard=True), st.data())
def test_what_is_told_of_a_day_is_what_stood_on_that_day(history: History, data: st.DataObject) -> None:
    """Each act ends where the next can begin or later, so the last that had surely been said is the one in force."""
    on = a_day(data, history)

    step = asked(history, on).step

    said = {
        place: act for act in standing(history.acts, END_OF_TIME) if (place := history.order[act.original]) is not None
    }
    last = max(
        (place for place, act in said.items() if act.stated_last <= on and told_of(history, act.original)), default=None
    )
    assert (history.order[step.act.original] if step else None) == last


def told_of(history: History, act: int) -> bool:
    return any(fact.act == act for fact in standing(history.facts, END_OF_TIME))


vague_acts = st.lists(
    st.tuples(st.integers(0, 30), st.sampled_from([0, 0, 3, 10, 30]), st.integers(0, 30), st.integers(0, 99)),
    min_size=1,
    max_size=5,
)


@given(vague_acts, st.integers(-2, 65))
def test_what_is_certain_is_true_wherever_within_its_days_an_act_was_said(
    acts: list[tuple[int, int, int, int]], on: int
) -> None:
    """The acts may have been said in another order than the one in which they stand; then nobody is certain."""
    book, truth = Paper(), []
    for order, (first, length, later, value) in enumerate(acts):
        days = [BEGINNING + timedelta(first), BEGINNING + timedelta(first + length)]
        said = days[0] + timedelta(min(later, length))
        book.level(book.act(f"{days[0]}..{days[1]}"), TOTAL, value)
        truth.append((said, order, value))
    turns = {order: turn for turn, (_, order, _) in enumerate(sorted(truth))}
    book.acts = [replace(act, order=turns[number]) for number, act in enumerate(book.acts)]

    day = BEGINNING + timedelta(on)
    answer = in_force(book.steps(), day)

    if not answer.uncertain:
        last = max((row for row in truth if row[0] <= day), default=None)
        assert (answer.step.levels[TOTAL].value if answer.step else None) == (last[2] if last else None)


@given(histories(), st.data())
def test_a_number_is_true_where_no_act_is_missing_between_what_it_follows_from(
    history: History, data: st.DataObject
) -> None:
    known_on = a_day(data, history)
    rows = {fact.id: fact for fact in history.facts}
    stretches = history.unbroken(known_on)

    for step in steps(history, known_on):
        place = history.order[step.act.original]
        for kind, numbers in ((Kind.LEVEL, step.levels), (Kind.CHANGE, step.changes)):
            for rule, number in numbers.items():
                behind = [rows[row] for row in (number.inputs if number.derived else (number.fact,)) if row]
                right = not any(fact.id in history.wrong for fact in behind)
                whole = stretches.holds([place, *(history.order[fact.act] for fact in behind)])
                if number.value is not None and place is not None and right and (whole or not number.derived):
                    note(f"{kind} {rule} by act {place}: {number}")

                    assert number.value == history.truth[place][kind, rule]


@given(histories(), st.data())
def test_a_derived_number_follows_from_its_inputs_and_from_nothing_less(history: History, data: st.DataObject) -> None:
    known_on = a_day(data, history)
    rows = {fact.id: fact for fact in history.facts}
    told_steps = steps(history, known_on)
    places = {step.act.original: place for place, step in enumerate(told_steps)}

    for place, step in enumerate(told_steps):
        for kind, numbers in ((Kind.LEVEL, step.levels), (Kind.CHANGE, step.changes)):
            for rule, number in numbers.items():
                inputs = [rows[row] for row in number.inputs]
                assert bool(inputs) == number.derived
                if number.derived:
                    assert follows(inputs, places, len(told_steps)).get((place, str(kind), rule)) == number.value
                    assert number.known_on == max(fact.known_on for fact in inputs)
                    assert all(fact.single_value is not None for fact in inputs)
                    assert not any(
                        (place, str(kind), rule)
                        in follows([f for f in inputs if f is not fact], places, len(told_steps))
                        for fact in inputs
                    )


def follows(facts: list[FactRow], places: dict[int, int], acts: int) -> dict[tuple[int, str, CountingRule], int]:
    """What a few facts give by themselves."""
    said = {(places[fact.act], str(fact.kind), fact.rule): fact.value or 0 for fact in facts}
    held = [({place: 1}, value) for place, value in said.items()]
    found = solve([*held, *equations(acts, {rule for _, _, rule in said})])
    assert found is not None, "the inputs of one number do not contradict each other"
    return {place: int(value) for place, value in found.items()}


@given(histories(), st.data())
def test_a_derived_number_never_contradicts_what_is_told_around_it(history: History, data: st.DataObject) -> None:
    """Only stated numbers may miss each other; then the difference stands beside them."""
    told_steps = steps(history, a_day(data, history))
    numbers = {
        (place, str(kind), rule): number
        for place, step in enumerate(told_steps)
        for kind, of_the_step in ((Kind.LEVEL, step.levels), (Kind.CHANGE, step.changes))
        for rule, number in of_the_step.items()
        if number.value is not None and number.low is number.high is None
    }

    for said, _ in equations(len(told_steps), {rule for _, _, rule in numbers}):
        around = [numbers[place] for place in said if place in numbers]
        if len(around) == len(said) and any(number.derived for number in around):
            note(str(around))

            assert sum(times * (numbers[place].value or 0) for place, times in said.items()) == 0


@given(histories(), st.lists(st.floats(0, 1), min_size=5, max_size=12), st.data())
def test_the_order_of_recording_never_matters(history: History, wishes: list[float], data: st.DataObject) -> None:
    on, known_on = a_day(data, history), a_day(data, history)
    other = in_another_order(history, wishes)

    one, again = asked(history, on, known_on), asked(other, on, known_on)

    assert plain(one, history) == plain(again, other)


def plain(answer: Answer, history: History) -> object:
    """An answer without the numbers of its rows: acts by their place in the truth, facts by what they say."""
    rows = {fact.id: (history.order[fact.act], fact.rule, fact.kind, fact.state, fact.value) for fact in history.facts}
    step = answer.step
    uncertain = sorted(str(history.order[act]) for act in answer.uncertain)
    if step is None:
        return None, uncertain
    numbers = [
        (kind, rule, told({rule: n}), n.known_on, [rows[row] for row in n.inputs], rows[n.fact] if n.fact else None)
        for kind, told_numbers in ((Kind.LEVEL, step.levels), (Kind.CHANGE, step.changes))
        for rule, n in told_numbers.items()
    ]
    return history.order[step.act.original], numbers, step.disputed, uncertain


@given(histories(), st.data())
def test_what_becomes_known_later_never_changes_an_earlier_answer(history: History, data: st.DataObject) -> None:
    on, known_on = a_day(data, history), a_day(data, history)

    then = asked(history.known(known_on), on, known_on)
    now = asked(history, on, known_on)

    assert now == then
