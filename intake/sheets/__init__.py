"""The three workbooks of Xushi and their sheets."""

from intake.sheets.breakdown import TARGETS
from intake.sheets.issues import EVENTS, ISSUES
from intake.sheets.measures import CURVES, INDICATORS, ITEMS, OUTSIDE, RULES
from intake.sheets.model import Form, Words
from intake.sheets.places import DEPARTMENTS, DUTIES, PERSONS, SETTINGS, UNITS, WORKDAYS
from intake.sheets.report import FIGURES, MARKS

SETUP = Form(
    "setup",
    Words("建库表", "Setup workbook"),
    Words(
        "从零建立一个县：单位、部门、人员、指标、曲线、规则、整改台账。空白的表不影响已有内容。",
        "Sets up a county from nothing. A sheet left empty changes nothing.",
    ),
    1,
    (
        UNITS,
        DEPARTMENTS,
        PERSONS,
        DUTIES,
        INDICATORS,
        ITEMS,
        CURVES,
        OUTSIDE,
        RULES,
        WORKDAYS,
        SETTINGS,
        ISSUES,
        EVENTS,
    ),
)
BREAKDOWN = Form(
    "breakdown",
    Words("任务分解表", "Breakdown"),
    Words("一个年度的目标任务，分解到乡镇和村。", "The targets of one year, down to townships and villages."),
    1,
    (TARGETS,),
)
REPORT = Form(
    "report",
    Words("报送表", "Periodic report"),
    Words(
        "一个乡镇（或县本级）一个报送期的数据。",
        "The figures of one township, or the county itself, for one period.",
    ),
    1,
    (FIGURES, MARKS),
)
FORMS = {form.kind: form for form in (SETUP, BREAKDOWN, REPORT)}
