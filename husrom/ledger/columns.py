"""The columns of a spreadsheet of figures, and the words that may stand in them.

One row is one number. Headings and words may be Norwegian or English; the generated
reference and the error messages are made from these lists, so they cannot fall behind.
"""

from __future__ import annotations

from husrom.rules.counting import Age, Counted, Measure, Unit
from husrom.rules.statements import Kind, State
from husrom.sheets.reading import Column

COLUMNS = (
    Column("measure", ("størrelse", "measure"), required=True),
    Column("area", ("område", "area"), required=True),
    Column("year", ("år", "year"), required=False),
    Column("period_from", ("fra og med", "from"), required=False),
    Column("period_through", ("til og med", "through"), required=False),
    Column("counted_on", ("telt", "counted on"), required=False),
    Column("kind", ("slag", "kind"), required=False),
    Column("value", ("tall", "value"), required=True),
    Column("low", ("lavt", "low"), required=False),
    Column("high", ("høyt", "high"), required=False),
    Column("probability", ("sannsynlighet", "probability"), required=False),
    Column("state", ("tilstand", "state"), required=False),
    Column("preliminary", ("foreløpig", "preliminary"), required=False),
    Column("minors", ("enslige mindreårige", "minors"), required=True),
    Column("reunification", ("familiegjenforente", "reunification"), required=True),
    Column("age", ("alder", "age"), required=False),
    Column("unit", ("enhet", "unit"), required=False),
    Column("condition", ("vilkår", "condition"), required=False),
    Column("cell", ("celle", "cell"), required=False),
    Column("audience", ("hvem kan se", "audience"), required=False),
    Column("publisher", ("utgiver", "publisher"), required=True),
    Column("body", ("organ", "body"), required=False),
    Column("case_number", ("saksnummer", "case number"), required=False),
    Column("stated", ("sagt", "stated"), required=False),
    Column("order", ("rekkefølge", "order"), required=False),
    Column("known_on", ("kjent", "known on"), required=False),
    Column("unmentioned", ("ikke nevnt", "not mentioned"), required=False),
    Column("source_title", ("kilde", "source"), required=True),
    Column("source_kind", ("kildetype", "source kind"), required=True),
    Column("source_publisher", ("kildens utgiver", "source publisher"), required=False),
    Column("source_url", ("lenke", "url"), required=False),
    Column("source_archive", ("arkivreferanse", "archive reference"), required=False),
    Column("source_place", ("sted i kilden", "place in source"), required=False),
    Column("table", ("tabell", "table"), required=False),
    Column("table_row", ("rad", "row"), required=False),
    Column("table_column", ("kolonne", "column"), required=False),
    Column("total_of", ("sum av", "total of"), required=False),
    Column("note", ("merknad", "note"), required=False),
    Column("note_nn", ("merknad nynorsk", "note nynorsk"), required=False),
    Column("note_en", ("merknad engelsk", "note english"), required=False),
)

MEASURES = {
    "anmodning": Measure.REQUEST,
    "vedtak": Measure.DECISION,
    "kunngjort": Measure.ANNOUNCED,
    "behov": Measure.NEED,
    "antall plasser": Measure.CAPACITY,
    "avtalt": Measure.AGREED,
    "bosatt": Measure.SETTLED,
    "innkvartering anmodet": Measure.ACCOMMODATION_ASKED,
    "innkvartering vedtatt": Measure.ACCOMMODATION_DECIDED,
    "asylsøknader": Measure.APPLICATIONS,
    "budsjett": Measure.BUDGET,
    "tilskudd mottatt": Measure.GRANTS,
} | {measure.value: measure for measure in Measure}

KINDS = {
    "nivå": Kind.LEVEL,
    "endring": Kind.CHANGE,
    "prognose": Kind.FORECAST,
} | {kind.value: kind for kind in Kind}

STATES = {
    "oppgitt": State.STATED,
    "ikke vedtatt": State.NOT_DECIDED,
    "ukjent": State.UNKNOWN,
    State.STATED.value: State.STATED,
    State.NOT_DECIDED.value: State.NOT_DECIDED,
    State.UNKNOWN.value: State.UNKNOWN,
}

COUNTED = {
    "med": Counted.INCLUDED,
    "uten": Counted.EXCLUDED,
    "bare": Counted.ONLY,
    "ikke oppgitt": Counted.UNSTATED,
} | {counted.value: counted for counted in Counted}

AGES = {
    "alle": Age.ALL,
    "under 15": Age.UNDER_15,
    "15 og over": Age.FROM_15,
    "fra 15 år": Age.FROM_15,
} | {age.value: age for age in Age}

UNITS = {
    "personer": Unit.PERSONS,
    "plasser": Unit.PLACES,
    "søknader": Unit.APPLICATIONS,
    "kroner": Unit.NOK,
    "kr": Unit.NOK,
} | {unit.value: unit for unit in Unit}

AUDIENCES = {
    "alle": "public",
    "ansatte": "staff",
    "enheten for enslige mindreårige": "minors",
    "public": "public",
    "staff": "staff",
    "minors": "minors",
}

SOURCE_KINDS = {
    "brev": "letter",
    "vedtak": "decision",
    "nettside": "page",
    "datasett": "dataset",
    "register": "register",
    "rapport": "report",
    "presse": "press",
    "letter": "letter",
    "decision": "decision",
    "page": "page",
    "dataset": "dataset",
    "report": "report",
    "press": "press",
}

UNMENTIONED = {
    "uendret": "unchanged",
    "unchanged": "unchanged",
    "ikke kjent": "not_known",
    "not known": "not_known",
}

YES_NO = {"ja": True, "nei": False, "yes": True, "no": False}
