"""Tests that search rather than list: what holds for every file holds for the next one too."""
