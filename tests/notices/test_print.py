"""LibreOffice opens the snapshot and prints it; a share just short of 100 % is not printed as 100 %."""

import re
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from briefing.villages import Villages
from metrics.vocabulary import Level, State
from notices.snapshot import snapshot
from tests.notices.conftest import Made
from tests.notices.printed import printed

NEARLY = 0.9996
HEAD = "00E6EAEF"


def _nearly_there(villages: Villages) -> bytes:
    """The snapshot of the same county, but for one county-level figure 0.04 points short of its target."""
    county = villages.county
    codes = county.directory.units.loc[county.directory.units["level"] == Level.COUNTY, "code"]
    behind = (
        county.cells["unit"].isin(codes)
        & (county.cells["state"] == State.BEHIND)
        & county.cells["gap"].notna()
    )
    assert behind.any()
    first = behind & ~behind.shift(fill_value=False).cummax()
    cells = county.cells.assign(
        completion=county.cells["completion"].mask(first, NEARLY),
        planned=county.cells["planned"].mask(first, 1.0),
        gap=county.cells["gap"].mask(first, NEARLY - 1),
    )
    facts = {name: getattr(county, name) for name in county.__dataclass_fields__ if name != "kept"}
    return snapshot(replace(villages, county=type(county)(**{**facts, "cells": cells})))


def test_nearly_everything_is_not_everything(villages: Villages) -> None:
    book = load_workbook(BytesIO(_nearly_there(villages)))
    sheet = book["总览"]
    shown = {printed(cell) for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert "99.96%" in shown and "−0.04" in shown


def _office() -> str:
    found = shutil.which("soffice")
    if found is None:
        pytest.skip("no LibreOffice on this machine: install libreoffice-calc to print the snapshot")
    return found


@pytest.fixture(scope="module")
def pdf(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Chinese snapshot as LibreOffice prints it."""
    office, folder = _office(), tmp_path_factory.mktemp("print")
    file = folder / "snapshot.xlsx"
    file.write_bytes(made("zh"))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / "snapshot.pdf"


def test_it_prints_on_a4_landscape(pdf: Path) -> None:
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf.read_bytes())
    assert len(boxes) >= 5
    for width, height in boxes:
        assert float(width) == pytest.approx(842, abs=2) and float(height) == pytest.approx(595, abs=2)


def test_every_sheet_is_printed_with_its_chinese(pdf: Path, villages: Villages) -> None:
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("no pdftotext on this machine: install poppler-utils to read the printed snapshot")
    done = subprocess.run([reader, "-layout", str(pdf), "-"], check=True, capture_output=True)
    text = done.stdout.decode()
    for word in ("截至2026年10月31日", "总览", "乡镇重点指标", "乡镇排名", "滞后村", "整改在办"):
        assert word in text
    assert "###" not in text, "a column is too narrow for its figures"
    names = villages.county.directory.units
    for name in names.loc[names["level"] == Level.TOWNSHIP, "name"]:
        assert name in text


def test_a_head_is_repeated_over_its_own_table_alone(book: Workbook) -> None:
    for sheet in book:
        heads = [row for row in range(3, sheet.max_row + 1) if sheet.cell(row, 1).fill.fgColor.rgb == HEAD]
        # What repeats is repeated to the end of the sheet.
        assert sheet.print_title_rows == f"${heads[-1]}:${heads[-1]}"
