"""Two editions to render: Asker's page of January 2016 as a reconstruction, and an edition of 2024.

They are written by hand so that every state, mark and kind of number is on some page, and so
that the pages can be tested without a ledger.
"""

from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from husrom.publishing.document import (
    Beside,
    Block,
    Cell,
    Chain,
    ChainStep,
    Change,
    Column,
    Contact,
    Document,
    Figure,
    ForecastRecord,
    HistoryRow,
    KeyFigure,
    Lead,
    Municipality,
    Pace,
    PaceStep,
    Paragraph,
    Piece,
    PrintedTotal,
    Promise,
    Question,
    Row,
    Rule,
    Source,
    Table,
    checksum,
    to_json,
)
from husrom.publishing.models import Edition, EditionFile

ALL = Rule("included", "included")
ORDINARY = Rule("excluded", "excluded")
FAMILY = Rule("excluded", "only")
MINORS = Rule("only", "excluded")
MINORS_YOUNG = Rule("only", "excluded", age="under_15")
UNSTATED = Rule("unstated", "unstated")
ASKED = Rule("included", "excluded")
APPLICATIONS = Rule("included", "excluded", unit="applications")
KRONER = Rule("unstated", "unstated", unit="NOK")
CONDITION = Rule("included", "included", condition="inntil 100 familiegjenforente kommer i tillegg, resten trekkes fra")

PAGE = Source(
    "Bosetting av flyktninger, nettside <Asker>", "page", "Asker kommune", "https://www.asker.kommune.no/x?a=1&b=2"
)
LETTER = Source("Brev om bosetting", "letter", "IMDi", "", "15/4711")
MINUTES = Source("Protokoll, sak 198/15", "decision", "Asker kommune")
PAPER = Source("Første tall for 2015", "report", "UDI")
NAMES = {
    "imdi": ("IMDi", {"nb": "IMDi", "en": "the Directorate of Integration and Diversity (IMDi)"}),
    "council": ("formannskapet", {"nb": "Asker kommune", "en": "Asker municipality"}),
    "page": ("Asker kommune", {"nb": "Asker kommunes nettside", "en": "the page of Asker municipality"}),
    "udi": ("UDI", {"nb": "UDI"}),
}


def year(number: int) -> tuple[date, date]:
    return date(number, 1, 1), date(number + 1, 1, 1)


def figure(key: str, measure: str, when: int, value: int | None, rule: Rule, publisher: str, **more: Any) -> Figure:
    """A figure with what most of them share."""
    body, name = NAMES[publisher]
    start, until = year(when)
    plain = Figure(
        key=key,
        question=f"{measure}-{when}-{publisher}",
        measure=measure,
        area="Asker",
        area_key="asker",
        period_from=start,
        period_until=until,
        kind="level",
        state="stated",
        value=value,
        low=None,
        high=None,
        probability=None,
        rule=rule,
        publisher=publisher,
        publisher_name=name,
        body=body,
        case_number="",
        sources=(PAGE,),
        stated_first=date(2016, 1, 7),
        stated_last=date(2016, 1, 31),
        known_on=date(2016, 1, 31),
    )
    return replace(plain, **more)


DECEMBER: dict[str, Any] = {
    "case_number": "198/15",
    "sources": (MINUTES,),
    "stated_first": date(2015, 12, 1),
    "stated_last": date(2015, 12, 31),
    "known_on": date(2015, 12, 31),
}
SEPTEMBER: dict[str, Any] = {
    "body": "kommunestyret",
    "sources": (MINUTES,),
    "stated_first": date(2015, 9, 1),
    "stated_last": date(2015, 9, 30),
    "known_on": date(2015, 12, 31),
    "derived": True,
    "in_force": False,
    "uncertain": True,
}
NOVEMBER: dict[str, Any] = {
    "sources": (LETTER,),
    "stated_first": date(2015, 11, 23),
    "stated_last": date(2015, 11, 23),
    "known_on": date(2015, 11, 23),
}


def _figures_2016() -> list[Figure]:
    settled = [
        figure(f"settled-{y}-ordinary", "settled", y, n, ORDINARY, "page")
        for y, n in zip(range(2010, 2015), (46, 40, 40, 41, 56), strict=True)
    ]
    family = [
        figure(f"settled-{y}-family", "settled", y, n, FAMILY, "page")
        for y, n in zip(range(2010, 2014), (11, 11, 11, 7), strict=True)
    ]
    national = {"area": "Norge", "area_key": "norge", "sources": (PAPER,)}
    return [
        *settled,
        *family,
        figure("settled-2014-minors", "settled", 2014, 10, MINORS, "page", preliminary=True),
        figure("settled-2014-family", "settled", 2014, None, FAMILY, "page", state="unknown"),
        figure(
            "settled-2015", "settled", 2015, 91, ALL, "page", revised=True, note={"nb": "Tallet er avrundet av kilden."}
        ),
        figure(
            "settled-2010-2014",
            "settled",
            2010,
            270,
            UNSTATED,
            "page",
            period_until=date(2015, 1, 1),
            question="settled-2010-2014-page",
        ),
        figure(
            "decision-2016",
            "decision",
            2016,
            135,
            ASKED,
            "council",
            **DECEMBER,
            beside=(Beside(136, -1, ("decision-2016-plus",)),),
        ),
        figure("decision-2016-minors", "decision", 2016, 45, MINORS, "council", **DECEMBER),
        figure(
            "decision-2016-plus", "decision", 2016, 25, ORDINARY, "council", **DECEMBER, kind="change", in_force=False
        ),
        figure(
            "decision-2016-plus-minors",
            "decision",
            2016,
            35,
            MINORS,
            "council",
            **DECEMBER,
            kind="change",
            in_force=False,
        ),
        figure(
            "decision-2016-september",
            "decision",
            2016,
            75,
            ASKED,
            "council",
            **SEPTEMBER,
            inputs=("decision-2016", "decision-2016-plus", "decision-2016-plus-minors"),
        ),
        figure(
            "decision-2016-said",
            "decision",
            2016,
            None,
            ASKED,
            "council",
            **(SEPTEMBER | {"derived": False}),
            state="unknown",
        ),
        figure("request-2016-minors", "request", 2016, 45, MINORS, "imdi", **NOVEMBER),
        figure("request-2016", "request", 2016, 135, CONDITION, "imdi", **NOVEMBER),
        figure("request-2017-minors", "request", 2017, 65, MINORS, "imdi", **NOVEMBER),
        figure(
            "request-2017-young", "request", 2017, None, MINORS_YOUNG, "imdi", **NOVEMBER, state="hidden", low=1, high=4
        ),
        figure("announced-2016", "announced", 2016, 135, UNSTATED, "page"),
        figure("announced-2017", "announced", 2017, 160, Rule("included", "unstated"), "page"),
        figure("decision-2017", "decision", 2017, None, ASKED, "council", state="not_decided"),
        figure(
            "settled-2016-so-far",
            "settled",
            2016,
            12,
            ALL,
            "page",
            period_until=date(2016, 1, 29),
            question="settled-2016-so-far-page",
        ),
        figure("applications-2015", "applications", 2015, 31145, APPLICATIONS, "udi", **national),
        figure(
            "applications-2015-minors",
            "applications",
            2015,
            5297,
            Rule("only", "excluded", unit="applications"),
            "udi",
            **national,
            preliminary=True,
        ),
        figure(
            "forecast-2016",
            "applications",
            2016,
            None,
            APPLICATIONS,
            "udi",
            **national,
            kind="forecast",
            low=10000,
            high=60000,
            probability=0.8,
            question="forecast-2016-udi",
        ),
        figure(
            "forecast-2016-first",
            "applications",
            2016,
            25000,
            APPLICATIONS,
            "udi",
            **national,
            kind="forecast",
            question="forecast-2016-udi",
            in_force=False,
        ),
        figure("grants-2015", "grants", 2015, 171064496, KRONER, "page"),
    ]


def _question(slug: str, figures: list[Figure]) -> Question:
    first = figures[0]
    history = [
        HistoryRow(
            f.kind,
            f.state,
            f.value,
            f.low,
            f.high,
            f.rule,
            f.body,
            f.case_number,
            f.stated_first,
            f.stated_last,
            f.known_on,
            "in_force" if f.in_force else "superseded",
            f.sources,
        )
        for f in figures
    ]
    history.append(replace(history[0], status="corrected", value=57, note={"nb": "Feil rad ble lest."}))
    history.append(replace(history[0], status="retracted", value=58))
    history.append(replace(history[0], status="later", value=59))
    others = ("announced-2016-page",) if slug == "decision-2016-council" else ()
    return Question(
        slug,
        first.measure,
        first.area,
        first.period_from,
        first.period_until,
        first.publisher,
        first.publisher_name,
        tuple(f.key for f in figures if f.in_force),
        tuple(history),
        others,
    )


def _questions(figures: dict[str, Figure]) -> dict[str, Question]:
    slugs: dict[str, list[Figure]] = {}
    for one in figures.values():
        slugs.setdefault(one.question, []).append(one)
    return {slug: _question(slug, found) for slug, found in slugs.items()}


NONE = Cell("not_available")


def _cell(figures: dict[str, Figure], key: str) -> Cell:
    if key not in figures:
        return NONE
    value = figures[key].value
    return Cell("not_available", None, key) if value is None else Cell("value" if value else "zero", value, key)


def _years(figures: dict[str, Figure]) -> Table:
    columns = (
        Column("ordinary", "settled", ORDINARY),
        Column("family", "settled", FAMILY),
        Column("minors", "settled", MINORS, title={"nb": "Enslige mindreårige", "en": "Unaccompanied minors"}),
        Column("all", "settled", ALL),
        Column("decision", "decision"),
        Column("announced", "announced"),
    )
    rows = []
    for y in range(2010, 2018):
        keys = [f"settled-{y}-{c}" for c in ("ordinary", "family", "minors")]
        keys += [f"settled-{y}", f"decision-{y}", f"announced-{y}"]
        cells = tuple(_cell(figures, key) for key in keys)
        if y == 2012:
            cells = (*cells[:2], Cell("hidden"), Cell("not_applicable"), Cell("zero", 0), *cells[5:])
        rows.append(
            Row(
                str(y),
                cells,
                *year(y),
                covers=ORDINARY if y < 2015 else ALL,
                break_before=("rule", "publisher") if y == 2015 else (),
                note={"nb": "Familiegjenforente er ikke oppgitt."} if y == 2014 else {},
            )
        )
    total = PrintedTotal(
        "settled-2010-2014",
        {"nb": "Bosatt 2010–2014", "en": "Settled 2010–2014"},
        270,
        263,
        7,
        ("ordinary", "family"),
        {"nb": "7 ville passe med familiegjenforente i 2014, men siden sier det ikke."},
    )
    return Table("years", {"nb": "Bosatt og vedtatt", "en": "Settled and decided"}, columns, tuple(rows), (total,))


def _counties() -> Table:
    rows = tuple(
        Row(name.casefold(), (Cell("value", n), Cell("value", n + 5, computed=True)), title={"nb": name})
        for name, n in (("Akershus", 1510), ("Østfold", 1200))
    )
    unsure = PrintedTotal("settled-2015", {"nb": "Sum"}, 2800, None, None, ("asked",))
    columns = (Column("asked", "request", ASKED), Column("decided", "decision", ASKED, {"nb": "IMDi"}))
    return Table("counties-2016", {"nb": "Fylkene 2016"}, columns, rows, (unsure,), {"nb": "Slik det ble trykt."})


def _chains() -> tuple[Chain, ...]:
    def step(
        body: str, said: dict[str, Any], before: str, changes: tuple[str, ...], after: tuple[str, ...]
    ) -> ChainStep:
        return ChainStep(
            body,
            said.get("case_number", ""),
            said["stated_first"],
            said["stated_last"],
            said["known_on"],
            said["sources"],
            (before,) if before else (),
            changes,
            after,
            uncertain="uncertain" in said,
        )

    decisions = (
        step("kommunestyret", SEPTEMBER, "", (), ("decision-2016-september",)),
        step(
            "formannskapet",
            DECEMBER,
            "decision-2016-september",
            ("decision-2016-plus", "decision-2016-plus-minors"),
            ("decision-2016", "decision-2016-minors"),
        ),
    )
    requests = (step("IMDi", NOVEMBER, "", (), ("request-2016", "request-2016-minors")),)
    next_year = (step("IMDi", NOVEMBER, "", (), ("request-2017-minors", "request-2017-young")),)
    return (
        Chain("request", "Asker", *year(2016), "request-2016-imdi", requests),
        Chain("decision", "Asker", *year(2016), "decision-2016-council", decisions),
        Chain("request", "Asker", *year(2017), "request-2017-imdi", next_year),
    )


def _words() -> dict[str, tuple[Block, ...]]:
    def block(key: str, heading: str, before: str, number: str, after: str) -> Block:
        return Block(key, heading, (Paragraph((Piece(before), Piece(figure=number), Piece(after))),), date(2016, 1, 31))

    return {
        "nb": (
            block("intro", "", "Kommunen arbeider for å bosette ", "decision-2016", " flyktninger i år."),
            block("minors", "Enslige mindreårige", "Av dem er ", "decision-2016-minors", " enslige mindreårige."),
        ),
        "nn": (block("intro", "", "Kommunen arbeider for å busetje ", "decision-2016", " flyktningar i år."),),
        "en": (block("intro", "", "The municipality works to settle ", "decision-2016", " refugees this year."),),
    }


def _forecasts() -> tuple[ForecastRecord, ...]:
    title = {"nb": "Asylsøknader i Norge 2016", "en": "Asylum applications in Norway 2016"}
    seen = ("forecast-2016-first", "forecast-2016")
    record = ForecastRecord("applications-2016", "applications", "Norge", *year(2016), APPLICATIONS, title, seen, ())
    old = replace(
        record, key="applications-2015", title={"nb": "Asylsøknader i Norge 2015"}, actual=("applications-2015",)
    )
    beside = replace(old, key="need", title={"nb": "Behov"}, comparable=False)
    return (record, old, beside)


def january_2016() -> Document:
    """The page of January 2016, reconstructed."""
    figures = {one.key: one for one in _figures_2016()}
    return Document(
        number=1,
        day=date(2016, 1, 31),
        kind="reconstruction",
        municipality=Municipality("Asker kommune", "Asker", "0220", "https://www.asker.kommune.no"),
        languages=("nb", "nn", "en"),
        lead=Lead(
            2016, "decision-2016", "decision-2016-minors", "request-2016", "request-2016-minors", "announced-2016"
        ),
        key_figures=(
            KeyFigure("target_this_year", "decision-2016"),
            KeyFigure("settled_last_year", "settled-2015"),
            KeyFigure("target_next_year", "announced-2017"),
        ),
        figures=figures,
        questions=_questions(figures),
        tables={"years": _years(figures), "counties-2016": _counties()},
        chains=_chains(),
        promises=(
            Promise(2016, ("decision-2016-september", "decision-2016", "announced-2016"), None),
            Promise(2017, ("announced-2017",), "settled-2015"),
        ),
        paces=(
            Pace(
                2016,
                "decision-2016",
                (PaceStep("settled-2016-so-far", date(2016, 1, 29), 12, "decision-2016", 12 / 135),),
            ),
        ),
        forecasts=_forecasts(),
        words=_words(),
        contacts=(
            Contact(
                "settlement",
                {"nb": "Avdeling for integrering og migrasjonshelse"},
                {"nb": "Flyktningteamet"},
                phone="00 00 00 00",
                email="post@example.no",
                address="Gata 1, 1383 Asker",
                hours={"nb": "8–15", "en": "8 am to 3 pm"},
                url="https://www.asker.kommune.no/kontakt",
                valid_from=date(2015, 1, 1),
            ),
        ),
        changes=(),
        demo=True,
    )


def later() -> Document:
    """An edition of its own, approved, with changes of every kind."""
    first = january_2016()
    reasons = [
        "new_request",
        "new_decision",
        "new_number",
        "preliminary_to_final",
        "planned_revision",
        "correction",
        "new_definition",
        "no_longer_known",
        "new_words",
        "new_contact",
    ]
    keys = list(first.figures)
    changes = [
        Change(reason, key, old, new, new - old, round(100 * (new - old) / old, 1), {"nb": "Fordi."})
        for reason, key, (old, new) in zip(reasons, keys, pairwise(range(75, 275, 13)), strict=False)
    ]
    changes += [
        Change("new_words", None, None, None, None, None),
        Change("no_longer_known", keys[0], 12, None, None, None),
    ]
    return replace(
        first,
        number=2,
        day=date(2016, 3, 1),
        kind="edition",
        changes=tuple(changes),
        previous=1,
        approved_by=("Kari Nordmann, leder", "Ola Nordmann, økonom"),
        small_number_threshold=5,
    )


def withdrawn() -> Document:
    """An edition that will have to go; days before the others, so that it never is the current one."""
    return replace(january_2016(), number=3, day=date(2015, 12, 31))


SVG = (
    '<svg class="chart" viewBox="0 0 720 340" role="img" aria-labelledby="{id}-t"><title id="{id}-t">Bosatt</title>'
    '<rect class="chart-settled" x="1" y="1" width="40" height="300"/><text x="40" y="20">91</text></svg>'
)


def freeze(document: Document, *, with_files: bool = True) -> Edition:
    """Put a document into the database, as publishing does."""
    content = to_json(document)
    edition = Edition.objects.create(
        number=document.number,
        day=document.day,
        kind=document.kind,
        previous=None,  # the sample's changes are its own, and are not told anew from two documents
        content=content,
        checksum=checksum(content),
        frozen_at=datetime(2026, 1, 1, 12, tzinfo=ZoneInfo("Europe/Oslo")),
        frozen_by="test",
    )
    for language in document.languages if with_files else ():
        for name, media, body in (
            ("years-wide.svg", "image/svg+xml", SVG.format(id="years-wide")),
            ("years-narrow.svg", "image/svg+xml", SVG.format(id="years-narrow")),
            ("years.svg", "image/svg+xml", SVG.format(id="years")),
            ("years.png", "image/png", "png"),
            ("years.csv", "text/csv; charset=utf-8", "År;Bosatt\r\n2015;91\r\n"),
            ("years.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
            ("all.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
        ):
            EditionFile.objects.create(
                edition=edition, language=language, name=name, media_type=media, rendering=1, body=body.encode()
            )
    return edition


def withdraw(number: int) -> None:
    """Take every byte of an edition away, as publishing does for privacy."""
    edition = Edition.objects.get(number=number)
    edition.files.all().delete()
    edition.content = b""
    edition.withdrawn_on = date(2016, 4, 1)
    edition.withdrawn_reason = "Tallet røper en familie."
    edition.save()
