"""How people write figures, dates, names and marks: the vocabulary that cells are read with."""

import re

# --- yes, no, nothing ------------------------------------------------------------------------------

YES = frozenset({"是", "y", "yes", "true", "√", "✓", "✔", "1", "有", "已达到", "达到", "对"})
NO = frozenset({"否", "n", "no", "false", "×", "✗", "x", "0", "无", "未达到", "不是", "错"})
YES_WORD, NO_WORD = "是", "否"
BLANK = frozenset({"", "-", "--", "---", "----", "—", "——", "–", "/", "\\"})
NOT_REPORTED = BLANK | {"未报", "缺", "n/a", "na", "null", "无数据"}
NONE_OR_ZERO = frozenset({"无", "暂无", "没有", "空", "零星"})
REACHED = frozenset({"是", "已完成", "完成", "1", "√", "✓", "✔", "yes", "y", "已验收", "验收"})
NOT_REACHED = frozenset({"否", "未完成", "0", "×", "✗", "no", "n", "未验收"})

# --- days ------------------------------------------------------------------------------------------

FULL_DAY = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")
SHORT_DAY = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
MONTH_ONLY = re.compile(r"^(\d{4})[-/.年](\d{1,2})月?(底|末|底前)?$")
POINT = re.compile(r"^(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?[\s::,]*(\d+(?:\.\d+)?)(%?)$")
SEPARATORS = re.compile(r"[、,,;;\n]+")
LIST_MARK = "、"

# --- figures ---------------------------------------------------------------------------------------

NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
TIMES = {
    "": 1,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "万亿": 10**12,
}
TIMES_MARK = "万亿|千万|百万|亿|万|千|百"
AT_LEAST = ("至少", "不少于", "不低于", "超过", "大于", "多于", "高于", ">=", "≥", ">")
AT_MOST = ("不超过", "至多", "最多", "不高于", "少于", "低于", "小于", "<=", "≤", "<")
ABOUT = ("大约", "约", "大概", "接近", "近", "≈")
OR_MORE = frozenset({"以上", "及以上"})
OR_LESS = frozenset({"以下", "及以下", "以内"})
_BEFORE = "|".join(re.escape(mark) for mark in sorted(AT_LEAST + AT_MOST + ABOUT, key=len, reverse=True))
ONE = re.compile(
    rf"^(?P<before>{_BEFORE})?(?P<number>{NUMBER})(?P<more>[余多])?(?P<times>{TIMES_MARK})?(?P<more2>[余多])?"
    r"(?P<unit>[^\d+\-]*?)(?P<after>及?以上|及?以下|以内|左右|上下|余|多)?$"
)
RANGE = re.compile(
    rf"^(?P<low>{NUMBER})(?P<times>{TIMES_MARK})?(?P<unit>[^\d+\-~]*?)[-~至到]+"
    rf"(?P<high>{NUMBER})(?P<times2>{TIMES_MARK})?(?P<unit2>[^\d+\-]*)$"
)
# 比上年末提高3个百分点: what it is counted from may be left out, the way and the amount may not.
STEP = re.compile(
    r"^(?:[比较在与](?:上年同期|去年同期|上年末|上年底|上年|去年底|去年|年初|原有?基础上?|原基数|基数)?(?:相比)?)?"
    r"(?P<way>提高|上升|提升|增加|增长|下降|降低|减少)(?P<amount>[^到至为].*)$"
)
STEPS_FROM_LAST_YEAR = re.compile("上年同期|去年同期")
STEPS_DOWN = frozenset({"下降", "降低", "减少"})
STEP_POINTS = re.compile("个?百分点")
DASHES = str.maketrans(dict.fromkeys("–—―‐‑‒−", "-"))
MASKED = re.compile(r"^(?:[xX×*某□]+|\d*[xX×*□]{2,}\d*|\d+[xX]+)(?:[^\dxX×*]{0,4})$")
IN_WORDS = re.compile(
    "即将|基本|有望|正在|接近|大部分|大多|多数|明显|全部|全面|全覆盖|已完成|未完成|完成|推进|启动|"
    "在建|开工|竣工|落实|到位|达标|实现|较好|良好|有序|持续|进行中|筹备|招标"
)
SAME_UNITS = (
    frozenset({"人", "名"}),
    frozenset({"%", "百分比"}),
    frozenset({"户", "家庭"}),
    frozenset({"村", "个村"}),
    frozenset({"公里", "千米", "km"}),
)
PERCENT = frozenset({"%", "百分比"})
# 百分点 begins with a multiplier by accident.
MULTIPLE = re.compile(rf"^(?!百分)({TIMES_MARK})(?=\D)(.+)$")
# The unit of a part of a ratio stands in brackets behind its name: 支出(万元), 支出(万元,2位小数).
PART_UNIT = re.compile(r"\(([^(),、\d]+)[^()]*\)$")
AMBIGUOUS_UNIT = re.compile(r"\(次\)|人/次|人、次")
TIMES_OF_PERSONS = "次"
# Counted place by place, so that no more of them can be than there are villages, or nearly so.
PLACES = frozenset({"个", "村", "个村", "乡", "镇", "所", "处"})
PERSONS, HOUSEHOLDS = "人", "户"
# What of a name says whether persons or households are counted; the rest says of whom.
COUNTED_PEOPLE = re.compile(r"(人口数?|人数|人员|农?户数?|人)(?!.*[人户])")
# 贝母村、大蒜村等15个专业村: names in a row, and how many are announced.
ANNOUNCED = re.compile(
    r"(?P<names>[^,,。;;::、\s\d]+(?:、[^,,。;;::、\s\d]+)+?)(?:等|共|等共)?(?P<count>\d+)(?:个|村|户|家|所|处|座|项|条)"
)
LAST_NAME = re.compile(r"[村乡镇县区]([和及与])")

# --- names -----------------------------------------------------------------------------------------

# Documents explain a rare character by its sound: 崀(làng)山镇. It is no part of the name.
PINYIN = re.compile(r"[(（]\s*[A-Za-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,7}[1-5]?\s*[)）]")
OLD_SPELLINGS = (("台帐", "台账"), ("臺帳", "台账"), ("帐户", "账户"), ("帐目", "账目"))
SUM_MARK = "计"
SUM_ROW = re.compile(r"^(全?[省市县乡镇村]?|其中)?(小|合|总|共)计[::]?$")
HEADER_TAIL = re.compile(r"[((][^()()]*[))]$")
