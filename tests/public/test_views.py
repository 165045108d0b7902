"""The live site: the same bytes as the plan, ETags, days, and a helpful page for everything else."""

import gzip
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from husrom.public import store
from husrom.public.models import Page
from husrom.public.render import render
from husrom.public.site import Site
from husrom.public.views import accepts_gzip, matches
from tests.public import sample

pytestmark = pytest.mark.django_db


def get(path: str, **headers: str) -> HttpResponse:
    return Client().get(path, headers=headers)  # type: ignore[return-value] # the stubs' own class


def test_every_address_answers_with_its_own_bytes(published: Site) -> None:
    call_command("render", quiet=True)

    for path, address in published.addresses.items():
        answer = get(f"/{path}")
        assert answer.status_code == address.status, path
        assert answer.content == render(published, address), path
        assert answer.headers["Content-Type"] == address.media_type


def test_a_folder_is_its_index(published: Site) -> None:
    assert get("/").content == get("/index.html").content
    assert get("/nb/").content == get("/nb/index.html").content
    assert get("/nn/1/").content == get("/nn/1/index.html").content
    assert get("/nb").headers["Location"] == "nb/"
    assert get("/nb/1").headers["Location"] == "1/"


def test_the_store_changes_nothing_but_the_speed(published: Site) -> None:
    before = {path: get(f"/{path}").content for path in ("nb/index.html", "en/1/tables.html")}
    assert not Page.objects.exists()

    call_command("render", quiet=True)
    store.forget()

    assert Page.objects.count() == len(published.addresses)
    assert {path: get(f"/{path}").content for path in before} == before
    assert store.fill(published) == (0, 0)


def test_a_page_is_sent_once(published: Site) -> None:
    first = get("/nb/index.html", accept_encoding="gzip")
    etag = first.headers["ETag"]

    assert first.headers["Content-Encoding"] == "gzip"
    assert first.headers["Vary"] == "Accept-Encoding"
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert gzip.decompress(first.content) == get("/nb/index.html").content
    for held in (etag, f"W/{etag}", f'"other", {etag}', "*", get("/nb/index.html").headers["ETag"]):
        again = get("/nb/index.html", accept_encoding="gzip", if_none_match=held)
        assert again.status_code == 304, held
        assert again.content == b""
        assert again.headers["ETag"] == etag
    assert get("/nb/index.html", if_none_match='"other"').status_code == 200


def test_head_says_how_long_the_page_is(published: Site) -> None:
    answer = Client().head("/nb/")

    assert answer.status_code == 200
    assert answer.content == b""
    assert int(answer.headers["Content-Length"]) == len(get("/nb/").content)


def test_static_files_are_kept_for_ever(published: Site) -> None:
    style = next(path for path, one in published.addresses.items() if path.endswith(".css"))

    assert "immutable" in get(f"/{style}").headers["Cache-Control"]


def test_only_an_embedded_chart_may_be_framed(published: Site) -> None:
    assert "frame-ancestors *" in get("/nb/1/embed/years.html").headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in get("/nb/1/").headers["Content-Security-Policy"]


def test_nobody_can_write(published: Site) -> None:
    assert Client().post("/nb/").status_code == 405


@pytest.mark.parametrize("typed", ["31.01.2016", "2016-02-29", "29. februar 2016", "1. februar 2016"])
def test_a_day_leads_to_the_edition_of_that_day(published: Site, typed: str) -> None:
    answer = Client().get("/nb/archive.html", {"date": typed})

    assert answer.status_code == 302
    assert answer.headers["Location"] == "1/index.html"


def test_today_leads_to_the_newest_edition(published: Site) -> None:
    today = timezone.localdate().strftime("%d.%m.%Y")

    assert Client().get("/en/archive.html", {"date": today}).headers["Location"] == "2/index.html"


@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [
        ("30.01.2016", 404, "30. januar 2016 er før den første utgaven, som er fra 31. januar 2016."),
        ("1.1.1", 400, "er ikke en dato vi kan lese"),
        ("<script>", 400, "&lt;script&gt;"),
        ("", 400, "er ikke en dato vi kan lese"),
        ("\x00", 400, "er ikke en dato vi kan lese"),
        ("0001-01-01", 404, "er før den første utgaven"),
    ],
)
def test_a_day_that_has_no_edition_gets_a_helpful_page(published: Site, typed: str, status: int, words: str) -> None:
    answer = Client().get("/nb/archive.html", {"date": typed})

    assert answer.status_code == status
    assert words in answer.content.decode()
    assert 'name="date"' in answer.content.decode()
    assert "<title>Feil: " in answer.content.decode()


def test_the_future_has_not_been_said(published: Site) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)

    answer = Client().get("/nn/archive.html", {"date": tomorrow.isoformat()})

    assert answer.status_code == 404
    assert "har ikkje vore enno" in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nb/99/index.html", 404, "Det finnes ingen utgave 99. Utgavene har nummer fra 1 til 2."),
        ("/nn/finst-ikkje.html", 404, "Sida finst ikkje"),
        ("/en/1/figures/nothing.html", 404, "Edition 1 has no such page."),
        ("/de/index.html", 404, "Siden finnes ikke"),
        ("/nb/../../etc/passwd", 404, "Siden finnes ikke"),
        ("/nb/%2e%2e/settings.py", 404, "Siden finnes ikke"),
        ("/nb/1%00/index.html", 400, "Adressen kan ikke leses"),
        ("/nb/1%0A/index.html", 400, "Adressen kan ikke leses"),
        ("/" + "a/" * 4000, 400, "Adressen kan ikke leses"),
        ("/nb/99999999999999999999/", 404, "Siden finnes ikke"),
    ],
)
def test_an_unknown_address_gets_a_helpful_page(published: Site, path: str, status: int, words: str) -> None:
    answer = get(path)

    assert answer.status_code == status
    assert words in answer.content.decode()


def test_the_links_of_a_helpful_page_hold_however_deep_it_is(published: Site) -> None:
    html = get("/nb/1/figures/a/b/c.html").content.decode()

    assert 'href="../../../../../nb/index.html"' in html
    assert 'href="nb/index.html"' in get("/x").content.decode()


def test_a_withdrawal_takes_effect_at_once_without_rendering_anew(published: Site) -> None:
    call_command("render", quiet=True)
    assert b"Kari Nordmann" in get("/nb/").content

    sample.withdraw(2)

    assert b"Kari Nordmann" not in get("/nb/").content
    for path in ("/nb/2/", "/nb/2/index.html", "/nb/2/tables.html", "/nb/2/files/all.xlsx", "/nb/2/embed/years.html"):
        answer = get(path)
        assert answer.status_code == 410, path
        assert "Tallet røper en familie." in answer.content.decode()
    assert Client().get("/nb/archive.html", {"date": "2.3.2016"}).headers["Location"] == "2/index.html"
    assert b"Kari Nordmann" not in get("/nb/feed.xml").content
    call_command("render", quiet=True)
    assert not Page.objects.filter(path__startswith="nb/2/").exclude(path="nb/2/index.html").exists()


def test_an_empty_installation_answers() -> None:
    assert get("/").status_code == 200
    assert get("/nb/1/").status_code == 404
    assert Client().get("/nb/archive.html", {"date": "1.1.2016"}).status_code == 404


def test_gzip_is_for_those_who_take_it() -> None:
    assert all(accepts_gzip(header) for header in ("gzip", "gzip, br", "br;q=1, gzip;q=0.5", "*", "deflate, GZIP"))
    assert not any(accepts_gzip(header) for header in ("", "br", "gzip;q=0", "identity", "*;q=0", "gzip; q=0.0, *"))
    assert matches('W/"a"', "a")
    assert not matches('"b"', "a")


class StrangeAddresses(TestCase):
    """Whatever is asked for, the answer is a page and never a fault."""

    @classmethod
    def setUpTestData(cls) -> None:
        sample.freeze(sample.january_2016(), with_files=False)
        store.forget()

    @given(
        st.lists(
            st.one_of(
                st.sampled_from(["nb", "nn", "1", "2", "..", "figures", "index.html", "archive.html", ""]),
                st.text(max_size=12),
            ),
            max_size=6,
        )
    )
    def test_paths(self, parts: list[str]) -> None:
        path = "/" + "/".join(parts)

        answer = self.client.generic("GET", "/", PATH_INFO=path.encode().decode("latin-1"))

        assert answer.status_code in (200, 302, 400, 404)

    @given(st.binary(max_size=40))
    def test_raw_paths(self, path: bytes) -> None:
        answer = self.client.generic("GET", "/", PATH_INFO="/nb/" + path.decode("latin-1"))

        assert answer.status_code in (200, 302, 400, 404)

    @given(st.dictionaries(st.one_of(st.just("date"), st.text(max_size=8)), st.text(max_size=60), max_size=4))
    def test_queries(self, query: dict[str, str]) -> None:
        assert self.client.get("/nb/archive.html", query).status_code in (200, 302, 400, 404)

    @given(st.binary(max_size=60))
    def test_raw_queries(self, query: bytes) -> None:
        answer = self.client.generic("GET", "/nb/archive.html", QUERY_STRING=query.decode("latin-1"))

        assert answer.status_code in (200, 302, 400, 404)
