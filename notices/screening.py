"""What no paper may hold: identity numbers, telephone numbers, and whose illness or disability it is.

Texts that people typed are looked through before they are quoted; an edited file is looked through before it
goes out. The signs are plain and lean to the safe side: a text that looks like it is not quoted, and the clerk is
told which.
"""

import re
import unicodedata

# An identity number of 18 or 15 digits, in one piece or in groups; full-width digits are digits as well.
_IDENTITY = re.compile(r"(?<!\d)(?:\d[ -]?){17}[\dXx](?!\d)|(?<!\d)\d{15}(?!\d)")
_TELEPHONE = re.compile(
    r"(?<!\d)1[3-9]\d[ \-–—]?\d{4}[ \-–—]?\d{4}(?!\d)"
    r"|(?<!\d)(?:\(0\d{2,3}\)|0\d{2,3})[ \-–—]?\d{7,8}(?!\d)"
)
# Programmes are named after illnesses; a person is not.
_ILLNESS = re.compile(
    r"(?<!两)癌(?!症?(?:筛查|防治|早诊|检查))|肿瘤(?!筛查|防治|登记)|尿毒症|白血病|艾滋(?!病?防治)|精神病"
    r"|精神障碍(?!患者?(?:规范|管理|救治)|患者规范)|瘫痪"
    r"|残疾(?!人?(?:护理|联|联合会|就业|事业|补贴|生活补贴|两项|“两项|康复|家庭|证|服务|数|人数))|智障"
    r"|(?:重病|大病)患者(?!救治|管理|比例|签约|数)|患有|确诊"
)
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹章苏潘葛范彭鲁韦马方任袁柳唐罗薛雷贺倪汤殷毕郝"
    "安常乐于傅齐康伍余顾孟平黄穆萧尹"
)
# A household called by its head: 户主张三, 贫困户李某家.
_HOUSEHOLD = re.compile(
    rf"(?<![农用住商])户主(?!要|动|体|管|打|导|营|任|题|张|持)|户主[“「]?[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}"
    rf"|(?:贫困户|低保户|监测户|五保户|脱贫户)[“「]?[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?:[家，。、；,;的户]|$)"
)
# Stands where something was taken out, so that nothing beside it runs together.
TAKEN_OUT = "*"
SIGNS = {"identity": _IDENTITY, "telephone": _TELEPHONE, "illness": _ILLNESS, "household": _HOUSEHOLD}


def personal_data(text: str) -> list[tuple[str, str]]:
    """What of a text no paper may hold: its kind (a name of `SIGNS`) and the piece found."""
    told = unicodedata.normalize("NFKC", text)
    # As it was written, where each character stayed one.
    shown = text if len(text) == len(told) else told
    return [
        (kind, shown[found.start() : found.end()])
        for kind, sign in SIGNS.items()
        for found in sign.finditer(told)
    ]


def without_personal_data(text: str) -> str:
    """A text without what no paper may hold, for what is looked for in the rest of it."""
    told = unicodedata.normalize("NFKC", text)
    for sign in SIGNS.values():
        told = sign.sub(TAKEN_OUT, told)
    return told


def has_personal_data(text: str) -> bool:
    """Whether a text holds anything that no paper may."""
    return bool(personal_data(text))
