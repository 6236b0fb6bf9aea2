"""Between frames and plain values: rows come out as pandas itself would give them."""

from datetime import date

import pandas as pd

from metrics.columns import records


def test_records_are_the_rows_that_pandas_gives() -> None:
    frame = pd.DataFrame(
        {
            "code": pd.array(["甲", None, "乙"], dtype="str"),
            "amount": pd.array([1, None, 3], dtype="Int64"),
            "share": [0.5, float("nan"), 1.0],
            "is_open": [True, False, True],
            "day": [date(2026, 1, 31), None, date(2026, 2, 28)],
            "at": pd.DatetimeIndex(["2026-01-31", None, "2026-02-28"], tz="UTC"),
            "tags": [("a",), (), ("b", "c")],
            "_sort": [3, 2, 1],
        },
        index=[7, 8, 9],
    )
    ours, theirs = list(records(frame)), list(frame.itertuples())
    assert [row._fields for row in ours] == [row._fields for row in theirs]
    for own, given in zip(ours, theirs, strict=True):
        assert [str(value) for value in own] == [str(value) for value in given]
    assert not list(records(frame.head(0)))
