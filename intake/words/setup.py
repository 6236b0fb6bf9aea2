"""Placeholder."""

WORDING: dict[str, tuple[str, str, str, str]] = {}
