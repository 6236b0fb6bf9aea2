"""Hypothesis without a clock per example: a machine that others share would make it fail by chance."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
