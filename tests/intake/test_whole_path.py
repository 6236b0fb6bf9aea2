"""Every strange file through the whole path: the guarded process, the plan, the sentence, the database."""

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.records import ReportRecord
from intake.errors import WorkbookRefused
from intake.words import CATALOGUE
from tests.intake.county import look
from tests.intake.strange import FILES, READ, SPOILT


def _digest(engine: Engine) -> str:
    return hashlib.sha256(Path(str(engine.url.database)).read_bytes()).hexdigest()


@pytest.fixture(autouse=True)
def untouched(shared: Engine) -> object:
    before = _digest(shared)
    yield
    assert _digest(shared) == before, "looking writes nothing, whatever the file"


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_refused_says_why_and_what_to_do(shared: Engine, name: str) -> None:
    _, content, named = FILES[name]
    with pytest.raises(WorkbookRefused) as refused:
        look(shared, content)
    assert named in refused.value.sentence()
    assert refused.value.sentence().endswith("。") and refused.value.remedy().startswith("请")


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_cell_is_named_by_its_place(shared: Engine, name: str) -> None:
    content, code, cell = SPOILT[name]
    looked = look(shared, content)
    found = [problem for problem in looked.blocking if problem.code == code]
    assert [problem.cell for problem in found] == [cell], [p.sentence() for p in looked.problems]
    assert not looked.may_apply and looked.blocking == tuple(found), "one fault is one sentence"
    assert found[0].sheet, "the sheet is named"
    for lang in ("zh", "en"):
        assert found[0].sentence(lang) and found[0].remedy(lang)
        assert "{" not in found[0].sentence(lang) + found[0].remedy(lang)


@pytest.mark.parametrize("name", READ)
def test_what_is_odd_but_certain_is_read(shared: Engine, name: str) -> None:
    content, value = READ[name]
    looked = look(shared, content)
    assert looked.may_apply, [problem.sentence() for problem in looked.problems]
    records = [one for one in looked.records if isinstance(one, ReportRecord) and one.unit.endswith("201")]
    assert [one.value for one in records] in ([[value]] if value is not None else [[], [None]])


def test_the_words_of_a_remedy_are_an_instruction() -> None:
    """A person reads the remedy last: it says what to do, in a sentence."""
    for code, (zh, zh_remedy, en, en_remedy) in CATALOGUE.items():
        if code != "refused":
            assert zh.endswith("。") and zh_remedy.endswith("。"), code
            assert en.endswith((".", "?")) and en_remedy.endswith("."), code
