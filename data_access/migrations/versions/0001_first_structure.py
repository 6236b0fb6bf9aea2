"""The first structure: units, people, measures, facts, rectification and the county's own choices."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from data_access.dialect import make_fact_statistics

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "unit",
    "unit_version",
    "unit_ancestor",
    "unit_tag",
    "unit_base",
    "unit_successor",
    "department",
    "department_alias",
    "person",
    "duty",
    "indicator",
    "indicator_version",
    "indicator_department",
    "target",
    "plan_curve",
    "rule_document",
    "checklist",
    "workday",
    "submission",
    "submission_event",
    "report",
    "rollup",
    "explanation",
    "checklist_mark",
    "issue",
    "issue_event",
    "setting",
    "data_version",
)
UNIT = sa.String(12)
CODE = sa.String(32)
DAY = sa.Date()
MOMENT = sa.DateTime()
FLAG = sa.Boolean()
SMALL = sa.SmallInteger()
QUANTITY = sa.BigInteger()
# SQLite counts only INTEGER PRIMARY KEY up by itself.
SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def required(**types: Any) -> list[sa.Column]:
    """Columns that must be filled."""
    return [sa.Column(name, kind, nullable=False) for name, kind in types.items()]


def optional(**types: Any) -> list[sa.Column]:
    """Columns that may be empty: what is not known stays so."""
    return [sa.Column(name, kind, nullable=True) for name, kind in types.items()]


def make(
    table: str,
    *parts: Any,
    key: str,
    units: str = "",
    of_indicator: bool = False,
    of_issue: bool = False,
    **options: Any,
) -> None:
    """Make a table with its named keys: `key` and `units` (columns that name a unit) are lists of words."""
    keys: list[sa.Constraint] = [sa.PrimaryKeyConstraint(*key.split(), name=f"pk_{table}")]
    keys += [
        sa.ForeignKeyConstraint([each], ["unit.code"], name=f"fk_{table}_{each}") for each in units.split()
    ]
    for wanted, column, target in (
        (of_indicator, "indicator", ["indicator.county", "indicator.code"]),
        (of_issue, "number", ["issue.county", "issue.number"]),
    ):
        if wanted:
            keys.append(sa.ForeignKeyConstraint(["county", column], target, name=f"fk_{table}_county"))
    op.create_table(table, *parts, *keys, **options)


def upgrade() -> None:
    _units()
    _people()
    _measures()
    _facts()
    _rectification()
    _own()
    make_fact_statistics(op.get_bind())


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


# fmt: off
# One line says more than a column of them.
def _units() -> None:
    make("unit", *required(code=UNIT, county=UNIT, level=UNIT), key="code")
    op.create_index("ix_unit_county_level", "unit", ["county", "level"])
    make(
        "unit_version",
        *required(county=UNIT, unit=UNIT, valid_from=DAY, recorded_at=MOMENT),
        *optional(parent=UNIT),
        *required(name=sa.String(120), kind=sa.String(24), sort=sa.Integer(), withdrawn=FLAG),
        key="county unit valid_from recorded_at", units="unit",
    )
    make(
        "unit_ancestor",
        *required(county=UNIT, ancestor=UNIT, unit=UNIT, valid_from=DAY, recorded_at=MOMENT, depth=SMALL,
            valid_to=DAY, superseded_at=MOMENT),
        key="county ancestor unit valid_from recorded_at", units="unit",
    )
    op.create_index("ix_unit_ancestor_unit", "unit_ancestor", ["county", "unit", "depth"])
    make(
        "unit_tag",
        *required(county=UNIT, unit=UNIT, tag=sa.String(48), valid_from=DAY, recorded_at=MOMENT,
            withdrawn=FLAG),
        key="county unit tag valid_from recorded_at", units="unit",
    )
    make(
        "unit_base",
        *required(county=UNIT, unit=UNIT, year=SMALL, recorded_at=MOMENT),
        *optional(households=sa.Integer(), persons=sa.Integer()), key="county unit year recorded_at",
        units="unit",
    )
    make(
        "unit_successor",
        *required(county=UNIT, old=UNIT, new=UNIT, valid_from=DAY, recorded_at=MOMENT,
            share_millionths=sa.Integer()),
        *optional(document=sa.String(120)), key="county old new valid_from recorded_at", units="new old",
    )


def _people() -> None:
    make(
        "department",
        *required(county=UNIT, code=CODE, recorded_at=MOMENT, name=sa.String(120), short_name=sa.String(40),
            sort=sa.Integer(), withdrawn=FLAG),
        key="county code recorded_at",
    )
    make(
        "department_alias",
        *required(county=UNIT, alias=sa.String(120), department=CODE, recorded_at=MOMENT),
        key="county alias",
    )
    make(
        "person",
        *required(county=UNIT, code=CODE, recorded_at=MOMENT, name=sa.String(40), post=sa.String(80)),
        *optional(phone=sa.String(40), unit=UNIT, department=CODE),
        *required(withdrawn=FLAG), key="county code recorded_at",
    )
    make(
        "duty",
        *required(id=SERIAL, county=UNIT, person=CODE, role=sa.String(24)),
        *optional(unit=UNIT, department=CODE, indicator=CODE),
        *required(valid_from=DAY),
        *optional(valid_to=DAY),
        *required(recorded_at=MOMENT, withdrawn=FLAG), key="id",
    )
    op.create_index("ix_duty_county_unit", "duty", ["county", "unit"])


def _measures() -> None:
    make("indicator", *required(county=UNIT, code=CODE), key="county code")
    make(
        "indicator_version",
        *required(county=UNIT, indicator=CODE, valid_from=DAY, recorded_at=MOMENT, name=sa.String(120),
            short_name=sa.String(16), field=sa.String(40), measure=sa.String(24), scale=SMALL,
            kind=sa.String(16), lower_is_better=FLAG, accumulation=sa.String(16), cadence=UNIT, due_day=SMALL,
            level_reported=UNIT, is_key=FLAG, is_whole=FLAG, is_ratio=FLAG),
        *optional(numerator_name=sa.String(60), denominator_name=sa.String(60), scope_tag=sa.String(48),
            lowest=QUANTITY, highest=QUANTITY),
        *required(definition=sa.Text(), source=sa.Text(), sort=sa.Integer(), withdrawn=FLAG),
        key="county indicator valid_from recorded_at", of_indicator=True,
    )
    make(
        "indicator_department",
        *required(county=UNIT, indicator=CODE, department=CODE, valid_from=DAY, recorded_at=MOMENT,
            role=sa.String(8), withdrawn=FLAG),
        key="county indicator department valid_from recorded_at", of_indicator=True,
    )
    make(
        "target",
        *required(id=SERIAL, county=UNIT, indicator=CODE, unit=UNIT, year=SMALL, issuer=sa.String(60),
            is_breakdown=FLAG, kind=sa.String(16), comparator=sa.String(8)),
        *optional(low=QUANTITY, high=QUANTITY, base=QUANTITY),
        *required(no_task=FLAG, force=sa.String(8)),
        *optional(principal=FLAG),
        *required(deadline=DAY, change=sa.String(8)),
        *optional(text=sa.Text(), document=sa.String(120)),
        *required(valid_from=DAY, recorded_at=MOMENT, author=sa.String(80)),
        *optional(reason=sa.Text(), submission=QUANTITY),
        sa.CheckConstraint("high IS NULL OR low IS NULL OR high >= low", name="range_in_order"),
        key="id", units="unit", of_indicator=True,
    )
    op.create_index("ix_target_county_unit", "target", ["county", "unit", "year"])
    op.create_index("ix_target_county_year", "target", ["county", "year", "indicator", "unit"])
    make(
        "plan_curve",
        *required(id=SERIAL, county=UNIT),
        *optional(indicator=CODE, unit=UNIT, year=SMALL),
        *required(name=sa.String(60), shape=sa.String(8), points=sa.Text()),
        *optional(reason=sa.Text(), document=sa.String(120)),
        *required(valid_from=DAY, recorded_at=MOMENT, author=sa.String(80)),
        *optional(submission=QUANTITY), key="id",
    )
    op.create_index("ix_plan_curve_county", "plan_curve", ["county", "indicator", "unit"])
    make(
        "rule_document",
        *required(id=SERIAL, county=UNIT, number=sa.String(80), title=sa.String(160), content=sa.Text(),
            valid_from=DAY, recorded_at=MOMENT, author=sa.String(80)),
        key="id",
    )
    op.create_index("ix_rule_document_county", "rule_document", ["county", "valid_from"])
    make(
        "checklist",
        *required(county=UNIT, indicator=CODE, item=CODE, valid_from=DAY, recorded_at=MOMENT,
            name=sa.String(80), sort=sa.Integer(), withdrawn=FLAG),
        key="county indicator item valid_from recorded_at", of_indicator=True,
    )
    make(
        "workday",
        *required(day=DAY, recorded_at=MOMENT, is_work=FLAG, note=sa.String(60)), key="day recorded_at",
    )


def _facts() -> None:
    make(
        "submission",
        *required(id=SERIAL, county=UNIT, unit=UNIT, form=sa.String(16)),
        *optional(period=DAY),
        *required(file_name=sa.String(200), file_hash=sa.String(64), content_hash=sa.String(64),
            submitted_by=sa.String(80), submitted_at=MOMENT, recorded_at=MOMENT),
        key="id", units="unit",
    )
    op.create_index("ix_submission_county_hash", "submission", ["county", "content_hash"])
    op.create_index("ix_submission_county_period", "submission", ["county", "period", "unit"])
    make(
        "submission_event",
        *required(id=SERIAL, county=UNIT, submission=QUANTITY, state=UNIT, actor=sa.String(80), at=MOMENT),
        *optional(note=sa.Text()), key="id",
    )
    op.create_index("ix_submission_event_submission", "submission_event", ["county", "submission", "at"])
    make(
        "report",
        *required(county=UNIT, township=UNIT, indicator=CODE, unit=UNIT, period=DAY, layer=sa.String(10),
            revision=SMALL),
        *optional(value=QUANTITY, high=QUANTITY, numerator=QUANTITY, denominator=QUANTITY),
        *required(quality=UNIT),
        *optional(text=sa.String(200), doubt=sa.String(200)),
        *required(recorded_at=MOMENT, author=sa.String(80)),
        *optional(reason=sa.Text()),
        *required(submission=QUANTITY),
        *optional(place=sa.String(60)), key="county township indicator unit period layer revision",
        units="unit", of_indicator=True, sqlite_with_rowid=False,
    )
    op.create_index("ix_report_county_period", "report", ["county", "period", "indicator", "unit"])
    op.create_index("ix_report_county_submission", "report", ["county", "submission"])
    make(
        "rollup",
        *required(county=UNIT, ancestor=UNIT, period=DAY, indicator=CODE, layer=sa.String(10), plan_key=UNIT),
        *optional(amount=QUANTITY, numerator=QUANTITY, denominator=QUANTITY, target_in=QUANTITY,
            target_owed=QUANTITY),
        *required(units_owed=sa.Integer(), units_in=sa.Integer(), units_waiting=sa.Integer(),
            units_reported=sa.Integer(), units_inexact=sa.Integer(),
            units_doubted=sa.Integer(), units_targeted=sa.Integer()),
        key="county ancestor period indicator layer plan_key", sqlite_with_rowid=False,
    )
    make(
        "explanation",
        *required(id=SERIAL, county=UNIT, unit=UNIT, indicator=CODE, period=DAY),
        *optional(cause=sa.String(40), text=sa.Text(), measure=sa.Text(), promised_day=DAY,
            waits_on=sa.String(120)),
        *required(recorded_at=MOMENT, author=sa.String(80)),
        *optional(submission=QUANTITY), key="id", units="unit", of_indicator=True,
    )
    op.create_index("ix_explanation_county_period", "explanation", ["county", "period", "unit", "indicator"])
    make(
        "checklist_mark",
        *required(county=UNIT, unit=UNIT, indicator=CODE, item=CODE, day=DAY, recorded_at=MOMENT, met=FLAG),
        *optional(note=sa.String(200)),
        *required(author=sa.String(80)), key="county unit indicator item day recorded_at", units="unit",
    )


def _rectification() -> None:
    make(
        "issue",
        *required(county=UNIT, number=CODE, unit=UNIT),
        *optional(department=CODE, indicator=CODE),
        *required(source=sa.String(40), problem_class=sa.String(40), title=sa.String(200), detail=sa.Text(),
            opened_on=DAY, first_deadline=DAY),
        *optional(responsible=CODE),
        *required(recorded_at=MOMENT, author=sa.String(80)), key="county number", units="unit",
    )
    op.create_index("ix_issue_county_unit", "issue", ["county", "unit"])
    make(
        "issue_event",
        *required(id=SERIAL, county=UNIT, number=CODE, state=UNIT, day=DAY),
        *optional(deadline=DAY, review_day=DAY),
        *required(round=SMALL, actor=sa.String(80)),
        *optional(actor_unit=sa.String(120), note=sa.Text(), evidence=sa.Text()),
        *required(recorded_at=MOMENT),
        sa.UniqueConstraint("county", "number", "id", name="uq_issue_event_number"), key="id", of_issue=True,
    )
    op.create_index("ix_issue_event_county_number", "issue_event", ["county", "number", "day"])


def _own() -> None:
    make(
        "setting",
        *required(county=UNIT, name=sa.String(60), recorded_at=MOMENT, value=sa.Text(), author=sa.String(80)),
        key="county name recorded_at",
    )
    make("data_version", *required(county=UNIT, version=QUANTITY, newest=MOMENT), key="county")
# fmt: on
