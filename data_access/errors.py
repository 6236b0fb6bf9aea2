"""The one hierarchy of errors: a code, a sentence in both languages, and what to do about it.

Users see sentence and remedy; the log has the trace. The facts an error is raised with fill a sentence's gaps.
"""

from typing import ClassVar, Literal

Lang = Literal["zh", "en"]

# What a fact may be called in either language; other facts are names and numbers and stay as they are.
TERMS = {
    "unit": ("单位", "unit"),
    "township": ("乡镇", "township"),
    "department": ("部门", "department"),
    "person": ("人员", "person"),
    "indicator": ("指标", "indicator"),
    "target": ("目标", "target"),
    "curve": ("计划曲线", "plan curve"),
    "rule": ("规则文件", "rule document"),
    "report": ("上报数", "report"),
    "explanation": ("滞后说明", "explanation"),
    "checklist": ("清单项", "checklist item"),
    "issue": ("整改事项", "rectification item"),
    "duty": ("职责", "duty"),
    "workday": ("工作日", "work day"),
    "setting": ("设置", "setting"),
    "submission": ("报送件", "submission"),
    "mark": ("清单核查", "checklist mark"),
    "agenda": ("会议议程", "agenda"),
    "responsible": ("责任部门", "department in charge"),
    "tag": ("单位标签", "tag"),
    "base": ("户数和人数", "households and persons"),
    "month": ("月", "month"),
    "quarter": ("季度", "quarter"),
    "half_year": ("半年", "half year"),
    "year": ("年", "year"),
    "submitted": ("待审", "submitted"),
    "accepted": ("已接收", "accepted"),
    "returned": ("已退回", "returned"),
    "file_not_word": ("不是 .docx 文档", "it is no .docx document"),
    "file_broken": ("文件不完整", "it is not whole"),
    "file_too_large": ("文件过大", "it is too large"),
    "file_encrypted": ("文件有密码", "it is encrypted"),
    "file_document_type": ("内容含有不允许的声明", "it holds a declaration that is not allowed"),
}


class XushiError(Exception):
    """Anything Xushi itself raises."""


class UserFacing(XushiError):  # noqa: N818
    """An error whose sentence and remedy a user may read.

    A subclass names its facts in `fields`, in the order of its arguments; both catalogues use them.
    """

    code: ClassVar[str]
    fields: ClassVar[tuple[str, ...]] = ()
    zh: ClassVar[str]
    en: ClassVar[str]
    remedy_zh: ClassVar[str]
    remedy_en: ClassVar[str]

    def __init__(self, *facts: object) -> None:
        """Take the facts in the order of `fields`."""
        self.facts = dict(zip(self.fields, facts, strict=True))
        super().__init__(self.sentence("en"))

    def sentence(self, lang: str = "zh") -> str:
        """What happened, in one sentence."""
        return self._said(self.zh if lang == "zh" else self.en, lang)

    def remedy(self, lang: str = "zh") -> str:
        """What the reader can do about it."""
        return self._said(self.remedy_zh if lang == "zh" else self.remedy_en, lang)

    def _said(self, text: str, lang: str) -> str:
        place = 0 if lang == "zh" else 1
        named = {name: TERMS[fact][place] if fact in TERMS else fact for name, fact in self.facts.items()}
        return text.format(**named)


class SettingInvalid(UserFacing):
    """A setting of the environment cannot be used."""

    code = "setting_invalid"
    fields = ("name", "why")
    zh = "设置 {name} 不可用：{why}。"
    en = "The setting {name} cannot be used: {why}."
    remedy_zh = "请在环境变量中改正 {name}，然后重新启动。"
    remedy_en = "Correct {name} in the environment and start again."


class DatabaseUnreachable(UserFacing):
    """No connection, or it broke."""

    code = "database_unreachable"
    fields = ("where",)
    zh = "连接不上数据库（{where}）。"
    en = "The database cannot be reached ({where})."
    remedy_zh = "数据没有丢失。请稍后再试；若仍不行，请管理员检查数据库服务和 DATABASE_URL。"
    remedy_en = "No data are lost. Try again shortly; else check the database service and DATABASE_URL."


class DatabaseMissing(UserFacing):
    """The database is a file, and the file is not there; reading never makes one."""

    code = "database_missing"
    fields = ("where",)
    zh = "还没有数据库文件（{where}）。"
    en = "There is no database file yet ({where})."
    remedy_zh = (
        "首次使用请运行 manage.py demo 装入演示县，或运行 manage.py init 建立空库；"
        "文件如在别处，请检查 DATABASE_URL。"
    )
    remedy_en = (
        "Run manage.py demo for the demo county or manage.py init for an empty database; "
        "if the file is elsewhere, check DATABASE_URL."
    )


class NotADatabase(UserFacing):
    """The file that the address names is something else."""

    code = "not_a_database"
    fields = ("where",)
    zh = "这个文件不是序时的数据库（{where}）。"
    en = "This file is no database of Xushi ({where})."
    remedy_zh = "文件没有改动。请检查 DATABASE_URL 指向的文件；如是备份，请先解压再使用。"
    remedy_en = "The file was not touched. Check which file DATABASE_URL names; unpack a backup first."


class DatabaseReadOnly(UserFacing):
    """The database may be read and not written."""

    code = "database_read_only"
    fields = ("where",)
    zh = "数据库只能读，不能写（{where}）。"
    en = "The database can be read but not written ({where})."
    remedy_zh = "没有写入任何数据。请让运行本程序的账户对该数据库（SQLite 还包括它所在的文件夹）有写权限。"
    remedy_en = (
        "Nothing was written. Give the account that runs this program the right to write to it "
        "(for SQLite to its folder too)."
    )


class DatabaseBusy(UserFacing):
    """Another writer held the database for longer than a writer waits, or a statement took too long."""

    code = "database_busy"
    zh = "数据库正忙，这次操作没有执行。"
    en = "The database is busy; nothing was done."
    remedy_zh = "请稍等片刻再试一次。"
    remedy_en = "Wait a moment and try again."


class DatabaseEmpty(UserFacing):
    """No county in the database, or not the one asked for."""

    code = "database_empty"
    fields = ("county",)
    zh = "数据库里还没有县的资料{county}。"
    en = "The database does not hold a county yet{county}."
    remedy_zh = "请先用建库表导入单位、部门和指标，或运行 manage.py demo 装入演示县。"
    remedy_en = "Import units, departments and indicators first, or run manage.py demo for the demo county."

    def __init__(self, county: str = "") -> None:
        """`county` is the code that was asked for, empty where none was."""
        super().__init__(f"（{county}）" if county else "")


class SchemaTooOld(UserFacing):
    """The tables are missing or older than the program."""

    code = "schema_too_old"
    fields = ("found", "needed")
    zh = "数据库结构（{found}）与程序（{needed}）不一致，需要升级。"
    en = "The database structure ({found}) is older than the program ({needed})."
    remedy_zh = "请先备份，再运行 manage.py init 升级数据库。"
    remedy_en = "Make a backup, then run manage.py init to upgrade."


class SchemaTooNew(UserFacing):
    """The database was made by a later version of the program."""

    code = "schema_too_new"
    fields = ("found", "needed")
    zh = "数据库结构（{found}）比程序（{needed}）新。"
    en = "The database structure ({found}) is newer than the program ({needed})."
    remedy_zh = "请使用与数据库相同或更新版本的程序。"
    remedy_en = "Use a program of the same or a later version."


class NotFound(UserFacing):
    """Something named does not exist in this county, or not for this reader."""

    code = "not_found"
    fields: ClassVar[tuple[str, ...]] = ("kind", "names")
    zh = "本县没有这个{kind}：{names}。"
    en = "This county does not have this {kind}: {names}."
    remedy_zh = "请核对代码；新增的请先在建库表中登记。"
    remedy_en = "Check the code; enter new ones in the setup workbook first."


class SubmissionUnknown(UserFacing):
    """No workbook of this number was handed in to this county."""

    code = "submission_unknown"
    fields = ("number",)
    zh = "没有编号为 {number} 的报送件。"
    en = "There is no submission number {number}."
    remedy_zh = "请核对编号：它印在导入的结果里，也列在“报送”页的待审清单里。"
    remedy_en = "Check the number: the import prints it, and the page Reporting lists what waits."


class OutOfScope(UserFacing):
    """The reader has no grant for this unit."""

    code = "out_of_scope"
    fields = ("unit",)
    zh = "您无权查看 {unit}。"
    en = "You may not see {unit}."
    remedy_zh = "如工作需要，请联系管理员授权。"
    remedy_en = "Ask the administrator for a grant if your work needs it."


class NothingKnown(UserFacing):
    """The county had no units yet on the day asked about, or at the moment of knowledge."""

    code = "nothing_known"
    fields = ("day",)
    zh = "截至{day}、按所选数据时点，还没有本县的任何资料。"
    en = "Nothing of this county was known for {day} at the moment chosen."
    remedy_zh = "请换一个较晚的截至日期或数据时点。"
    remedy_en = "Choose a later day or a later moment."


class ReasonMissing(UserFacing):
    """A correction without a reason."""

    code = "reason_missing"
    fields = ("unit", "indicator", "period")
    zh = "{unit} {indicator} {period} 已有上报数，更正时须填写更正原因。"
    en = "{unit} {indicator} {period} has been reported; a correction needs a reason."
    remedy_zh = "请在“更正原因”一栏写明原因后重新提交。"
    remedy_en = "Fill in the reason for the correction and hand it in again."


class ConflictingRecords(UserFacing):
    """Two different records for the same thing at the same moment."""

    code = "conflicting_records"
    fields = ("kind", "key")
    zh = "同一{kind}（{key}）出现两条不同的记录。"
    en = "Two different records for the same {kind} ({key})."
    remedy_zh = "请只保留一条后重新提交。"
    remedy_en = "Keep one of them and hand it in again."


class RuleNumberTaken(UserFacing):
    """A new rule document under a number that another one already carries."""

    code = "rule_number_taken"
    fields = ("number", "title", "day")
    zh = "文号 {number} 已登记为《{title}》（{day} 起执行），没有再次登记。"
    en = "The number {number} belongs to “{title}”, in force from {day}; nothing was recorded."
    remedy_zh = "请填写新文件自己的文号；已登记的规则文件不改动，要变更请另发一份。"
    remedy_en = "Give the new document its own number; what is recorded stays as it is."


class PeriodMisfit(UserFacing):
    """A report for a period its indicator does not have."""

    code = "period_misfit"
    fields = ("indicator", "period", "cadence")
    zh = "指标 {indicator} 按{cadence}报送，没有截至 {period} 的报送期。"
    en = "The indicator {indicator} is reported by {cadence}; no period ends on {period}."
    remedy_zh = "请改用该指标报送期的最后一天。"
    remedy_en = "Use the last day of a period of this indicator."


class TreeBroken(UserFacing):
    """A unit that would lie below itself, or changes its level."""

    code = "tree_broken"
    fields = ("unit",)
    zh = "单位 {unit} 的上级或层级有误。"
    en = "The parent or level of the unit {unit} is wrong."
    remedy_zh = "请核对单位表中的上级代码和层级；层级变更须使用新的代码。"
    remedy_en = "Check its parent and level; a unit that changes level needs a new code."


class MoveRefused(UserFacing):
    """A submission cannot go from the state it is in to the one asked for."""

    code = "move_refused"
    fields = ("found", "wanted")
    zh = "报送件现为“{found}”，不能改为“{wanted}”。"
    en = "The submission is {found} and cannot become {wanted}."
    remedy_zh = "请刷新后查看最新状态。"
    remedy_en = "Refresh to see where it stands."


class AgendaChanged(UserFacing):
    """Somebody else saved the agenda after it was opened here."""

    code = "agenda_changed"
    fields = ("name",)
    zh = "议程“{name}”在您打开之后又被保存过，这次没有写入。"
    en = "The agenda {name} was saved by somebody else after you opened it; nothing was written."
    remedy_zh = "请重新打开这份议程，看过最新一版后再改。"
    remedy_en = "Open the agenda again and change its newest version."


class AgendaUnusable(UserFacing):
    """An agenda without views, with too many, or with one that this program does not know."""

    code = "agenda_unusable"
    fields = ("name", "what")
    zh = "议程“{name}”不可用：{what}。"
    en = "The agenda {name} cannot be used: {what}."
    remedy_zh = "请在“设置”的“会议议程”里重新选择内容后保存。"
    remedy_en = "Choose its views anew under Settings, Meeting agendas."


class AgendaEmpty(UserFacing):
    """An agenda saved without anything on it."""

    code = "agenda_empty"
    fields = ("name",)
    zh = "议程“{name}”还没有内容，没有保存。"
    en = "The agenda {name} has nothing on it and was not saved."
    remedy_zh = "请先加入至少一项内容，再保存。"
    remedy_en = "Add at least one view, then save."


class SnapshotUnknown(UserFacing):
    """There is no snapshot of that number."""

    code = "snapshot_unknown"
    fields = ("number",)
    zh = "没有第 {number} 号快照。"
    en = "There is no snapshot {number}."
    remedy_zh = "号码见“快照”页的清单。"
    remedy_en = "The numbers stand on the page Snapshots."


class SnapshotDamaged(UserFacing):
    """The stored content of a snapshot cannot be read any more."""

    code = "snapshot_damaged"
    fields = ("number",)
    zh = "第 {number} 号快照保存的内容已损坏，无法读取。"
    en = "The stored content of snapshot {number} is damaged and cannot be read."
    remedy_zh = "从备份恢复数据库；原始数据可用“核对”重新计算。"
    remedy_en = "Restore the database from a backup; what it said can be computed anew from the records."


class BeforeSnapshot(UserFacing):
    """A record would date from before a snapshot that does not hold it."""

    code = "before_snapshot"
    fields = ("number", "moment")
    zh = "填写期间已生成第 {number} 号快照（数据时点 {moment}），这次没有写入。"
    en = "Snapshot {number} (known at {moment}) was made meanwhile; nothing was written."
    remedy_zh = "再点一次即可，内容不变。"
    remedy_en = "Do it once more; what was entered is still there."


class WrittenMeanwhile(UserFacing):
    """Others wrote again and again while a snapshot was being made."""

    code = "written_meanwhile"
    zh = "生成快照期间不断有新数据写入，这次没有生成。"
    en = "Others kept writing while the snapshot was made; none was made."
    remedy_zh = "稍后再试。"
    remedy_en = "Try again in a moment."


class NoticeUnknown(UserFacing):
    """There is no notice of that number, or no file of that fingerprint."""

    code = "notice_unknown"
    fields = ("number",)
    zh = "没有第 {number} 号通报，或没有这份文件。"
    en = "There is no notice {number}, or no such file."
    remedy_zh = "号码见“通报”页的清单。"
    remedy_en = "The numbers stand on the page Notices."


class NoticeDamaged(UserFacing):
    """The draft of a notice is not what was kept."""

    code = "notice_damaged"
    fields = ("number",)
    zh = "第 {number} 号通报保存的原稿已被改动或损坏。"
    en = "The draft kept of notice {number} was changed or is damaged."
    remedy_zh = "从备份恢复数据库，并查明是谁直接改动了数据库。"
    remedy_en = "Restore the database from a backup, and find out who changed it directly."
