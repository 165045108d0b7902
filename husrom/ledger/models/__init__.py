"""The ledger's tables, by what they are about."""

from husrom.ledger.models.acts import Act, Fact, FurtherSource, Import
from husrom.ledger.models.areas import Area, AreaCode, AreaSuccession
from husrom.ledger.models.lines import (
    Comparison,
    Line,
    LineChoice,
    Parameter,
    PrintedCell,
    PrintedTable,
    PrintedTotal,
)
from husrom.ledger.models.series import Publisher, Series, Source

__all__ = [
    "Act",
    "Area",
    "AreaCode",
    "AreaSuccession",
    "Comparison",
    "Fact",
    "FurtherSource",
    "Import",
    "Line",
    "LineChoice",
    "Parameter",
    "PrintedCell",
    "PrintedTable",
    "PrintedTotal",
    "Publisher",
    "Series",
    "Source",
]
