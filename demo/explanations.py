"""Why figures are behind their plan, in the words of the units that reported them."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from data_access.records import ExplanationRecord
from metrics.curves import share
from metrics.periods import periods_of_year
from metrics.vocabulary import Comparator, Level

from .aims import Aims, Key
from .curves import CURVES, DEFAULT
from .indicators import SPECS
from .measures import Manner, Spec
from .moods import Moods
from .places import Land, Place
from .stories import CHECKING, LAND, MONEY, PEOPLE_AWAY, SEASON, TENDER, WEAK, Story
from .year import MONTHS, Outcome, last_day, planned

Said = dict[tuple[str, int], list[ExplanationRecord]]

_VILLAGES_FROM = 8
FAR, NEAR = -0.10, 0.0
_ANSWERED = {"far": 0.86, "near": 0.30}

# What units write when nothing in particular befell them: (cause, reason, measure) by field of work.
_USUAL: dict[str, tuple[tuple[str, str, str], ...]] = {
    "防返贫监测": (
        (CHECKING, "部分对象收入佐证材料不全，未通过乡镇审核。", "逐户补齐材料，按周提交比对。"),
        (PEOPLE_AWAY, "外出户入户核查困难，只完成电话摸底。", "利用周末和返乡时段集中入户。"),
        (WEAK, "网格员更替，台账交接用时较长。", "明确专人，一户一表倒排日期。"),
    ),
    "住房安全": (
        (LAND, "个别户宅基地边界有争议，未能动工。", "由司法所和村调委会现场调处。"),
        (SEASON, "入秋阴雨多，主体施工有效天数不足。", "抢晴好天气施工，雨天做室内工程。"),
        (PEOPLE_AWAY, "户主外出，建房方案迟迟未定。", "由家属代办签字，先行备料。"),
    ),
    "饮水安全": (
        (TENDER, "管网材料采购二次挂网，到货推迟。", "协调供应商分批到货，先通主管。"),
        (SEASON, "水源点枯水期试压不过。", "增设蓄水池，调整取水点。"),
    ),
    "教育保障": (
        (CHECKING, "学籍信息与名单不一致，补助退回重报。", "会同学校逐人核对后重新申报。"),
        (PEOPLE_AWAY, "随父母外出，正在联系就读地学校。", "教师和村干部联合劝返。"),
    ),
    "健康保障": (
        (PEOPLE_AWAY, "外出人员异地参保证明收集不及时。", "建立未参保清单，逐人销号。"),
        (WEAK, "村医人手不足，履约记录录入滞后。", "卫生院派团队下村集中服务。"),
    ),
    "兜底保障": ((CHECKING, "名单比对结果反馈较晚。", "与民政、残联按月核对名单。"),),
    "易地搬迁": (
        (CHECKING, "部分住户家庭成员变动，登记材料需补正。", "社区设窗口集中补件。"),
        (MONEY, "测绘费用结算未完成。", "商自然资源局先行出具成果。"),
    ),
    "产业帮扶": (
        (SEASON, "采收和结算集中在冬季，前三季度入账少。", "盯紧合同，年底前结清。"),
        (MONEY, "贷款需求已摸底，银行审批周期较长。", "每周与网点对接一次。"),
        (WEAK, "项目谋划偏晚，经营主体未落实。", "由镇农业服务中心牵头对接主体。"),
    ),
    "就业帮扶": (
        (PEOPLE_AWAY, "培训对象多数在外务工，返乡前难以组班。", "利用国庆、冬闲返乡时段开班。"),
        (WEAK, "培训工种与群众意愿不符，报名不足。", "重新征集意愿，增开中式烹饪、电工班。"),
    ),
    "基础设施": (
        (TENDER, "施工单位进场晚，材料价格上涨后重新询价。", "增加作业面，按周通报形象进度。"),
        (LAND, "占地补偿个别户未谈妥。", "镇村干部包户做工作。"),
    ),
    "乡村建设": (
        (PEOPLE_AWAY, "户主外出，改造协议未签。", "委托村民代表代签，先改后验。"),
        (SEASON, "苗木和施工受天气影响。", "调整工序，冬季补植补建。"),
        (WEAK, "村级施工队少，排队等候。", "从邻村调剂施工力量。"),
    ),
    "资金项目": (
        (CHECKING, "竣工结算资料不全，未达支付条件。", "财政所驻点帮助整理资料。"),
        (MONEY, "项目变更批复后才可支付。", "按工程量先付进度款。"),
    ),
    "责任落实": (
        (WEAK, "防汛和换届工作集中，当月专题会议未开成。", "下月补开一次，列入党委议事日程。"),
        (CHECKING, "会议已开，纪要未及时印发，未计入。", "补齐纪要后更正上报。"),
    ),
    "驻村帮扶": (
        (WEAK, "帮扶干部抽调参加专项工作，入户次数减少。", "补足人员，按月通报入户情况。"),
        (PEOPLE_AWAY, "群众外出，入户未见面的不计。", "错时入户，视频联系另行登记。"),
    ),
    "群众增收": ((SEASON, "收入结算集中在四季度。", "做好年底增收监测。"),),
}


def explanations_of_year(country: Land, seed: int, aims: Aims, outcome: Outcome, moods: Moods) -> Said:
    """What was written with each month's workbook, by (township, month)."""
    rng = Random(f"{seed}:{aims.year}:explanations")
    found: Said = {}
    for one in SPECS:
        if aims.year not in one.plan.years or one.plan.down_to is Level.COUNTY:
            continue
        for month in _months(one, aims.year):
            for place in _answerable(one, country, month):
                gap = _gap(one, country, place, aims, outcome, month)
                if gap is None or not _answers(rng, gap):
                    continue
                home = place.code if place.level is Level.TOWNSHIP else place.parent or ""
                found.setdefault((home, month), []).append(_words(rng, one, place, moods, aims.year, month))
    return found


def _months(one: Spec, year: int) -> list[int]:
    """The months whose workbooks carried the indicator, from March on."""
    days = periods_of_year(one.record.cadence, year)
    return [day.month for day in days if 3 <= day.month <= MONTHS[year]]


def _answerable(one: Spec, country: Land, month: int) -> Iterator[Place]:
    """Townships from March on, villages from August: before that the form did not ask them."""
    yield from country.townships
    if one.plan.down_to is Level.VILLAGE and month >= _VILLAGES_FROM:
        yield from country.villages


def _answers(rng: Random, gap: float) -> bool:
    """Most who are far behind explain themselves, a third of those a little behind."""
    if gap >= NEAR:
        return False
    return rng.random() < _ANSWERED["far" if gap <= FAR else "near"]


def _gap(one: Spec, country: Land, place: Place, aims: Aims, outcome: Outcome, month: int) -> float | None:
    """About how far a figure is from its plan, as a share of the year's task; None where there is none."""
    manner = one.plan.manner
    if manner in (Manner.RATE, Manner.ZERO, Manner.STOCK):
        return _bound_gap(one, place, aims, outcome, month)
    if manner is Manner.SHARE:
        return _level_gap(one, place, aims, outcome, month)
    if manner not in (Manner.WORK, Manner.BATCH, Manner.TIMES):
        return None
    return _amount_gap(one, country, place, aims, outcome, month)


def _amount_gap(
    one: Spec, country: Land, place: Place, aims: Aims, outcome: Outcome, month: int
) -> float | None:
    units = _reporting_below(one, country, place)
    task = plan = actual = 0.0
    for unit in units:
        key = one.code, unit.code
        if key in outcome.figures and aims.quantity.get(key, 0) > 0:
            task += aims.raised.get(key, aims.quantity[key])
            plan += planned(one, country, unit, aims, month)
            actual += outcome.figures[key][month - 1].value
    if task == 0:
        return None
    is_less_than_one = one.record.is_whole and plan - actual < 1
    return 0.0 if is_less_than_one else (actual - plan) / task


def _reporting_below(one: Spec, country: Land, place: Place) -> tuple[Place, ...]:
    is_parent = place.level is Level.TOWNSHIP and one.record.level_reported is Level.VILLAGE
    return country.below(place.code) if is_parent else (place,)


def _level_gap(one: Spec, place: Place, aims: Aims, outcome: Outcome, month: int) -> float | None:
    key: Key = one.code, place.code
    if key not in outcome.figures:
        return None
    start, goal = aims.level[key]
    done = (outcome.figures[key][month - 1].value - start) / (goal - start) if goal != start else 1.0
    return done - share(CURVES[one.plan.curve or DEFAULT], last_day(aims.year, month))


def _bound_gap(one: Spec, place: Place, aims: Aims, outcome: Outcome, month: int) -> float | None:
    key: Key = one.code, place.code
    if key not in outcome.figures:
        return None
    value = outcome.figures[key][month - 1].value
    bound = aims.quantity[key] if one.plan.manner is Manner.STOCK else one.plan.goals[aims.year - 2025]
    is_kept = value <= bound if one.plan.comparator is Comparator.AT_MOST else value >= bound
    return 0.0 if is_kept else FAR


def _words(rng: Random, one: Spec, place: Place, moods: Moods, year: int, month: int) -> ExplanationRecord:
    told = _story(moods, one.code, place, month)
    day = last_day(year, month)
    if told is not None:
        return ExplanationRecord(
            one.code, place.code, day, told.cause, told.text, told.measure, told.promised, told.waits_on
        )
    cause, text, measure = rng.choice(_USUAL[one.record.field])
    promised = min(day + timedelta(days=rng.randint(25, 75)), date(year, 12, 25))
    return ExplanationRecord(one.code, place.code, day, cause, text, measure, promised)


def _story(moods: Moods, code: str, place: Place, month: int) -> Story | None:
    told = [
        story for story in moods.stories.get((code, place.code), ()) if story.cause and story.at(month) < 1.0
    ]
    return told[-1] if told else None
