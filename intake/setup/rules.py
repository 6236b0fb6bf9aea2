"""Rule documents row by row: the items of a document laid flat, and back again."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from data_access.records import RuleRecord
from intake.entries import Entry
from intake.known import Known
from intake.sheets.model import Words
from intake.tables import Table
from intake.words.readings import LIST_MARK, NO_WORD, SEPARATORS, YES_WORD
from metrics.rule_content import (
    DEFAULT_CONTENT,
    MEASURE_ENTRIES,
    OPTIONAL_CONTENT,
    THRESHOLDS,
    Fault,
)
from metrics.rules import RulesError, parse_rules


def flat(content: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """The items of a document, nested ones as "gap_points.behind"."""
    for key, value in content.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def threshold_items() -> Iterator[str]:
    """How thresholds of their own are written, for whom in angle brackets."""
    for scope in ("level", "kind", "tag", "indicator"):
        for measure, entries in MEASURE_ENTRIES.items():
            for entry in entries:
                yield f"{THRESHOLDS}.{scope}.<{scope}>.{measure}.{entry}"
    for measure in ("days", "ratio_percent"):
        for entry in MEASURE_ENTRIES[measure]:
            yield f"{THRESHOLDS}.all.{measure}.{entry}"


def written_value(value: Any) -> Any:
    """A rule value as it stands in a cell; None for an item that is switched off."""
    if isinstance(value, bool):
        return YES_WORD if value else NO_WORD
    return (LIST_MARK.join(map(str, value)) or None) if isinstance(value, list) else value


def rule_records(table: Table, entries: list[Entry], known: Known) -> list[RuleRecord]:
    """One record per document number; what keeps a document from being used becomes a problem."""
    documents: dict[str, list[Entry]] = {}
    for entry in entries:
        if not entry.broken:
            documents.setdefault(entry.get("number"), []).append(entry)
    records = [_record(table, number, rows, known) for number, rows in documents.items()]
    return [record for record in records if record is not None]


def _record(table: Table, number: str, rows: list[Entry], known: Known) -> RuleRecord | None:
    first = rows[0]
    shapes = dict(flat(DEFAULT_CONTENT | OPTIONAL_CONTENT))
    content: dict[str, Any] = {}
    for row in rows:
        item = row.get("item")
        path = _path(item) if item not in shapes else item.split(".")
        if path is None:
            table.problem("rule_unknown", row.number, "item", {"found": item})
            return None
        if (row.get("title"), row.get("valid_from")) != (first.get("title"), first.get("valid_from")):
            table.problem("rule_mixed", row.number, "title", {"number": number, "first": first.number})
            return None
        _put(content, path, _typed(row.get("value"), shapes.get(item, 0)))
    missing = [item for item in dict(flat(DEFAULT_CONTENT)) if item not in {row.get("item") for row in rows}]
    if missing:
        facts = {"number": number, "missing": ", ".join(missing)}
        table.problem("rule_incomplete", first.number, "item", facts)
        return None
    return _checked(table, rows, content, known)


def _path(item: str) -> list[str] | None:
    """The parts of a threshold of its own; a name may hold dots itself. None for what is none."""
    top, scope, *rest = [*item.split("."), ""][:-1] if item.count(".") >= 3 else ["", ""]
    if top != THRESHOLDS:
        return None
    if scope == "all":
        return [top, scope, *rest] if len(rest) == 2 else None
    return [top, scope, ".".join(rest[:-2]), *rest[-2:]] if len(rest) > 2 else None


def _checked(table: Table, rows: list[Entry], content: dict[str, Any], known: Known) -> RuleRecord | None:
    first = rows[0]
    number, title = first.get("number"), first.get("title")
    try:
        parse_rules(number, title, content)
    except RulesError as found:
        for fault in found.faults:
            said = Words(fault.sentence("zh"), fault.sentence("en"))
            facts = {"why": said, "how": Words(fault.remedy("zh"), fault.remedy("en"))}
            table.problem("rule_impossible", _row_of(rows, fault), "value", facts)
        return None
    if not _are_known(table, rows, content, known):
        return None
    return RuleRecord(number, title, content, first.get("valid_from"))


def _are_known(table: Table, rows: list[Entry], content: Mapping[str, Any], known: Known) -> bool:
    """Whether all indicators with thresholds of their own are the county's; a wrong code would never apply."""
    unknown = [
        code for code in content.get(THRESHOLDS, {}).get("indicator", {}) if code not in known.indicators
    ]
    for code in unknown:
        at = _row_of(rows, Fault(f"{THRESHOLDS}.indicator.{code}", "unknown"))
        table.problem("rule_unknown_indicator", at, "item", {"code": code})
    return not unknown


def _row_of(rows: list[Entry], fault: Fault) -> int:
    """The row of the item a fault is about; of a group the first of its items, else the document's first."""
    items = {row.get("item"): row.number for row in rows}
    of_group = [number for item, number in items.items() if item.startswith(f"{fault.path}.")]
    return items.get(fault.path, of_group[0] if of_group else rows[0].number)


def _put(content: dict[str, Any], path: list[str], value: Any) -> None:
    *groups, last = path
    for group in groups:
        content = content.setdefault(group, {})
    content[last] = value


def _typed(value: Any, shape: Any) -> Any:
    if isinstance(shape, list):
        if value is None and not shape:
            return []
        if isinstance(value, str):
            return [part.strip() for part in SEPARATORS.split(value) if part.strip()]
    if isinstance(shape, str) and value is not None and not isinstance(value, str):
        return json.dumps(value)
    return value
