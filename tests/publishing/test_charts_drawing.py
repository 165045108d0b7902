"""What is drawn from an edition, under which names, and how it takes the place of an older drawing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from husrom.publishing import drawing, editions
from husrom.publishing.document import checksum, to_json
from husrom.publishing.models import Edition, EditionFile
from tests.publishing import sample_document as sample


def test_every_file_has_its_name_in_every_language() -> None:
    files = drawing.draw(sample.january_2016())
    charts = ["years", "history", "forecasts-asylum-norway-2016"]
    endings = ["-wide.svg", "-narrow.svg", ".svg", ".png", ".json"]

    names = {f"{chart}{ending}" for chart in charts for ending in endings}
    names |= {"years.csv", "years.xlsx", "figures.csv", "all.xlsx"}

    for language in ("nb", "nn", "en"):
        assert {file.name for file in files if file.language == language} == names
    assert len(files) == 3 * len(names)


def test_only_the_languages_asked_for_are_drawn() -> None:
    files = drawing.draw(sample.january_2016(), ["nn"], photographs=False)

    assert {file.language for file in files} == {"nn"}
    assert not [file for file in files if file.name.endswith(".png")]


def test_the_same_edition_is_drawn_as_the_same_bytes() -> None:
    assert drawing.draw(sample.hidden_numbers()) == drawing.draw(sample.hidden_numbers())


def frozen() -> Edition:
    document = sample.hidden_numbers()
    content = to_json(document)
    return Edition.objects.create(
        number=document.number,
        day=document.day,
        kind=document.kind,
        content=content,
        checksum=checksum(content),
        frozen_at=datetime(2016, 1, 31, tzinfo=UTC),
        frozen_by="lead",
    )


@pytest.mark.django_db
def test_what_is_stored_is_what_the_public_pages_read() -> None:
    edition = frozen()
    files = drawing.draw(sample.hidden_numbers(), ["nb"])

    drawing.store(edition, files)

    assert sorted(editions.files(edition.number), key=lambda file: file.name) == sorted(
        files, key=lambda file: file.name
    )
    assert set(EditionFile.objects.values_list("rendering", flat=True)) == {drawing.RENDERING}


@pytest.mark.django_db
def test_a_new_drawing_takes_the_place_of_the_old_and_is_noticed() -> None:
    edition = frozen()
    drawing.store(edition, drawing.draw(sample.hidden_numbers(), ["nb", "en"]))
    before = editions.stand()

    files = drawing.draw(sample.hidden_numbers(), ["en"])
    drawing.store(edition, files)

    assert {file.language for file in editions.files(edition.number)} == {"en"}
    assert editions.stand() != before
