"""The tools that make uses are tested like the rest."""
