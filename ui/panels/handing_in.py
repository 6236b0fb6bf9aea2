"""Hand in a workbook: what it would change and every problem are shown before anything is written."""

import streamlit as st

from data_access.errors import UserFacing
from intake.changes import What
from intake.plan import Plan, apply, plan
from ui import answers
from ui.clock import county_time
from ui.database import engine
from ui.guard import Here
from ui.html import EMPTY, Markup, element, show
from ui.tables import Column, Row, table
from ui.theme import button_word
from ui.words import Words

SHOWN = 200
LARGEST = 20
# In the session: what was written last.
DONE = "handing_in_done"


def draw(here: Here) -> None:
    """The uploader, the plan of the file in it, and the button that writes."""
    words = here.words
    show(element("div", element("h2", words("reporting.upload")), class_="xs"))
    if answers.refused_in_the_past(here):
        return
    show(
        button_word(words("reporting.choose")) + _too_large(words("reporting.too_large", most=LARGEST)),
    )
    # Whatever is chosen is looked at and answered by us: the browser's own refusal is a red mark in English.
    file = st.file_uploader(words("reporting.upload_label"), key="workbook", max_upload_size=LARGEST)
    if DONE in st.session_state:
        answers.done(st.session_state.pop(DONE))
    if file is None:
        return
    try:
        made = _plan_of(here, file.getvalue(), file.name)
    except UserFacing as fault:
        answers.fault(words, fault)
        return
    show(element("div", _summary(words, made), _problems(words, made), _changes(words, made), class_="xs"))
    if made.may_apply:
        _confirm(here, made)


def _too_large(text: str) -> Markup:
    """The sentence under a file that the browser does not send: Streamlit marks it and says why on hovering.

    With every type allowed its size is the only reason.
    """
    return Markup(
        "<style>[data-testid=stFileUploader]:has([aria-invalid=true])::after"
        "{{content:'{}';display:block;color:var(--red);font-weight:600;margin-top:.4rem}}"
        "[data-testid=stTooltipErrorHoverTarget] .stFileChipName{{pointer-events:none}}</style>"
    ).format(text)


def _plan_of(here: Here, content: bytes, name: str) -> Plan:
    """The plan of the file in hand, made once and kept for this session."""
    kept = st.session_state.get("plan")
    if kept is not None and kept[0] == (name, hash(content)):
        return kept[1]
    made = plan(engine(), here.scope, content, name, today=here.today, known_at=here.now)
    st.session_state["plan"] = ((name, hash(content)), made)
    return made


def _summary(words: Words, made: Plan) -> Markup:
    counts = [
        sum(getattr(count, kind) for count in made.counts.values())
        for kind in ("new", "corrected", "unchanged")
    ]
    told = element(
        "p", words("reporting.plan_counts", new=counts[0], corrected=counts[1], unchanged=counts[2])
    )
    if made.blocking:
        return element("p", words("reporting.plan_blocked", count=len(made.blocking)), class_="fault")
    if made.changes_nothing:
        earlier: Markup | str = EMPTY
        if made.earlier is not None:
            moment = county_time(made.earlier.submitted_at).strftime("%Y-%m-%d %H:%M")
            earlier = words("reporting.plan_earlier", moment=moment, author=made.earlier.submitted_by)
        return element("p", words("reporting.plan_nothing"), " ", earlier, class_="fine")
    if made.warnings:
        told += element("p", words("reporting.plan_warned", count=len(made.warnings)), class_="note")
    return told


def _problems(words: Words, made: Plan) -> Markup:
    if not made.problems:
        return EMPTY
    rows = [
        Row(
            (
                problem.sheet,
                words("problem.row", number=problem.cell) if problem.cell.isdigit() else problem.cell,
                element(
                    "span",
                    words("problem.blocking" if problem.blocking else "problem.warning"),
                    class_="alarm" if problem.blocking else None,
                ),
                problem.sentence(words.lang),
                problem.remedy(words.lang),
            )
        )
        for problem in made.problems[:SHOWN]
    ]
    columns = [Column(words(f"col.{key}")) for key in ("sheet", "cell", "kind", "problem", "remedy")]
    title = element("h2", words("reporting.problems", count=len(made.problems)))
    return title + table(columns, rows, caption=_cut(words, len(made.problems)), is_tall=len(rows) > 15)


def _changes(words: Words, made: Plan) -> Markup:
    changed = [change for change in made.changes if change.what is not What.UNCHANGED]
    if not changed or made.blocking:
        return EMPTY
    rows = [
        Row(
            (
                change.sheet,
                change.cell,
                words(f"what.{change.what}"),
                change.unit,
                change.indicator,
                change.old,
                change.new,
            )
        )
        for change in changed[:SHOWN]
    ]
    figures = {"old", "new"}
    keys = ("sheet", "cell", "what", "unit", "indicator", "old", "new")
    columns = [Column(words(f"col.{key}"), is_figure=key in figures) for key in keys]
    title = element("h2", words("reporting.changes", count=len(changed)))
    return title + table(columns, rows, caption=_cut(words, len(changed)), is_tall=len(rows) > 15)


def _cut(words: Words, count: int) -> str:
    return words("reporting.more", shown=SHOWN) if count > SHOWN else ""


def _confirm(here: Here, made: Plan) -> None:
    words = here.words
    author = st.text_input(
        words("reporting.author"), placeholder=words("reporting.author_hint"), max_chars=80
    )
    if made.waits:
        accept = st.checkbox(words("reporting.accept_now"))
    else:
        accept = False
        show(element("div", element("p", words("reporting.at_once"), class_="note"), class_="xs"))
    if not st.button(words("reporting.apply"), type="primary", key="apply"):
        return
    if not author.strip():
        answers.wrong(words("reporting.author_missing"))
        return
    try:
        done = apply(engine(), made, author=author.strip(), recorded_at=here.now, accept=accept)
    except UserFacing as fault:
        answers.fault(words, fault)
        return
    finally:
        st.session_state.pop("plan", None)
    waits = made.waits and not accept
    st.session_state[DONE] = words(
        "reporting.done_waits" if waits else "reporting.done",
        new=done.written.new,
        corrected=done.written.corrected,
        number=done.submission or "—",
    )
    # Everything above and below is of the moment before.
    st.rerun()
