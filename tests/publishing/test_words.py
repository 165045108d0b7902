"""The page's prose: what is refused as a bare number, and what may stand."""

import pytest

from husrom.publishing.words import bare_numbers, paragraphs, problems, references
from tests.publishing.sample_document import january_2016


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Asker skal bosette 135 i 2016."),
        ("nb", "31 145 søkte om asyl."),
        ("nb", "fire enslige mindreårige kom"),
        ("nb", "2016 flyktninger kom"),
        ("nb", "I 2014 ble 10 enslige mindreårige bosatt."),
        ("nn", "tolv einslege mindreårige"),
        ("en", "forty-five refugees"),
        ("en", "In 2015 we settled 91."),
        ("en", "31,145 people applied"),
    ],
)
def test_a_bare_number_of_persons_is_found(language: str, text: str) -> None:
    assert bare_numbers(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "I 2015 bosatte kommunen {settled-2015}."),
        ("nb", "Vedtatt 22. august 2023 i sak 198/15, etter § 13-1 og kapittel 6A."),
        ("nb", "Barn under 15 år; 9,7 millioner kroner; innen 3 måneder; uke 34; 52 %."),
        ("nb", "I årene 2016–21 og 2025–2026 er tallet ikke kjent."),
        ("nb", "I 2014 ble enslige mindreårige bosatt."),
        ("nn", "I 2016 vedtok formannskapet {decision-2016}."),
        ("en", "aged 9–17 were settled"),
        ("en", "to settle {decision-2016} unaccompanied minors"),
        ("en", "The licence is NLOD 2.0; on 13 November 2024."),
    ],
)
def test_years_dates_ages_law_money_and_shares_may_stand(language: str, text: str) -> None:
    assert bare_numbers(text, language) == []


def test_the_refusal_names_the_reference_to_use() -> None:
    document = january_2016()
    key, figure = next((k, f) for k, f in document.figures.items() if f.value and f.value > 100)

    [problem] = problems("nb, intro", f"Det er {figure.value}.", document.figures, "nb")

    assert f"{{{key}}}" in str(problem)


def test_an_unknown_reference_names_its_nearest() -> None:
    document = january_2016()
    key = next(iter(document.figures))

    [problem] = problems("nb, intro", f"{{{key}x}}", document.figures, "nb")

    assert key in str(problem)


def test_a_lonely_brace_is_named() -> None:
    [problem] = problems("nb, intro", "Her står {.", {}, "nb")

    assert "{" in str(problem)


def test_a_text_becomes_paragraphs_of_pieces() -> None:
    first, second = paragraphs("Vi bosatte {settled-2015}.\n\nSlutt.")

    assert [piece.text or piece.figure for piece in first.pieces] == ["Vi bosatte ", "settled-2015", "."]
    assert [piece.text for piece in second.pieces] == ["Slutt."]
    assert references("{a} og {b}") == ("a", "b")
