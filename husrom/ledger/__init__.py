"""The ledger of figures: what was said, by whom, when, under which counting rule."""
