"""From judged cells of many periods to the courses that forecasts are made of (metrics.md 5)."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.columns import Floats, Ints
from metrics.curves import Shape
from metrics.forecast import Course, Silence
from metrics.vocabulary import Comparator, Kind, State

COURSED = [str(Kind.ACCUMULATE), str(Kind.LEVEL)]
_DOWNWARD = [str(Comparator.AT_MOST), str(Comparator.LESS_THAN)]


@dataclass(frozen=True)
class UnitsCourse:
    """The course of one indicator for the units that have one, and why the others have none.

    `course` holds one row for each of `units`, in the indicator's smallest unit, as the way made from where the
    year began: `start` (0 of counts and amounts), up or down by `sign`. `periods` are the days of its columns.
    """

    units: list[str]
    course: Course
    start: Floats
    sign: Floats
    periods: list[date]
    silent: dict[str, Silence]

    def place(self, day: date) -> int | None:
        """The column of a day; None where no period ends on it."""
        return self.periods.index(day) if day in self.periods else None


def units_course(cells: pd.DataFrame, day: date | None) -> UnitsCourse:
    """The course of the units in `cells`: the principal cells of one indicator at each period end of a year.

    Whether a unit has a course is decided by its target of `day` (the last period where that is None). What was
    done and planned is laid out by the version that holds at the year's end (`year_kind`, `year_target`,
    `year_base`, `year_completion`, `year_planned`), or amounts of two versions would stand in one course.
    """
    row, units = pd.factorize(cells["unit"].array)
    column, found = pd.factorize(cells["data_day"].to_numpy(), sort=True)
    periods = list(found)
    grid = _Grid(cells, row, column, (len(units), len(periods)))
    at = periods.index(day) if day in periods else len(periods) - 1
    silence = _silence(grid, at) if periods else np.zeros(0, dtype=object)
    runs = np.flatnonzero(silence == Silence.NONE)
    begin = _begin(grid, "year_")[runs]
    way = grid.numbers("year_target")[runs] - begin
    span = np.abs(way)
    done, planned = (grid.numbers(name)[runs] * span for name in ("year_completion", "year_planned"))
    is_count = bool(len(runs)) and grid.words("year_kind")[runs[0], -1] == Kind.ACCUMULATE
    return UnitsCourse(
        units=[str(units[one]) for one in runs],
        course=Course(done, planned, span[:, -1] if periods else np.zeros(len(runs)), floor=is_count),
        start=begin[:, -1] if periods else np.zeros(len(runs)),
        sign=np.where(way[:, -1] < 0, -1.0, 1.0) if periods else np.ones(len(runs)),
        periods=periods,
        silent={str(unit): Silence(why) for unit, why in zip(units, silence, strict=True) if why},
    )


@dataclass(frozen=True)
class _Grid:
    """Columns of cells laid out as units × periods."""

    cells: pd.DataFrame
    row: Ints
    column: Ints
    shape: tuple[int, int]

    def numbers(self, name: str) -> Floats:
        """A column of figures; NaN where there is none."""
        out = np.full(self.shape, np.nan)
        out[self.row, self.column] = self.cells[name].to_numpy(dtype=np.float64, na_value=np.nan)
        return out

    def words(self, name: str) -> NDArray[np.object_]:
        """A column of words; None where there is none."""
        out = np.full(self.shape, None, dtype=object)
        out[self.row, self.column] = self.cells[name].to_numpy(dtype=object)
        return out


def _begin(grid: _Grid, of: str = "") -> Floats:
    """Where the year's way begins: a level at its base, a count at nothing."""
    return np.where(grid.words(f"{of}kind") == Kind.LEVEL, grid.numbers(f"{of}base"), 0.0)


def _silence(grid: _Grid, at: int) -> NDArray[np.object_]:
    """Why the target of each unit has no course; NONE where it has one."""
    kind, comparator, shape = (grid.words(name)[:, at] for name in ("kind", "comparator", "curve_shape"))
    way = grid.numbers("target")[:, at] - _begin(grid)[:, at]
    of_year = grid.numbers("year_target")[:, -1] - _begin(grid, "year_")[:, -1]
    is_ceiling = (kind == Kind.ACCUMULATE) & np.isin(comparator, _DOWNWARD)
    runs = np.isin(kind, COURSED) & ~is_ceiling & np.isfinite(way) & (way != 0)
    state = grid.words("state")[:, at]
    has_changed = ~(np.isfinite(of_year) & (of_year != 0))
    return np.select(
        [state == State.NO_TASK, state == State.NO_TARGET, ~runs, shape == Shape.STEP, has_changed],
        [Silence.NO_TASK, Silence.NO_TARGET, Silence.NO_COURSE, Silence.STEPPED, Silence.CHANGED],
        Silence.NONE,
    )
