"""The written reference says what the code says: run `make docs` when this fails."""

import re

from husrom.desk import reference
from husrom.ledger.columns import COLUMNS
from tests.docs.pages import DOCS, name_of, text_of


def test_the_reference_has_not_fallen_behind() -> None:
    behind = [
        name_of(path)
        for path, text in reference.texts().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]

    assert not behind, "run `make docs`"


def test_nothing_else_lies_in_the_reference() -> None:
    written = set(reference.texts())

    assert not [name_of(path) for path in (DOCS / "reference").rglob("*") if path not in written]


def test_every_address_of_the_site_has_its_kind() -> None:
    kinds = {kind for _path, kind in reference.addresses()}

    assert {"front", "edition", "question", "file", "embed", "feed", "archive", "tombstone", "missing"} <= kinds
    assert not [path for path, _kind in reference.addresses() if not re.fullmatch(r"[\w./-]+", path)]


def test_every_object_of_the_listing_has_its_keys() -> None:
    """That each key also has a meaning is seen when the page is written: a missing one is an error."""
    objects = reference.json_objects()

    assert {"measure", "value", "rule", "source", "stated_first", "known_on", "derived"} <= set(objects["as_json"])
    assert "minors" in objects["rule_json"]


def test_the_user_guide_explains_every_column() -> None:
    guide = text_of(DOCS / "brukerveiledning.md")

    assert not [column.names[0] for column in COLUMNS if f"**{column.names[0]}**" not in guide]
