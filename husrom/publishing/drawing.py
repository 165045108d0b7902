"""What is drawn from a frozen edition: its charts and its downloads, in each language.

`draw` makes the files from the document alone; `store` puts them in place of those that
an older rendering drew. A rendering has a version, so that an old edition can get a
mended chart without a change in what it says. The public pages read only the files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

from django.db import transaction

from husrom.publishing import charts
from husrom.publishing.document import Document
from husrom.publishing.downloads import downloads
from husrom.publishing.editions import File
from husrom.publishing.models import Edition, EditionFile

RENDERING = 1
"""The version of the drawing. Count it up when the files of the same document change."""

SVG = "image/svg+xml"
INLINE = ("-wide.svg", "-narrow.svg")


def draw(
    document: Document, languages: Iterable[str] = (), checksum: str = "", *, photographs: bool = True
) -> tuple[File, ...]:
    """Return every file of an edition, by default in all its languages.

    Of each chart: `<name>-wide.svg` and `<name>-narrow.svg` for the page, `<name>.svg` and
    `<name>.png` for the world, `<name>.json` with the words around it. Of each table
    `<key>.csv` and `<key>.xlsx`; and `figures.csv` and `all.xlsx`. A PNG takes as long as
    everything else of its chart (0.1 s): `photographs=False` leaves them out, and
    `charts.photograph` makes one from `<name>.svg` at any time.
    """
    files: list[File] = []
    for language in tuple(languages) or document.languages:
        for chart in charts.charts(document, language):
            files += _chart_files(document, chart, language)
        files += downloads(document, language, checksum)
    return (*files, *(_photographs(files) if photographs else ()))


def _chart_files(document: Document, chart: charts.Chart, language: str) -> list[File]:
    wide, narrow = (charts.picture(plan, language) for plan in (chart.wide, chart.narrow))
    standalone = charts.standalone(document, chart, wide, language)
    return [
        File(f"{chart.name}-wide.svg", language, SVG, charts.inline(chart, wide).encode()),
        File(f"{chart.name}-narrow.svg", language, SVG, charts.inline(chart, narrow).encode()),
        File(f"{chart.name}.svg", language, SVG, standalone.encode()),
        File(f"{chart.name}.json", language, "application/json", charts.words(document, chart, language)),
    ]


def _photographs(files: Iterable[File]) -> Iterator[File]:
    """Yield a PNG of every standalone picture: half of all the work of drawing, so all cores share it."""
    pictures = [file for file in files if file.name.endswith(".svg") and not file.name.endswith(INLINE)]
    with ThreadPoolExecutor() as pool:
        drawn = pool.map(lambda file: charts.photograph(file.body.decode()), pictures)
        for file, body in zip(pictures, drawn, strict=True):
            yield File(file.name.replace(".svg", ".png"), file.language, "image/png", body)


@transaction.atomic
def store(edition: Edition, files: Iterable[File]) -> None:
    """Put the files of an edition in place of those that it had."""
    for row in list(EditionFile.objects.filter(edition=edition)):
        row.delete()
    EditionFile.objects.bulk_create(
        EditionFile(
            edition=edition,
            language=file.language,
            name=file.name,
            media_type=file.media_type,
            rendering=RENDERING,
            body=file.body,
        )
        for file in files
    )
