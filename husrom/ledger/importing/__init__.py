"""Taking in a spreadsheet of figures: parse, compare, ask, then all or nothing; and undo."""

from husrom.ledger.importing.commit import Committed, commit
from husrom.ledger.importing.outcomes import Answers, Preview
from husrom.ledger.importing.parse import parse
from husrom.ledger.importing.preview import preview
from husrom.ledger.importing.report import as_json, lines
from husrom.ledger.importing.undo import undo

__all__ = ["Answers", "Committed", "Preview", "as_json", "commit", "lines", "parse", "preview", "undo"]
