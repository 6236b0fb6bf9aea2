"""The rules in words: every edge in one place, inclusive or exclusive in writing, as pages print them."""

from metrics.rules import ATTENTION_CLASSES, Rules
from metrics.vocabulary import Kind, State
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
assert tuple(CLASS_WORDS) == ATTENTION_CLASSES


def legend(rules: Rules, lang: Lang) -> tuple[tuple[State, str], ...]:
    """State and its threshold in words, for every judged state, best first."""
    lines = (*_gap_lines(rules), _unfinished_line())
    return tuple((state, choose(words, lang)) for state, words in lines)


def rule_of(rules: Rules, lang: Lang, *, kind: str | None, is_stepped: bool, is_whole: bool) -> str:
    """The thresholds that decide a target of one kind, and no other: in points, in days, or kept."""
    if kind == Kind.KEEP:
        return choose(_keep_note(rules), lang)
    done, unfinished = _gap_lines(rules)[0], _unfinished_line()
    by_days = is_stepped or kind == Kind.MILESTONE
    lines = (done, *(() if by_days else _gap_lines(rules)[1:]), unfinished)
    shown = [f"{word(state, lang)} {choose(words, lang)}" for state, words in lines]
    shown += [choose(_step_note(rules), lang)] if by_days else []
    shown += [choose(_WHOLE, lang)] if is_whole else []
    return choose(("；", "; "), lang).join(shown)


def notes(rules: Rules, lang: Lang) -> tuple[str, ...]:
    """What the thresholds do not say themselves: steps, keep targets, whole things, about, the gate."""
    return tuple(
        choose(words, lang) for words in (_step_note(rules), _keep_note(rules), *_other_notes(rules))
    )


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
            f"整改事项逾期超过{rules.lagging_overdue_days}天",
            f"a rectification item overdue by more than {rules.lagging_overdue_days} days",
        ),
    ]
    if rules.lagging_far_on_key:
        parts.insert(0, ("任一重点指标严重滞后", "far behind on any key indicator"))
    zh = "滞后单位：" + "；或".join(zh for zh, _ in parts)
    en = "Lagging: " + "; or ".join(en for _, en in parts)
    return choose((zh, en), lang)


def rank_rule(rules: Rules, lang: Lang) -> str:
    """How units are ranked, in one sentence."""
    gate = f"{rules.reporting_gate:.0%}"
    return choose(
        (
            "排名：达序时率=（已完成+达序时）÷可评判考核目标数；相同的，严重滞后少者在前；仍相同的，名次并列。"
            f"报送率低于{gate}的单位不参与排名，单列。",
            "Rank: share on plan = (done + on plan) ÷ judged principal targets; if equal, fewer far behind "
            f"first; if still equal, the rank is shared. Units that reported less than {gate} stand apart.",
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


def _points(gap: float) -> str:
    return f"{gap * 100:g}".replace("-", "−")


def _gap_lines(rules: Rules) -> tuple[Line, ...]:
    behind, far = _points(rules.behind_gap), _points(rules.far_gap)
    return (
        (State.DONE, ("完成率 ≥ 100%", "completion ≥ 100 %")),
        (State.ON_PLAN, ("较序时 ≥ 0", "gap to plan ≥ 0")),
        (
            State.SLIGHTLY_BEHIND,
            (f"{behind} < 较序时 < 0（个百分点）", f"{behind} < gap < 0 (percentage points)"),
        ),
        (
            State.BEHIND,
            (f"{far} ≤ 较序时 ≤ {behind}（个百分点）", f"{far} ≤ gap ≤ {behind} (percentage points)"),
        ),
        (State.FAR_BEHIND, (f"较序时 < {far}（个百分点）", f"gap < {far} (percentage points)")),
    )


def _unfinished_line() -> Line:
    return State.UNFINISHED, ("到完成时限仍未完成", "not done at the target's deadline")


def _step_note(rules: Rules) -> Words:
    first, last = rules.step_behind_days, rules.step_far_days
    return (
        f"节点和分步计划按滞后天数：{first} ≤ 天数 ≤ {last} 为滞后，"
        f"天数 > {last} 为严重滞后，不足{first}天为略滞后",
        f"milestones and stepped plans by days late: {first} ≤ days ≤ {last} behind, "
        f"days > {last} far behind, less than {first} slightly behind",
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
