"""Rule documents row by row: the items of the shipped document laid flat, and back again."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from data_access.records import RuleRecord
from intake.entries import Entry
from intake.tables import Table
from intake.words.readings import LIST_MARK, NO_WORD, SEPARATORS, YES_WORD
from metrics.rules import DEFAULT_CONTENT, RulesError, parse_rules


def flat(content: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """The items of a document, nested ones as "gap_points.behind"."""
    for key, value in content.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def written_value(value: Any) -> Any:
    """A rule value as it stands in a cell; None for an item that is switched off."""
    if isinstance(value, bool):
        return YES_WORD if value else NO_WORD
    return LIST_MARK.join(map(str, value)) if isinstance(value, list) else value


def rule_records(table: Table, entries: list[Entry]) -> list[RuleRecord]:
    """One record per document number; what keeps a document from being used becomes a problem."""
    documents: dict[str, list[Entry]] = {}
    for entry in entries:
        if not entry.broken:
            documents.setdefault(entry.get("number"), []).append(entry)
    records = [_record(table, number, rows) for number, rows in documents.items()]
    return [record for record in records if record is not None]


def _record(table: Table, number: str, rows: list[Entry]) -> RuleRecord | None:
    first = rows[0]
    known = dict(flat(DEFAULT_CONTENT))
    content: dict[str, Any] = {}
    for row in rows:
        item = row.get("item")
        if item not in known:
            table.problem("rule_unknown", row.number, "item", {"found": item})
            return None
        if (row.get("title"), row.get("valid_from")) != (first.get("title"), first.get("valid_from")):
            table.problem("rule_mixed", row.number, "title", {"number": number, "first": first.number})
            return None
        _put(content, item, _typed(row.get("value"), known[item]))
    missing = [item for item in known if item not in {row.get("item") for row in rows}]
    if missing:
        facts = {"number": number, "missing": ", ".join(missing)}
        table.problem("rule_incomplete", first.number, "item", facts)
        return None
    return _checked(table, first, content)


def _checked(table: Table, first: Entry, content: dict[str, Any]) -> RuleRecord | None:
    number, title = first.get("number"), first.get("title")
    try:
        parse_rules(number, title, content)
    except RulesError as fault:
        why = str(fault).removeprefix(f"{number}: ")
        table.problem("rule_impossible", first.number, "item", {"why": why})
        return None
    return RuleRecord(number, title, content, first.get("valid_from"))


def _put(content: dict[str, Any], item: str, value: Any) -> None:
    *groups, last = item.split(".")
    for group in groups:
        content = content.setdefault(group, {})
    content[last] = value


def _typed(value: Any, shape: Any) -> Any:
    if isinstance(shape, list) and isinstance(value, str):
        return [part.strip() for part in SEPARATORS.split(value) if part.strip()]
    if isinstance(shape, str) and value is not None and not isinstance(value, str):
        return json.dumps(value)
    return value
