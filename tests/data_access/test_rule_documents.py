"""Rule documents: recorded once under a number, read as they stood, on both engines."""

from datetime import date

import pytest
from sqlalchemy import Engine

from data_access.engine import read, write
from data_access.errors import RuleNumberTaken
from data_access.facts import read_rules
from data_access.records import RuleRecord
from data_access.rule_documents import issue_rule
from data_access.scope import Scope
from metrics.rules import DEFAULT_CONTENT, rules_in_force
from tests.data_access.county import COUNTY, basics, moment, put

FURTHER = {
    "persistence": {"periods": 2},
    "peer_groups": ["山区", "乡/镇"],
    "thresholds": {"tag": {"山区": {"ratio_percent": {"behind": 90, "far_behind": 70}}}},
}


def _issue(engine: Engine, number: str, valid_from: date, day: int, **content: object) -> None:
    record = RuleRecord(number, "督查办法", {**DEFAULT_CONTENT, **content}, valid_from)
    with write(engine, COUNTY) as connection:
        issue_rule(connection, COUNTY, record, recorded_at=moment(3, day), author="王敏")


def test_a_document_is_read_back_whole_with_its_author(engine: Engine) -> None:
    put(engine, *basics())
    _issue(engine, "县〔2026〕1号", date(2026, 1, 1), 1)
    _issue(engine, "县〔2026〕2号", date(2026, 4, 1), 2, **FURTHER)
    with read(engine) as connection:
        held = read_rules(connection, Scope.whole(COUNTY))
        before = read_rules(connection, Scope.whole(COUNTY), known_at=moment(3, 1, hour=10))
    assert list(held["author"]) == ["王敏", "王敏"]
    rules = rules_in_force(held, date(2026, 4, 1))
    assert (rules.number, rules.valid_from, rules.persistence) == ("县〔2026〕2号", date(2026, 4, 1), 2)
    assert rules.peer_groups == ("山区", "乡/镇")
    assert rules.own.of_unit("township", "乡", ("山区",)).behind_ratio == 0.9
    assert rules_in_force(held, date(2026, 3, 31)).number == "县〔2026〕1号"
    assert rules_in_force(before, date(2026, 4, 1)).number == "县〔2026〕1号"


def test_a_number_is_given_once(engine: Engine) -> None:
    put(engine, *basics())
    _issue(engine, "县〔2026〕1号", date(2026, 1, 1), 1)
    for content in ({}, FURTHER):
        with pytest.raises(RuleNumberTaken, match="县〔2026〕1号"):
            _issue(engine, "县〔2026〕1号", date(2026, 5, 1), 2, **content)
    with read(engine) as connection:
        assert len(read_rules(connection, Scope.whole(COUNTY))) == 1
