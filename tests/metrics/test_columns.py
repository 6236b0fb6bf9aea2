"""Between frames and plain values: rows come out as pandas itself would give them."""

from datetime import date

import pandas as pd

from metrics.columns import integers, records, true


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


def test_what_is_missing_is_not_true() -> None:
    for values in (
        pd.Series([True, None, False], dtype="boolean"),
        pd.Series([True, None, False], dtype="object"),
        pd.Series([1, None, 0], dtype="Int64"),
    ):
        held = true(values)
        assert held.dtype == bool and list(held) == [True, False, False]
    assert list(true(pd.Series([True, False]))) == [True, False]


def test_whole_numbers_come_with_where_they_are() -> None:
    for values in (
        pd.Series([7, None, -3], dtype="Int64"),
        pd.Series([7, None, -3], dtype="object"),
        pd.Series([7.0, None, -3.0]),
    ):
        whole, present = integers(values)
        assert whole.dtype == "int64" and list(whole) == [7, 0, -3]
        assert list(present) == [True, False, True]
    whole, present = integers(pd.Series([7, -3]))
    assert list(whole) == [7, -3] and list(present) == [True, True]
