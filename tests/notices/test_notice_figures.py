"""Every figure of the written notice is what an independent computation of it says (`tests.notices.recomputed`).

The keys are read out of the file, not by the room's own reader.
"""

from collections import Counter
from pathlib import Path

import pytest

from briefing.villages import Villages
from data_access.settings import settings
from manage import main
from tests.notices.editing import Edited, key_of, text_in
from tests.notices.papers import notice_of
from tests.notices.recomputed import DAY, OPEN_STATES, Source, figure_text
from tests.views import NOW

# Names, days, titles and words of people: what is no figure, and what the tests of the draft compare.
TEXTS = ("frame", "rule", "said", "indicator", "department")
TEXTS_OF_ISSUES = ("title", "number", "class", "owner", "deadline")


@pytest.fixture(scope="module")
def source(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Source:
    file = tmp_path_factory.mktemp("cells") / "cells.csv"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", f"sqlite:///{demo_database}")
        settings.cache_clear()
        assert main(("cells", "--as-of", DAY, "--known-at", NOW.isoformat(), "-o", str(file))) == 0
        settings.cache_clear()
    return Source(file, demo_database)


@pytest.fixture(scope="module")
def bound(villages: Villages) -> list[tuple[str, str]]:
    """Key and text of every control of the written notice."""
    return [
        (key_of(held), text_in(held))
        for held in Edited(notice_of(villages).file).controls()
        # Number and day are no figures: they are written in when the notice is issued.
        if not key_of(held).startswith("blank|")
    ]


def is_text(key: str) -> bool:
    kind, *parts = key.split("|")
    # Which units lag and why is decided by the rule, with its own tests; here it is the number of points below.
    is_of_an_issue = kind == "issue" and parts[-1] in TEXTS_OF_ISSUES
    return kind in TEXTS or is_of_an_issue or parts[-1] == "flag" or key in ("units|flagged", "units|kinds")


def test_every_figure_computed_anew(bound: list[tuple[str, str]], source: Source) -> None:
    wrong = []
    for key, text in bound:
        if not is_text(key):
            must = figure_text(source, key)
            if text != must:
                wrong.append((key, text, must))
    assert wrong == []


def test_there_is_enough_of_each_kind(bound: list[tuple[str, str]]) -> None:
    """A notice that says little would be right about everything."""
    kinds = Counter(key.split("|")[0] for key, _ in bound if not is_text(key))
    assert kinds["cell"] > 500 and kinds["unit"] > 200 and kinds["count"] > 10
    assert kinds["reports"] == 4 and kinds["ledger"] == 4 and kinds["class"] > 5 and kinds["issue"] > 20
    assert kinds.total() > 0.75 * len(bound)


def test_as_many_units_are_told_of_as_the_sentence_says(bound: list[tuple[str, str]]) -> None:
    [said] = [text for key, text in bound if key == "units|flagged"]
    told = {key for key, _ in bound if key.startswith("unit|") and key.endswith("|flag")}
    assert int(said) == len(told)


def test_every_overdue_item_says_where_it_stands(bound: list[tuple[str, str]], source: Source) -> None:
    told = {
        key.split("|")[1]: text for key, text in bound if key.startswith("issue|") and key.endswith("|state")
    }
    overdue = {
        number: OPEN_STATES[state]
        for number, (state, _, days) in source.issues.items()
        if days > 0 and state not in ("closed", "withdrawn")
    }
    assert told == overdue and len(set(told.values())) > 1
