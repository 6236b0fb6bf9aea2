"""Small pictures without words, as addresses of SVG images: Streamlit takes inline SVG out of a page."""

from collections.abc import Sequence
from urllib.parse import quote

from ui.theme import FAINT, INK, NAVY, QUIET, RULE

WIDTH, HEIGHT = 150, 62
PAD = 3.0
Points = Sequence[tuple[float, float]]


def small_course(plan: Points, actual: Points, last: Points, top: float) -> str:
    """Plan (dashed), actual (thick) and last year (thin) of months 1 to 12; shares up to `top`."""
    full = _at((12, 1.0), top)[1]
    parts = [
        f'<line x1="0" y1="{full:.1f}" x2="{WIDTH}" y2="{full:.1f}" stroke="{RULE}"/>',
        f'<line x1="0" y1="{HEIGHT - PAD}" x2="{WIDTH}" y2="{HEIGHT - PAD}" stroke="{QUIET}"/>',
        _line(last, top, FAINT, 1.2, ""),
        _line(plan, top, QUIET, 1.4, "4 3"),
        _line(actual, top, NAVY, 2.6, ""),
    ]
    if actual:
        x, y = _at(actual[-1], top)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.8" fill="{INK}"/>')
    body = "".join(parts)
    return "data:image/svg+xml," + quote(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{body}</svg>'
    )


def _line(points: Points, top: float, ink: str, width: float, dashes: str) -> str:
    placed = " ".join(f"{x:.1f},{y:.1f}" for x, y in (_at(point, top) for point in points))
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<polyline points="{placed}" fill="none" stroke="{ink}" stroke-width="{width}"{dashed}/>'


def _at(point: tuple[float, float], top: float) -> tuple[float, float]:
    month, share = point
    x = PAD + (WIDTH - 2 * PAD) * (month - 1) / 11
    return x, HEIGHT - PAD - (HEIGHT - 2 * PAD) * min(max(share, 0.0), top) / top
