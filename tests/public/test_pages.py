"""Every page renders in every language, within its budget, with nothing in it that the policy refuses."""

import gzip
import re
from html.parser import HTMLParser
from posixpath import dirname, normpath
from urllib.parse import unquote

import pytest
from defusedxml.ElementTree import fromstring

from husrom.public.render import render
from husrom.public.site import Site, UnsafeNameError, checked, survey
from tests.public import sample

pytestmark = pytest.mark.django_db
PAGE_LIMIT, STYLE_LIMIT, FIRST_VIEW_LIMIT = 16_000, 13_000, 60_000


class Reading(HTMLParser):
    """What a page links to, which ids it has, and what it carries."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.append(name)
            if name in ("href", "src"):
                self.links.append(value or "")
            if name == "action":
                self.forms.append(value or "")
            if name == "id":
                self.ids.append(value or "")


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
        assert not re.search(r"\{\{|\{%|>None<|&lt;a class|\{[a-z]+\}", html), path


def test_an_empty_installation_has_decent_pages(db: None) -> None:
    site = survey()

    pages = html_of(site)

    assert "Her er ingenting publisert ennå." in pages["nb/index.html"]
    assert "Nothing has been published here yet." in pages["en/index.html"]
    for path, html in pages.items():
        _assert_links_resolve(site, {path: Reading(html) for path, html in pages.items()}, path)
        assert "None" not in html, path


def test_every_link_leads_to_an_address_of_the_plan_and_to_something_there(published: Site) -> None:
    read = {path: Reading(html) for path, html in html_of(published).items()}

    for path in read:
        _assert_links_resolve(published, read, path)


def _assert_links_resolve(site: Site, read: dict[str, Reading], path: str) -> None:
    for link in (*read[path].links, *read[path].forms):
        if link.startswith(
            ("mailto:", "tel:", "https://www.asker", "https://data.norge.no", "https://creativecommons")
        ):
            continue
        assert not re.match(r"[a-z]+:|/", link), f"{path}: {link} is not relative"
        target, _hash, anchor = link.partition("#")
        where = normpath(f"{dirname(path)}/{unquote(target)}").removeprefix("/") if target else path
        assert where in site.addresses, f"{path}: {link} leads nowhere"
        if anchor:
            assert anchor in read[where].ids, f"{path}: {link} finds no such place"


def test_pages_carry_no_script_and_no_style(published: Site) -> None:
    for path, html in html_of(published).items():
        read = Reading(html)
        assert not {"script", "style", "iframe", "object", "base"} & set(read.tags), path
        assert not [name for name in read.attributes if name == "style" or name.startswith("on")], path
        assert len(read.ids) == len(set(read.ids)), f"{path}: {[i for i in read.ids if read.ids.count(i) > 1]}"


def test_pages_keep_their_budget(published: Site) -> None:
    sizes = {path: len(gzip.compress(html.encode(), 9)) for path, html in html_of(published).items()}
    static = {one.path: render(published, one) for one in published.addresses.values() if one.kind == "asset"}
    style = next(body for path, body in static.items() if path.endswith(".css"))

    assert max(sizes.values()) <= PAGE_LIMIT
    assert len(gzip.compress(style, 9)) <= STYLE_LIMIT
    first_view = sizes["nb/index.html"] + sum(
        len(body) if path.endswith("woff2") else len(gzip.compress(body, 9)) for path, body in static.items()
    )
    assert first_view <= FIRST_VIEW_LIMIT
    assert len(static) + 1 <= 7


def test_a_reconstruction_says_what_it_is(published: Site) -> None:
    pages = html_of(published)

    for path in ("nb/1/index.html", "nb/1/tables.html", "nb/1/figures/decision-2016-council.html"):
        assert "Rekonstruksjon fra offentlige kilder." in pages[path]
        assert '<meta name="robots" content="noindex">' in pages[path]
        assert "Kari Nordmann" not in pages[path]
    assert "Rekonstruksjon fra offentlige kilder." not in pages["nb/2/index.html"]
    assert "noindex" not in pages["nb/2/index.html"]
    assert "Godkjent av Kari Nordmann, leder og Ola Nordmann, økonom" in pages["nb/2/index.html"]


def test_the_page_says_in_one_sentence_what_was_decided(published: Site) -> None:
    words = plain(html_of(published)["nb/1/index.html"])

    assert "Asker har sagt ja til å bosette 135 flyktninger i 2016, av dem 45 enslige mindreårige." in words
    assert "Formannskapet vedtok dette i desember 2015, sak 198/15." in words


def test_printed_and_computed_totals_stand_side_by_side(published: Site) -> None:
    words = plain(html_of(published)["nb/1/index.html"])

    assert "Det er trykt 270, men tallene i tabellen gir 263. Forskjellen på 7 er ikke forklart." in words
    assert "Bosatt 2010–2014 270 263 +7" in words


def test_the_series_breaks_in_the_table_too(published: Site) -> None:
    words = plain(html_of(published)["nb/1/index.html"])

    assert "Brudd i tallrekken: det er andre som telles med og en annen kilde tar over." in words


def test_an_interval_has_its_probability(published: Site) -> None:
    words = plain(html_of(published)["nb/1/forecasts.html"])

    assert "10\u00a0000–60\u00a0000 8 av 10 ganger" in words
    assert "De kan bare settes ved siden av hverandre." in words


def test_a_computed_number_opens_to_what_it_is_computed_from(published: Site) -> None:
    words = plain(html_of(published)["nb/1/figures/decision-2016-council.html"])

    assert "Regnet ut av Vedtak 2016: 135; Vedtak 2016, uten mindreårige: +25" in words
    assert "Den nøyaktige dagen er ikke kjent" in words


def test_a_count_so_far_ends_on_its_last_day(published: Site) -> None:
    words = plain(html_of(published)["nb/1/index.html"])

    assert "Bosatt så langt i 2016 Vedtatt: 135" in words
    assert "28. januar 2016 12 8,9\u00a0%" in words


def test_a_source_keeps_its_language_and_cannot_write_html(published: Site) -> None:
    html = html_of(published)["en/1/index.html"] + html_of(published)["en/1/figures/settled-2015-page.html"]

    assert '<cite lang="nb">Bosetting av flyktninger, nettside &lt;Asker&gt;</cite>' in html


def test_changes_say_old_new_difference_reason_and_who_approved(published: Site) -> None:
    words = plain(html_of(published)["nn/changes.html"])

    for reason in ("Ny oppmoding", "Nytt vedtak", "Frå førebels til endeleg", "Planlagd revisjon", "Retting"):
        assert reason in words
    assert "Godkjent av Kari Nordmann" in words


def test_the_feed_is_atom_with_absolute_ids(published: Site) -> None:
    feed = render(published, published.addresses["nb/feed.xml"])

    root = fromstring(feed)
    atom = "{http://www.w3.org/2005/Atom}"
    ids = [node.text or "" for node in root.iter(f"{atom}id")]
    assert root.tag == f"{atom}feed"
    assert len(ids) == len(set(ids)) == 3
    assert all(one.startswith("urn:uuid:") for one in ids)
    assert len(root.findall(f"{atom}entry")) == 2
    assert all(node.find(f"{atom}updated") is not None for node in root.iter(f"{atom}entry"))


def test_an_old_edition_says_that_its_look_is_newer(published: Site) -> None:
    words = plain(html_of(published)["nb/1/index.html"])

    assert published.head(1).checksum in words
    assert "Den er nyere enn utgaven" in words


@pytest.mark.parametrize("name", ["../etc", "a/b", "", ".hidden", "a..b", "æ", "a b", "x" * 200])
def test_a_name_that_could_lead_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(UnsafeNameError):
        checked(name)


def test_a_withdrawn_edition_leaves_a_tombstone(published: Site) -> None:
    sample.withdraw(2)
    site = survey()

    page = render(site, site.addresses["nb/2/index.html"]).decode()

    assert "Tallet røper en familie." in page
    assert site.head(2).checksum in page
    assert not [path for path in site.addresses if path.startswith("nb/2/") and path != "nb/2/index.html"]
    assert site.current is not None
    assert site.current.number == 1
    assert "Kari" not in "".join(html_of(site).values())


def plain(html: str) -> str:
    """The words of a page, without its tags."""
    words = re.sub(r"<span class=\"ds-sr-only\">.*?</span>", " ", html)
    return (
        re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", words)).replace(" ,", ",").replace(" .", ".").replace(" ;", ";")
    )


def test_the_front_page_keeps_changes_short_and_leads_to_all_of_them(published: Site) -> None:
    html = html_of(published)["nb/2/index.html"]
    short = html[html.index('id="changes"') : html.index('id="definitions"')]

    assert short.count("<tr") <= 7
    assert 'href="../changes.html#e2"' in short
    assert "Fordi." not in short
    assert 'id="e2"' in html_of(published)["nb/changes.html"]


def test_a_label_of_a_block_on_a_phone_is_the_head_of_its_column(published: Site) -> None:
    for path, html in html_of(published).items():
        for table in re.findall(r"<table[^>]*stack.*?</table>", html, re.DOTALL):
            heads = {plain(head).strip() for head in re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", table)}
            labels = {label.replace("&amp;", "&") for label in re.findall(r'data-l="([^"]*)"', table)}
            assert labels <= heads, path


def test_no_page_says_who_is_counted_in_another_language(published: Site) -> None:
    foreign = ("Norge", "vedtak", "nettside", " presse", "sannsynlighet")
    for path, html in html_of(published).items():
        if path.startswith("en/"):
            own = re.sub(r'<(\w+)[^>]* lang="n[bn]"[^>]*>.*?</\1>', "", html, flags=re.DOTALL)
            words = plain(re.sub(r"<nav.*?</nav>", "", own, count=1, flags=re.DOTALL))
            assert not [word for word in foreign if word in words], path
