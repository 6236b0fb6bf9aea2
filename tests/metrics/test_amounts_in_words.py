"""How actual values are said that are no plain amounts: words, milestones, items of a checklist."""

from metrics.wording import amount_words, target_words
from tests.metrics.boards import COUNTY, OTHER_TOWN, TOWN, at, cells, fact, indicator, rolled, target


def test_what_is_judged_in_words_is_said_in_them_and_its_reports_counted() -> None:
    of_words = {"kind": "qualitative", "low": None, "comparator": None, "text": "村容村貌明显改善"}
    said = {"quality": "qualitative", "text": "主干道基本清零", "units_reported": 1}
    held = cells(
        [target(unit, **of_words) for unit in (COUNTY, TOWN, OTHER_TOWN)],
        [
            fact(TOWN, None, **said),
            fact(OTHER_TOWN, None, **said, units_waiting=1),
            rolled(COUNTY, None, 2, 0, units_reported=2, units_waiting=1),
        ],
        units=(COUNTY, TOWN, OTHER_TOWN),
    )
    assert amount_words(at(held, TOWN), indicator(), "zh") == "主干道基本清零"
    assert amount_words(at(held, COUNTY), indicator(), "zh") == "—"
    assert [at(held, unit).units_in for unit in (TOWN, OTHER_TOWN, COUNTY)] == [1, 0, 1]


def test_milestones_and_items_are_said_as_so_many_of_so_many() -> None:
    reached = cells(
        [target(COUNTY, 16, kind="milestone"), target(TOWN, 1, kind="milestone")],
        [fact(TOWN, 1), rolled(COUNTY, 8, 16, 16)],
        units=(COUNTY, TOWN),
        indicators=[indicator(kind="milestone")],
    )
    assert amount_words(at(reached, COUNTY), indicator(), "zh") == "8/16"
    assert amount_words(at(reached, TOWN), indicator(), "zh") == "1"
    listed = cells(
        [target(COUNTY, 15, kind="checklist")],
        [rolled(COUNTY, 18, 52, 52, numerator=730, denominator=780)],
        units=(COUNTY,),
        indicators=[indicator(kind="checklist", level_reported="village")],
    )
    county = at(listed, COUNTY)
    assert amount_words(county, indicator(), "zh") == "730/780"
    assert target_words(county, indicator(), "zh") == "≥ 780"
