"""What must stand under each key of a notice, computed anew out of `manage.py cells` and the tables of the database.

Neither the room's own figures nor its words are used.
"""

import csv
import sqlite3
from collections import Counter
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from pathlib import Path

from tests.views import OCTOBER

Cell = dict[str, str]
DAY = OCTOBER.isoformat()
LEVELS = {6: "county", 9: "township", 12: "village"}
FINE = ("done", "on_plan")
LAGGING = ("behind", "far_behind", "unfinished")
JUDGED = (*FINE, "slightly_behind", *LAGGING)
COUNTED = (*JUDGED, "unreported", "awaiting", "not_yet_reported")
MARKS = {
    "done": "✓",
    "on_plan": "●",
    "slightly_behind": "◐",
    "behind": "▲",
    "far_behind": "■",
    "unfinished": "■",
}
MARKS |= {"unreported": "○", "awaiting": "◇", "not_yet_reported": "…", "not_due": "▷", "no_task": "—"}
GATE = Decimal("0.8")
OPEN_STATES = {"assigned": "待交办", "working": "整改中", "verifying": "待核验", "returned": "退回整改"}
OPEN_STATES |= {"deferred": "暂缓整改"}
# What is counted by the shares of which something lacks.
COUNTED_IN = {"YS01": "户", "XC02": "户", "JK01": "人", "JK02": "人"}
DATED = ("milestone", "checklist")


def rounded(value: Decimal, edges: list[Decimal], least: int = 1) -> Decimal:
    """One decimal, or as many as asked for; more where that would bring a figure onto an edge it has not reached."""
    for places in range(least, 13):
        shown = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        if all((shown > edge) == (value > edge) and (shown < edge) == (value < edge) for edge in edges):
            return shown
    raise AssertionError(f"{value} is too close to an edge")


def percent(share: Decimal, *edges: Decimal, least: int = 1) -> str:
    shown = rounded(round(share, 12) * 100, [Decimal(0), Decimal(100), *edges], least)
    return f"{shown:,}%".replace("-", "−")


def points(cell: Cell) -> str:
    edges = [Decimal(cell[name]) * 100 for name in ("behind_gap", "far_gap") if cell[name]]
    shown = rounded(round(Decimal(cell["gap"]), 12) * 100, [Decimal(0), *edges])
    return "0.0" if not shown else f"{shown:+}".replace("-", "−")


def amount(value: str, cell: Cell) -> str:
    scale = int(cell["scale"])
    return f"{Decimal(value).scaleb(-scale):,.{scale}f}"


def measured(shown: str, cell: Cell) -> str:
    return shown if shown.endswith(cell["measure"]) else shown + cell["measure"]


class Source:
    """What the file of cells and the tables say."""

    def __init__(self, cells: Path, database: Path) -> None:
        with cells.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
        self.days = {row["indicator"]: row["data_day"] for row in rows}
        held = [row for row in rows if row["is_principal"] == "True" and row["why"] != "reported_above"]
        self.cells = {(row["unit"], row["indicator"]): row for row in held}
        self.database = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        self.owed, self.reported, self.waiting = self._reports()
        self.issues = self._issues()
        self.whose = dict(self.database.execute("SELECT number, unit FROM issue"))
        self.ranks = self._ranks()

    def states(self, unit: str = "", level: str = "") -> Counter[str]:
        return Counter(
            cell["state"]
            for (code, _), cell in self.cells.items()
            if (code == unit if unit else LEVELS[len(code)] == level)
        )

    def doubted(self, unit: str = "") -> str:
        held = [cell for (code, _), cell in self.cells.items() if (code == unit if unit else len(code) == 9)]
        return str(sum(cell["doubted"] == "True" and cell["state"] in JUDGED for cell in held))

    def _reports(self) -> tuple[Counter[str], Counter[str], Counter[str]]:
        """What each unit owes for the periods in force: a township for its villages, others for themselves."""
        about = {
            code: (kind, level)
            for code, kind, level in self.database.execute(
                "SELECT indicator, kind, level_reported FROM indicator_version WHERE valid_from <= ?"
                " ORDER BY valid_from, recorded_at",
                (DAY,),
            )
        }
        owed: Counter[str] = Counter()
        reported: Counter[str] = Counter()
        waiting: Counter[str] = Counter()
        for unit, code, period, due, came, waits in self.database.execute(
            "SELECT ancestor, indicator, period, units_owed, units_reported, units_waiting FROM rollup"
            " WHERE layer = 'reported'"
        ):
            kind, level = about[code]
            hands_in = "township" if level == "village" else level
            if kind in ("milestone", "checklist") or period != self.days.get(code):
                continue
            if LEVELS[len(unit)] == hands_in:
                owed[unit] += due
                reported[unit] += came
                waiting[unit] += waits
        return owed, reported, waiting

    def _issues(self) -> dict[str, tuple[str, str, int]]:
        """State, class and days after the deadline in force of every item."""
        found = {}
        for number, name, first in self.database.execute(
            "SELECT number, problem_class, first_deadline FROM issue"
        ):
            state, deadline = "assigned", first
            for now, moved in self.database.execute(
                "SELECT state, deadline FROM issue_event WHERE number = ? AND day <= ? ORDER BY day, id",
                (number, DAY),
            ):
                state, deadline = now, moved or deadline
            [days] = self.database.execute("SELECT julianday(?) - julianday(?)", (DAY, deadline)).fetchone()
            found[number] = (state, name, int(days))
        return found

    def open_days(self, name: str = "") -> list[int]:
        return [
            days
            for state, of, days in self.issues.values()
            if state not in ("closed", "withdrawn") and name in ("", of)
        ]

    def overdue_below(self, unit: str) -> int:
        """How many open items of a township's villages are past their day."""
        return sum(
            days > 0 and state not in ("closed", "withdrawn") and self.whose[number][:-3] == unit
            for number, (state, _, days) in self.issues.items()
        )

    def _ranks(self) -> dict[str, int]:
        """By share on plan, then by fewer far behind; who reported less than the gate has none."""
        held = {}
        for unit in {code for code, _ in self.cells if len(code) == 9}:
            states = self.states(unit)
            judged = sum(states[state] for state in JUDGED)
            if judged and self.reported[unit] >= GATE * self.owed[unit]:
                fine = sum(states[state] for state in FINE)
                held[unit] = (-Decimal(fine) / judged, states["far_behind"])
        return {unit: 1 + sum(other < mine for other in held.values()) for unit, mine in held.items()}

    def name(self, unit: str) -> str:
        """The name of a unit, with its township's before a village's."""
        name, parent = self.database.execute(
            "SELECT name, parent FROM unit_version WHERE unit = ? AND valid_from <= ?"
            " ORDER BY valid_from DESC, recorded_at DESC",
            (unit, DAY),
        ).fetchone()
        return f"{self.name(parent)}{name}" if len(unit) == 12 else str(name)


def cell_text(cell: Cell, name: str) -> str:
    is_kept = cell["kept"] == "True" and cell["state"] == "on_plan"
    word = "达标" if is_kept else cell["state_word"]
    if name == "state":
        return word
    if name == "short":
        kept = {"True": "达标", "False": "未达标"}.get(cell["kept"], word)
        return f"{MARKS[cell['state']]} {points(cell) if cell['gap'] and not cell['kept'] else kept}"
    if name == "beside":
        return beside_text(cell)
    if name == "state_said":
        return "，".join(filter(None, (word + "（未达标）" * (cell["kept"] == "False"), beside_text(cell))))
    if name == "target":
        return target_text(cell)
    if name == "actual":
        return actual_text(cell)
    if name == "reached":
        # All that the demo's notice tells of are of one village or of the county's sixteen.
        assert cell["kind"] == "milestone", cell
        is_none = cell["numerator"] == "0" and cell["denominator"] == "1"
        return "尚未达到" if is_none else f"{actual_text(cell)}达到"
    if name in ("actual_in", "target_in"):
        return measured(amount(cell[name], cell), cell)
    if name in ("completion", "planned"):
        return percent(Decimal(cell[name]))
    if name in ("units_in", "units_owed"):
        return cell[name]
    if name == "gap_bare":
        return points(cell)
    if name == "days":
        return f"{cell['days_behind']}天"
    if name in ("data_day", "deadline"):
        year, month, day = map(int, cell[name].split("-"))
        return f"{year}年{month}月{day}日"
    assert name == "gap"
    shown = points(cell)
    if not shown.strip("0."):
        return "与序时进度持平"
    return f"{'低' if shown[0] == '−' else '高'}于序时进度{shown[1:]}个百分点"


def beside_text(cell: Cell) -> str:
    """How far a limit is missed, how many a share still lacks, what is due by now, of a cell that lags."""
    if cell["measure"] == "%" and cell["numerator"]:
        done, whole = Decimal(cell["numerator"]), Decimal(cell["denominator"])
        asked = Decimal(cell["target"]).scaleb(-int(cell["scale"])) / 100
        if cell["comparator"] == ">=":
            return f"尚差{(asked * whole - done).to_integral_value(ROUND_CEILING)}{COUNTED_IN[cell['indicator']]}"
        return f"超限{((done / whole - asked) * 100).quantize(Decimal('0.01'), ROUND_HALF_UP)}个百分点"
    if cell["kind"] == "duty":
        # Once a month: by the end of October ten of twelve.
        return f"至今应完成{measured(str(int(cell['target']) * int(DAY[5:7]) // 12), cell)}"
    if not cell["kept"]:
        return ""
    done, asked = (Decimal(cell[name + "_in" * bool(cell["target_in"])]) for name in ("actual", "target"))
    way = "超限" if cell["comparator"] == "<=" else "尚差"
    of_those_in = "（已报单位）" if int(cell["units_in"]) < int(cell["units_owed"]) else ""
    return f"{way}{measured(amount(str(abs(done - asked)), cell), cell)}{of_those_in}"


def target_text(cell: Cell) -> str:
    assert not cell["measured_from"] and cell["force"] != "strive" and not cell["minimum"], cell
    if cell["kind"] in ("qualitative", "milestone"):
        return cell["text"]
    sign = {">=": "", "<=": "不高于" if int(cell["target"]) else ""}[cell["comparator"]]
    return measured(sign + amount(cell["target"], cell), cell)


def actual_text(cell: Cell) -> str:
    if cell["actual_ratio"] and cell["measure"] == "%":
        edges = [Decimal(cell["target"]).scaleb(-int(cell["scale"]))] if cell["target"] else []
        # As fine as the limit that it is held against, and as what it is beyond it.
        least = max(1, int(cell["scale"])) if cell["kept"] else 1
        shown = percent(Decimal(cell["actual_ratio"]), *edges, least=least)
    else:
        shown = amount(cell["actual"], cell)
    prefix = ("至少" if cell["at_least"] == "True" else "") + ("约" if cell["approximate"] == "True" else "")
    return measured(f"{prefix}{shown}", cell)


def counted(states: Counter[str], name: str) -> str:
    groups = {"total": COUNTED, "fine": FINE, "lagging": LAGGING, "judged": JUDGED, "waiting": ("awaiting",)}
    if name == "left_out":
        return str(sum(number for state, number in states.items() if state not in COUNTED))
    return str(sum(states[state] for state in groups.get(name, (name,))))


def unit_text(source: Source, unit: str, name: str) -> str:
    states = source.states(unit)
    if name == "name":
        return source.name(unit)
    if name == "doubted":
        return source.doubted(unit)
    if name == "rate":
        return percent(Decimal(counted(states, "fine")) / Decimal(counted(states, "judged")))
    if name == "overdue_below":
        return str(source.overdue_below(unit))
    if name == "rank":
        return str(source.ranks[unit])
    if name in ("owed", "reported"):
        return f"{ ({'owed': source.owed, 'reported': source.reported}[name][unit]):,}"
    if name == "reported_rate":
        return percent(Decimal(source.reported[unit]) / source.owed[unit])
    return counted(states, "fine" if name == "on_plan" else name)


def ledger_text(source: Source, name: str) -> str:
    days = source.open_days()
    if name == "closing_rate":
        closed = sum(state == "closed" for state, _, _ in source.issues.values())
        return percent(Decimal(closed) / sum(state != "withdrawn" for state, _, _ in source.issues.values()))
    held = {
        "open": len(days),
        "overdue": sum(each > 0 for each in days),
        "due_soon": sum(-7 <= each <= 0 for each in days),
    }
    return str(held[name])


def units_text(source: Source, name: str) -> str:
    townships = [unit for unit in source.owed if len(unit) == 9]
    silent = [unit for unit in townships if source.reported[unit] < GATE * source.owed[unit]]
    held = {
        "townships": len(townships),
        "silent": len(silent),
        "indicators": len({code for _, code in source.cells}),
        "ranked": len(source.ranks),
    }
    return str(held[name])


def figure_text(source: Source, key: str) -> str:
    """What must stand under a key."""
    kind, *parts = key.split("|")
    if kind == "cell":
        return cell_text(source.cells[parts[0], parts[1]], parts[2])
    if kind == "unit":
        return unit_text(source, *parts)
    if kind == "count" and parts[1] == "doubted":
        return source.doubted()
    if kind == "count":
        return counted(source.states(level=parts[0]), parts[1])
    if kind == "reports":
        owed, reported = sum(source.owed.values()), sum(source.reported.values())
        rate = percent(Decimal(reported) / owed)
        waits = sum(source.waiting.values())
        return {"owed": f"{owed:,}", "reported": f"{reported:,}", "rate": rate, "waiting": f"{waits:,}"}[
            parts[0]
        ]
    if kind == "ledger":
        return ledger_text(source, parts[0])
    if kind == "issue":
        state, _, days = source.issues[parts[0]]
        return OPEN_STATES[state] if parts[1] == "state" else f"{days}天"
    if kind == "class":
        return str(sum(days > 0 for days in source.open_days(parts[0])))
    if kind == "data_on":
        told = {
            code: cell["data_day"] for (_, code), cell in source.cells.items() if cell["kind"] not in DATED
        }
        return str(list(told.values()).count(parts[0]))
    if kind == "behind_on":
        held = [cell for (unit, code), cell in source.cells.items() if code == parts[0] and len(unit) == 9]
        return str(sum(cell["state"] in LAGGING for cell in held))
    return units_text(source, parts[0])
