"""Tests: rules and numerics without a database, one folder per room, and tests that search the house."""
