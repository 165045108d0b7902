"""Asker's editions: what the page of a day says, what changed, and that it stays so."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from husrom.access.models import User
from husrom.publishing import actions, editions
from husrom.publishing.changes import changes
from husrom.publishing.compose import CompositionError, compose
from husrom.publishing.document import Document, checksum, from_json, to_json
from husrom.publishing.models import Edition, EditionFile, WordBlock
from tests.examples.conftest import AT

pytestmark = pytest.mark.usefixtures("asker")


def of(year: int, month: int, day: int) -> Document:
    return compose(day=date(year, month, day), kind="reconstruction", number=1)


def value(document: Document, key: str) -> int | None:
    return document.figures[key].value


def test_january_2016_says_135_160_and_91_each_with_its_rule() -> None:
    page = of(2016, 1, 31)

    assert page.lead is not None
    assert (page.lead.year, value(page, page.lead.decision or "")) == (2016, 135)
    assert [value(page, key.figure) for key in page.key_figures] == [135, 91, 160]
    assert page.figures["announced-2016"].rule.minors == "unstated"
    assert page.figures["announced-2017"].rule.minors == "included"
    assert page.figures["settled-2015"].rule.reunification == "included"


def test_january_2016_shows_270_printed_beside_263_computed() -> None:
    page = of(2016, 1, 31)

    [total] = page.tables["years"].totals
    assert (total.printed, total.computed, total.difference) == (270, 263, 7)
    assert page.tables["settled-2010-14"].totals[0].difference == 7


def test_the_line_of_settled_breaks_where_the_rule_and_where_the_area_changes() -> None:
    page = of(2024, 11, 13)

    broken = {row.key: row.break_before for row in page.tables["years"].rows if row.break_before}
    assert broken == {"2015": ("rule",), "2022": ("rule", "publisher", "area")}


def test_years_that_nobody_has_told_us_of_are_empty_and_not_zero() -> None:
    page = of(2024, 11, 13)

    row = next(row for row in page.tables["years"].rows if row.key == "2019")
    assert {cell.state for cell in row.cells} == {"not_available"}


def test_the_chain_of_2016_tells_what_stood_before_and_by_how_much_it_rose() -> None:
    page = of(2016, 1, 31)

    chain = next(c for c in page.chains if (c.measure, c.period_from.year) == ("decision", 2016))
    september, december = chain.steps
    assert (september.body, value(page, september.after[0])) == ("Kommunestyret", 75)
    assert page.figures[september.after[0]].derived
    assert (december.case_number, value(page, december.after[0])) == ("198/15", 135)
    assert value(page, december.changes[0]) == 60
    assert december.before == september.after


def test_every_input_of_a_derived_number_is_a_figure_of_the_same_edition() -> None:
    page = of(2024, 11, 13)

    derived = [figure for figure in page.figures.values() if figure.derived]
    assert derived
    assert all(figure.inputs and set(figure.inputs) <= set(page.figures) for figure in derived)


def test_going_back_before_the_decision_of_december_shows_what_was_known_then() -> None:
    page = of(2015, 11, 30)

    assert "decision-2016" in page.figures
    assert page.figures["decision-2016"].state == "unknown"
    assert value(page, "request-2016-minors") == 45
    assert "settled-2015" not in page.figures


def test_the_next_edition_says_what_changed_and_why() -> None:
    november, january = of(2015, 11, 30), of(2016, 1, 31)

    found = changes(november, january)

    reasons = {change.figure: (change.reason, change.new) for change in found}
    assert reasons["decision-2016"] == ("new_decision", 135)
    assert reasons["settled-2015"] == ("new_number", 91)


def test_forecasts_keep_their_memory() -> None:
    page = of(2024, 11, 13)

    record = next(r for r in page.forecasts if r.key == "applications-no-2016")
    said = [page.figures[key] for key in record.forecasts]
    assert [figure.value for figure in said][-1] == 10750
    assert len(said) == 4
    assert value(page, record.actual[0]) == 3460
    assert {figure.probability for figure in said} == {None}


def test_need_and_settled_can_only_be_set_beside_each_other() -> None:
    page = of(2024, 11, 13)

    record = next(r for r in page.forecasts if r.key == "need-no-2016")
    assert not record.comparable
    assert record.note


def test_the_words_of_all_languages_hold_the_same_numbers() -> None:
    page = of(2016, 1, 31)

    told = {
        language: sorted(
            piece.figure for block in blocks for par in block.paragraphs for piece in par.pieces if piece.figure
        )
        for language, blocks in page.words.items()
    }
    assert told["nb"] == told["nn"] == told["en"]
    assert told["nb"]


def test_a_bare_number_in_the_words_stops_the_edition_and_names_the_reference(asker: User) -> None:
    WordBlock.objects.create(
        key="intro",
        language="nb",
        valid_from=date(2016, 1, 1),
        text="Asker skal bosette 135 i år.",
        recorded_at=AT,
        recorded_by=asker.username,
    )

    with pytest.raises(CompositionError, match=r"decision-2016"):
        of(2016, 1, 20)


def test_a_reference_that_no_longer_resolves_stops_the_edition(asker: User) -> None:
    WordBlock.objects.create(
        key="intro",
        language="en",
        valid_from=date(2016, 1, 31),
        text="We settled {settled-1999}.",
        recorded_at=AT,
        recorded_by=asker.username,
    )

    with pytest.raises(CompositionError, match="settled-1999"):
        of(2016, 1, 31)


def test_an_edition_is_the_same_bytes_every_time_it_is_composed() -> None:
    assert to_json(of(2016, 1, 31)) == to_json(of(2016, 1, 31))


def frozen(day: date) -> Edition:
    return actions.freeze(day=day, kind="reconstruction", by="asker", at=AT)


def test_a_frozen_edition_answers_with_its_seal_and_its_files() -> None:
    edition = frozen(date(2015, 11, 30))

    content = bytes(Edition.objects.get(pk=edition.pk).content)
    assert checksum(content) == edition.checksum
    assert from_json(content) == editions.document(edition.number)
    assert {file.language for file in editions.files(edition.number)} == {"nb", "nn", "en"}


def test_the_database_refuses_to_change_or_remove_a_frozen_edition() -> None:
    edition = frozen(date(2015, 11, 30))

    for change in ({"content": b"{}"}, {"day": date(2015, 12, 1)}, {"checksum": "0" * 64}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Edition.objects.filter(pk=edition.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).delete()


def test_a_withdrawal_takes_every_byte_and_leaves_a_tombstone() -> None:
    edition = frozen(date(2015, 11, 30))
    stand = editions.stand()

    actions.withdraw(number=edition.number, reason="A number gave a person away.", on=AT.date())

    head = editions.heads()[-1]
    assert (head.withdrawn_on, head.withdrawn_reason) == (AT.date(), "A number gave a person away.")
    assert bytes(Edition.objects.get(pk=edition.pk).content) == b""
    assert not EditionFile.objects.filter(edition=edition).exists()
    assert editions.stand() != stand
    with pytest.raises(editions.NoSuchEditionError):
        editions.document(edition.number)


def test_what_was_withdrawn_is_not_remembered_by_the_edition_after_it() -> None:
    first, second = frozen(date(2015, 11, 30)), frozen(date(2015, 12, 31))
    told = editions.document(second.number).changes
    workbook = {file.name: file.body for file in editions.files(second.number) if file.language == "nb"}["all.xlsx"]

    actions.withdraw(number=first.number, reason="A number gave a person away.", on=AT.date())

    again = {file.name: file.body for file in editions.files(second.number) if file.language == "nb"}["all.xlsx"]
    assert told
    assert editions.document(second.number).changes == ()
    assert again != workbook


def test_an_edition_is_of_today_and_has_two_approvers() -> None:
    for day, approved in ((date(2015, 11, 30), ("Kari", "Ola")), (AT.date(), ("Kari", "Kari"))):
        with pytest.raises(actions.RefusedError):
            actions.freeze(day=day, kind="edition", by="asker", at=AT, approved_by=approved)


def test_a_withdrawal_needs_a_reason_and_an_edition() -> None:
    edition = frozen(date(2015, 11, 30))

    with pytest.raises(actions.RefusedError):
        actions.withdraw(number=edition.number, reason=" ", on=AT.date())
    with pytest.raises(actions.RefusedError):
        actions.withdraw(number=edition.number + 1, reason="No such edition.", on=AT.date())
