"""Will the county make it: what the forecasts of all its figures come to by the year's end."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy import Connection

from briefing.courses import Courses, read_courses
from briefing.forecast import Forecast, Prospect, forecast, prospect
from briefing.lists import principal
from briefing.load import Briefing
from metrics.columns import records
from metrics.courses import COURSED
from metrics.forecast import Silence
from metrics.vocabulary import Cadence, State


@dataclass(frozen=True)
class Prospects:
    """`rows`: indicator, share, share_low, share_high, chance, prospect of the county's figures that can be forecast.

    `done` are those that have reached their target, `missed` those that had not at their deadline; `silent` says of
    every other one why it is not forecast. `is_over`: the year is, and nothing is left to be forecast.
    """

    rows: pd.DataFrame
    done: tuple[str, ...]
    silent: dict[str, Silence]
    missed: tuple[str, ...] = ()
    is_over: bool = False

    @property
    def total(self) -> int:
        """Every figure of the county that has a task, counted once."""
        return len(self.rows) + len(self.done) + len(self.missed) + len(self.silent)

    def count(self, wanted: Prospect) -> int:
        """How many figures have this prospect."""
        return int((self.rows["prospect"] == wanted).sum())


def read_prospects(connection: Connection, county: Briefing) -> Prospects:
    """Forecast every figure of the county that has a course of months."""
    coursed = _coursed(county)
    return prospects(county, read_courses(connection, county, coursed))


def prospects(county: Briefing, courses: Courses) -> Prospects:
    """What the forecasts of the county's figures come to."""
    coursed, rows = set(_coursed(county)), []
    done: list[str] = []
    missed: list[str] = []
    silent: dict[str, Silence] = {}
    own = principal(county.cells[county.cells["unit"] == county.root])
    for cell in records(own[own["state"] != State.NO_TASK]):
        if cell.state == State.DONE:
            done.append(cell.indicator)
        elif cell.state == State.UNFINISHED:
            missed.append(cell.indicator)
        elif cell.indicator not in coursed:
            # Fewer than four periods a year can never be forecast from: a figure of quarters is not.
            silent[cell.indicator] = Silence.TOO_FEW if cell.kind in COURSED else Silence.NO_COURSE
        else:
            found = forecast(courses.of(cell.indicator), county.board.data_days.get(cell.indicator))
            mine = of_unit(found, county.root)
            if mine is None:
                silent[cell.indicator] = found.silent.get(county.root, Silence.NO_COURSE)
            else:
                rows.append(_row(cell.indicator, mine))
    columns = ["indicator", "share", "share_low", "share_high", "chance", "prospect"]
    is_over = not rows and county.frame.as_of >= date(county.frame.year, 12, 31)
    return Prospects(pd.DataFrame(rows, columns=columns), tuple(done), silent, tuple(missed), is_over)


def of_unit(found: Forecast, unit: str) -> pd.Series | None:
    """The forecast of one unit; None where there is none."""
    mine = found.rows[found.rows["unit"] == unit]
    return None if mine.empty else mine.iloc[0]


def _row(code: str, row: "pd.Series") -> tuple[object, ...]:
    chance = float(row["chance"])
    return (code, row["share"], row["share_low"], row["share_high"], chance, prospect(chance))


def _coursed(county: Briefing) -> list[str]:
    """The indicators of which the county's figure can have a course of enough periods to forecast from."""
    own = county.cells[(county.cells["unit"] == county.root) & county.cells["is_principal"]]
    kinds = dict(zip(own["indicator"], own["kind"], strict=True))
    return [
        code
        for code, definition in county.definitions.items()
        if kinds.get(code) in COURSED and definition["cadence"] == Cadence.MONTH
    ]
