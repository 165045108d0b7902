"""Every page renders in every language, within its budget, with nothing in it that the policy refuses."""

import gzip
import re

import pytest

from husrom.public.render import render
from husrom.public.site import Site

pytestmark = pytest.mark.django_db
LIMIT = 16_000


def html_of(site: Site) -> dict[str, str]:
    """Every HTML page of the plan by its path."""
    pages = [one for one in site.addresses.values() if one.media_type.startswith("text/html")]
    return {one.path: render(site, one).decode() for one in pages}


def test_every_page_renders_in_its_language(published: Site) -> None:
    pages = html_of(published)

    assert len(pages) > 100
    for path, html in pages.items():
        language = published.addresses[path].language
        assert f'<html lang="{language}"' in html, path
        assert html.count("<h1") == 1, path
        assert not re.search(r"\{\{|\{%|\bNone\b|&lt;a class", html), path
