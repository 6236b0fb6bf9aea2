"""Setup sheets: units, departments, persons, duties, work days."""

from intake.sheets.columns import (
    DEPARTMENT,
    INDICATOR,
    SORT,
    UNIT,
    UNIT_NOTE,
    WITHDRAWN,
    choice,
    code,
    count,
    day,
    names,
    text,
    valid_from,
    yes,
)
from intake.sheets.model import Sheet, Words
from metrics.vocabulary import Level

UNIT_KINDS = (
    Words("县", "county"),
    Words("镇", "town"),
    Words("乡", "township"),
    Words("街道", "subdistrict"),
    Words("农场", "farm"),
    Words("行政村", "village"),
    Words("社区", "community"),
)
ROLES = (
    Words("包片县领导", "county leader in charge"),
    Words("乡镇党委书记", "township secretary"),
    Words("乡镇长", "township head"),
    Words("村党组织书记", "village secretary"),
    Words("驻村第一书记", "first secretary in the village"),
    Words("信息员", "reporting clerk"),
    Words("部门负责人", "head of department"),
    Words("指标联系人", "contact for the indicator"),
)
UNIQUE = Words("县内唯一。", "Unique in the county.")

UNITS = Sheet(
    "units",
    Words("单位", "Units"),
    Words(
        "县、乡镇（街道、农场）、村（社区），先后不限。改名、改隶另起一行，写新的生效日期。",
        "County, townships, villages in any order. A new name or parent is a new row with its own date.",
    ),
    (
        code("code", "单位代码", "Unit code", UNIT_NOTE, required=True),
        choice("level", "层级", "Level", Level, Words("县、乡镇或村。", "County to village."), required=True),
        code("parent", "上级代码", "Parent code", Words("县一行留空。", "Blank in the county's own row.")),
        text(
            "name",
            "名称",
            "Name",
            Words("全称；字后括注的拼音不计入。", "Full name; pinyin in brackets is dropped."),
            required=True,
            width=22,
        ),
        text(
            "kind",
            "类别",
            "Kind",
            Words("如镇、乡、街道、农场、行政村、社区。", "Such as town, subdistrict, farm, community."),
            required=True,
            longest=24,
            suggestions=UNIT_KINDS,
        ),
        names(
            "tags",
            "标签",
            "Tags",
            Words("如山区、重点村；用于分组和适用范围。", "Used for groups and for the scope of indicators."),
        ),
        count("households", "户数", "Households", Words("不掌握的留空。", "Blank when not known.")),
        count("persons", "人数", "Persons", Words("不掌握的留空。", "Blank when not known.")),
        SORT,
        valid_from(Words("自哪一天起如此。", "The day from which this holds.")),
        WITHDRAWN,
    ),
    ("code", "valid_from"),
)

DEPARTMENTS = Sheet(
    "departments",
    Words("部门", "Departments"),
    Words("县直部门及其别名。", "Departments of the county and the names they go by."),
    (
        code("code", "部门代码", "Department code", UNIQUE, required=True),
        text("name", "名称", "Name", Words("全称。", "Full name."), required=True, width=24),
        text(
            "short_name",
            "简称",
            "Short name",
            Words("图表中使用。", "Used in charts."),
            required=True,
            longest=40,
        ),
        names("aliases", "别名", "Aliases", Words("公文中的其他写法。", "Other names in documents.")),
        SORT,
        WITHDRAWN,
    ),
    ("code",),
)

PERSONS = Sheet(
    "persons",
    Words("人员", "Persons"),
    Words("责任人和联系人。不得填写群众个人信息。", "People in charge and contacts; never private persons."),
    (
        code("code", "人员代码", "Person code", UNIQUE, required=True),
        text("name", "姓名", "Name", Words("姓名。", "Name."), required=True, longest=40),
        text(
            "post", "职务", "Post", Words("现任职务。", "Present post."), required=True, width=24, longest=80
        ),
        text("phone", "电话", "Telephone", Words("可留空。", "May be blank."), longest=40, width=16),
        UNIT,
        DEPARTMENT,
        WITHDRAWN,
    ),
    ("code",),
)

DUTIES = Sheet(
    "duties",
    Words("职责", "Duties"),
    Words(
        "谁对哪个单位、部门或指标负责；单位、部门、指标至少填一项。",
        "Who answers for which unit, department or indicator; at least one of the three.",
    ),
    (
        code(
            "person",
            "人员代码",
            "Person code",
            Words("“人员”表中的代码。", "A code of sheet Persons."),
            required=True,
        ),
        text(
            "role",
            "职责",
            "Role",
            Words("如包片县领导、乡镇党委书记。", "Such as party secretary of the township."),
            required=True,
            width=16,
            longest=24,
            suggestions=ROLES,
        ),
        UNIT,
        DEPARTMENT,
        INDICATOR,
        valid_from(Words("到任日期。", "First day of the duty.")),
        day(
            "valid_to",
            "截止日期",
            "Until",
            Words("离任日期；在任的留空。", "Last day; blank while it lasts."),
        ),
        WITHDRAWN,
    ),
    ("person", "role", "unit", "department", "indicator", "valid_from"),
)

WORKDAYS = Sheet(
    "workdays",
    Words("工作日", "Work days"),
    Words(
        "只填与周一至周五常例不同的日子：放假的和调休上班的。",
        "Only days that differ from Monday to Friday: holidays and make-up work days.",
    ),
    (
        day("day", "日期", "Day", Words("公历日期。", "Date."), required=True),
        yes(
            "is_work",
            "是否上班",
            "Work day",
            Words("放假填否，调休上班填是。", "No for a holiday, yes for a make-up day."),
            required=True,
        ),
        text("note", "说明", "Note", Words("如国庆节。", "Such as a holiday."), required=True, longest=60),
    ),
    ("day",),
)

SETTINGS = Sheet(
    "settings",
    Words("设置", "Settings"),
    Words("本县的选项；不需要的可不填。", "The county's own choices; may be left empty."),
    (
        code(
            "name",
            "名称",
            "Name",
            Words(
                "county.title 页面标题；reports.closed_until 不再接收此日及以前各期的报送。",
                "county.title heads the pages; reports.closed_until closes the periods up to that day.",
            ),
            required=True,
        ),
        text(
            "value",
            "值",
            "Value",
            Words("文字或日期。", "Text or a date."),
            required=True,
            width=40,
            longest=400,
        ),
    ),
    ("name",),
)
