"""Every public page in the Nu HTML checker: no errors."""

from collections.abc import Callable, Mapping

from husrom.public import store
from husrom.public.render import render
from husrom.public.site import survey
from husrom.publishing import drawing
from tests.browser.conftest import drawn, edition
from tests.public import sample


def test_every_page_is_valid(db: None, check_html: Callable[[Mapping[str, str]], list[str]]) -> None:
    store.forget()
    for number in (1, 2):
        drawing.store(sample.freeze(edition(number), with_files=False), drawn(number))
    sample.freeze(sample.withdrawn(), with_files=False)
    sample.withdraw(3)
    site = survey()
    pages = {
        path.replace("/", "_").removesuffix(".html"): render(site, one).decode()
        for path, one in site.addresses.items()
        if one.media_type.startswith("text/html")
    }

    assert not check_html(pages)
