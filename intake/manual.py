"""docs/workbooks.md, written from the same definitions that the templates and the reader use."""

from collections.abc import Iterator
from typing import Any

from intake.checks.plausible import PLAUSIBLE
from intake.checks.registry import Check
from intake.checks.relative import TARGETS
from intake.checks.reports import FIGURES
from intake.checks.setup import SETUP_CHECKS
from intake.choices import choices_of
from intake.setup.rules import flat, threshold_items, written_value
from intake.sheets import FORMS
from intake.sheets.model import TYPE_WORDS, Column, Form, Sheet
from intake.words import CATALOGUE
from intake.words.manual import HEAD
from metrics.rule_content import DEFAULT_CONTENT, OPTIONAL_CONTENT


def manual() -> str:
    """The page as Markdown."""
    return "\n".join([HEAD, *(line for form in FORMS.values() for line in _form(form)), *_checks()]) + "\n"


def _form(form: Form) -> Iterator[str]:
    yield f"## {form.title.zh} · {form.title.en} (`{form.kind}`, version {form.version})\n"
    yield f"{form.note.zh} {form.note.en}\n"
    for sheet in form.sheets:
        yield from _sheet(sheet)


def _sheet(sheet: Sheet) -> Iterator[str]:
    yield f"### {sheet.title.zh} · {sheet.title.en}\n"
    yield f"{sheet.note.zh} {sheet.note.en}\n"
    names = ", ".join(sheet.column(key).title.zh for key in sheet.identity)
    yield f"One row per: {names}." + ("" if sheet.optional else " The sheet must be there.") + "\n"
    yield "| header | English header | holds | needed | meaning |\n|---|---|---|---|---|"
    for column in sheet.columns:
        yield _column(column)
    yield ""
    if sheet.key == "rules":
        yield from _rule_items()


def _rule_items() -> Iterator[str]:
    """What a rule document is made of, and what the shipped one says."""
    yield "| item | shipped value (— : switched off) |\n|---|---|"
    for item, value in flat(DEFAULT_CONTENT):
        shown = written_value(value)
        yield f"| `{item}` | {'—' if shown is None else shown} |"
    for item, value in flat(OPTIONAL_CONTENT):
        shown = written_value(value)
        yield f"| `{item}` (may be left out) | {'—' if shown is None else shown} |"
    yield ""
    yield (
        "Thresholds of their own, where a document has some; the most specific wins: indicator, then tag, kind "
        "and level of the unit, then all. Each is measured in one way, both of its thresholds given: points, "
        "days, or completion ÷ plan in per cent.\n"
    )
    yield from (f"- `{item}`" for item in threshold_items())
    yield ""


def _column(column: Column) -> str:
    holds = f"{TYPE_WORDS[column.holds].zh} {TYPE_WORDS[column.holds].en}"
    if column.choices is not None:
        choices = choices_of(column.choices)
        holds += ": " + ", ".join(f"{zh} ({en})" for zh, en in zip(choices.zh, choices.en, strict=True))
    needed = "cell" if column.required else "column" if column.expected else ""
    marks = [
        mark for mark, on in (("pre-filled", column.prefilled), ("not in the template", column.hidden)) if on
    ]
    meaning = f"{column.note.zh} {column.note.en}" + (f" ({', '.join(marks)})" if marks else "")
    cells = (column.title.zh, column.title.en, holds, needed, meaning)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _checks() -> Iterator[str]:
    yield "## Checks\n"
    yield (
        "Each has a code, a sentence and a remedy in both languages. *Blocks*: the workbook is not imported. "
        "*Doubt*: the warning goes with the figure.\n"
    )
    setup = [each for registry in SETUP_CHECKS.values() for each in registry.checks]
    every: list[Check[Any]] = [*setup, *TARGETS.checks, *FIGURES.checks, *PLAUSIBLE.checks]
    yield "| code | what becomes of it | sentence |\n|---|---|---|"
    for code, check in {each.code: each for each in every}.items():
        what = "blocks" if check.blocking else "doubt" if check.doubtful else "warning"
        yield f"| `{code}` | {what} | {CATALOGUE[code][0]} {CATALOGUE[code][2]} |"
