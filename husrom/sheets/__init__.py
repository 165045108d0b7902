"""Spreadsheets in and out: staged reading, limits, errors by cell, formula-safe writing.

A room of its own because a spreadsheet is what strangers hand us: everything that can be wrong with one is
found here, before anything else in the house sees a value. It knows no figures, no ledger and no models.
"""
