"""Commands that walk through several rooms."""
