"""How the units that report for a row stand: who is in, and whether that is enough to judge the whole."""

from dataclasses import dataclass

import numpy as np

from metrics.children import Children
from metrics.columns import Bools, Floats, Ints, among
from metrics.grid import Grid
from metrics.layout import ACCUMULATE, CHECKLIST, DUTY, LEVEL, MILESTONE, QUALITATIVE, Aims, Layout
from metrics.sums import Sums


@dataclass(frozen=True)
class Below:
    """One entry a row. `is_sum`: the row's actual is a sum that may be set against a sum of targets.

    `is_partial`: a parent of which some unit is not in. `on_units`: it is judged on those that are in,
    against their own targets. `is_comparable`: a part of the units can be judged at all.
    `needed`: how many units would have to be in.
    """

    reports_itself: Bools
    is_reported_above: Bools
    is_ratio: Bools
    is_sum: Bools
    is_targeted: Bools
    is_partial: Bools
    on_units: Bools
    is_comparable: Bools
    is_enough: Bools
    needed: Ints


def stand_below(
    grid: Grid, layout: Layout, aims: Aims, sums: Sums, children: Children, gate: Floats
) -> Below:
    """See who is in. `sums` and `gate` (the rule's share) are those of the rows."""
    level, reported = grid.level[layout.unit], grid.measures.reported[layout.indicator]
    is_ratio = grid.measures.is_ratio[layout.indicator]
    is_sum = ~is_ratio & ~among(aims.kind, LEVEL, MILESTONE, CHECKLIST, QUALITATIVE)
    is_targeted = sums.target_in.present & (sums.targeted >= sums.units_in) & (sums.units_in > 0)
    is_partial = (level != reported) & ((sums.units_in < sums.owed) | (sums.owed == 0))
    # The units' own targets are those that count: another issuer's figure is no sum of them.
    on_units = is_sum & is_partial & is_targeted & layout.is_principal
    # A stock or a sum of some of the units cannot be set against a target for all of them.
    is_comparable = on_units | is_ratio | (aims.kind == CHECKLIST)
    held = _share_in(layout, aims, sums, children, on_units)
    whole = np.where(is_comparable, np.ceil(np.round(gate * sums.owed, 9)).astype(np.int64), sums.owed)
    return Below(
        reports_itself=level == reported,
        is_reported_above=level > reported,
        is_ratio=is_ratio,
        is_sum=is_sum,
        is_targeted=is_targeted,
        is_partial=is_partial,
        on_units=on_units,
        is_comparable=is_comparable,
        is_enough=(np.round(held, 9) >= gate) & (sums.units_in > 0),
        needed=np.where(level == reported, 1, whole),
    )


def _share_in(layout: Layout, aims: Aims, sums: Sums, children: Children, on_units: Bools) -> Floats:
    """The share that the units that are in hold: of the parent's target where it can be weighed, else of the units.

    Of a parent without a target of its own that is the sum of its children's, else of what its units were given.
    """
    own = aims.low.present & (aims.low.value > 0) & ~aims.is_compared
    below = np.where(children.is_whole[layout.cell], children.target[layout.cell], sums.target_owed.value)
    asked = np.where(own, aims.low.value, below)
    by_target = on_units & among(aims.kind, ACCUMULATE, DUTY) & (asked > 0)
    part = np.where(by_target, sums.target_in.value, sums.units_in)
    whole = np.where(by_target, asked, sums.owed)
    return np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0)
