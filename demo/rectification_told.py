"""Rectification items with a story of their own, beside those drawn from the common kinds of problem."""

from dataclasses import dataclass
from datetime import date

from .rectification_kinds import (
    AUDIT,
    DISCIPLINE,
    INSPECTION,
    LAGGING,
    LEADER,
    MEETING,
    PATROL,
    PETITION,
    SELF,
    UPPER,
    Template,
)


@dataclass(frozen=True)
class Told:
    """An item with a story of its own: unit, what it is about, its days and its fate."""

    unit: str
    template: Template
    opened_on: date
    days: int
    fate: str


def _own(
    source: str, problem_class: str, indicator: str | None, department: str, title: str, detail: str
) -> Template:
    return Template((source,), problem_class, indicator, department, title, detail)


TOLD: tuple[Told, ...] = (
    Told(
        "石门乡",
        _own(
            LEADER,
            "工程进度慢",
            "ZF01",
            "ZJ",
            "石门乡灾后农房重建进度滞后",
            "县委主要领导批示：追加的灾后危房改造任务须在入冬前让群众住进新房。要求每周报到户进度，十一月底前主体完工。",
        ),
        date(2026, 9, 7),
        45,
        "overdue",
    ),
    Told(
        "石门乡",
        _own(
            MEETING,
            "资金拨付慢",
            "ZJ01",
            "CZ",
            "石门乡灾后项目变更评审超时",
            "八月调度会交办：变更设计的六个项目预算评审须在二十个工作日内办结，至今仍有三个未出评审意见。",
        ),
        date(2026, 8, 18),
        40,
        "overdue",
    ),
    Told(
        "白沙镇",
        _own(
            MEETING,
            "工程进度慢",
            "ZF01",
            "ZR",
            "白沙镇集中建房点农用地转用方案未获批复",
            "江家湾、罗家坪两处集中建房点涉及四十余户，转用方案六月上报，县级层面尚未研究。要求明确上会时间。",
        ),
        date(2026, 7, 20),
        60,
        "overdue",
    ),
    Told(
        "白沙镇",
        _own(
            UPPER,
            "政策落实不到位",
            "BQ01",
            "ZR",
            "幸福社区三期安置房不能办理首次登记",
            "市级考核反馈：三期地块土地性质未变更，两百余套安置房无法登记发证。县政府常务会研究前暂缓，按季复查。",
        ),
        date(2025, 11, 12),
        120,
        "deferred",
    ),
    Told(
        "双桥镇",
        _own(
            INSPECTION,
            "实际与资料不符",
            "JY02",
            "DC",
            "双桥镇九月多项指标完成率恰为100%",
            "数据核查发现全镇十七个村多项指标九月同时达到全年任务数，与前八个月走势不符。要求逐项提供原始台账，配合抽查。",
        ),
        date(2026, 10, 16),
        21,
        "due_soon",
    ),
    Told(
        "云台乡",
        _own(
            DISCIPLINE,
            "作风不实",
            "ZC01",
            "ZZ",
            "云台乡入户走访补写记录",
            "纪检通报：雾岭、汪家垴两村走访手册存在同一日集中补写。要求专题整改，县级复查。",
        ),
        date(2026, 3, 10),
        60,
        "relapsed",
    ),
    Told(
        "云台乡",
        _own(
            LAGGING,
            "工作推进慢",
            "JY02",
            "RS",
            "云台乡职业技能培训连续三期滞后",
            "全年任务完成不足三成，连续三期滞后。要求乡党委书记向县人社局作出说明并提出追赶计划。",
        ),
        date(2026, 8, 12),
        60,
        "overdue",
    ),
    Told(
        "青石镇",
        _own(
            SELF,
            "管理不规范",
            "LT01",
            "LT",
            "长岭至平顶公路两次流标",
            "招标文件资格条件设置不当导致两次流标，延误工期近三个月。要求调整标段，追究代理机构责任。",
        ),
        date(2026, 6, 22),
        90,
        "returned",
    ),
    Told(
        "红岭农场",
        _own(
            AUDIT,
            "资金拨付慢",
            "ZJ01",
            "CZ",
            "红岭农场衔接资金支付停办",
            "账户归并期间资金停付三个月，四个项目施工单位未收到进度款。要求开通集中支付并清偿。",
        ),
        date(2026, 5, 25),
        60,
        "verifying",
    ),
    Told(
        "康乐社区",
        _own(
            PATROL,
            "政策落实不到位",
            "BQ01",
            "ZR",
            "康乐社区二期规划核实久拖不决",
            "县委巡察反馈：开发遗留问题导致规划核实两年未完成，影响三百余户办证。要求由县自然资源部门牵头限期处置。",
        ),
        date(2025, 6, 16),
        180,
        "deferred",
    ),
    Told(
        "胡家营村",
        _own(
            PETITION,
            "管理不规范",
            "CY04",
            "ZZ",
            "胡家营村砂场租金拖欠",
            "群众来信反映村集体砂场租金全年未到账，承租人与村干部有亲属关系。要求核查并公布结果。",
        ),
        date(2026, 9, 22),
        60,
        "working",
    ),
    Told(
        "永兴村",
        _own(
            INSPECTION,
            "工程进度慢",
            "XC05",
            "NY",
            "永兴村示范村创建逾期未验收",
            "列入九月底第一批创建名单，污水管网随镇集中建房点停工，未达到验收条件。要求调整方案后限期验收。",
        ),
        date(2026, 10, 9),
        28,
        "due_soon",
    ),
    Told(
        "茶亭村",
        _own(
            SELF,
            "前后不对应",
            "JC01",
            "NY",
            "茶亭村重复登记监测对象",
            "县级比对发现一户同时在两个村登记。经核实系户籍迁移未销户，非本村责任。",
        ),
        date(2026, 4, 8),
        30,
        "withdrawn",
    ),
)
