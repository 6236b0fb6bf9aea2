"""How many figures each unit owed and handed in: a township for its villages, the others for themselves."""

import pandas as pd

from metrics.handed_in import reports_of
from tests.metrics.boards import COUNTY, TOWN, board, indicator, rolled, villages


def test_a_township_answers_for_its_villages_and_nobody_for_a_fact_of_a_day() -> None:
    village = villages(1)[0]
    held = board(
        [],
        [
            rolled(COUNTY, 30, 20, 18, units_reported=19),
            rolled(TOWN, 15, 10, 8, units_reported=9),
            rolled(village, 2, 1, 1, units_reported=1),
            rolled(TOWN, 5, 1, 1, "b", units_reported=1),
            rolled(COUNTY, 5, 13, 12, "b", units_reported=12),
            rolled(COUNTY, 5, 1, 0, "c", units_reported=0),
            rolled(TOWN, 0, 1, 0, "m", units_reported=0),
        ],
        units=(COUNTY, TOWN, village),
        indicators=[
            indicator(level_reported="village"),
            indicator("b", level_reported="township"),
            indicator("c", level_reported="county"),
            indicator("m", kind="milestone", level_reported="township"),
        ],
    )
    found = reports_of(held.facts, held.units, held.indicators)
    expected = pd.DataFrame({"unit": [COUNTY, TOWN], "owed": [1, 11], "reported": [0, 10]})
    assert found.astype({"owed": int, "reported": int}).to_dict("list") == expected.to_dict("list")
