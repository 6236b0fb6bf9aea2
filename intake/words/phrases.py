"""Pieces that sentences, templates and plans are put together from: Chinese, English."""

PHRASES: dict[str, tuple[str, str]] = {
    "nothing": ("", ""),
    "near_header": (",表中有“{found}”", "; the sheet has “{found}”"),
    "near": (",相近的是{found}", "; the nearest is {found}"),
    "words": ("{text}", "{text}"),
}
