"""A database that is empty, old or away is a sentence that says what to do, never a trace."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.engine import make_engine
from tests.data_access.county import NORTH, basics, put
from tests.pages.conftest import EVERY_PAGE, ScreensOver
from tests.served import free_port, sqlite_url


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_a_database_without_a_county_says_what_to_do_next(
    screens_over: ScreensOver, sqlite_template: Path, page: str
) -> None:
    shown = screens_over(sqlite_url(sqlite_template)).open(page)
    assert shown.sentence == "数据库里还没有县的资料。"
    assert "建库表" in shown.notes[0] and "manage.py demo" in shown.notes[0]


def test_the_same_in_english(screens_over: ScreensOver, sqlite_template: Path) -> None:
    shown = screens_over(sqlite_url(sqlite_template)).open("overview", lang="en")
    assert shown.sentence == "The database does not hold a county yet."


def test_a_file_that_is_not_there_is_not_made_by_looking(screens_over: ScreensOver, tmp_path: Path) -> None:
    shown = screens_over(sqlite_url(tmp_path / "none.db")).open("overview")
    assert "还没有数据库文件" in shown.sentence and "manage.py demo" in shown.notes[0]
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_tables_asks_for_an_upgrade(screens_over: ScreensOver, tmp_path: Path) -> None:
    (tmp_path / "bare.db").touch()
    shown = screens_over(sqlite_url(tmp_path / "bare.db")).open("overview")
    assert "需要升级" in shown.sentence and "manage.py init" in shown.notes[0]


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_a_database_that_is_away_says_so_and_keeps_its_password(screens_over: ScreensOver, page: str) -> None:
    url = f"postgresql://clerk:geheim@127.0.0.1:{free_port()}/xushi"
    shown = screens_over(url).open(page, u="990521101")
    assert shown.sentence.startswith("连接不上数据库") and "geheim" not in shown.markup
    assert "数据没有丢失" in shown.notes[0]
    assert "正在自动重试" in shown.page.text


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_a_county_with_only_its_set_up_has_empty_pages(
    screens_over: ScreensOver, sqlite_engine: Engine, page: str
) -> None:
    put(sqlite_engine, *basics())
    screens = screens_over(sqlite_engine.url.render_as_string())
    for params in ({}, {"u": NORTH, "d": "D01"}):
        shown = screens.open(page, **params)
        assert shown.sentence and "nan" not in shown.page.text.lower()


def test_another_database_in_the_same_folder_is_not_made_by_looking(tmp_path: Path) -> None:
    """Making an engine does not make a file: a wrong address must not leave an empty database behind."""
    make_engine(sqlite_url(tmp_path / "none.db")).dispose()
    assert list(tmp_path.iterdir()) == []
