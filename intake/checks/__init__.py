"""The checks of intake: one function each, registered by code (docs/workbooks.md lists them)."""
