"""The second county of the back-test is what it was before the forecast was tuned on anything."""

import hashlib

from tests.metrics.second_county import MONTHS, UNITS, YEARS, second_county

FROZEN = "920bfff62089c91bb5e51245f6b64f75550afcba5fb1f794b0524dead1f3e464"


def test_the_second_county_is_frozen() -> None:
    made = hashlib.sha256()
    for years in second_county().values():
        for year in years:
            for held in (year.actual, year.planned, year.target):
                made.update(held.round(6).astype("<f8").tobytes())
    assert made.hexdigest() == FROZEN


def test_its_totals_never_fall_and_its_plans_end_at_the_target() -> None:
    for years in second_county().values():
        assert len(years) == YEARS
        for year in years:
            assert year.actual.shape == year.planned.shape == (UNITS, MONTHS)
            assert (year.actual[:, 1:] >= year.actual[:, :-1]).all()
            assert (abs(year.planned[:, -1] - year.target) < 1e-9).all()
