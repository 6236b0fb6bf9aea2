"""A briefing frozen and thawed says the same, whatever is made of the same facts since."""

import json
from dataclasses import replace

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from briefing.attention import things
from briefing.frozen import BOARD, DIRECTORY, RECORDS, Frozen, freeze, thaw
from briefing.ranking import flags, ranking
from briefing.villages import Villages
from metrics.fingerprints import canonical
from tests.views import NOW

SOFTWARE = {"version": "0", "formulas": "a"}


@pytest.fixture(scope="module")
def held(villages: Villages) -> Villages:
    county = villages.county
    return replace(villages, county=replace(county, frame=replace(county.frame, known_at=NOW)))


@pytest.fixture(scope="module")
def content(held: Villages) -> bytes:
    return canonical(freeze(held, SOFTWARE))


@pytest.fixture(scope="module")
def thawed(content: bytes) -> Frozen:
    return thaw(json.loads(content))


def test_every_table_comes_back_as_it_was(held: Villages, thawed: Frozen) -> None:
    was, now = held.county, thawed.villages.county
    pairs = [(getattr(was.directory, name), getattr(now.directory, name)) for name in DIRECTORY]
    pairs += [(getattr(was.board, name), getattr(now.board, name)) for name in BOARD]
    pairs += [(getattr(was, name), getattr(now, name)) for name in RECORDS]
    pairs += [(was.cells, now.cells), (held.cells, thawed.villages.cells), (ranking(was), ranking(now))]
    pairs += zip(was.earlier, now.earlier, strict=True)
    for one, other in pairs:
        assert_frame_equal(_shown(one), _shown(other))
    assert was.board.data_days == now.board.data_days
    assert was.rules == now.rules and was.frame == replace(now.frame, now=was.frame.now)


def _shown(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame without its index; a value that is missing is None, however it was missing."""
    plain = frame.reset_index(drop=True)
    mixed = [name for name in plain.columns if plain[name].dtype == object]
    return plain.assign(**{name: plain[name].where(plain[name].notna(), None) for name in mixed})


def test_what_was_made_of_it_comes_back(held: Villages, thawed: Frozen) -> None:
    now = thawed.villages.county
    assert flags(now) == flags(held.county) and thawed.villages.flags == held.flags
    for one, other in zip(things(held.county), things(now), strict=True):
        assert (one.cell.unit, one.cell.indicator, one.cell.gap) == (
            other.cell.unit,
            other.cell.indicator,
            pytest.approx(other.cell.gap),
        )
        assert replace(one, cell=None, share=None) == replace(other, cell=None, share=None)


def test_ranks_are_those_of_then_and_are_not_worked_out_anew(content: bytes) -> None:
    told = json.loads(content)
    ranks = told["judgement"]["ranks"]
    ranks["rows"][0][ranks["columns"].index("rank")] = 99
    assert ranking(thaw(told).villages.county)["rank"].iloc[0] == 99


def test_frozen_again_it_has_the_same_bytes(content: bytes, thawed: Frozen) -> None:
    assert canonical(freeze(thawed.villages, thawed.software)) == content
    assert len(content) < 12_000_000


def test_a_view_of_now_is_of_no_moment_and_cannot_be_frozen(villages: Villages) -> None:
    with pytest.raises(ValueError, match="moment"):
        freeze(villages, SOFTWARE)
