"""The rows of a rule document, as they stand on the sheet."""

from typing import Any

from intake.setup.rules import flat, written_value
from metrics.rules import DEFAULT_CONTENT
from tests.intake.county import START


def rules(**changed: Any) -> list[dict[str, Any]]:
    items = dict(flat(DEFAULT_CONTENT)) | changed
    document = {"number": "试督〔2026〕1号", "title": "试验县督查规则", "valid_from": START}
    return [document | {"item": item, "value": written_value(value)} for item, value in items.items()]
