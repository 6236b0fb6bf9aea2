"""The catalogue: both languages, the same gaps, every code that is said, none that is not."""

import ast
import re
import string
from pathlib import Path

import pytest

import intake
from intake.checks.plausible import PLAUSIBLE
from intake.checks.relative import TARGETS
from intake.checks.reports import FIGURES
from intake.checks.setup import SETUP_CHECKS
from intake.manual import manual
from intake.sheets import FORMS
from intake.sheets.model import Words
from intake.words import CATALOGUE, say
from intake.words.phrases import PHRASES

ROOM = Path(intake.__file__).parent
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def _gaps(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_both_languages_fill_the_same_gaps() -> None:
    for code, (zh, zh_remedy, en, en_remedy) in CATALOGUE.items():
        assert _gaps(zh) | _gaps(zh_remedy) >= _gaps(en) | _gaps(en_remedy), code
    for code, (zh, en) in PHRASES.items():
        assert _gaps(zh) >= _gaps(en), code


def test_chinese_is_chinese_and_english_is_english() -> None:
    written = re.compile(r"[“\"].*?[”\"]|元|万元|户|小计|合计|_xushi|、")
    for code, (zh, zh_remedy, en, en_remedy) in CATALOGUE.items():
        if code == "refused":
            continue
        assert CHINESE.search(zh) and CHINESE.search(zh_remedy), code
        assert not CHINESE.search(written.sub("", en + en_remedy)), code


def _constants() -> set[str]:
    found = set()
    for path in [*ROOM.rglob("*.py")]:
        if "words" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def test_every_code_of_the_catalogue_is_said_somewhere() -> None:
    assert sorted(set(CATALOGUE) - _constants()) == []
    covers = {code for code in PHRASES if code.startswith("covers_")}
    assert sorted(set(PHRASES) - covers - _constants()) == []


def test_every_registered_check_is_in_the_catalogue_and_says_what_it_is_for() -> None:
    registries = [*SETUP_CHECKS.values(), TARGETS, FIGURES, PLAUSIBLE]
    checks = [each for registry in registries for each in registry.checks]
    assert len(checks) > 55
    for each in checks:
        assert each.code in CATALOGUE, each.code
        assert each.find.__doc__, each.code


def test_a_sentence_in_both_languages() -> None:
    facts = {"title": Words("目标值", "Target")}
    assert say("required", "zh", facts).sentence == "“目标值”没有填写。"
    assert say("required", "en", facts).sentence == "“Target” is blank."


@pytest.mark.parametrize("kind", FORMS)
def test_headers_of_a_sheet_are_told_apart(kind: str) -> None:
    for sheet in FORMS[kind].sheets:
        for titles in (
            [column.title.zh for column in sheet.columns],
            [column.title.en for column in sheet.columns],
        ):
            assert len(set(titles)) == len(titles), sheet.key
        assert set(sheet.identity) <= {column.key for column in sheet.columns}


def test_the_manual_is_what_the_definitions_say() -> None:
    """Write it anew with: python -c "from intake.manual import manual; print(manual(), end='')"."""
    path = ROOM.parent / "docs" / "workbooks.md"
    assert path.read_text(encoding="utf-8") == manual()
