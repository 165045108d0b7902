"""The catalogues' extraction reads templates as Django does, and its check finds what a translator has to do."""

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tools import catalogues

TEMPLATE = """{% load i18n %}
<h1>{% translate "The decision" %}</h1>
{% blocktranslate count n=number %}{{ n }} person{% plural %}{{ n }} persons{% endblocktranslate %}
{# Translators: a month, not the modal verb #}
{% translate "May" context "month" %}
"""


@pytest.fixture
def locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of catalogues, and a source with three texts."""
    source = Catalog()
    source.add("%(count)s homes", locations=[("husrom/x.py", 1)], flags=["python-format"])
    source.add(("one", "many"), locations=[("husrom/x.py", 2)])
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    monkeypatch.setattr(catalogues, "from_source", lambda: source)
    return tmp_path


def translate(one: str) -> None:
    for language in catalogues.LANGUAGES:
        path = catalogues.path_of(language)
        text = path.read_text().replace(
            'msgid "%(count)s homes"\nmsgstr ""', f'msgid "%(count)s homes"\nmsgstr "{one}"'
        )
        path.write_text(text.replace('msgstr[0] ""\nmsgstr[1] ""', 'msgstr[0] "en"\nmsgstr[1] "mange"'))


def test_a_template_is_read_as_django_reads_it() -> None:
    found = list(catalogues.extract_template(BytesIO(TEMPLATE.encode()), catalogues.KEYWORDS, ["Translators:"], {}))

    texts = [message for _, _, message, _ in found]
    assert "The decision" in texts
    assert ("%(n)s person", "%(n)s persons") in [text[:2] for text in texts if isinstance(text, tuple)]
    assert ("month", "May") in texts


def test_a_text_that_was_not_taken_in_is_found(locale: Path) -> None:
    assert any("not taken in yet" in fault for fault in catalogues.faults())


def test_a_text_without_a_translation_is_found(locale: Path) -> None:
    catalogues.update_all()

    assert min(catalogues.faults()).startswith("nb: not translated")


def test_a_lost_placeholder_is_found(locale: Path) -> None:
    catalogues.update_all()
    translate("boliger")

    assert any("placeholder" in fault for fault in catalogues.faults())


def test_a_finished_catalogue_has_no_fault_and_compiles(locale: Path) -> None:
    catalogues.update_all()
    translate("%(count)s boliger")

    catalogues.compile_all()

    assert not list(catalogues.faults())
    assert (locale / "nb" / "LC_MESSAGES" / "django.mo").stat().st_size > 0


def test_taking_in_twice_changes_nothing(locale: Path) -> None:
    catalogues.update_all()
    first = catalogues.path_of("nb").read_bytes()

    catalogues.update_all()

    assert catalogues.path_of("nb").read_bytes() == first
