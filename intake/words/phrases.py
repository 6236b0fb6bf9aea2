"""Pieces that sentences, templates and plans are put together from: Chinese, English."""

PHRASES: dict[str, tuple[str, str]] = {
    "nothing": ("", ""),
    "near_header": (",表中有“{found}”", "; the sheet has “{found}”"),
    "near": (",相近的是{found}", "; the nearest is {found}"),
    "plan_curve": ("任务分解计划", "plan of the breakdown"),
    "plan_curve_reason": ("任务分解表所列计划", "as the breakdown plans it"),
    "more": ("加码", "more than the whole"),
    "reserve": ("机动", "kept in reserve"),
    "and_unset": (",另有 {count} 个单位未下达", "; {count} units have no target yet"),
    "dash_guess": ("是否为 {low}–{high}", "perhaps {low}–{high}"),
}
