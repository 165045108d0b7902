"""What the database itself refuses in the ledger. The SQL is shared by both databases."""

from __future__ import annotations

from husrom.guards import Guard, only_added

ADDED_ONLY = (
    "ledger_import",
    "ledger_act",
    "ledger_fact",
    "ledger_furthersource",
    "ledger_linechoice",
    "ledger_printedtable",
    "ledger_printedcell",
    "ledger_printedtotal",
    "ledger_parameter",
)

CORRECTIONS = (
    Guard(
        "ledger_fact_correction",
        "ledger_fact",
        "INSERT",
        "a correction keeps act, series, period and kind, and is not known before what it corrects",
        "NEW.corrects_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ledger_fact wrong"
        " WHERE wrong.id = NEW.corrects_id AND wrong.act_id = NEW.act_id"
        " AND wrong.series_id = NEW.series_id AND wrong.kind = NEW.kind"
        " AND wrong.period_from = NEW.period_from AND wrong.period_until = NEW.period_until"
        " AND wrong.known_on <= NEW.known_on)",
    ),
    Guard(
        "ledger_act_correction",
        "ledger_act",
        "INSERT",
        "a correction of an act keeps publisher and area, belongs to the same original,"
        " and is not known before what it corrects",
        "NEW.corrects_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ledger_act wrong"
        " WHERE wrong.id = NEW.corrects_id AND wrong.publisher_id = NEW.publisher_id"
        " AND wrong.area_id = NEW.area_id AND wrong.known_on <= NEW.known_on"
        " AND NEW.original_id = COALESCE(wrong.original_id, wrong.id))",
    ),
    Guard(
        "ledger_fact_of_original",
        "ledger_fact",
        "INSERT",
        "a fact belongs to the first row of its act, and is not known before the act was said",
        "NOT EXISTS (SELECT 1 FROM ledger_act act WHERE act.id = NEW.act_id"
        " AND act.original_id IS NULL AND act.stated_first <= NEW.known_on)",
    ),
)

KEYS = (
    *(
        Guard(
            f"{table}_corrected_once",
            table,
            "INSERT",
            "a row is corrected at most once: correct the correction",
            f"EXISTS (SELECT 1 FROM {table} there WHERE there.corrects_id = NEW.corrects_id)",  # noqa: S608  our own names
        )
        for table in ("ledger_act", "ledger_fact")
    ),
    Guard(
        "ledger_fact_once",
        "ledger_fact",
        "INSERT",
        "the act states this series, period and kind already: correct that row",
        "NEW.state <> 'retracted' AND (NEW.corrects_id IS NULL OR EXISTS (SELECT 1 FROM ledger_fact wrong"
        " WHERE wrong.id = NEW.corrects_id AND wrong.state = 'retracted')) AND EXISTS (SELECT 1 FROM ledger_fact other"
        " WHERE other.act_id = NEW.act_id AND other.series_id = NEW.series_id"
        " AND other.kind = NEW.kind AND other.period_from = NEW.period_from"
        " AND other.period_until = NEW.period_until AND other.state <> 'retracted'"
        " AND NOT EXISTS (SELECT 1 FROM ledger_fact later WHERE later.corrects_id = other.id))",
    ),
    Guard(
        "ledger_fact_after_retraction",
        "ledger_fact",
        "INSERT",
        "a key is free from the day its retraction is known, not before",
        "NEW.state <> 'retracted' AND (NEW.corrects_id IS NULL OR EXISTS (SELECT 1 FROM ledger_fact wrong"
        " WHERE wrong.id = NEW.corrects_id AND wrong.state = 'retracted')) AND EXISTS (SELECT 1 FROM ledger_fact gone"
        " WHERE gone.act_id = NEW.act_id AND gone.series_id = NEW.series_id"
        " AND gone.kind = NEW.kind AND gone.period_from = NEW.period_from"
        " AND gone.period_until = NEW.period_until AND gone.state = 'retracted'"
        " AND gone.known_on > NEW.known_on AND gone.id <> COALESCE(NEW.corrects_id, 0)"
        " AND NOT EXISTS (SELECT 1 FROM ledger_fact later WHERE later.corrects_id = gone.id))",
    ),
    Guard(
        "ledger_areacode_overlap",
        "ledger_areacode",
        "INSERT",
        "a code names one area on a day, and an area has one code on a day",
        "EXISTS (SELECT 1 FROM ledger_areacode other"
        " WHERE (other.code = NEW.code OR other.area_id = NEW.area_id)"
        " AND (NEW.valid_until IS NULL OR other.valid_from < NEW.valid_until)"
        " AND (other.valid_until IS NULL OR NEW.valid_from < other.valid_until))",
    ),
)

GUARDS = (
    *(guard for table in ADDED_ONLY for guard in only_added(table)),
    *CORRECTIONS,
    *KEYS,
    Guard(
        "ledger_areacode_no_update",
        "ledger_areacode",
        "UPDATE",
        "a code that ended is given its end by a row of its own",
        "NEW.code <> OLD.code OR NEW.area_id <> OLD.area_id OR NEW.valid_from <> OLD.valid_from"
        " OR OLD.valid_until IS NOT NULL",
    ),
)
