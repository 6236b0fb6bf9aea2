"""init, demo, check, rebuild, and what every command does about faults."""

import sqlite3
from pathlib import Path

import pytest

from tests.commands.conftest import Manage


def test_init_creates_and_says_when_nothing_is_left_to_do(manage: Manage, empty: Path) -> None:
    first, second = manage("init"), manage("init")
    assert (first.code, second.code) == (0, 0)
    assert "已建立" in first.err and "没有改动" in second.err
    assert empty.exists()


def test_english_where_it_is_asked_for(manage: Manage, empty: Path) -> None:
    assert "created" in manage("--lang", "en", "init").err
    assert "nothing was changed" in manage("--lang=en", "init").err


def test_a_database_without_tables_is_refused_with_the_remedy(manage: Manage, empty: Path) -> None:
    ran = manage("check")
    assert ran.code == 3
    assert "manage.py init" in ran.err and "怎么办" in ran.err and "Traceback" not in ran.err


def test_a_database_without_a_county_is_refused_with_the_remedy(manage: Manage, empty: Path) -> None:
    manage("init")
    ran = manage("cells")
    assert ran.code == 3 and "manage.py demo" in ran.err


def test_a_database_that_is_away_has_an_exit_code_of_its_own(
    manage: Manage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody:secret@127.0.0.1:1/none")
    ran = manage("check")
    assert ran.code == 4
    assert "secret" not in ran.err


def test_a_setting_that_cannot_be_used_is_named(manage: Manage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "oracle://somewhere")
    ran = manage("init")
    assert ran.code == 3 and "DATABASE_URL" in ran.err


@pytest.mark.parametrize("line", [(), ("unknown",), ("import",), ("cells", "--as-of", "2026-13-45")])
def test_a_wrong_command_line_is_said_in_our_words(manage: Manage, line: tuple[str, ...]) -> None:
    ran = manage(*line)
    assert ran.code == 2
    assert "用法" in ran.err and "命令写得不对" in ran.err


def test_help_is_in_the_language_asked_for(manage: Manage) -> None:
    chinese, english = manage("--help"), manage("--lang", "en", "--help")
    assert (chinese.code, english.code) == (0, 0)
    assert "核对数据库" in chinese.out and "核对" not in english.out
    assert "check the database" in english.out


def test_check_finds_a_sum_that_was_changed_and_rebuild_mends_it(manage: Manage, county: Path) -> None:
    assert manage("check").code == 0
    with sqlite3.connect(county) as connection:
        connection.execute("UPDATE rollup SET amount = amount + 1 WHERE amount IS NOT NULL")
    connection.close()
    found = manage("check")
    assert found.code == 1
    assert "rollup" in found.out and "manage.py rebuild" in found.err
    assert manage("rebuild").code == 0
    assert manage("check").code == 0


def test_check_finds_a_place_in_the_tree_that_was_lost(manage: Manage, county: Path) -> None:
    with sqlite3.connect(county) as connection:
        connection.execute("DELETE FROM unit_ancestor WHERE depth = 2")
    connection.close()
    found = manage("check")
    assert found.code == 1 and "unit_ancestor" in found.out


def test_the_demo_county_is_loaded_once(
    manage: Manage, demo_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{demo_copy}")
    before = demo_copy.read_bytes()
    ran = manage("demo")
    assert ran.code == 3 and "云岭县" in ran.err
    assert demo_copy.read_bytes() == before
