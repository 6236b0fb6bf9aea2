"""Peer groups: units of one kind or one tag that rank among themselves (metrics.md 4)."""

import pandas as pd

from metrics.rule_content import group_names
from metrics.rules import Rules


def peer_groups(units: pd.DataFrame, rules: Rules) -> "pd.Series[str]":
    """The group of each unit by its code: the first of the rule's that its kind or a tag names, else "".

    `units` has code, kind and tags. Without groups in the rule everybody is in one, "".
    """
    groups = [(group, set(group_names(group))) for group in rules.peer_groups]
    found = [
        next((group for group, names in groups if names & {kind, *tags}), "")
        for kind, tags in zip(units["kind"], units["tags"], strict=True)
    ]
    return pd.Series(found, index=pd.Index(units["code"], name="unit"), dtype="str")
