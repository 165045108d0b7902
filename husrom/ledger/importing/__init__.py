"""Taking in a spreadsheet of figures: parse, compare, ask, then all or nothing; and undo."""

from husrom.ledger.importing.commit import Committed, commit, undo
from husrom.ledger.importing.parse import parse
from husrom.ledger.importing.preview import Answers, Preview, preview
from husrom.ledger.importing.report import lines

__all__ = ["Answers", "Committed", "Preview", "commit", "lines", "parse", "preview", "undo"]
