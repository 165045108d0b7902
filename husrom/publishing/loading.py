"""Words from Markdown files into blocks: `## key | day | heading`, then paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from husrom.publishing.models import Municipality, WordBlock
from husrom.publishing.words import Problem

HEADING = re.compile(r"^## +([a-z0-9-]+) *\| *(\d{4}-\d{2}-\d{2}) *(?:\| *(.*?))? *$")


@dataclass(frozen=True)
class NewBlock:
    """A block as it stands in a file; an empty text takes the block of its key away."""

    key: str
    valid_from: date
    heading: str
    text: str


def read_blocks(name: str, content: str) -> tuple[list[NewBlock], list[Problem]]:
    """Return the blocks of a file of words, and what is wrong with its headings."""
    blocks: list[NewBlock] = []
    problems: list[Problem] = []
    for part in re.split(r"^(?=## )", content, flags=re.MULTILINE):
        heading, _newline, body = part.partition("\n")
        if not heading.startswith("## "):
            continue
        match = HEADING.match(heading)
        if match is None:
            message = _("write the heading as: ## intro | 2016-01-31 | Heading")
            problems.append(Problem(f"{name}, {heading.strip()}", message))
            continue
        day = date.fromisoformat(match[2])
        blocks.append(NewBlock(match[1], day, match[3] or "", body.strip()))
    return blocks, problems


def load_words(*, language: str, blocks: list[NewBlock], by: str, at: datetime) -> int:
    """Add the blocks that are not there already; return how many were added."""
    added = 0
    for block in blocks:
        last = (
            WordBlock.objects.filter(key=block.key, language=language, valid_from=block.valid_from)
            .order_by("-id")
            .first()
        )
        if last is not None and (last.heading, last.text) == (block.heading, block.text):
            continue
        WordBlock.objects.create(
            key=block.key,
            language=language,
            valid_from=block.valid_from,
            heading=block.heading,
            text=block.text,
            recorded_at=at,
            recorded_by=by,
        )
        added += 1
    return added


def set_municipality(*, area: str, name: str, short_name: str, url: str, languages: list[str]) -> Municipality:
    """Say whose page this installation makes."""
    row = Municipality.objects.first() or Municipality()
    row.area, row.name, row.short_name = area, name, short_name
    row.url, row.languages = url, " ".join(languages)
    row.save()
    return row
