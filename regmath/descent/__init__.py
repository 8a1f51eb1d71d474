"""Descent methods, one per file."""
