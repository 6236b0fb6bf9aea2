"""The rules in words: every edge in one place, inclusive or exclusive in writing, as pages print them."""

from collections.abc import Mapping
from math import inf

from metrics.book_titles import inside
from metrics.figures import day_text
from metrics.limits import Limits
from metrics.rule_words import SCOPES
from metrics.rules import ATTENTION_CLASSES, Rules
from metrics.vocabulary import Kind, Level, State
from metrics.words import Lang, Words, choose, word

Line = tuple[State, Words]

CLASS_WORDS: dict[str, Words] = {
    "far_on_key": ("重点指标严重滞后", "far behind on a key indicator"),
    "far": ("其他指标严重滞后", "far behind on any other"),
    "overdue": ("整改事项逾期", "overdue rectification item"),
    "behind": ("滞后", "behind"),
}
_WHOLE: Words = (
    "按整户、整人、整个计数的，缺口不足1为达序时",
    "whole things: a shortfall of less than one is on plan",
)
_NOT_BEGUN: Words = (
    "计划开始的月份结束时仍未动的，至少为滞后",
    "not begun by the end of its planned month: behind at least",
)
_STEPS_STAY: Words = ("节点和分步计划按一般的天数界限", "milestones and steps by the days for all")
_STEPS_TOO: Words = ("节点和分步计划同此", "milestones and steps alike")
assert tuple(CLASS_WORDS) == ATTENTION_CLASSES


def legend(rules: Rules, lang: Lang) -> tuple[tuple[State, str], ...]:
    """State and its threshold for all in words, for every judged state, best first."""
    lines = (*_slope_lines(rules.own.general), _unfinished_line())
    return tuple((state, choose(words, lang)) for state, words in lines)


def document_line(rules: Rules, lang: Lang) -> str:
    """Which document it is: title, number and the day from which it is in force; of the shipped rules that they are."""
    if rules.valid_from is None:
        return choose(
            ("软件默认规则（县里尚无规则文件）", "shipped default rules (no document of the county)"), lang
        )
    day = day_text(rules.valid_from, lang)
    words = (
        f"《{inside(rules.title)}》（{rules.number}），自{day}起执行",
        f"{rules.title} ({rules.number}), in force from {day}",
    )
    return choose(words, lang)


def own_thresholds(rules: Rules, lang: Lang, names: Mapping[str, str]) -> tuple[str, ...]:
    """One line for each level, kind, tag or indicator with thresholds of its own; `names` are those of indicators."""
    return tuple(_own_line(limits, lang, names) for limits in rules.own.exceptions)


def whose(limits: Limits, lang: Lang, names: Mapping[str, str]) -> str:
    """Whose thresholds they are: a level, a kind, a tag or an indicator by name."""
    name = limits.name
    if limits.scope == "level":
        name = word(Level(name), lang)
    elif limits.scope == "indicator":
        name = names.get(name, name)
    return f"{choose(SCOPES[limits.scope], lang)}{choose(('“{}”', ' “{}”'), lang).format(name)}"


def period_rules(rules: Rules, lang: Lang) -> tuple[str, ...]:
    """What the periods before do to a colour: nothing where the document does not say so."""
    said: list[Words] = []
    if rules.persistence > 1:
        n = rules.persistence
        said.append(
            (
                f"持续：连续{n}期变差才降档，好转当期恢复；不足{n}期的保持原档，年初为达序时",
                f"persistence: a colour worsens after {n} periods in a row and improves at once; "
                "before that it stays, at the start of the year on plan",
            )
        )
    if rules.escalation is not None:
        n = rules.escalation
        said.append(
            (
                f"升级：连续{n}期略滞后及以上的，按其中最好的一期从严一档",
                f"escalation: slightly behind or worse for {n} periods in a row is one step worse than the "
                "best of them",
            )
        )
    if rules.not_begun:
        said.append(_NOT_BEGUN)
    if rules.unexplained_periods is not None:
        n = rules.unexplained_periods
        said.append(
            (
                f"连续{n}期滞后及以上、又没有已接收原因说明的，为严重滞后",
                f"behind or worse for {n} periods running without an accepted explanation: far behind",
            )
        )
    if rules.periods_asked > 1:
        said.append(
            (
                "一期未报不计入也不中断，两期未报即中断",
                "one period without a report neither counts nor breaks a run, two do",
            )
        )
    return tuple(choose(words, lang) for words in said)


def rule_of(
    rules: Rules,
    lang: Lang,
    *,
    kind: str | None,
    is_stepped: bool,
    is_whole: bool,
    limits: Limits | None = None,
) -> str:
    """The thresholds that decide a target of one kind, and no other: in points, in days, as a ratio, or kept.

    `limits` are those of its indicator or unit where it has some of its own (`Own.of_cell`).
    """
    if kind == Kind.KEEP:
        return choose(_keep_note(rules), lang)
    own = limits or rules.own.general
    done, unfinished = _done_line(), _unfinished_line()
    by_days = is_stepped or kind == Kind.MILESTONE
    lines = (done, *(() if by_days else _slope_lines(own)[1:]), unfinished)
    shown = [f"{word(state, lang)} {choose(words, lang)}" for state, words in lines]
    shown += [choose(_step_note(own), lang)] if by_days else []
    shown += [choose(_slope_days_note(rules), lang)] if not by_days and _counts_days(own) else []
    shown += [choose(_WHOLE, lang)] if is_whole else []
    shown += [choose(_NOT_BEGUN, lang)] if rules.not_begun and kind != Kind.MILESTONE else []
    return choose(("；", "; "), lang).join(shown)


def _counts_days(own: Limits) -> bool:
    """Whether days behind colour a target that is judged by its gap."""
    return min(own.slope_behind, own.slope_far) < inf


def notes(rules: Rules, lang: Lang) -> tuple[str, ...]:
    """What the thresholds do not say themselves: steps, keep targets, whole things, about, the gate, periods."""
    general = rules.own.general
    slopes = [_slope_days_note(rules)] if _counts_days(general) else []
    held = (_step_note(general), _keep_note(rules), *slopes, *_other_notes(rules))
    return (*(choose(words, lang) for words in held), *period_rules(rules, lang))


def lagging_rule(rules: Rules, lang: Lang) -> str:
    """When a unit is called lagging, in one sentence."""
    share, count, run = rules.lagging_share, rules.lagging_count, rules.lagging_run
    parts = [
        (
            f"滞后及以上不少于可评判考核目标的{share}且不少于{count}项",
            f"at least {share} and at least {count} of the judged principal targets behind or worse",
        ),
        (f"同一目标连续{run}期滞后及以上", f"the same target behind or worse for {run} periods running"),
        (
            f"本单位的整改事项逾期超过{rules.lagging_overdue_days}天",
            f"a rectification item of its own overdue by more than {rules.lagging_overdue_days} days",
        ),
    ]
    if rules.lagging_far_on_key:
        parts.insert(0, ("任一重点指标严重滞后", "far behind on any key indicator"))
    gate = f"{rules.reporting_gate:.0%}"
    zh = "滞后单位：" + "；或".join(zh for zh, _ in parts)
    zh += f"。乡镇报送率低于{gate}的不列入，单列为报送不足"
    en = "Lagging: " + "; or ".join(en for _, en in parts)
    en += f". Townships that reported less than {gate} are not listed but stand apart"
    return choose((zh, en), lang)


def rank_rule(rules: Rules, lang: Lang) -> str:
    """How units are ranked, in one sentence."""
    gate = f"{rules.reporting_gate:.0%}"
    groups = rules.peer_groups
    apart: Words = ("", "")
    if groups:
        apart = (
            f"{'、'.join(groups)}分别排名，其余单位另为一组。",
            f" {', '.join(groups)} rank apart, all others as a group of their own.",
        )
    return choose(
        (
            "排名：达序时率=（已完成+达序时）÷可评判考核目标数；相同的，严重滞后少者在前；仍相同的，名次并列。"
            f"报送率低于{gate}的单位不参与排名，单列。{apart[0]}",
            "Rank: share on plan = (done + on plan) ÷ judged principal targets; if equal, fewer far behind "
            f"first; if still equal, the rank is shared. Units that reported less than {gate} stand "
            f"apart.{apart[1]}",
        ),
        lang,
    )


def attention_rule(rules: Rules, lang: Lang) -> str:
    """The order of attention, in one sentence."""
    words = [CLASS_WORDS[name] for name in rules.attention_order]
    zh = "重点调度顺序：" + "、".join(zh for zh, _ in words) + "；同类按占全县缺口的比重。"
    en = (
        "Order of attention: " + ", ".join(en for _, en in words) + "; within each by share of the shortfall."
    )
    return choose((zh, en), lang)


def _own_line(limits: Limits, lang: Lang, names: Mapping[str, str]) -> str:
    lines = _slope_lines(limits)[2:]
    shown = [f"{word(state, lang)} {choose(words, lang)}" for state, words in lines]
    stays = limits.measure != "days"
    shown += [choose(_STEPS_STAY, lang)] if stays else [choose(_STEPS_TOO, lang)]
    return whose(limits, lang, names) + choose(("：", ": "), lang) + choose(("；", "; "), lang).join(shown)


def _number(value: float) -> str:
    return f"{value:g}".replace("-", "−")


def _done_line() -> Line:
    return State.DONE, ("完成率 ≥ 100%", "completion ≥ 100 %")


def _slope_lines(limits: Limits) -> tuple[Line, ...]:
    """The states of plans on a slope, best first, each with its edges."""
    slightly, behind, far = (_either(parts) for parts in zip(*_measures(limits), strict=True))
    return (
        _done_line(),
        (State.ON_PLAN, ("较序时 ≥ 0", "gap to plan ≥ 0")),
        (State.SLIGHTLY_BEHIND, slightly),
        (State.BEHIND, behind),
        (State.FAR_BEHIND, far),
    )


def _either(parts: tuple[Words | None, ...]) -> Words:
    held = [part for part in parts if part is not None]
    return "，或".join(zh for zh, _ in held), ", or ".join(en for _, en in held)


def _measures(limits: Limits) -> list[tuple[Words | None, Words | None, Words | None]]:
    """Slightly behind, behind and far behind in every measure that decides."""
    held: list[tuple[Words | None, Words | None, Words | None]] = []
    if limits.by_points and limits.behind_gap > -inf:
        held.append(_by_points(_number(limits.behind_gap * 100), _number(limits.far_gap * 100)))
    if limits.by_ratio:
        held.append(_by_ratio(_number(limits.behind_ratio * 100), _number(limits.far_ratio * 100)))
    if min(limits.slope_behind, limits.slope_far) < inf:
        held.append(_by_days(limits, is_alone=not held))
    return held


def _by_points(behind: str, far: str) -> tuple[Words, Words, Words]:
    zh, en = "（个百分点）", " (percentage points)"
    return (
        (f"{behind} < 较序时 < 0{zh}", f"{behind} < gap < 0{en}"),
        (f"{far} ≤ 较序时 ≤ {behind}{zh}", f"{far} ≤ gap ≤ {behind}{en}"),
        (f"较序时 < {far}{zh}", f"gap < {far}{en}"),
    )


def _by_ratio(behind: str, far: str) -> tuple[Words, Words, Words]:
    return (
        (f"{behind}% < 序时完成比 < 100%", f"{behind} % < completion ÷ plan < 100 %"),
        (f"{far}% ≤ 序时完成比 ≤ {behind}%", f"{far} % ≤ completion ÷ plan ≤ {behind} %"),
        (f"序时完成比 < {far}%", f"completion ÷ plan < {far} %"),
    )


def _by_days(limits: Limits, *, is_alone: bool) -> tuple[Words | None, Words | None, Words | None]:
    behind, far = limits.slope_behind, limits.slope_far
    first: Words = (f"较序时 < 0、滞后不足 {behind:g} 天", f"gap < 0 and less than {behind:g} days behind")
    upper = f" ≤ {far:g}" if far < inf else ""
    second: Words = (f"{behind:g} ≤ 滞后天数{upper}", f"{behind:g} ≤ days behind{upper}")
    last: Words = (f"滞后天数 > {far:g}", f"days behind > {far:g}")
    return first if is_alone else None, second if behind < inf else None, last if far < inf else None


def _unfinished_line() -> Line:
    return State.UNFINISHED, ("到完成时限仍未完成", "not done at the target's deadline")


def _step_note(limits: Limits) -> Words:
    first, last = f"{limits.step_behind:g}", f"{limits.step_far:g}"
    return (
        f"节点和分步计划按滞后天数：{first} ≤ 天数 ≤ {last} 为滞后，"
        f"天数 > {last} 为严重滞后，不足{first}天为略滞后",
        f"milestones and stepped plans by days late: {first} ≤ days ≤ {last} behind, "
        f"days > {last} far behind, less than {first} slightly behind",
    )


def _slope_days_note(rules: Rules) -> Words:
    gap = _number(rules.slope_days_gap * 100)
    return (
        f"其他计划的滞后天数须同时差距不小于{gap}个百分点才计",
        f"on other plans days behind count only together with a gap of at least {gap} points",
    )


def _keep_note(rules: Rules) -> Words:
    if rules.keep_far_margin is None:
        return ("保持类：守住为达标，未守住为滞后", "keep targets: kept, or behind")
    margin = f"{rules.keep_far_margin:g}"
    return (
        f"保持类：守住为达标，未守住为滞后，超出 {margin} 以上为严重滞后",
        f"keep targets: kept, or behind; far behind when missed by more than {margin}",
    )


def _other_notes(rules: Rules) -> tuple[Words, ...]:
    return (
        _WHOLE,
        (
            f"“约”数目标到期缺口不超过{rules.about_tolerance:.0%}为已完成",
            f"about-targets: done at the deadline with a shortfall of at most {rules.about_tolerance:.0%}",
        ),
        (
            f"已报单位所占目标低于{rules.reporting_gate:.0%}的，上级为未报",
            f"a parent is not judged while those that reported hold less than {rules.reporting_gate:.0%}",
        ),
        (
            f"完成率超过{rules.over_mark:.0%}的加注待核",
            f"completion above {rules.over_mark:.0%} is marked for a look",
        ),
    )
