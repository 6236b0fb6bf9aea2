"""The page on which a clerk hands in a workbook: one sentence for what is wrong, nothing written before."""

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.engine import make_engine
from data_access.migrate import migrate
from tests.intake.county import load, setup_workbook
from tests.intake.strange import FILES, HONEST, SPOILT, said
from tests.pages.conftest import Screens, ScreensOver, Shown

CONFIRM = "确认写入"
# What is said of a cell is the plan's, whose tests take all of them; here a few of each kind are shown.
SHOWN = (
    "text",
    "a formula never computed",
    "unknown unit",
    "a column renamed",
    "no such sheet",
    "merged rows",
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The small county, set up and without a figure."""
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('office') / 'xushi.db'}")
    migrate(engine)
    load(engine, setup_workbook())
    engine.dispose()
    return engine


def _digest(engine: Engine) -> str:
    engine.dispose()
    return hashlib.sha256(Path(str(engine.url.database)).read_bytes()).hexdigest()


@pytest.fixture
def screens(screens_over: ScreensOver, office: Engine) -> Screens:
    return screens_over(office.url.render_as_string())


def _hand_in(screens: Screens, name: str, content: bytes) -> Shown:
    page = screens.run("reporting", {"asof": "2026-04-02"})
    page.file_uploader[0].set_value((name, content, "application/octet-stream"))
    return Shown(page.run())


def _buttons(shown: Shown) -> list[str]:
    return [each.label for each in shown.run.button]


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_is_refused(screens: Screens, office: Engine, case: str) -> None:
    name, content, named = FILES[case]
    before = _digest(office)
    shown = _hand_in(screens, name, content)
    (fault,) = shown.page.find("p", "fault")
    assert named in fault.text and fault.text.count("。") >= 2 and "请" in fault.text
    assert CONFIRM not in _buttons(shown) and _digest(office) == before


@pytest.mark.parametrize("case", SHOWN)
def test_a_spoilt_cell_stands_in_a_list_with_its_place_and_remedy(
    screens: Screens, office: Engine, case: str
) -> None:
    content, _, cell = SPOILT[case]
    before = _digest(office)
    shown = _hand_in(screens, "月报.xlsx", content)
    (fault,) = shown.page.find("p", "fault")
    assert "没有写入" in fault.text
    (problems,) = (table for table in shown.tables if "怎么改" in table.titles)
    wrong = [row for row, kind in zip(problems.rows, problems.column("类别"), strict=True) if kind == "错误"]
    assert (
        len(wrong) == 1
        and wrong[0][0].text
        and wrong[0][1].text == (f"第 {cell} 行" if cell.isdigit() else cell or "—")
        and wrong[0][-1].text.endswith("。")
    )
    assert CONFIRM not in _buttons(shown) and _digest(office) == before


def test_what_is_uncertain_is_shown_before_it_is_confirmed(screens: Screens, office: Engine) -> None:
    before = _digest(office)
    shown = _hand_in(screens, "月报.xlsx", said(101))
    assert "超过本单位总数 100 户" in shown.page.text and "存疑" in shown.page.text
    assert CONFIRM in _buttons(shown) and _digest(office) == before


def test_nothing_is_written_without_a_name(screens: Screens, office: Engine) -> None:
    before = _digest(office)
    page = _hand_in(screens, "月报.xlsx", HONEST).run
    (button,) = (each for each in page.button if each.label == CONFIRM)
    shown = Shown(button.click().run())
    assert "请先填写报送人" in shown.page.text and _digest(office) == before
