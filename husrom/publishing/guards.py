"""What the database itself refuses in publishing: a frozen edition does not change."""

from __future__ import annotations

from husrom.guards import Guard, only_added

GUARDS = (
    *only_added("publishing_wordblock"),
    Guard(
        "publishing_edition_no_delete",
        "publishing_edition",
        "DELETE",
        "an edition is withdrawn, never removed: a tombstone stays",
    ),
    Guard(
        "publishing_edition_frozen",
        "publishing_edition",
        "UPDATE",
        "an edition is frozen: it can only be withdrawn, once, and then holds no content",
        "NEW.number <> OLD.number OR NEW.day <> OLD.day OR NEW.kind <> OLD.kind"
        " OR NEW.checksum <> OLD.checksum OR NEW.frozen_at <> OLD.frozen_at"
        " OR NEW.frozen_by <> OLD.frozen_by OR OLD.withdrawn_on IS NOT NULL"
        " OR NEW.withdrawn_on IS NULL OR LENGTH(NEW.content) > 0"
        " OR COALESCE(NEW.previous_id, 0) <> COALESCE(OLD.previous_id, 0)",
    ),
)
