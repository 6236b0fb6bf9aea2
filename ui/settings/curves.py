"""计划曲线: every curve in force with what follows it, and the one chosen with its versions and its editor."""

from briefing.curves import Book, Held, read_book
from briefing.load import Briefing
from data_access.engine import read
from metrics.control_points import write_points
from metrics.curves import DEFAULT, TEMPLATES, Curve, Shape
from metrics.figures import day_text
from metrics.vocabulary import Level
from ui.clock import county_time
from ui.database import engine
from ui.filters import form
from ui.guard import Here
from ui.html import Markup, element, join, show
from ui.settings import curve_editor
from ui.settings.curve_choice import COUNTY_DEFAULT, Choice, choice_of
from ui.tables import Column, GroupRow, Row, table

UNITS_NAMED = 3
POINTS_NAMED = 6


def draw(here: Here, view: Briefing) -> None:
    """The list of curves, or the one the address names."""
    with read(engine()) as connection:
        book = read_book(connection, view)
    chosen = choice_of(here, view)
    if chosen is None:
        show(element("div", _list(here, view, book), class_="xs"))
        return
    show(element("div", _head(here, view, book, chosen), class_="xs"))
    curve_editor.draw(here, view, book, chosen)
    show(element("div", _versions(here, book, chosen), class_="xs"))


def _list(here: Here, view: Briefing, book: Book) -> Markup:
    """What each indicator follows, field by field; the county's own curve first."""
    words = here.words
    indicators = view.directory.indicators
    follows = [code for code in indicators["code"] if book.set_for(code) is None]
    default = element("a", words("curve.default"), href=_link(here, COUNTY_DEFAULT))
    rows: list[Row | GroupRow] = [
        Row((default, *_cells(here, book.set_for(None)), words("curve.followed_by", count=len(follows))))
    ]
    field = None
    for code, name, of_field in zip(indicators["code"], indicators["name"], indicators["field"], strict=True):
        if of_field != field:
            field = of_field
            rows.append(GroupRow(field))
        link = element("a", name, href=_link(here, code))
        rows.append(Row((link, *_cells(here, book.set_for(code), of=code), _own(here, view, book, code))))
    keys = ("curve_of", "curve", "curve_points", "valid_from", "document", "curve_units")
    columns = [Column(words(f"col.{key}")) for key in keys]
    own = len(indicators) - len(follows)
    told = words("curve.sentence", own=own, common=len(follows))
    return element("p", told) + table(columns, rows)


def _cells(here: Here, held: Held | None, of: str = "") -> tuple[Markup | str, ...]:
    """Name, points, day and document of a curve; of an indicator without one that it follows the county's."""
    if held is None:
        if of:
            return (element("span", here.words("curve.follows_default"), class_="quiet"), "", "", "")
        return (here.words("curve.shipped", name=name_of(DEFAULT, here)), points_text(here, DEFAULT), "", "")
    return (
        name_of(held.curve, here),
        points_text(here, held.curve),
        day_text(held.valid_from, here.words.lang, short=True),
        held.document or "",
    )


def _own(here: Here, view: Briefing, book: Book, code: str) -> Markup | str:
    units = book.units_of(code)
    if not units:
        return ""
    shown = units[:UNITS_NAMED]
    links = join(
        (element("a", view.names.get(unit, unit), href=_link(here, code, unit)) for unit in shown),
        here.words("list.pause"),
    )
    return links + here.words("curve.more_units", count=len(units)) if len(units) > len(shown) else links


def _head(here: Here, view: Briefing, book: Book, chosen: Choice) -> Markup:
    """What is chosen, what its plan follows today, and the choice of another."""
    words, lang = here.words, here.words.lang
    held = book.followed(chosen.indicator, chosen.unit)
    curve = DEFAULT if held is None else held.curve
    if held is None:
        told = words("curve.follows_shipped", name=name_of(curve, here))
    else:
        key = (
            "own"
            if (held.indicator, held.unit) == (chosen.indicator, chosen.unit)
            else "indicator"
            if held.indicator
            else "default"
        )
        told = words(f"curve.follows.{key}", name=name_of(curve, here), day=day_text(held.valid_from, lang))
    back = element("a", words("curve.all"), href=here.address.link("settings", s="curves"))
    title = words("curve.title", what=chosen.title(words, view))
    return join(
        [
            element("p", back, class_="crumbs"),
            element("h2", title),
            _choose(here, view, chosen),
            element("p", told),
        ]
    )


def _choose(here: Here, view: Briefing, chosen: Choice) -> Markup:
    """Another indicator or unit; below a township its villages."""
    words, units = here.words, view.directory.units
    indicators = view.directory.indicators
    offered = [
        (COUNTY_DEFAULT, words("curve.default")),
        *zip(indicators["code"], indicators["name"], strict=True),
    ]
    choices = {"i": offered}
    if chosen.indicator is not None:
        towns = units[units["level"] == Level.TOWNSHIP].sort_values("sort")
        below = units[(units["level"] == Level.VILLAGE) & (units["parent"] == chosen.township(view))]
        choices["u"] = [
            ("", words("curve.every_unit")),
            (view.root, view.name),
            *zip(towns["code"], towns["name"], strict=True),
            *zip(below["code"], below.sort_values("sort")["name"], strict=True),
        ]
    return form(here, choices)


def _versions(here: Here, book: Book, chosen: Choice) -> Markup:
    """Every version of exactly this curve, the newest first."""
    words = here.words
    held = book.of(chosen.indicator, chosen.unit)
    title = element("h2", words("curve.versions", count=len(held)))
    if not held:
        return title + element("p", words("curve.no_versions"), class_="quiet")
    now = book.set_for(chosen.indicator, chosen.unit)
    rows = [
        Row(
            (
                day_text(each.valid_from, words.lang, short=True)
                + (words("curve.in_force_now") if each is now else ""),
                name_of(each.curve, here),
                points_text(here, each.curve, full=True),
                str(each.year) if each.year else words("curve.every_year"),
                each.document or "",
                each.reason or "",
                each.author,
                county_time(each.recorded_at).strftime("%Y-%m-%d %H:%M"),
            ),
            is_second=each is not now,
        )
        for each in held
    ]
    keys = ("valid_from", "curve", "curve_points", "curve_year", "document", "why", "recorded_by")
    columns = [Column(words(f"col.{key}")) for key in (*keys, "recorded_at")]
    return title + table(columns, rows)


def name_of(curve: Curve, here: Here) -> str:
    """The name of a curve; of one that ships in the reader's language."""
    for shipped, english in TEMPLATES.values():
        if here.words.lang == "en" and shipped.name == curve.name and shipped.points == curve.points:
            return english
    return curve.name


def points_text(here: Here, curve: Curve, *, full: bool = False) -> str:
    """The control points in one line; of many the first and the last."""
    points = write_points(curve, here.words.lang)
    shown = [f"{day} {share}%" for day, share in points]
    if len(shown) > POINTS_NAMED and not full:
        shown = [*shown[: POINTS_NAMED - 2], "…", shown[-1]]
    step = here.words("curve.step_mark") if curve.shape is Shape.STEP else ""
    return step + " · ".join(shown)


def _link(here: Here, indicator: str, unit: str = "") -> str:
    return here.address.link("settings", s="curves", i=indicator, u=unit)
