"""One script per measured promise."""
