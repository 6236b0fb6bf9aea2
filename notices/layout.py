"""How an official document looks (GB/T 9704-2012), in the units that Word wants.

A4; margins 37 mm above, 35 below, 28 left, 26 right, so that the text is 156 × 225 mm and holds 22 lines of 28
characters of size 3 (16 points). Lengths are twentieths of a point unless said otherwise.
"""

from dataclasses import dataclass
from typing import Literal

from notices.content import Style

MM = 1440 / 25.4
PAGE = (round(210 * MM), round(297 * MM))
TOP, BOTTOM, LEFT, RIGHT = (round(each * MM) for each in (37, 35, 28, 26))
# The page number stands 7 mm below the text; its line is about 5 mm high.
FOOTER = round(23 * MM)
LINES, CHARACTERS = 22, 28
# 225 mm in 22 lines, 156 mm in 28 characters of 16 points: each a little closer than the type is wide.
LINE = 579
BODY_SIZE = 16.0
TIGHTER = -5
CHARACTER = BODY_SIZE * 20 + TIGHTER
Align = Literal["left", "center", "right", "both"]

SONG, HEI, KAI, FANG, TITLE = "宋体", "黑体", "楷体_GB2312", "仿宋_GB2312", "方正小标宋简体"
# What stands in for a typeface that a machine does not have.
INSTEAD = {FANG: "仿宋", KAI: "楷体", TITLE: "宋体"}
RED = "C00000"


@dataclass(frozen=True, slots=True)
class Look:
    """A style of paragraph. `indent` is of the first line, `left` and `right` of the whole, all in characters.

    Where `indent` is less than nothing the lines after the first hang further in.

    `is_apart`: the room before it stands only where a paragraph of another style comes before.
    """

    name: str
    font: str
    size: float = BODY_SIZE
    align: Align = "both"
    indent: float = 0
    left: float = 0
    right: float = 0
    before: int = 0
    after: int = 0
    line: int = LINE
    outline: int | None = None
    colour: str = ""
    is_kept_with_next: bool = False
    is_apart: bool = False


LOOKS: dict[Style, Look] = {
    "masthead": Look("发文机关标志", TITLE, 42, "center", before=2 * LINE, line=0, colour=RED),
    "number": Look("发文字号", FANG, align="center", before=LINE, after=LINE),
    "title": Look("公文标题", TITLE, 22, "center", before=LINE, outline=0, is_kept_with_next=True, line=660),
    "subtitle": Look("标题日期", KAI, align="center"),
    "addressees": Look("主送机关", FANG, align="left", before=LINE),
    "heading": Look("一级标题", HEI, align="left", indent=2, outline=1, is_kept_with_next=True),
    "topic": Look("二级标题", KAI, align="left", indent=2, outline=2, is_kept_with_next=True),
    "point": Look("分项", FANG, indent=2),
    "body": Look("公文正文", FANG, indent=2),
    # An empty line under the text, none between the annexes; a title that wraps goes on under its first sign.
    "annexes": Look(
        "附件说明",
        FANG,
        align="left",
        indent=-4.5,
        left=6.5,
        before=LINE,
        is_kept_with_next=True,
        is_apart=True,
    ),
    "day": Look("成文日期", FANG, align="right", right=4),
    # Room for a seal of 42 mm whose middle is between signature and day, and whose edge is a line from the text.
    "signature": Look("落款", FANG, align="right", right=4, before=2 * LINE, is_kept_with_next=True),
    "copies": Look("抄送机关", FANG, 14, align="left", left=1, right=1),
    "printed": Look("印发机关", FANG, 14, align="left", left=1, right=1),
    # A brief is one page.
    "brief": Look("简报正文", FANG, 10.5, before=40, line=300),
    # A slip is a form of one page where it can be: closer and smaller than a document.
    "slip_to": Look("督办主送", FANG, 14, align="left", line=500),
    "slip": Look("督办正文", FANG, 14, indent=2, before=40, line=480),
    "slip_end": Look(
        "督办落款", FANG, 14, "right", right=4, before=480, line=480, is_kept_with_next=True, is_apart=True
    ),
    "receipt": Look("签收", FANG, 10.5, "left", before=120, line=320),
    "annex": Look("附件序号", HEI, align="left"),
    "caption": Look("附件标题", TITLE, 22, "center", after=200, is_kept_with_next=True, line=660),
    "note": Look("表注", FANG, 10.5, "left", before=80, line=320),
}
# What nobody leaves alone on a page: whatever stands before it goes along.
NEVER_ALONE: frozenset[Style] = frozenset({"signature", "slip_end", "receipt", "note"})
# At the foot of the last page: a thick rule above and below, a thin one between, in twentieths of a point.
FOOT: tuple[Style, ...] = ("copies", "printed")
THICK, THIN = 20, 14
TABLE_TEXT = Look("表格文字", FANG, 10.5, "center", line=300)
# How far from the edge the page number stands on a page on its side, whose lower margin is narrower.
WIDE_FOOTER = RIGHT // 2
PAGE_NUMBER = Look("页码", SONG, 14, "left", right=1, line=0)


def is_held(style: Style, following: Style) -> bool:
    """Whether a paragraph of a style stands on the page of what follows it."""
    return LOOKS[style].is_kept_with_next or following in NEVER_ALONE
