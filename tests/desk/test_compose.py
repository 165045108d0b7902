"""`husrom compose` and `husrom withdraw`: an edition of a day, approved by two, rendered, and taken away again."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from husrom.public import store
from husrom.public.models import Page
from husrom.publishing.editions import document
from husrom.publishing.models import Edition, Municipality, WordBlock
from tests.desk.conftest import Run
from tests.ledger.import_world import DECISION, row, sheet

EN = ("--language", "en")
APPROVED = ("--approved-by", "Kari Nordmann", "--approved-by", "Ola Nordmann")
NOW = timezone.now()
TODAY = timezone.localdate(NOW)


@pytest.fixture(autouse=True)
def havnelv(db: None, run: Run, tmp_path: Path) -> None:
    """An installation that was just set up."""
    words = ("--name", "Havnelv kommune", "--code", "9921=2010-01-01", "--languages", "nb", "--unit", "Tjenesten")
    run("init", *words, "--valid-from", "2015-01-01", "--no-input", *EN)


@pytest.fixture(autouse=True)
def forgetful() -> None:
    store.forget()


def test_an_empty_installation_gets_a_decent_page(run: Run, client: Client) -> None:
    told = run("compose", "--day", "today", "--kind", "edition", *APPROVED, *EN)

    assert f"Edition 1 of {TODAY.isoformat()} is frozen" in told
    assert "Rendered" in told
    answer = client.get("/nb/")
    assert answer.status_code == 200
    assert "Havnelv kommune" in answer.content.decode()


def test_figures_come_from_the_ledger_to_the_page(run: Run, client: Client, tmp_path: Path) -> None:
    decision = row(DECISION, area="9921", value="137", case_number="12/15")
    run("import_figures", sheet(tmp_path, decision), "--history", "--commit", *EN)

    run("compose", "--day", "2016-01-31", "--kind", "reconstruction", *EN)

    edition = Edition.objects.get()
    assert (edition.kind, edition.day.isoformat(), edition.frozen_by) == ("reconstruction", "2016-01-31", "husrom")
    assert 137 in [figure.value for figure in document(edition.number).figures.values()]
    assert "137" in client.get("/nb/").content.decode()


def test_an_edition_is_approved_by_two_people(refused: Run) -> None:
    for words in ((), APPROVED[:2], ("--approved-by", "Kari Nordmann", "--approved-by", "KARI  nordmann")):
        assert "two different people" in refused("compose", "--day", "today", "--kind", "edition", *words, *EN)
    assert not Edition.objects.exists()


def test_who_approved_it_stands_in_it(run: Run) -> None:
    run("compose", "--day", "today", "--kind", "edition", *APPROVED, *EN)

    assert document(1).approved_by == ("Kari Nordmann", "Ola Nordmann")
    assert not document(1).demo


def test_the_demo_needs_nobodys_approval(run: Run, settings: object) -> None:
    settings.MODE = "demo"  # type: ignore[attr-defined]  # pytest-django's settings take any name

    run("compose", "--day", "today", "--kind", "edition", *EN)

    assert document(1).demo


@pytest.mark.parametrize("day", [(TODAY + timedelta(days=1)).isoformat(), "i fjor", "2016-01"])
def test_a_day_that_cannot_be_is_told(refused: Run, day: str) -> None:
    assert "--day" in refused("compose", "--day", day, "--kind", "reconstruction", *EN)


def test_words_that_stop_an_edition_are_told_and_nothing_is_frozen(refused: Run) -> None:
    for text in ("Det kom 135 flyktninger.", "Se {finnes-ikke}."):
        WordBlock.objects.create(
            key=f"block-{len(text)}",
            language="nb",
            valid_from=TODAY,
            text=text,
            recorded_at=NOW,
            recorded_by="berit",
        )

    told = refused("compose", "--day", "today", "--kind", "edition", *APPROVED, *EN)

    assert "135" in told
    assert "finnes-ikke" in told
    assert told.endswith("Nothing was frozen.")
    assert not Edition.objects.exists()


def test_an_edition_is_withdrawn_and_a_tombstone_stays(run: Run, client: Client) -> None:
    run("compose", "--day", "2016-01-31", "--kind", "reconstruction", *EN)
    pages = Page.objects.count()

    told = run("withdraw", 1, "--reason", "Det sto et navn i teksten.", *EN)

    edition = Edition.objects.get()
    assert "Edition 1 is withdrawn" in told
    assert (bytes(edition.content), edition.withdrawn_reason) == (b"", "Det sto et navn i teksten.")
    assert Page.objects.count() < pages
    assert client.get("/nb/").status_code == 200


def test_what_cannot_be_withdrawn_is_told(run: Run, refused: Run) -> None:
    assert "There is no edition 7" in refused("withdraw", 7, "--reason", "feil", *EN)
    run("compose", "--day", "2016-01-31", "--kind", "reconstruction", *EN)
    assert "Say why" in refused("withdraw", 1, "--reason", " ", *EN)


def test_nothing_is_composed_before_the_set_up(refused: Run) -> None:
    Municipality.objects.all().delete()

    assert "Run `husrom init` first" in refused("compose", "--day", "today", "--kind", "reconstruction", *EN)
