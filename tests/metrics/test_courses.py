"""Courses out of judged cells: who has one, in which amounts, and why the others have none."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from metrics.courses import units_course
from metrics.forecast import Silence
from metrics.periods import month_end

MONTHS = [month_end(2026, month) for month in range(1, 13)]
JUNE = MONTHS[5]


def cells(unit: str, completion: float | None = 0.4, **other: object) -> pd.DataFrame:
    """A unit's cells at twelve month ends; completions of January to June, nothing after."""
    plain = {
        "unit": unit,
        "kind": "accumulate",
        "comparator": ">=",
        "target": 200,
        "base": pd.NA,
        "curve_shape": "linear",
        "state": "on_plan",
    }
    rows = [
        {
            **plain,
            **other,
            "data_day": day,
            "completion": completion if at < 6 else None,
            "planned": (at + 1) / 12,
        }
        for at, day in enumerate(MONTHS)
    ]
    frame = pd.DataFrame(rows).astype({"target": "Int64", "base": "Int64", "completion": "float64"})
    # The version that holds at the year's end is that of each period, unless told otherwise.
    of_year = {f"year_{name}": frame[name] for name in ("kind", "target", "base", "completion", "planned")}
    return frame.assign(**{name: other.get(name, own) for name, own in of_year.items()})


def test_a_count_is_laid_out_by_unit_and_period() -> None:
    held = units_course(pd.concat([cells("a"), cells("b", 0.5, target=100)]), JUNE)
    assert held.units == ["a", "b"] and held.periods == MONTHS and held.silent == {}
    assert held.course.done[:, 5].tolist() == [80.0, 50.0]
    assert np.isnan(held.course.done[:, 6:]).all()
    assert held.course.planned[0] == pytest.approx(200 * np.arange(1, 13) / 12)
    assert held.course.whole.tolist() == [200.0, 100.0] and held.course.floor
    assert held.place(JUNE) == 5 and held.place(date(2026, 6, 1)) is None
    assert held.start.tolist() == [0.0, 0.0] and held.sign.tolist() == [1.0, 1.0]


def test_a_level_is_the_way_from_its_base_up_or_down() -> None:
    up = cells("up", kind="level", target=9500, base=8500)
    down = cells("down", kind="level", comparator="<=", target=200, base=740)
    held = units_course(pd.concat([up, down]), JUNE)
    assert held.course.whole.tolist() == [1000.0, 540.0] and not held.course.floor
    assert held.course.done[:, 0] == pytest.approx([400.0, 216.0])
    assert held.start.tolist() == [8500.0, 740.0] and held.sign.tolist() == [1.0, -1.0]


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"kind": "keep"}, Silence.NO_COURSE),
        ({"kind": "milestone"}, Silence.NO_COURSE),
        ({"target": pd.NA}, Silence.NO_COURSE),
        ({"target": 0}, Silence.NO_COURSE),
        ({"target": 0, "state": "no_task"}, Silence.NO_TASK),
        ({"target": pd.NA, "state": "no_target"}, Silence.NO_TARGET),
        ({"comparator": "<="}, Silence.NO_COURSE),
        ({"kind": "level"}, Silence.NO_COURSE),
        ({"kind": "level", "base": 200}, Silence.NO_COURSE),
        ({"curve_shape": "step"}, Silence.STEPPED),
        ({"year_target": pd.NA}, Silence.CHANGED),
        ({"year_target": 0}, Silence.CHANGED),
    ],
)
def test_what_has_no_course_says_why(other: dict[str, object], why: Silence) -> None:
    held = units_course(pd.concat([cells("a"), cells("b", **other)]), JUNE)  # type: ignore[arg-type]
    assert held.units == ["a"]
    assert held.silent == {"b": why}


def test_what_was_done_and_planned_is_laid_out_by_the_version_that_holds_at_the_end() -> None:
    """Corrected from 200 to 100 in May: the plan of the months before is of 100 as well, and no increment negative."""
    corrected = cells("a", completion=0.2).assign(year_target=100, year_completion=0.4)
    corrected.loc[4:, ["target", "completion"]] = 100, 0.4
    held = units_course(corrected, JUNE).course
    assert held.planned[0] == pytest.approx(100 * np.arange(1, 13) / 12)
    assert held.done[0] == pytest.approx(np.full(12, 40.0)) and held.whole.tolist() == [100.0]
    moved = cells("b", kind="level", target=100, base=20).assign(year_base=0)
    assert units_course(moved, JUNE).start.tolist() == [0.0]


def test_the_target_of_the_day_decides() -> None:
    later = cells("a")
    later.loc[6:, "target"] = 0
    assert units_course(later, JUNE).units == ["a"]
    assert units_course(later, None).silent == {"a": Silence.NO_COURSE}


def test_no_cells_have_no_course() -> None:
    held = units_course(cells("a").head(0), JUNE)
    assert held.units == [] and held.periods == [] and held.course.done.shape == (0, 0)


def test_the_order_of_the_rows_does_not_matter() -> None:
    held = units_course(cells("a", completion=0.4).iloc[::-1], JUNE)
    assert held.periods == MONTHS
    assert held.course.planned[0] == pytest.approx(200 * np.arange(1, 13) / 12)
    assert np.isfinite(held.course.done[0]).tolist() == [True] * 6 + [False] * 6


def test_the_whole_is_that_of_the_last_period_and_without_a_day_it_decides() -> None:
    """Taken away in November and set anew in December: what is to be reached is the last."""
    raised = cells("a")
    raised.loc[10, "target"], raised.loc[11, "target"] = 0, 300
    raised["year_target"] = 300
    assert units_course(raised, JUNE).course.whole.tolist() == [300.0]
    assert units_course(raised, None).units == ["a"]
    assert units_course(raised, date(2026, 6, 1)).units == ["a"]


def test_where_every_unit_is_silent_nothing_has_a_whole() -> None:
    held = units_course(cells("a", kind="keep"), JUNE)
    assert held.silent == {"a": Silence.NO_COURSE} and held.periods == MONTHS
    assert held.course.done.shape == held.course.planned.shape == (0, 12)
    assert (held.course.whole.size, held.start.size, held.sign.size) == (0, 0, 0)
