"""One notice: the paper with its figures bound, what was found of the edited file, its steps, what may follow."""

from collections.abc import Callable

import streamlit as st

from briefing.load import Frame
from briefing.snapshots import formulas, take
from briefing.villages import Villages
from data_access.engine import read
from data_access.errors import UserFacing
from data_access.notices import NoticeEvent
from data_access.snapshots import read_snapshot
from metrics.figures import day_text
from metrics.vocabulary import NoticeState, Step
from metrics.words import word
from notices.annex_book import annex_book, has_tables
from notices.brief import brief
from notices.checking import GRAVE, Finding
from notices.figures import Figures
from notices.flow import make_correction
from notices.opened import Opened, current_file, opened, people, written_otherwise
from notices.pdf import pdf
from notices.pictures import pictures
from notices.rewriting import Rewritten
from notices.slips import Cited, bundle
from notices.told import finding_text, note_text, rewritten_text
from notices.word import word as word_file
from ui import answers, clock
from ui.address import moment_text
from ui.clock import county_time
from ui.database import engine
from ui.guard import Here
from ui.html import EMPTY, Markup, element, join, show
from ui.panels import paper
from ui.panels.notice_steps import DONE, Held, next_step, of_file
from ui.panels.notices import actor_choice, changed_since
from ui.panels.snapshot import XLSX
from ui.tables import Column, Row, table
from ui.views import found_of, frozen_view

PDF, ZIP = "application/pdf", "application/zip"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LINES_SHOWN = 30


def draw(here: Here) -> None:
    """The notice that the address names, on the left; what it needs on the right."""
    try:
        held = _held(here)
    except UserFacing as fault:
        answers.fault(here.words, fault)
        return
    if DONE in st.session_state:
        answers.done(st.session_state.pop(DONE))
    left, right = st.columns((3, 2), gap="large")
    with left:
        _files(held)
        show(element("div", paper.shown(held.notice.goes_out, lambda key: _lead(held, key)), class_="xs"))
    with right:
        show(element("div", _standing(held), class_="xs"))
        _found(held)
        if not answers.refused_in_the_past(here):
            next_step(held)
        show(element("div", _steps(held), class_="xs"))


def _held(here: Here) -> Held:
    number = here.address.get("n")
    with read(engine()) as connection:
        notice = opened(connection, here.scope, int(number) if number.isdigit() else 0)
        heading = read_snapshot(connection, here.scope, notice.notice.snapshot).heading
        acting = dict(people(connection, here.scope, here.now))
        names = {code: _name_of(notice, code) for code in notice.named}
    return Held(here, notice, heading, names, acting)


def _name_of(notice: Opened, unit: str) -> str:
    """What the paper calls a unit that it names."""
    return next((run.text for run in notice.paper.bound() if run.key == f"unit|{unit}|name"), unit)


def _lead(held: Held, key: str) -> str:
    """The page behind a figure, as it was known for the snapshot."""
    kind, *parts = key.split("|")
    address, heading = held.here.address, held.heading
    frame = {
        "y": str(heading.year),
        "asof": heading.as_of.isoformat(),
        "known": moment_text(heading.known_at),
    }
    if kind == "cell":
        return address.link("figure", u=parts[0], i=parts[1], **frame)
    if kind == "unit":
        page = "townships" if len(parts[0]) <= 9 else "villages"
        return address.link(page, u=parts[0], **frame)
    return address.link("indicators", i=parts[0], **frame) if kind == "indicator" else ""


def _files(held: Held) -> None:
    """The Word file as it stands: what was handed in last, else what was drafted."""
    words, notice = held.here.words, held.notice

    def content() -> bytes:
        with read(engine()) as connection:
            return current_file(connection, held.here.scope, notice)

    name = "download_issued" if notice.issued else "download_edited" if notice.file else "download"
    with st.container(horizontal=True):
        st.download_button(
            words(f"notice.{name}"),
            data=content,
            file_name=f"{notice.paper.name}.docx",
            mime=DOCX,
            on_click="ignore",
            key="notice-file",
            type="primary",
        )
        for key, (name, mime, make) in _papers(held).items():
            st.download_button(
                words(f"notice.paper.{key}"),
                data=make,
                file_name=name,
                mime=mime,
                on_click="ignore",
                key=f"notice-{key}",
            )
    if notice.file:
        show(element("div", element("p", words("notice.no_pdf"), class_="note"), class_="xs"))


def _papers(held: Held) -> dict[str, tuple[str, str, Callable[[], bytes]]]:
    """The other papers of the same snapshot: name, type, and what makes each when it is asked for."""
    here, notice = held.here, held.notice
    day = held.heading.as_of.isoformat()

    def frozen() -> Villages:
        return frozen_view(here, notice.notice.snapshot)

    name, choices = notice.paper.name, notice.choices
    said, slips = here.words("notice.paper.brief"), here.words("notice.slips_file")
    papers: dict[str, tuple[str, str, Callable[[], bytes]]] = {
        "annexes": (f"{name}_{day}.xlsx", XLSX, lambda: annex_book(notice.goes_out, frozen().county)),
        "pictures": (f"{name}_{day}.zip", ZIP, lambda: pictures(notice.paper, Figures(frozen()))),
        "brief": (
            f"{said}_{day}.docx",
            DOCX,
            lambda: word_file(brief(Figures(frozen()), choices)),
        ),
        "slips": (
            f"{slips}_{day}.zip",
            ZIP,
            lambda: bundle(Figures(frozen()), choices, Cited(name, notice.document_number)),
        ),
    }
    if not has_tables(notice.paper):
        papers.pop("annexes")
    if not notice.file:
        return {"pdf": (f"{name}.pdf", PDF, lambda: pdf(notice.goes_out))} | papers
    # What people changed in Word is printed from Word: a PDF of the draft would say something else.
    said = here.words("notice.drafted_file", name=name)
    author = choices.typed.get("signature", "")
    return {"drafted": (f"{said}.docx", DOCX, lambda: word_file(notice.paper, author=author))} | papers


def _standing(held: Held) -> Markup:
    """Where it stands, and what still needs a person."""
    words, notice = held.here.words, held.notice
    standing = notice.standing
    day = day_text(held.heading.as_of, words.lang)
    said = [
        words("notice.of_snapshot", number=notice.notice.snapshot, day=day),
        words("notice.state", state=word(standing.state, words.lang)),
    ]
    if notice.document_number:
        said.append(words("notice.issued_as", number=notice.document_number))
    if standing.heard_until is not None and standing.state is NoticeState.HEARING:
        waits = [unit for unit in notice.named if unit not in dict(standing.answers)]
        said.append(
            words(
                "notice.hearing",
                day=day_text(standing.heard_until, words.lang),
                waits=_list(held, waits) or words("notice.nobody"),
            )
        )
    if standing.changed_since_heard and standing.state is NoticeState.DRAFT:
        said.append(words("notice.changed_since_heard"))
    if standing.unsettled:
        said.append(words("notice.unsettled", names=_list(held, list(standing.unsettled))))
    lines = join(element("li", line) for line in said)
    notes = join(
        element("p", note_text(code, about, held.here.words.lang), class_="note")
        for code, about in notice.notes
    )
    return element("h2", words("notice.standing")) + element("ul", lines) + notes


def _list(held: Held, units: list[str]) -> str:
    return held.here.words("list.pause").join(held.names[unit] for unit in units)


def _found(held: Held) -> None:
    """What an edited file says otherwise, and what was corrected since the snapshot."""
    words = held.here.words
    file, since = of_file(held), changed_since(held.here, held.notice)
    parts = [element("h2", words("notice.found"))]
    if held.notice.file:
        parts.append(_findings(held, file) or element("p", words("notice.agrees"), class_="fine"))
        parts.append(_written(held))
    else:
        parts.append(element("p", words("notice.as_drafted"), class_="quiet"))
    parts.append(element("h2", words("notice.since")))
    if since and held.heading.formulas != formulas():
        parts.append(element("p", words("notice.newer"), class_="note"))
    parts.append(_findings(held, since) or element("p", words("notice.nothing_since"), class_="fine"))
    show(element("div", *parts, class_="xs"))
    if since and held.notice.standing.state in (NoticeState.ISSUED, NoticeState.CORRECTED):
        _correct(held)


def _written(held: Held) -> Markup:
    """What people wrote otherwise than it was drafted: the paper on the left is the draft."""
    words = held.here.words

    def compared() -> list[Rewritten]:
        with read(engine()) as connection:
            return written_otherwise(connection, held.here.scope, held.notice)

    key = ("written", held.notice.notice.number, held.notice.file, str(held.notice.issued is not None))
    told = [rewritten_text(line, words.lang) for line in found_of(held.here, key, compared)]
    if not told:
        return EMPTY
    lines = [element("li", line) for line in told[:LINES_SHOWN]]
    if len(told) > LINES_SHOWN:
        lines.append(element("li", words("notice.lines_more", count=len(told) - LINES_SHOWN)))
    head = element("h2", words("notice.written")) + element("p", words("notice.written_note"), class_="note")
    return head + element("ul", join(lines))


def _findings(held: Held, found: list[Finding]) -> Markup:
    if not found:
        return EMPTY
    lines = (
        element(
            "li", finding_text(each, held.here.words.lang), class_="alarm" if each.kind in GRAVE else None
        )
        for each in found
    )
    return element("ul", join(lines))


def _correct(held: Held) -> None:
    """A correcting notice of a snapshot made now for the same day."""
    words = held.here.words
    person = actor_choice(held.here, held.acting, "correct-person")
    if not st.button(words("notice.correct"), key="notice-correct"):
        return
    if person is None:
        answers.wrong(words("notices.no_person"))
        return
    heading = held.heading
    frame = Frame(held.here.scope, heading.year, heading.as_of, None, clock.now())
    try:
        made = take(engine(), frame, author=held.acting[person], occasion="by_hand", now=clock.now)
        number = make_correction(
            engine(),
            held.here.scope,
            held.notice.notice.number,
            made.heading.number,
            actor=person,
            moment=clock.now(),
        )
    except UserFacing as fault:
        answers.fault(words, fault)
        return
    href = held.here.address.link("notice", n=str(number))
    link = element("a", words("notices.open", number=number), href=href)
    show(element("div", element("p", words("notices.made"), " ", link, class_="fine"), class_="xs"))


def _steps(held: Held) -> Markup:
    words = held.here.words
    rows = [Row(_step_row(held, event)) for event in reversed(held.notice.events)]
    columns = [Column(words(f"notice.col.{key}")) for key in ("step", "who", "when", "what")]
    return element("h2", words("notice.steps")) + table(columns, rows)


def _step_row(held: Held, event: NoticeEvent) -> tuple[Markup | str, ...]:
    words = held.here.words
    said = [held.names.get(event.unit, event.unit)] if event.unit else []
    if event.step in (Step.ANSWERED, Step.SETTLED):
        said.append(words(f"notice.said.{event.step}.{'yes' if event.objects else 'no'}"))
    if event.day is not None:
        said.append(day_text(event.day, words.lang))
    if event.findings is not None:
        said.append(words("notice.findings", count=len(event.findings)))
    said.append(event.note)
    return (
        word(Step(event.step), words.lang),
        event.actor_name,
        element("span", county_time(event.recorded_at).strftime("%Y-%m-%d %H:%M"), class_="nowrap"),
        words("list.comma").join(part for part in said if part),
    )
