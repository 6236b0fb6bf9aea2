"""Setup sheets: rectification items and what happened to them."""

from intake.sheets.columns import (
    DEPARTMENT,
    INDICATOR,
    UNIT_NOTE,
    choice,
    code,
    count,
    day,
    text,
)
from intake.sheets.model import Sheet, Words
from metrics.vocabulary import IssueState

SOURCES = (
    Words("上级考核反馈", "assessment feedback"),
    Words("巡视巡察", "inspection tour"),
    Words("审计", "audit"),
    Words("纪检通报", "discipline notice"),
    Words("督查发现", "supervision"),
    Words("领导批示", "leader's instruction"),
    Words("会议交办", "meeting"),
    Words("信访举报", "complaint"),
    Words("自查", "own check"),
    Words("指标滞后", "lagging indicator"),
)
PROBLEM_CLASSES = (
    Words("实际与资料不符", "files differ from facts"),
    Words("资料不全", "incomplete files"),
    Words("收入不合理", "implausible income"),
    Words("前后不对应", "contradiction"),
    Words("管理不规范", "irregular management"),
    Words("质量不达标", "poor quality"),
    Words("工程进度慢", "slow works"),
)

ISSUES = Sheet(
    "issues",
    Words("整改事项", "Rectification items"),
    Words("每个问题一行，编号不变。", "One row per item; its number never changes."),
    (
        code("number", "编号", "Number", Words("县内唯一。", "Unique in the county."), required=True),
        code("unit", "单位代码", "Unit code", UNIT_NOTE, required=True),
        DEPARTMENT,
        INDICATOR,
        text(
            "source",
            "来源",
            "Source",
            Words("如审计、督查发现。", "Such as audit."),
            required=True,
            longest=40,
            suggestions=SOURCES,
        ),
        text(
            "problem_class",
            "问题类别",
            "Problem class",
            Words("如资料不全、工程进度慢。", "Such as incomplete files."),
            required=True,
            longest=40,
            suggestions=PROBLEM_CLASSES,
        ),
        text(
            "title",
            "问题",
            "Problem",
            Words("一句话。", "In one sentence."),
            required=True,
            width=30,
            longest=200,
        ),
        text(
            "detail",
            "具体情况",
            "Detail",
            Words("事实和整改要求。", "Facts and what is asked."),
            required=True,
            width=40,
            longest=2000,
        ),
        day(
            "opened_on", "交办日期", "Opened on", Words("交办的日子。", "Day it was assigned."), required=True
        ),
        day(
            "first_deadline",
            "整改期限",
            "Deadline",
            Words("首次期限。", "The first deadline."),
            required=True,
        ),
        code(
            "responsible",
            "责任人代码",
            "Person responsible",
            Words("“人员”表中的代码。", "A code of sheet Persons."),
        ),
    ),
    ("number",),
)

EVENTS = Sheet(
    "events",
    Words("整改过程", "Rectification events"),
    Words("整改事项的每一步，只增不改。", "Every step of an item; only ever added to."),
    (
        code(
            "number",
            "编号",
            "Number",
            Words("“整改事项”中的编号。", "A number of that sheet."),
            required=True,
        ),
        choice(
            "state",
            "到达状态",
            "State",
            IssueState,
            Words("这一步之后的状态。", "The state after this step."),
            required=True,
        ),
        day("day", "日期", "Day", Words("办理的日子。", "Day of the step."), required=True),
        text("actor", "经办人", "Actor", Words("姓名或单位。", "Person or unit."), required=True, longest=80),
        text("actor_unit", "经办单位", "Actor's unit", Words("可留空。", "May be blank."), width=20),
        day(
            "deadline", "延期至", "New deadline", Words("批准延期时填写。", "When an extension is approved.")
        ),
        day("review_day", "复核日期", "Review day", Words("暂缓整改时必填。", "Needed when deferred.")),
        count(
            "round",
            "轮次",
            "Round",
            Words("问题反弹后为2、3；空白为1。", "2, 3 after a relapse; blank is 1."),
        ),
        text("note", "说明", "Note", Words("理由或经过。", "Reason or account."), width=30, longest=1000),
        text(
            "evidence",
            "佐证",
            "Evidence",
            Words("销号必填：文件名或文号。", "Needed for closing: file or document number."),
            width=24,
            longest=400,
        ),
    ),
    ("number", "state", "day", "round"),
)
