"""A version of a target in the list of versions, as its document writes it: no figure of any day in it."""

from types import SimpleNamespace
from typing import Any

import pytest

from metrics.wording import issued_words
from tests.metrics.boards import indicator

SHARE = {"measure": "%", "scale": 2, "is_ratio": True, "accumulation": "latest"}
PLAIN = {
    "kind": "accumulate",
    "text": None,
    "comparator": ">=",
    "force": "must",
    "measured_from": None,
    "reference": None,
    "low": None,
    "high": None,
    "minimum": None,
}


def issued(of: dict[str, Any], **terms: Any) -> list[str]:
    held = SimpleNamespace(**PLAIN | terms)
    return [issued_words(held, indicator(**of), lang) for lang in ("zh", "en")]


@pytest.mark.parametrize(
    ("of", "terms", "words"),
    [
        ({"measure": "户"}, {"low": 1200}, ["≥ 1,200", "≥ 1,200"]),
        ({"measure": "户"}, {"low": 1200, "force": "strive"}, ["力争 ≥ 1,200", "strive for ≥ 1,200"]),
        ({"measure": "家"}, {"low": 3, "high": 5, "comparator": "range"}, ["3–5", "3–5"]),
        (
            SHARE,
            {"kind": "level", "measured_from": "base", "low": 500},
            ["比年初提高5.00个百分点", "up 5.00 pp on the start of the year"],
        ),
        (
            SHARE,
            {
                "kind": "keep",
                "measured_from": "outside",
                "reference": "全市平均",
                "low": 0,
                "comparator": ">",
            },
            ["高于全市平均", "above 全市平均"],
        ),
        (
            SHARE,
            {"kind": "keep", "measured_from": "last_year", "low": -100, "comparator": "<="},
            ["不高于上年同期减1.00个百分点", None],
        ),
        ({"measure": "名", "scale": 2}, {"low": 300, "minimum": 200}, ["平均 ≥ 3.00，最低 ≥ 2.00", None]),
        ({"kind": "qualitative"}, {"kind": "qualitative", "text": "明显改善"}, ["明显改善", "明显改善"]),
        ({"measure": "户"}, {}, ["", ""]),
    ],
)
def test_a_version_reads_as_it_was_written(
    of: dict[str, Any], terms: dict[str, Any], words: list[str | None]
) -> None:
    told = issued(of, **terms)
    assert [one for one, wanted in zip(told, words, strict=True) if wanted is not None] == [
        wanted for wanted in words if wanted is not None
    ]
