"""The fixtures keep their word: a real browser sees what this test, and only this test, has in the database."""

from collections.abc import Callable, Mapping

import pytest
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from playwright.sync_api import Browser
from pytest_django import Settings

PAGE = '<!doctype html><html lang="en"><title>One page</title><h1>{}</h1></html>'


def first_page(request: HttpRequest) -> HttpResponse:
    names = ContentType.objects.filter(app_label="invented").values_list("model", flat=True)
    return HttpResponse(PAGE.format(", ".join(names)))


urlpatterns = [path("", first_page)]


@pytest.fixture(autouse=True)
def a_little_site(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__


def test_a_browser_sees_the_tests_own_transaction(site: str, browser: Browser) -> None:
    ContentType.objects.create(app_label="invented", model="havnelv")
    page = browser.new_page()

    page.goto(site)

    assert page.inner_text("h1") == "havnelv"
    page.close()


def test_nothing_of_it_stays(site: str, browser: Browser) -> None:
    page = browser.new_page()

    page.goto(site)

    assert not page.inner_text("h1")
    page.close()


@pytest.mark.django_db
def test_every_answer_carries_the_headers(client: Client) -> None:
    headers = client.get("/").headers

    assert {"default-src 'none'", "style-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"} <= set(
        headers["Content-Security-Policy"].split("; ")
    )
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Set-Cookie" not in headers


def test_the_checker_finds_an_error_and_passes_a_good_page(
    check_html: Callable[[Mapping[str, str]], list[str]],
) -> None:
    assert not check_html({"good": PAGE.format("Good")})
    assert check_html({"bad": "<!doctype html><p><p></i>"})
