"""Words of workbooks of a part, and of what waits in them: one part of the catalogue of papers."""

from metrics.words import Words

BOOKS: dict[str, Words] = {
    "snapshot.waiting": ("（其中待审 {waiting}）", " ({waiting} of them await acceptance)"),
    "snapshot.partly_waiting": (
        "；另有 {waiting} 个单位待审，接收后才计入",
        "; {waiting} more await acceptance and count once accepted",
    ),
    "part.led": (
        "{name}牵头的应评判目标 {total} 项：{states}。另有 {left_out} 项不参与评判。",
        "{name} leads {total} targets that are judged: {states}. {left_out} more are not judged.",
    ),
    "part.leads_none": ("{name}没有牵头的目标。", "{name} leads no target."),
    "part.shares": ("另配合 {count} 项，不计入。", " It shares {count} more, not counted."),
    "part.shared": ("配合的指标（不计入）", "Shared indicators (not counted)"),
    "part.shared_column": ("{name}（配合）", "{name} (shared)"),
}
