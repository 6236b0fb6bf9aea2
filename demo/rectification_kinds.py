"""The problems that checks find in such a county, as documents name them.

{v} is the village, {n} and {k} are counts.
"""

from dataclasses import dataclass

UPPER = "上级考核反馈"
PATROL = "巡视巡察"
AUDIT = "审计"
DISCIPLINE = "纪检通报"
INSPECTION = "督查发现"
LEADER = "领导批示"
MEETING = "会议交办"
PETITION = "信访举报"
SELF = "自查"
LAGGING = "指标滞后"


@dataclass(frozen=True)
class Template:
    """One kind of problem: who finds it, its class, the indicator and department it belongs to, its words.

    `n` and `k` bound the counts in the words; without a `k` it is up to a third of n.
    """

    sources: tuple[str, ...]
    problem_class: str
    indicator: str | None
    department: str
    title: str
    detail: str
    n: tuple[int, int] = (6, 24)
    k: tuple[int, int] | None = None


TEMPLATES: tuple[Template, ...] = (
    Template(
        (UPPER, INSPECTION),
        "实际与资料不符",
        "ZC01",
        "ZZ",
        "{v}入户走访记录与群众反映不一致",
        "抽查{n}户，{k}户反映当月无人上门，走访手册却有记录和签字。要求逐户核实，补正记录并说明原因。",
    ),
    Template(
        (UPPER, SELF),
        "资料不全",
        "JC01",
        "NY",
        "{v}风险消除对象佐证资料不全",
        "{n}户风险消除对象中{k}户缺评议会议记录或收入核算表。要求补齐评议、公示、审核全套资料。",
        n=(4, 9),
    ),
    Template(
        (UPPER, PATROL),
        "收入不合理",
        None,
        "NY",
        "{v}脱贫户收入核算偏高",
        "{n}户人均纯收入同比增幅超过五成，其中{k}户把一次性补助计入经营收入。要求重新核算并更新系统。",
        n=(12, 30),
    ),
    Template(
        (INSPECTION, SELF),
        "前后不对应",
        "JY01",
        "RS",
        "{v}务工台账前后不对应",
        "上月与本月务工人员名单有{n}人进出无说明，{k}人既在村务工又登记为外出。要求逐人核对。",
    ),
    Template(
        (AUDIT,),
        "管理不规范",
        "CY04",
        "ZZ",
        "{v}集体资产出租未公开竞价",
        "村集体{n}间门面、{k}亩堰塘以协议方式出租，未经村民代表会议和公开竞价。要求补办手续或重新发包。",
        n=(2, 6),
        k=(4, 18),
    ),
    Template(
        (AUDIT, DISCIPLINE),
        "管理不规范",
        "ZJ01",
        "CZ",
        "{v}衔接资金项目报账凭证不规范",
        "{n}笔报账中{k}笔发票日期早于合同签订日期。要求查清原因，重新审核支付。",
        n=(5, 12),
    ),
    Template(
        (AUDIT, UPPER),
        "资金拨付慢",
        "ZJ01",
        "CZ",
        "{v}项目资金滞留专户超过三个月",
        "验收合格的{n}个项目尚有{k}万元滞留乡镇专户，未支付到施工单位。要求限期支付并建立支付台账。",
        n=(2, 4),
        k=(12, 68),
    ),
    Template(
        (INSPECTION, LEADER),
        "工程进度慢",
        "ZF01",
        "ZJ",
        "{v}危房改造施工缓慢",
        "{n}户改造任务中{k}户超过计划竣工日期，现场仅两名工人。要求增加施工力量，倒排到户。",
        n=(6, 12),
        k=(2, 4),
    ),
    Template(
        (INSPECTION, PETITION),
        "质量不达标",
        "ZF01",
        "ZJ",
        "{v}改造房屋屋面渗漏",
        "群众反映已验收的{n}户中{k}户雨后渗漏。要求施工单位无偿返修，并复查同批房屋。",
        n=(5, 11),
    ),
    Template(
        (INSPECTION, MEETING),
        "工程进度慢",
        "LT01",
        "LT",
        "{v}通组路路基完成后长期未铺路面",
        "{n}公里路基完工已{k}个月，雨季泥泞难行。要求明确铺筑日期并设置安全警示。",
        n=(2, 5),
        k=(3, 8),
    ),
    Template(
        (PETITION, LEADER),
        "质量不达标",
        "LT01",
        "LT",
        "{v}新建公路边沟淤塞、路面开裂",
        "交工不足一年，{n}处路面开裂、{k}处边沟淤塞。要求在质保期内修复。",
        n=(3, 9),
        k=(2, 6),
    ),
    Template(
        (PETITION, INSPECTION),
        "设施闲置",
        "XC01",
        "NY",
        "{v}部分改厕户未投入使用",
        "抽查{n}户，{k}户因无水或未接管而闲置。要求逐户整改，能用尽用。",
    ),
    Template(
        (SELF, INSPECTION),
        "质量不达标",
        "XC01",
        "NY",
        "{v}三格化粪池渗漏",
        "抽查{n}座，{k}座试水不合格。要求返工并由户主重新签字验收。",
    ),
    Template(
        (UPPER, PETITION),
        "政策落实不到位",
        "JX02",
        "NY",
        "{v}雨露计划补助漏报",
        "{n}名在读职校学生中{k}名应享受未申报。要求补报并比对其余学生。",
        n=(9, 26),
        k=(1, 3),
    ),
    Template(
        (UPPER, INSPECTION),
        "政策落实不到位",
        "JK01",
        "YB",
        "{v}外出人员参保情况底数不清",
        "{n}名外出人员中{k}名未取得参保证明。要求逐人核实，动员参保。",
    ),
    Template(
        (PETITION, SELF),
        "政策落实不到位",
        "JK02",
        "WJ",
        "{v}家庭医生签而不约",
        "电话回访{n}名签约对象，{k}名不知道签约医生是谁。要求补做随访，更新履约记录。",
    ),
    Template(
        (INSPECTION,),
        "管理不规范",
        "CY10",
        "FG",
        "{v}光伏收益公益岗长期空挂",
        "{n}个公益岗中{k}个无出勤记录仍发放补贴。要求清退并追回多发补贴。",
        n=(4, 9),
    ),
    Template(
        (PATROL, DISCIPLINE),
        "作风不实",
        "ZC01",
        "ZZ",
        "{v}驻村干部在岗不到位",
        "两次随机检查，驻村队员{n}人次中{k}人次不在岗且无请假手续。要求约谈并完善考勤。",
        n=(6, 8),
        k=(2, 3),
    ),
    Template(
        (DISCIPLINE, PETITION),
        "管理不规范",
        "JC01",
        "NY",
        "{v}救助对象评议公示不到位",
        "当年{n}次评议中{k}次未张榜公示或公示不足七日。要求补公示并公开监督电话。",
        n=(4, 8),
        k=(1, 2),
    ),
    Template(
        (MEETING, SELF),
        "政策落实不到位",
        "YS01",
        "SL",
        "{v}季节性缺水问题未彻底解决",
        "{n}户枯水期需拉水，已持续{k}周。要求新建蓄水池并接通备用水源。",
        n=(18, 64),
        k=(2, 6),
    ),
    Template(
        (INSPECTION, UPPER),
        "管理不规范",
        "YS04",
        "WJ",
        "{v}供水点消毒设备未正常运行",
        "{n}处供水点中{k}处消毒药剂过期或无运行记录。要求更换药剂，落实管水员责任。",
        n=(3, 7),
        k=(1, 2),
    ),
    Template(
        (LEADER, MEETING),
        "政策落实不到位",
        "BQ01",
        "ZR",
        "{v}安置房办证资料长期补正",
        "{n}套安置房因户籍变更需补正，{k}套超过半年未办结。要求上门收件，限期登记。",
        n=(14, 46),
        k=(4, 12),
    ),
    Template(
        (AUDIT, SELF),
        "设施闲置",
        "ZJ03",
        "NY",
        "{v}产业项目建成后闲置",
        "投资建设的{n}平方米冷库，建成后使用不足{k}个月。要求引进经营主体，明确收益分配。",
        n=(180, 620),
        k=(1, 4),
    ),
    Template(
        (LAGGING,),
        "工作推进慢",
        "JY02",
        "RS",
        "{v}技能培训进度滞后",
        "截至开办日全年{n}人次任务仅完成{k}人次。要求按周开班，说明缺口原因和追赶安排。",
        n=(36, 64),
        k=(8, 16),
    ),
    Template(
        (LAGGING,),
        "工作推进慢",
        "CY03",
        "CZ",
        "{v}小额信贷投放滞后",
        "贷款需求{n}户，已放款{k}户。要求逐户对接，说明未放款原因。",
        n=(14, 32),
        k=(3, 8),
    ),
    Template(
        (LAGGING, INSPECTION),
        "工程进度慢",
        "ZJ03",
        "NY",
        "{v}衔接资金项目推进缓慢",
        "{n}个项目中{k}个未按计划完工。要求倒排日期，每周报形象进度。",
        n=(3, 6),
        k=(1, 2),
    ),
    Template(
        (SELF, UPPER),
        "实际与资料不符",
        "CY01",
        "NY",
        "{v}新增种植面积与现场不符",
        "台账{n}亩，现场丈量少{k}亩。要求更正台账并说明原因。",
        n=(60, 180),
        k=(8, 26),
    ),
    Template(
        (INSPECTION, MEETING),
        "管理不规范",
        None,
        "HB",
        "{v}生活垃圾露天堆放",
        "{n}处垃圾堆放点未及时清运，其中{k}处靠近水源。要求立即清理并落实管护人员。",
        n=(3, 8),
        k=(1, 2),
    ),
    Template(
        (PATROL, UPPER),
        "资料不全",
        "XC06",
        "NY",
        "{v}重点村补短板资料不全",
        "十五项核查资料中{n}项缺佐证、{k}项缺验收意见。要求补齐并由行业部门签字。",
        n=(3, 6),
        k=(1, 3),
    ),
    Template(
        (PETITION,),
        "政策落实不到位",
        None,
        "MZ",
        "{v}低保申请办理超时",
        "{n}户申请中{k}户超过法定时限未答复。要求限期办结并向申请人说明。",
        n=(3, 7),
        k=(1, 2),
    ),
)
