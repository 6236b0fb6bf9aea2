"""Two years of rectification items and what became of each, drawn from the kinds of problem such checks find."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from data_access.records import IssueEventRecord, IssueRecord
from metrics.vocabulary import IssueState, Level

from .batch import Batch, moment
from .departments import DEPARTMENTS, short_name
from .indicators import BY_CODE
from .people import DEPARTMENT_HEAD, TOWNSHIP_SECRETARY, VILLAGE_SECRETARY, People
from .places import COUNTY, Land, Place
from .rectification_kinds import TEMPLATES, Template
from .rectification_told import TOLD, Told

AS_OF = date(2026, 10, 31)
SUPERVISORS = "县委督查室"

# (opened from, to, fate of each of so many items)
_SEASONS: tuple[tuple[date, date, dict[str, int]], ...] = (
    (date(2025, 1, 20), date(2025, 12, 20), {"closed": 55, "late": 8}),
    (date(2026, 1, 8), date(2026, 5, 28), {"closed": 21, "late": 4, "overdue": 2, "returned": 1}),
    (
        date(2026, 6, 2),
        date(2026, 8, 28),
        {"closed": 10, "late": 1, "overdue": 4, "verifying": 1, "extended": 2},
    ),
    (date(2026, 9, 1), date(2026, 10, 8), {"proposed": 4, "due_soon": 6, "deferred": 1}),
    (date(2026, 9, 8), date(2026, 10, 27), {"working": 14}),
    (date(2026, 10, 26), date(2026, 10, 30), {"assigned": 3}),
)
_TERMS = (15, 20, 30, 30, 45, 60)
# What is deferred is looked at again on this day, which is its deadline until then.
_REVIEW_DAY = date(2026, 12, 31)
# What the unit hands in with its proposal, by class of problem.
_PROOFS = {
    "质量不达标": "返工前后对比照片8张、户主签字单",
    "工程进度慢": "现场照片12张、施工日志、到户进度表",
    "工作推进慢": "周调度记录、到户到人进度表",
    "设施闲置": "使用情况登记表、现场照片6张",
    "资金拨付慢": "支付回单4张、结算审核表",
    "管理不规范": "补办手续复印件、会议记录、公示照片",
    "资料不全": "补齐的资料目录和扫描件、乡镇复核意见",
    "实际与资料不符": "逐户核查表、更正后的台账扫描件",
    "收入不合理": "收入重新核算表、系统更正截图",
    "前后不对应": "逐人核对表、更正后的台账扫描件",
    "政策落实不到位": "补办名单、受理回执、群众签字确认单",
    "作风不实": "约谈记录、考勤制度和近两月签到表",
}
_CHECKED = "现场核验记录表、抽查照片"


@dataclass(frozen=True)
class Item:
    """One item before it has a number."""

    unit: Place
    template: Template
    opened_on: date
    deadline: date
    fate: str


@dataclass(frozen=True)
class Ledger:
    """All items with their events."""

    issues: tuple[IssueRecord, ...]
    events: tuple[IssueEventRecord, ...]


def ledger(country: Land, people: People, seed: int) -> Ledger:
    """Every item opened since January 2025, numbered by the day it was opened."""
    rng = Random(f"{seed}:rectification")
    items = sorted(
        (*_told(country), *_drawn(country, rng)), key=lambda item: (item.opened_on, item.unit.code)
    )
    issues: list[IssueRecord] = []
    events: list[IssueEventRecord] = []
    counts = {2025: 0, 2026: 0}
    for item in items:
        counts[item.opened_on.year] += 1
        number = f"ZG{item.opened_on.year}-{counts[item.opened_on.year]:03d}"
        issue = _issue(item, number, country, people, rng)
        issues.append(issue)
        events += _history(item, issue, country, people, rng)
    return Ledger(tuple(issues), tuple(events))


def weekly_batches(found: Ledger, author: str) -> Iterator[Batch]:
    """The ledger as the supervisors keep it: entered every Friday, openings before moves."""
    weeks: dict[date, tuple[list[IssueRecord], list[IssueEventRecord]]] = {}
    for issue in found.issues:
        weeks.setdefault(_friday(issue.opened_on), ([], []))[0].append(issue)
    for event in found.events:
        weeks.setdefault(_friday(event.day), ([], []))[1].append(event)
    for friday in sorted(weeks):
        issues, events = weeks[friday]
        yield Batch(moment(friday, 17), author, (*issues, *events))


def _friday(day: date) -> date:
    return day + timedelta(days=(4 - day.weekday()) % 7)


def _told(country: Land) -> Iterator[Item]:
    for told in TOLD:
        yield _item(country.by_name[told.unit], told)


def _item(unit: Place, told: Told) -> Item:
    return Item(unit, told.template, told.opened_on, told.opened_on + timedelta(days=told.days), told.fate)


def _drawn(country: Land, rng: Random) -> Iterator[Item]:
    # Mountain villages and those with many poor households are looked at more often.
    villages = [village for village in country.villages if village.is_rural]
    weights = [village.relieved + (60 if "重点村" in village.tags else 0) for village in villages]
    deck: list[Template] = []
    for first, last, fates in _SEASONS:
        for fate, count in fates.items():
            for _ in range(count):
                deck = deck or rng.sample(TEMPLATES, len(TEMPLATES))
                opened = _workday(first + timedelta(days=rng.randint(0, (last - first).days)))
                deadline = _deadline(rng, opened, fate)
                yield Item(rng.choices(villages, weights)[0], deck.pop(), opened, deadline, fate)


def _workday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _deadline(rng: Random, opened: date, fate: str) -> date:
    if fate == "due_soon":
        return AS_OF + timedelta(days=rng.randint(1, 7))
    if fate in ("working", "assigned", "deferred", "proposed"):
        return AS_OF + timedelta(days=rng.randint(10, 55))
    deadline = opened + timedelta(days=rng.choice(_TERMS))
    if fate == "overdue":
        return min(deadline, AS_OF - timedelta(days=rng.randint(2, 45)))
    return deadline


def _issue(item: Item, number: str, country: Land, people: People, rng: Random) -> IssueRecord:
    template = item.template
    n = rng.randint(*template.n)
    words = {"v": item.unit.name, "n": n, "k": rng.randint(*(template.k or (1, max(2, n // 3))))}
    return IssueRecord(
        number=number,
        unit=item.unit.code,
        source=rng.choice(template.sources),
        problem_class=template.problem_class,
        title=template.title.format(**words),
        detail=template.detail.format(**words),
        opened_on=item.opened_on,
        first_deadline=item.deadline,
        department=template.department,
        indicator=_indicator(item),
        responsible=_responsible(item, people),
    )


def _indicator(item: Item) -> str | None:
    """The indicator an item belongs to, unless the county did not measure it yet."""
    code = item.template.indicator
    return code if code is not None and item.opened_on.year in BY_CODE[code].plan.years else None


def _responsible(item: Item, people: People) -> str:
    role = VILLAGE_SECRETARY if item.unit.level is Level.VILLAGE else TOWNSHIP_SECRETARY
    return people.holder(role, item.opened_on, unit=item.unit.code).code


@dataclass(frozen=True)
class _Hands:
    """Who moves an item: the unit that mends, the department that looks, the supervisors."""

    number: str
    fixer: str
    fixer_unit: str
    checker: str
    checker_unit: str
    supervisor: str

    def event(
        self,
        state: IssueState,
        day: date,
        by: str,
        *,
        deadline: date | None = None,
        review_day: date | None = None,
        turn: int = 1,
        note: str | None = None,
        evidence: str | None = None,
    ) -> IssueEventRecord:
        actor, unit = {
            "fixer": (self.fixer, self.fixer_unit),
            "checker": (self.checker, self.checker_unit),
            "supervisor": (self.supervisor, SUPERVISORS),
        }[by]
        return IssueEventRecord(
            self.number, state, day, actor, unit, deadline, review_day, turn, note, evidence
        )


def _hands(item: Item, issue: IssueRecord, country: Land, people: People) -> _Hands:
    fixer = people.by_code(issue.responsible or "")
    head = people.holder(DEPARTMENT_HEAD, item.opened_on, department=item.template.department)
    above = country.by_code[item.unit.parent or COUNTY]
    home = item.unit.name if above.code == COUNTY else f"{above.name}{item.unit.name}"
    checker_unit = next(name for code, name, _, _ in DEPARTMENTS if code == item.template.department)
    return _Hands(issue.number, fixer.name, home, head.name, checker_unit, people.clerk_of("DC").name)


def _history(
    item: Item, issue: IssueRecord, country: Land, people: People, rng: Random
) -> list[IssueEventRecord]:
    hands, opened = _hands(item, issue, country, people), item.opened_on
    events = [
        hands.event(
            IssueState.ASSIGNED,
            opened,
            "supervisor",
            note=f"交{hands.fixer_unit}办理，{short_name(item.template.department)}督办",
        )
    ]
    if item.fate == "assigned":
        return events
    begun = opened + timedelta(days=rng.randint(1, 4))
    events.append(hands.event(IssueState.WORKING, begun, "fixer", note="已制定整改方案，明确措施和责任人"))
    return events + _after(item, hands, begun, rng)


def _after(item: Item, hands: _Hands, begun: date, rng: Random) -> list[IssueEventRecord]:
    fate, deadline = item.fate, item.deadline
    if fate in ("closed", "late", "relapsed"):
        return _closed(item, hands, begun, rng)
    if fate in ("verifying", "proposed"):
        day = min(deadline, AS_OF) - timedelta(days=rng.randint(1, 6))
        return [_proposed(hands, item, max(begun, day))]
    if fate == "returned":
        day = min(deadline, AS_OF - timedelta(days=20)) - timedelta(days=3)
        back = day + timedelta(days=8)
        return [
            _proposed(hands, item, day),
            hands.event(IssueState.RETURNED, back, "checker", note="现场复核仍有未整改到位的点位，退回重办"),
        ]
    if fate == "deferred":
        day = max(begun, min(deadline, AS_OF) - timedelta(days=12))
        return [_deferred(hands, day)]
    if fate == "withdrawn":
        day = begun + timedelta(days=9)
        return [
            hands.event(
                IssueState.WITHDRAWN, day, "supervisor", note="经核实不属该单位责任，立项有误，予以撤销"
            )
        ]
    if fate == "extended":
        later = AS_OF + timedelta(days=20)
        note = "因汛期道路中断，经县委督查室同意延期（云督函〔2026〕22号）"
        return [
            hands.event(
                IssueState.WORKING, deadline - timedelta(days=2), "supervisor", deadline=later, note=note
            )
        ]
    return []


def _proposed(hands: _Hands, item: Item, day: date) -> IssueEventRecord:
    proof = _PROOFS[item.template.problem_class]
    return hands.event(IssueState.VERIFYING, day, "fixer", note="整改完成，申请核验", evidence=proof)


def _deferred(hands: _Hands, day: date) -> IssueEventRecord:
    return hands.event(
        IssueState.DEFERRED,
        day,
        "supervisor",
        deadline=_REVIEW_DAY,
        review_day=_REVIEW_DAY,
        note="涉及上级审批事项，本级暂不具备整改条件，暂缓整改、按季复查（云督函〔2026〕18号）",
    )


def _closed(item: Item, hands: _Hands, begun: date, rng: Random) -> list[IssueEventRecord]:
    """Proposed by the unit that mended it, closed by the department that looked, perhaps opened again."""
    on_time = item.deadline - timedelta(days=rng.randint(1, 8))
    closing = item.deadline + timedelta(days=rng.randint(4, 40)) if item.fate == "late" else on_time
    closing = max(begun + timedelta(days=2), min(closing, AS_OF - timedelta(days=3)))
    proposed = max(begun, closing - timedelta(days=rng.randint(1, 5)))
    events = [
        _proposed(hands, item, proposed),
        hands.event(
            IssueState.CLOSED,
            closing,
            "checker",
            note="现场核验通过，同意销号",
            evidence=_CHECKED,
        ),
    ]
    if item.fate == "relapsed":
        again = closing + timedelta(days=41)
        note = "回头看发现同类问题再次发生，按问题反弹恢复办理"
        events.append(
            hands.event(
                IssueState.WORKING,
                again,
                "supervisor",
                deadline=again + timedelta(days=150),
                turn=2,
                note=note,
            )
        )
    return events
