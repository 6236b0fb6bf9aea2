"""Who answers for what: county leaders, secretaries of townships and villages, heads of departments."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from data_access.records import DutyRecord, PersonRecord

from .departments import DEPARTMENTS
from .indicators import SPECS
from .names import Names, phone
from .places import BEGIN, COUNTY, Land, Place

CHANGED_ON = date(2026, 3, 16)

LEADER_OF_AREA = "包片县领导"
TOWNSHIP_SECRETARY = "乡镇党委书记"
TOWNSHIP_HEAD = "乡镇长"
VILLAGE_SECRETARY = "村党组织书记"
FIRST_SECRETARY = "驻村第一书记"
VILLAGE_CLERK = "信息员"
DEPARTMENT_HEAD = "部门主要负责人"
INDICATOR_LEADER = "牵头部门责任人"
INDICATOR_CLERK = "指标联络员"

# (post, township the leader looks after)
LEADERS: tuple[tuple[str, str], ...] = (
    ("县委书记", "石门乡"),
    ("县委副书记、县长", "白沙镇"),
    ("县人大常委会主任", "永丰镇"),
    ("县政协主席", "大河镇"),
    ("县委副书记（专职）", "云台乡"),
    ("县委常委、常务副县长", "高寨乡"),
    ("县委常委、组织部部长", "马场镇"),
    ("县委常委、宣传部部长", "清溪镇"),
    ("县委常委、统战部部长", "茶园乡"),
    ("县委常委、县纪委书记", "青石镇"),
    ("副县长（分管农业农村）", "竹坪乡"),
    ("副县长（分管住建交通）", "双桥镇"),
    ("副县长（分管教育卫生）", "龙泉镇"),
    ("副县长（挂职）", "红岭农场"),
    ("县人大常委会副主任", "凤鸣街道"),
    ("县政协副主席", "南屏街道"),
)
_SECRETARY_POST = {"镇": "镇党委书记", "乡": "乡党委书记", "街道": "党工委书记", "农场": "农场党委书记"}
_HEAD_POST = {"镇": "镇长", "乡": "乡长", "街道": "办事处主任", "农场": "场长"}


@dataclass
class People:
    """The register as it was first entered, and what was entered later (`late_…`)."""

    persons: list[PersonRecord] = field(default_factory=list)
    duties: list[DutyRecord] = field(default_factory=list)
    late_persons: list[PersonRecord] = field(default_factory=list)
    late_duties: list[DutyRecord] = field(default_factory=list)

    def holder(
        self, role: str, day: date, *, unit: str | None = None, department: str | None = None
    ) -> PersonRecord:
        """Who held a role on a day; ValueError if nobody did."""
        held = [
            duty
            for duty in (*self.duties, *self.late_duties)
            if (duty.role, duty.unit, duty.department, duty.indicator) == (role, unit, department, None)
            and duty.valid_from <= day
        ]
        return self.by_code(max(held, key=lambda duty: duty.valid_from).person)

    def by_code(self, code: str) -> PersonRecord:
        """A person under their code."""
        return next(person for person in (*self.persons, *self.late_persons) if person.code == code)

    def clerk_of(self, department: str) -> PersonRecord:
        """The clerk of a department who keeps its indicators."""
        return [person for person in self.persons if person.department == department][1]


def people(country: Land, seed: int) -> People:
    """Everyone in charge in 2025 and 2026, the same for the same seed."""
    maker = _Register(Random(f"{seed}:people"))
    for post, township in LEADERS:
        leader = maker.person(post, unit=COUNTY)
        maker.duty(leader, LEADER_OF_AREA, unit=country.by_name[township].code)
    _departments(maker)
    for township_place in country.townships:
        _township(maker, township_place)
    for village in country.villages:
        _village(maker, village)
    _change_of_secretary(maker, country.by_name["石门乡"])
    return maker.made


class _Register:
    """Numbers people as they are entered."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.names = Names(rng)
        self.made = People()

    def person(self, post: str, *, unit: str | None = None, department: str | None = None) -> str:
        code = f"P{len(self.made.persons) + 1:04d}"
        self.made.persons.append(
            PersonRecord(code, self.names.next(), post, phone(self.rng), unit=unit, department=department)
        )
        return code

    def duty(
        self,
        person: str,
        role: str,
        first_day: date = BEGIN,
        *,
        unit: str | None = None,
        department: str | None = None,
        indicator: str | None = None,
    ) -> None:
        duties = self.made.duties if first_day == BEGIN else self.made.late_duties
        duties.append(DutyRecord(person, role, first_day, unit, department, indicator))


def _departments(maker: _Register) -> None:
    for code, name, _, _ in DEPARTMENTS:
        head = maker.person(_head_post(code, name), department=code)
        clerk = maker.person(f"{name}综合股股长", department=code)
        maker.duty(head, DEPARTMENT_HEAD, department=code)
        for one in SPECS:
            if one.record.lead == code:
                first_day = date(one.plan.years[0], 1, 1)
                maker.duty(head, INDICATOR_LEADER, first_day, department=code, indicator=one.code)
                maker.duty(clerk, INDICATOR_CLERK, first_day, department=code, indicator=one.code)


def _head_post(code: str, name: str) -> str:
    """What the second line of a department is called: its first line sits among the county's leaders."""
    if code in ("ZZ", "XC", "SG"):
        return f"{name}常务副部长"
    if code == "JW":
        return "县纪委副书记、监委副主任"
    if code == "DC":
        return "县委督查室主任"
    if code == "GD":
        return f"{name}总经理"
    return f"{name}{'理事长' if code in ('CL', 'GX') else '局长'}"


def _township(maker: _Register, township: Place) -> None:
    secretary = maker.person(_SECRETARY_POST[township.kind], unit=township.code)
    head = maker.person(_HEAD_POST[township.kind], unit=township.code)
    clerk = maker.person("乡村振兴办信息员", unit=township.code)
    maker.duty(secretary, TOWNSHIP_SECRETARY, unit=township.code)
    maker.duty(head, TOWNSHIP_HEAD, unit=township.code)
    maker.duty(clerk, VILLAGE_CLERK, unit=township.code)


def _village(maker: _Register, village: Place) -> None:
    maker.duty(maker.person(_village_post(village), unit=village.code), VILLAGE_SECRETARY, unit=village.code)
    if {"重点村", "脱贫村"} & set(village.tags):
        sent = maker.person("驻村第一书记、工作队队长", unit=village.code)
        maker.duty(sent, FIRST_SECRETARY, unit=village.code)
    maker.duty(maker.person("村级信息员", unit=village.code), VILLAGE_CLERK, unit=village.code)


def _village_post(village: Place) -> str:
    return {"社区": "社区党组织书记", "村": "村党支部书记", "分场": "党支部书记"}[village.kind]


def _change_of_secretary(maker: _Register, township: Place) -> None:
    """The secretary of one township was moved in March 2026; the duty before has its last day."""
    made, role = maker.made, TOWNSHIP_SECRETARY
    before = made.holder(role, CHANGED_ON, unit=township.code)
    code = f"P{len(made.persons) + 1:04d}"
    post = _SECRETARY_POST[township.kind]
    made.late_persons.append(
        PersonRecord(code, maker.names.next(), post, phone(maker.rng), unit=township.code)
    )
    last_day = CHANGED_ON - timedelta(days=1)
    made.late_duties.append(DutyRecord(before.code, role, BEGIN, unit=township.code, valid_to=last_day))
    made.late_duties.append(DutyRecord(code, role, CHANGED_ON, unit=township.code))
