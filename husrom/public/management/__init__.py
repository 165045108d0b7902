"""The commands of the open side."""
