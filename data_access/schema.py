"""Every table of the shared database, in one metadata.

Three habits hold throughout. Facts and dated documents are append-only: a correction is a new row
with `recorded_at`, an author and a reason. Keys start with the county, then the columns compared for
equality. Quantities are integers in the indicator's smallest unit; `indicator_version.scale` says how
many decimals that is. `unit_ancestor` and `rollup` are derived: they can be rebuilt from the rest.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

END_OF_DAYS = "9999-12-31"


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: aware in Python, naive in the database, where the engines would differ otherwise."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive moment: whoever wrote it did not say which zone it is in."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs a time zone: {value!r}")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment its zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


# SQLite counts only INTEGER PRIMARY KEY up by itself; PostgreSQL needs the wide type.
Serial = BigInteger().with_variant(Integer, "sqlite")
Code = String(32)
UnitCode = String(12)
Quantity = BigInteger


def _county() -> Column[str]:
    return Column("county", UnitCode, primary_key=True, nullable=False)


def _recorded() -> Column[datetime]:
    return Column("recorded_at", Moment, nullable=False)


def _dated_key() -> list[Column]:
    return [
        Column("valid_from", Date, primary_key=True, nullable=False),
        Column("recorded_at", Moment, primary_key=True, nullable=False),
    ]


def _withdrawn() -> Column[bool]:
    return Column("withdrawn", Boolean, nullable=False, default=False)


# --- units -----------------------------------------------------------------------------------------

unit = Table(
    "unit",
    metadata,
    Column("code", UnitCode, primary_key=True),
    Column("county", UnitCode, nullable=False),
    Column("level", String(12), nullable=False),
    Index("ix_unit_county_level", "county", "level"),
    # Both columns: the order by code comes with it, so that no count of rows can make the planner read them all.
    Index("ix_unit_level", "level", "code"),
)

unit_version = Table(
    "unit_version",
    metadata,
    _county(),
    Column("unit", UnitCode, primary_key=True),
    *_dated_key(),
    Column("parent", UnitCode),
    Column("name", String(120), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("sort", Integer, nullable=False, default=0),
    _withdrawn(),
    ForeignKeyConstraint(["unit"], ["unit.code"]),
)

# Derived from unit_version. A row says: from valid_from until valid_to, as known from recorded_at until
# superseded_at, `unit` lay below `ancestor` at this depth. A unit is its own ancestor at depth 0.
unit_ancestor = Table(
    "unit_ancestor",
    metadata,
    _county(),
    Column("ancestor", UnitCode, primary_key=True),
    Column("unit", UnitCode, primary_key=True),
    *_dated_key(),
    Column("depth", SmallInteger, nullable=False),
    Column("valid_to", Date, nullable=False),
    Column("superseded_at", Moment, nullable=False),
    ForeignKeyConstraint(["unit"], ["unit.code"]),
    Index("ix_unit_ancestor_unit", "county", "unit", "depth"),
)

unit_tag = Table(
    "unit_tag",
    metadata,
    _county(),
    Column("unit", UnitCode, primary_key=True),
    Column("tag", String(48), primary_key=True),
    *_dated_key(),
    _withdrawn(),
    ForeignKeyConstraint(["unit"], ["unit.code"]),
)

unit_base = Table(
    "unit_base",
    metadata,
    _county(),
    Column("unit", UnitCode, primary_key=True),
    Column("year", SmallInteger, primary_key=True),
    Column("recorded_at", Moment, primary_key=True),
    Column("households", Integer),
    Column("persons", Integer),
    ForeignKeyConstraint(["unit"], ["unit.code"]),
)

unit_successor = Table(
    "unit_successor",
    metadata,
    _county(),
    Column("old", UnitCode, primary_key=True),
    Column("new", UnitCode, primary_key=True),
    *_dated_key(),
    Column("share_millionths", Integer, nullable=False),
    Column("document", String(120)),
    ForeignKeyConstraint(["old"], ["unit.code"]),
    ForeignKeyConstraint(["new"], ["unit.code"]),
)

# --- people ----------------------------------------------------------------------------------------

department = Table(
    "department",
    metadata,
    _county(),
    Column("code", Code, primary_key=True),
    Column("recorded_at", Moment, primary_key=True),
    Column("name", String(120), nullable=False),
    Column("short_name", String(40), nullable=False),
    Column("sort", Integer, nullable=False, default=0),
    _withdrawn(),
)

department_alias = Table(
    "department_alias",
    metadata,
    _county(),
    Column("alias", String(120), primary_key=True),
    Column("department", Code, nullable=False),
    _recorded(),
)

person = Table(
    "person",
    metadata,
    _county(),
    Column("code", Code, primary_key=True),
    Column("recorded_at", Moment, primary_key=True),
    Column("name", String(40), nullable=False),
    Column("post", String(80), nullable=False),
    Column("phone", String(40)),
    Column("unit", UnitCode),
    Column("department", Code),
    _withdrawn(),
)

duty = Table(
    "duty",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("county", UnitCode, nullable=False),
    Column("person", Code, nullable=False),
    Column("role", String(24), nullable=False),
    Column("unit", UnitCode),
    Column("department", Code),
    Column("indicator", Code),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    _recorded(),
    _withdrawn(),
    Index("ix_duty_county_unit", "county", "unit"),
)

# --- measures --------------------------------------------------------------------------------------

indicator = Table(
    "indicator",
    metadata,
    _county(),
    Column("code", Code, primary_key=True),
)

indicator_version = Table(
    "indicator_version",
    metadata,
    _county(),
    Column("indicator", Code, primary_key=True),
    *_dated_key(),
    Column("name", String(120), nullable=False),
    Column("short_name", String(16), nullable=False),
    Column("field", String(40), nullable=False),
    Column("measure", String(24), nullable=False),
    Column("scale", SmallInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("lower_is_better", Boolean, nullable=False),
    Column("accumulation", String(16), nullable=False),
    Column("cadence", String(12), nullable=False),
    Column("due_day", SmallInteger, nullable=False),
    Column("level_reported", String(12), nullable=False),
    Column("is_key", Boolean, nullable=False),
    Column("is_whole", Boolean, nullable=False),
    Column("is_ratio", Boolean, nullable=False),
    Column("numerator_name", String(60)),
    Column("denominator_name", String(60)),
    Column("scope_tag", String(48)),
    Column("pair", Code),
    Column("lowest", Quantity),
    Column("highest", Quantity),
    Column("definition", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("sort", Integer, nullable=False, default=0),
    _withdrawn(),
    ForeignKeyConstraint(["county", "indicator"], ["indicator.county", "indicator.code"]),
)

indicator_department = Table(
    "indicator_department",
    metadata,
    _county(),
    Column("indicator", Code, primary_key=True),
    Column("department", Code, primary_key=True),
    *_dated_key(),
    Column("role", String(8), nullable=False),
    _withdrawn(),
    ForeignKeyConstraint(["county", "indicator"], ["indicator.county", "indicator.code"]),
)

target = Table(
    "target",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("county", UnitCode, nullable=False),
    Column("indicator", Code, nullable=False),
    Column("unit", UnitCode, nullable=False),
    Column("year", SmallInteger, nullable=False),
    Column("issuer", String(60), nullable=False),
    Column("is_breakdown", Boolean, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("comparator", String(8), nullable=False),
    Column("low", Quantity),
    Column("high", Quantity),
    Column("base", Quantity),
    Column("measured_from", String(12)),
    Column("reference", String(60)),
    Column("minimum", Quantity),
    Column("no_task", Boolean, nullable=False, default=False),
    Column("force", String(8), nullable=False),
    Column("principal", Boolean),
    Column("deadline", Date, nullable=False),
    Column("change", String(8), nullable=False),
    Column("text", Text),
    Column("document", String(120)),
    Column("valid_from", Date, nullable=False),
    _recorded(),
    Column("author", String(80), nullable=False),
    Column("reason", Text),
    Column("submission", BigInteger),
    ForeignKeyConstraint(["unit"], ["unit.code"]),
    ForeignKeyConstraint(["county", "indicator"], ["indicator.county", "indicator.code"]),
    CheckConstraint("high IS NULL OR low IS NULL OR high >= low", name="range_in_order"),
    Index("ix_target_county_year", "county", "year", "indicator", "unit"),
    Index("ix_target_county_unit", "county", "unit", "year"),
)

plan_curve = Table(
    "plan_curve",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("county", UnitCode, nullable=False),
    Column("indicator", Code),
    Column("unit", UnitCode),
    Column("year", SmallInteger),
    Column("name", String(60), nullable=False),
    Column("shape", String(8), nullable=False),
    Column("points", Text, nullable=False),
    Column("reason", Text),
    Column("document", String(120)),
    Column("valid_from", Date, nullable=False),
    _recorded(),
    Column("author", String(80), nullable=False),
    Column("submission", BigInteger),
    Index("ix_plan_curve_county", "county", "indicator", "unit"),
)

rule_document = Table(
    "rule_document",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("county", UnitCode, nullable=False),
    Column("number", String(80), nullable=False),
    Column("title", String(160), nullable=False),
    Column("content", Text, nullable=False),
    Column("valid_from", Date, nullable=False),
    _recorded(),
    Column("author", String(80), nullable=False),
    Index("ix_rule_document_county", "county", "valid_from"),
)

checklist = Table(
    "checklist",
    metadata,
    _county(),
    Column("indicator", Code, primary_key=True),
    Column("item", Code, primary_key=True),
    *_dated_key(),
    Column("name", String(80), nullable=False),
    Column("sort", Integer, nullable=False, default=0),
    _withdrawn(),
    ForeignKeyConstraint(["county", "indicator"], ["indicator.county", "indicator.code"]),
)

# Figures of others that targets are compared with (全省平均 …): each speaks for its day, until the next.
outside_figure = Table(
    "outside_figure",
    metadata,
    _county(),
    Column("indicator", Code, primary_key=True),
    Column("name", String(60), primary_key=True),
    *_dated_key(),
    Column("value", Quantity, nullable=False),
    Column("source", String(160), nullable=False),
    Column("author", String(80), nullable=False),
    _withdrawn(),
    ForeignKeyConstraint(["county", "indicator"], ["indicator.county", "indicator.code"]),
)

# Only the days that differ from Monday to Friday: holidays and make-up work days.
workday = Table(
    "workday",
    metadata,
    Column("day", Date, primary_key=True),
    Column("recorded_at", Moment, primary_key=True),
    Column("is_work", Boolean, nullable=False),
    Column("note", String(60), nullable=False),
)

# --- facts -----------------------------------------------------------------------------------------

submission = Table(
    "submission",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("county", UnitCode, nullable=False),
    Column("unit", UnitCode, nullable=False),
    Column("form", String(16), nullable=False),
    Column("period", Date),
    Column("file_name", String(200), nullable=False),
    Column("file_hash", String(64), nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("submitted_by", String(80), nullable=False),
    Column("submitted_at", Moment, nullable=False),
    _recorded(),
    ForeignKeyConstraint(["unit"], ["unit.code"]),
    Index("ix_submission_county_period", "county", "period", "unit"),
    Index("ix_submission_county_hash", "county", "content_hash"),
)

submission_event = Table(
    "submission_event",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("county", UnitCode, nullable=False),
    Column("submission", BigInteger, nullable=False),
    Column("state", String(12), nullable=False),
    Column("actor", String(80), nullable=False),
    Column("at", Moment, nullable=False),
    Column("note", Text),
    Index("ix_submission_event_submission", "county", "submission", "at"),
)

report = Table(
    "report",
    metadata,
    _county(),
    Column("township", UnitCode, primary_key=True),
    Column("indicator", Code, primary_key=True),
    Column("unit", UnitCode, primary_key=True),
    Column("period", Date, primary_key=True),
    Column("layer", String(10), primary_key=True),
    Column("revision", SmallInteger, primary_key=True),
    Column("value", Quantity),
    Column("high", Quantity),
    Column("numerator", Quantity),
    Column("denominator", Quantity),
    Column("quality", String(12), nullable=False),
    Column("text", String(200)),
    Column("doubt", String(200)),
    _recorded(),
    Column("author", String(80), nullable=False),
    Column("reason", Text),
    Column("submission", BigInteger, nullable=False),
    Column("place", String(60)),
    ForeignKeyConstraint(["unit"], ["unit.code"]),
    ForeignKeyConstraint(["county", "indicator"], ["indicator.county", "indicator.code"]),
    Index("ix_report_county_period", "county", "period", "indicator", "unit"),
    Index("ix_report_county_submission", "county", "submission"),
    sqlite_with_rowid=False,
)

# Derived from report, submission_event, target and unit_ancestor by one statement. `plan_key` is empty
# for the units on the indicator's common plan and the unit's code where it has a plan of its own.
rollup = Table(
    "rollup",
    metadata,
    _county(),
    Column("ancestor", UnitCode, primary_key=True),
    Column("period", Date, primary_key=True),
    Column("indicator", Code, primary_key=True),
    Column("layer", String(10), primary_key=True),
    Column("plan_key", UnitCode, primary_key=True),
    Column("amount", Quantity),
    Column("numerator", Quantity),
    Column("denominator", Quantity),
    Column("target_in", Quantity),
    Column("target_owed", Quantity),
    Column("units_owed", Integer, nullable=False),
    Column("units_in", Integer, nullable=False),
    Column("units_waiting", Integer, nullable=False),
    Column("units_reported", Integer, nullable=False),
    Column("units_inexact", Integer, nullable=False),
    Column("units_doubted", Integer, nullable=False),
    Column("units_targeted", Integer, nullable=False),
    Column("quality", String(12)),
    Column("high", Quantity),
    Column("text", String(200)),
    sqlite_with_rowid=False,
)

explanation = Table(
    "explanation",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("county", UnitCode, nullable=False),
    Column("unit", UnitCode, nullable=False),
    Column("indicator", Code, nullable=False),
    Column("period", Date, nullable=False),
    Column("cause", String(40)),
    Column("text", Text),
    Column("measure", Text),
    Column("promised_day", Date),
    Column("waits_on", String(120)),
    _recorded(),
    Column("author", String(80), nullable=False),
    Column("submission", BigInteger),
    ForeignKeyConstraint(["unit"], ["unit.code"]),
    ForeignKeyConstraint(["county", "indicator"], ["indicator.county", "indicator.code"]),
    Index("ix_explanation_county_period", "county", "period", "unit", "indicator"),
)

checklist_mark = Table(
    "checklist_mark",
    metadata,
    _county(),
    Column("unit", UnitCode, primary_key=True),
    Column("indicator", Code, primary_key=True),
    Column("item", Code, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("recorded_at", Moment, primary_key=True),
    Column("met", Boolean, nullable=False),
    Column("note", String(200)),
    Column("author", String(80), nullable=False),
    # The workbook it came in; none for what the county entered itself.
    Column("submission", BigInteger),
    ForeignKeyConstraint(["unit"], ["unit.code"]),
    Index("ix_checklist_mark_submission", "county", "submission"),
)

# --- rectification ---------------------------------------------------------------------------------

issue = Table(
    "issue",
    metadata,
    _county(),
    Column("number", String(32), primary_key=True),
    Column("unit", UnitCode, nullable=False),
    Column("department", Code),
    Column("indicator", Code),
    Column("source", String(40), nullable=False),
    Column("problem_class", String(40), nullable=False),
    Column("title", String(200), nullable=False),
    Column("detail", Text, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("first_deadline", Date, nullable=False),
    Column("responsible", Code),
    _recorded(),
    Column("author", String(80), nullable=False),
    ForeignKeyConstraint(["unit"], ["unit.code"]),
    Index("ix_issue_county_unit", "county", "unit"),
)

issue_event = Table(
    "issue_event",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("county", UnitCode, nullable=False),
    Column("number", String(32), nullable=False),
    Column("state", String(12), nullable=False),
    Column("day", Date, nullable=False),
    Column("deadline", Date),
    Column("review_day", Date),
    Column("round", SmallInteger, nullable=False, default=1),
    Column("actor", String(80), nullable=False),
    Column("actor_unit", String(120)),
    Column("note", Text),
    Column("evidence", Text),
    _recorded(),
    UniqueConstraint("county", "number", "id", name="uq_issue_event_number"),
    ForeignKeyConstraint(["county", "number"], ["issue.county", "issue.number"]),
    Index("ix_issue_event_county_number", "county", "number", "day"),
)

# --- the county's own choices ----------------------------------------------------------------------

setting = Table(
    "setting",
    metadata,
    _county(),
    Column("name", String(60), primary_key=True),
    Column("recorded_at", Moment, primary_key=True),
    Column("value", Text, nullable=False),
    Column("author", String(80), nullable=False),
)

# What a meeting looks at, in which order; the content is JSON (see `briefing.agenda`). The versions of one
# code are counted in the order in which they were recorded.
agenda = Table(
    "agenda",
    metadata,
    _county(),
    Column("code", Code, primary_key=True),
    Column("recorded_at", Moment, primary_key=True),
    Column("name", String(80), nullable=False),
    Column("content", Text, nullable=False),
    Column("author", String(80), nullable=False),
    _withdrawn(),
)


# --- snapshots -------------------------------------------------------------------------------------

# Only added to, never changed: the database itself refuses (migration 0007). `content` is the canonical
# content, packed; `link` holds the heading, the content and the link of the one before together.
snapshot = Table(
    "snapshot",
    metadata,
    _county(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("root", UnitCode, nullable=False),
    Column("year", SmallInteger, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("known_at", Moment, nullable=False),
    _recorded(),
    Column("author", String(80), nullable=False),
    Column("occasion", String(16), nullable=False),
    Column("version", String(40), nullable=False),
    Column("formulas", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("link", String(64), nullable=False),
    Column("department", Code),
    UniqueConstraint("county", "link"),
    CheckConstraint("number > 0", name="number"),
)


notice = Table(
    "notice",
    metadata,
    _county(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("snapshot", Integer, nullable=False),
    Column("corrects", Integer),
    _recorded(),
    Column("content", LargeBinary, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    ForeignKeyConstraint(["county", "snapshot"], ["snapshot.county", "snapshot.number"]),
    CheckConstraint("number > 0", name="number"),
)
notice_event = Table(
    "notice_event",
    metadata,
    _county(),
    Column("notice", Integer, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("step", String(12), nullable=False),
    Column("actor", Code, nullable=False),
    Column("actor_name", String(160), nullable=False),
    _recorded(),
    Column("unit", UnitCode),
    Column("day", Date),
    Column("objects", Boolean, nullable=False),
    Column("note", Text),
    Column("file", String(64)),
    Column("findings", Text),
    ForeignKeyConstraint(["county", "notice"], ["notice.county", "notice.number"]),
)
notice_file = Table(
    "notice_file",
    metadata,
    _county(),
    Column("notice", Integer, primary_key=True, autoincrement=False),
    Column("fingerprint", String(64), primary_key=True),
    _recorded(),
    Column("name", String(200), nullable=False),
    Column("content", LargeBinary, nullable=False),
    ForeignKeyConstraint(["county", "notice"], ["notice.county", "notice.number"]),
)
notice_wording = Table(
    "notice_wording",
    metadata,
    _county(),
    Column("sentence", String(40), primary_key=True),
    Column("recorded_at", Moment, primary_key=True),
    Column("text", Text, nullable=False),
    Column("author", String(80), nullable=False),
    _withdrawn(),
)

# --- derived: how often a county was written to ----------------------------------------------------

# Caches are keyed by `version`; `newest` is the latest moment anything was recorded at, so a reader with
# an earlier moment of knowledge knows that the roll-up does not answer. The row of county "" counts what
# all counties share (the work-day calendar).
data_version = Table(
    "data_version",
    metadata,
    _county(),
    Column("version", BigInteger, nullable=False),
    Column("newest", Moment, nullable=False),
)
