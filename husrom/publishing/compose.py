"""Composing an edition: from the ledger, for a day, to a document that can be frozen.

The walk: gather and name figures, build tables, chains and forecasts, and set the words. A
text that refers to nothing, or holds a bare number, stops the edition, with everything that is wrong said at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from husrom.access.models import Unit
from husrom.ledger import answers
from husrom.ledger.models import Parameter
from husrom.ledger.records import text
from husrom.publishing import document as doc
from husrom.publishing.foretold import forecasts, paces, promises
from husrom.publishing.gathering import Gathered, StepNames, gather, rule_of, source_of
from husrom.publishing.models import Municipality, WordBlock
from husrom.publishing.naming import VALID
from husrom.publishing.tables import tables, years_of
from husrom.publishing.words import Problem, paragraphs, problems
from husrom.rules.counting import Measure
from husrom.rules.periods import Period, in_force


class CompositionError(Exception):
    """What stops an edition, one sentence each."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def compose(
    *,
    day: date,
    kind: doc.EditionKind,
    number: int,
    previous: int | None = None,
    approved_by: tuple[str, ...] = (),
    demo: bool = False,
) -> doc.Document:
    """Compose an edition in force on, and known on, a day.

    Raises:
        CompositionError: no municipality is set up, or its words cannot be set.
    """
    municipality = Municipality.objects.first()
    if municipality is None:
        message = _("No municipality is set up. Run `husrom init` first.")
        raise CompositionError([Problem("husrom", message)])
    gathered = gather(day=day, municipality=municipality)
    _mark_revised(gathered)
    languages = tuple(municipality.languages.split())
    words, wrong = _words(gathered, languages)
    wrong += _bad_names(gathered)
    if wrong:
        raise CompositionError(wrong)
    made = tables(gathered)
    promised = promises(gathered)
    foreseen = forecasts(gathered)
    lead = _lead(gathered)
    return doc.Document(
        number=number,
        day=day,
        kind=kind,
        municipality=_municipality(gathered),
        languages=languages,
        lead=lead,
        key_figures=_key_figures(gathered, lead),
        figures=dict(sorted(gathered.figures.items())),
        questions=_questions(gathered),
        tables=made,
        chains=_chains(gathered),
        promises=promised,
        paces=paces(gathered),
        forecasts=foreseen,
        words=words,
        contacts=_contacts(day),
        changes=(),
        previous=previous,
        approved_by=approved_by,
        small_number_threshold=_threshold(day),
        demo=demo,
    )


def _mark_revised(gathered: Gathered) -> None:
    """Mark counts that were answered otherwise before; a new decision is no revision."""
    for name, origin in gathered.origins.items():
        figure = gathered.figures[name]
        if not figure.in_force or origin.series.measure.is_side or figure.kind != "level":
            continue
        asked = gathered.pages[figure.question]
        said = {
            step.levels[origin.series.rule].value
            for question in asked
            for step in question.steps
            if question.key.period == origin.period and origin.series.rule in step.levels
        }
        if said - {figure.value, None}:
            gathered.figures[name] = doc.revised(figure)


def _words(gathered: Gathered, languages: Iterable[str]) -> tuple[dict[str, tuple[doc.Block, ...]], list[Problem]]:
    """Return the blocks of the day by language, and what stops them."""
    said: dict[str, tuple[doc.Block, ...]] = {}
    wrong: list[Problem] = []
    for language in languages:
        blocks = []
        for block in _blocks(language, gathered.day):
            place = f"{language}, {block.key}, {block.valid_from}"
            text_ = f"{block.heading}\n\n{block.text}"
            wrong += problems(place, text_, gathered.figures, language)
            blocks.append(
                doc.Block(
                    key=block.key,
                    heading=block.heading,
                    paragraphs=paragraphs(block.text),
                    valid_from=block.valid_from,
                    checked_by=block.checked_by,
                )
            )
        said[language] = tuple(blocks)
    return said, wrong


def _blocks(language: str, day: date) -> list[WordBlock]:
    """Return the last block of each key that began by the day, without emptied ones."""
    last: dict[str, WordBlock] = {}
    order: list[str] = []
    rows = WordBlock.objects.filter(language=language)
    for block in rows.order_by("id"):
        if block.key not in order:
            order.append(block.key)
        if block.valid_from <= day and (block.key not in last or block.valid_from >= last[block.key].valid_from):
            last[block.key] = block
    return [last[key] for key in order if key in last and last[key].text]


def _bad_names(gathered: Gathered) -> list[Problem]:
    return [
        Problem(name, _("this name cannot stand in an address: letters, digits and - only."))
        for name in (*gathered.figures, *gathered.pages)
        if not VALID.fullmatch(name)
    ]


def _municipality(gathered: Gathered) -> doc.Municipality:
    municipality, day = gathered.municipality, gathered.day
    answering = gathered.codes.answering(
        next(c.code for c in gathered.codes.codes if c.area == municipality.area),
        Period.day(day),
    )
    code = next(
        (
            item.code
            for item in gathered.codes.codes
            if item.area in gathered.home
            and item.valid_from <= day
            and (item.valid_until is None or day < item.valid_until)
        ),
        "",
    )
    return doc.Municipality(
        name=municipality.name,
        short_name=municipality.short_name,
        code=code,
        url=municipality.url,
        answering=tuple(area.name for area in answering),
    )


def _lead(gathered: Gathered) -> doc.Lead | None:
    """Return what the first sentence is about: this year, else the next, else the last known."""
    years = years_of(gathered, ("decided", "announced", "requested"))
    years += [
        figure.period_from.year
        for figure in gathered.figures.values()
        if figure.measure in ("decision", "request") and figure.in_force and figure.area_key in gathered.home
    ]
    if not years:
        return None
    this = gathered.day.year
    later = [year for year in years if year >= this]
    year = min(later) if later else max(years)
    return doc.Lead(
        year=year,
        decision=_own(gathered, Measure.DECISION, year),
        decision_minors=_own(gathered, Measure.DECISION, year, "only"),
        request=_own(gathered, Measure.REQUEST, year),
        request_minors=_own(gathered, Measure.REQUEST, year, "only"),
        announced=gathered.line("announced", year),
    )


def _own(gathered: Gathered, measure: Measure, year: int, minors: str = "included") -> str | None:
    """Return the municipality's own figure of a year in force, by who is counted."""
    return next(iter(gathered.own(measure, year, frozenset({minors}))), None)


def _key_figures(gathered: Gathered, lead: doc.Lead | None) -> tuple[doc.KeyFigure, ...]:
    """Return up to three numbers to lead the page: the target, what was settled, what is next."""
    if lead is None:
        return ()
    year = lead.year
    near = range(year - 1, gathered.day.year + 1)
    settled_year = max((y for y in years_of(gathered, ("settled",)) if y in near), default=None)
    settled = gathered.line("settled", settled_year) if settled_year else None
    chosen = [
        ("target_this_year", lead.decision or lead.announced),
        (_settled_role(gathered, settled), settled),
        (
            "target_next_year",
            _own(gathered, Measure.DECISION, year + 1)
            or gathered.line("announced", year + 1)
            or _own(gathered, Measure.REQUEST, year + 1),
        ),
        ("request_this_year", lead.request),
        ("minors_this_year", lead.request_minors),
    ]
    found = [
        doc.KeyFigure(role, name)
        for role, name in chosen
        if name is not None and gathered.figures[name].value is not None
    ]
    return tuple(found[:3])


def _settled_role(gathered: Gathered, settled: str | None) -> str:
    figure = gathered.figure(settled)
    whole = figure is None or figure.period_until == Period.year(figure.period_from.year).until
    return "settled_last_year" if whole else "settled_so_far"


def _questions(gathered: Gathered) -> dict[str, doc.Question]:
    """Return the pages that open numbers, each with everything said in answer."""
    pages: dict[str, doc.Question] = {}
    for slug, asked in sorted(gathered.pages.items()):
        first = asked[0]
        fact = first.any_fact
        pages[slug] = doc.Question(
            slug=slug,
            measure=first.key.measure.value,
            area=fact.area_name,
            period_from=first.key.period.start,
            period_until=first.key.period.until,
            publisher=first.key.publisher,
            publisher_name=fact.publisher_name,
            figures=tuple(
                name for name, figure in gathered.figures.items() if figure.question == slug and figure.in_force
            ),
            history=tuple(
                _history_row(row)
                for question in asked
                for row in answers.history(question, on=gathered.day, known_on=gathered.day)
            ),
            others=tuple(
                other
                for other, theirs in sorted(gathered.pages.items())
                if other != slug
                and (theirs[0].key.measure, theirs[0].key.area, theirs[0].key.forecast)
                == (first.key.measure, first.key.area, first.key.forecast)
                and theirs[0].key.period.start.year == first.key.period.start.year
            ),
        )
    return pages


def _history_row(row: answers.HistoryRow) -> doc.HistoryRow:
    fact, act = row.fact, row.act
    return doc.HistoryRow(
        kind=fact.row.kind.value,
        state=fact.row.state.value,
        value=fact.row.value,
        low=fact.row.low,
        high=fact.row.high,
        rule=rule_of(fact.key.rule),
        body=act.body,
        case_number=act.case_number,
        stated_first=act.row.stated_first,
        stated_last=act.row.stated_last,
        known_on=fact.row.known_on,
        status=row.status,
        sources=(source_of(fact.source),),
        note=fact.note or act.note,
    )


def _chains(gathered: Gathered) -> tuple[doc.Chain, ...]:
    """Return the municipality's own sides, the latest year first, requests before decisions."""
    page_of = {question.key: slug for slug, asked in gathered.pages.items() for question in asked}
    chains = [
        doc.Chain(
            measure=question.key.measure.value,
            area=question.any_fact.area_name,
            period_from=question.key.period.start,
            period_until=question.key.period.until,
            question=page_of[question.key],
            steps=tuple(_chain_step(question, names) for names in gathered.chains[question.key]),
        )
        for question in gathered.questions
        if question.key in gathered.chains and question.key.area in gathered.home
    ]
    chains.sort(key=lambda chain: (-chain.period_from.year, chain.measure != "request", chain.measure))
    return tuple(chains)


def _chain_step(question: answers.Question, names: StepNames) -> doc.ChainStep:
    act = question.acts[names.step.act.id]
    facts = [fact for row, fact in question.facts.items() if fact.row.act == act.row.original and question.shows(row)]
    sources = {source_of(fact.source): None for fact in facts}
    notes = [fact.note for fact in facts if fact.note]
    return doc.ChainStep(
        body=act.body,
        case_number=act.case_number,
        stated_first=act.row.stated_first,
        stated_last=act.row.stated_last,
        known_on=act.row.known_on,
        sources=tuple(sources),
        before=names.before,
        changes=names.changes,
        after=names.after,
        note=act.note or (notes[0] if notes else {}),
        uncertain=act.row.original in question.answer.uncertain,
    )


def _contacts(day: date) -> tuple[doc.Contact, ...]:
    """Return the units by their names of the day, with what they were called before."""
    found = []
    for unit in Unit.objects.order_by("role", "key"):
        names = list(unit.names.all())
        name = in_force(names, day)
        if name is None:
            continue
        before = [other for other in names if other.valid_from < name.valid_from]
        former = before[-1] if before else None
        contact = in_force(unit.contacts.all(), day)
        found.append(
            doc.Contact(
                role=unit.role,
                name=text(name.name, name.name_nn, name.name_en),
                formerly=text(former.name, former.name_nn, former.name_en) if former else {},
                phone=contact.phone if contact else "",
                email=contact.email if contact else "",
                address=contact.address if contact else "",
                hours=text(contact.hours, contact.hours_nn, contact.hours_en) if contact else {},
                url=contact.url if contact else "",
                valid_from=name.valid_from,
            )
        )
    return tuple(found)


def _threshold(day: date) -> int | None:
    """Return the small-number threshold of the day, None where it is not known."""
    found = in_force(Parameter.objects.filter(name="small_number_threshold", known=True), day)
    return int(found.value) if found else None
