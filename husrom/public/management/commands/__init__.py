"""Render, and export."""
