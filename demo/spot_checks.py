"""What the county's own people counted in a few villages, beside what those had reported."""

from collections.abc import Iterator
from datetime import date
from random import Random

from data_access.records import ReportRecord
from metrics.vocabulary import Layer, SubmissionState

from .aims import Aims
from .batch import Batch, Move, moment, workbook
from .places import COUNTY, Land, Place
from .stories import TOO_EXACT
from .year import Outcome

_DAY = date(2026, 10, 22)
_PERIOD = date(2026, 9, 30)
_INDICATORS = ("ZF01", "CY03")
_OTHERS = ("清溪镇", "永丰镇", "云台乡")
_DRAWN = {TOO_EXACT: 5}


def spot_check_batches(
    country: Land, seed: int, aims: Aims, outcome: Outcome, author: str
) -> Iterator[Batch]:
    """Verified figures of drawn villages, as of the end of September 2026."""
    rng = Random(f"{seed}:spot checks")
    records: list[ReportRecord] = []
    for name in (TOO_EXACT, *_OTHERS):
        below = [village for village in country.below(country.by_name[name].code) if village.is_rural]
        for village in rng.sample(below, _DRAWN.get(name, 3)):
            records += _verified(rng, village, name == TOO_EXACT, aims, outcome)
    at = moment(_DAY, 17, 20)
    sent = workbook(COUNTY, "report", _PERIOD, "2026年三季度抽查核实表.xlsx", author, at)
    yield Batch(at, author, tuple(records), sent, Move(SubmissionState.ACCEPTED, at, author))


def _verified(
    rng: Random, village: Place, is_padded: bool, aims: Aims, outcome: Outcome
) -> Iterator[ReportRecord]:
    for code in _INDICATORS:
        key = code, village.code
        if aims.quantity[key] == 0:
            continue
        reported = outcome.figures[key][_PERIOD.month - 1].value
        share = rng.uniform(0.62, 0.80) if is_padded else rng.choice((1.0, 1.0, 1.0, 0.97))
        found = round(reported * share)
        yield ReportRecord(
            code, village.code, village.parent or "", _PERIOD, found, layer=Layer.VERIFIED, text="实地抽查"
        )
