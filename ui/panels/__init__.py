"""Pieces of a page that answer one question each; a page is a few of them under one sentence."""
