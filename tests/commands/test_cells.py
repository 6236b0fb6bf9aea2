"""cells: what is printed is what is judged, and what is missing stays missing."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from briefing.load import Frame, load
from commands.cells import _inert
from data_access.engine import make_engine, read
from data_access.scope import Scope
from tests.commands.conftest import Manage
from tests.intake import county as small
from ui import clock

AS_OF = ("--as-of", "2026-03-31")


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_csv_holds_every_cell_that_the_pages_judge(manage: Manage, county: Path) -> None:
    ran = manage("cells", *AS_OF)
    rows = _rows(ran.out)
    with read(make_engine(f"sqlite:///{county}")) as connection:
        frame = Frame(Scope.whole(small.COUNTY), 2026, date(2026, 3, 31), None, clock.now())
        cells = load(connection, frame).cells
    assert ran.code == 0
    assert [(row["unit"], row["indicator"], row["state"]) for row in rows] == [
        tuple(row) for row in cells[["unit", "indicator", "state"]].itertuples(index=False)
    ]
    assert set(cells.columns) <= set(rows[0])


def test_json_says_what_was_asked_and_keeps_what_is_missing_null(manage: Manage, county: Path) -> None:
    whole = json.loads(manage("cells", *AS_OF, "--format", "json").out)
    assert (whole["county"], whole["year"], whole["as_of"]) == (small.COUNTY, 2026, "2026-03-31")
    assert whole["data_days"]["ZF01"] == "2026-03-31"
    silent = [cell for cell in whole["cells"] if cell["state"] == "unreported"]
    assert silent, "the small county has units that have not reported"
    assert all(cell["completion"] is None and cell["gap"] is None for cell in silent)


def test_one_unit_and_one_indicator(manage: Manage, county: Path) -> None:
    township = small.TOWNSHIPS[0]
    rows = _rows(manage("cells", *AS_OF, "--unit", township, "--indicator", "ZF01").out)
    assert {row["unit"][:9] for row in rows} == {township}
    assert len(rows) == 7
    village = f"{township}201"
    assert [
        row["unit"] for row in _rows(manage("cells", *AS_OF, "--unit", village, "--indicator", "ZF01").out)
    ] == [village]


def test_an_earlier_moment_knows_less(manage: Manage, county: Path) -> None:
    township = ("--unit", small.TOWNSHIPS[0], "--indicator", "ZF01")
    now = _rows(manage("cells", *AS_OF, *township).out)
    before = _rows(manage("cells", *AS_OF, *township, "--known-at", "2026-04-07T12:00").out)
    assert {row["actual"] for row in now} == {"2", "12"}
    assert {row["actual"] for row in before} == {""}


@pytest.mark.parametrize("line", [("--unit", "990001999"), ("--indicator", "XX99"), ("--county", "990009")])
def test_what_the_county_does_not_have_is_named(manage: Manage, county: Path, line: tuple[str, str]) -> None:
    ran = manage("cells", *AS_OF, *line)
    assert ran.code == 3 and line[1] in ran.err and ran.out == ""


def test_a_file_for_excel_begins_with_the_mark(manage: Manage, county: Path, tmp_path: Path) -> None:
    out = tmp_path / "cells.csv"
    assert manage("cells", *AS_OF, "-o", str(out)).code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert len(_rows(out.read_text(encoding="utf-8-sig"))) > 10


def test_a_file_that_cannot_be_written_is_said_in_a_sentence(manage: Manage, county: Path) -> None:
    ran = manage("cells", *AS_OF, "-o", str(county / "cells.csv"))
    assert ran.code == 3 and "cells.csv" in ran.err


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "＝1+1"])
def test_text_never_becomes_a_formula(text: str) -> None:
    assert _inert(text) == f"'{text}"


def test_figures_and_plain_text_stay_as_they_are() -> None:
    assert [_inert(value) for value in (-3, "石门乡", None, 0)] == [-3, "石门乡", "", 0]
