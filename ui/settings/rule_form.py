"""The form of a rule document: every entry under its plain name, its faults beside it, exceptions as rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from briefing.load import Briefing
from metrics.legend import CLASS_WORDS
from metrics.rule_content import (
    ATTENTION_CLASSES,
    DEFAULT_CONTENT,
    LEVELS,
    MEASURE_ENTRIES,
    OPTIONAL_CONTENT,
    THRESHOLDS,
    Fault,
    entry_name,
)
from metrics.rule_words import GROUPS, MEASURES, SCOPES
from metrics.words import choose, word
from ui.guard import Here
from ui.html import element, show

COLUMNS = 3
SPARE_ROWS = 3
HEADING = ("number", "title", "valid_from", "author")
Who = tuple[str, str]
NOBODY: Who = ("", "")


@dataclass(frozen=True)
class Filled:
    """What was typed: the heading as text, the content, and faults of the rows that no content could hold."""

    number: str
    title: str
    valid_from: str
    author: str
    content: dict[str, Any]
    faults: tuple[Fault, ...] = field(default=())


class _Form:
    """Draws the entries of one document and gathers what stands in them."""

    def __init__(self, here: Here, view: Briefing, faults: Sequence[Fault], turn: int) -> None:
        self.here, self.view, self.turn = here, view, turn
        self.lang = here.words.lang
        self.faults = faults

    def key(self, path: str) -> str:
        return f"rule-{self.turn}-{path}"

    def tell(self, *paths: str) -> None:
        """The faults of an entry, beside it."""
        for fault in self.faults:
            if fault.path in paths:
                said = f"{fault.sentence(self.lang)}{self.here.words('rules.stop')}{fault.remedy(self.lang)}"
                show(element("div", element("p", said, class_="fault"), class_="xs"))

    def heading(self) -> dict[str, str]:
        typed = {}
        for column, name in zip(st.columns(len(HEADING)), HEADING, strict=True):
            with column:
                label = self.here.words(f"rules.{name}")
                typed[name] = st.text_input(label, key=self.key(name), max_chars=80).strip()
                self.tell(name)
        return typed

    def group(self, name: str, shape: Any, held: Any) -> Any:
        """One group of entries, or one entry that stands alone."""
        if not isinstance(shape, dict):
            return self.entry(name, shape, held)
        self.title(GROUPS[name][0 if self.lang == "zh" else 1])
        self.tell(name)
        # An order of several names needs the width of two entries.
        columns = st.columns((2, 1)) if list in map(type, shape.values()) else st.columns(COLUMNS)
        out = {}
        for place, key in enumerate(shape):
            with columns[place % len(columns)]:
                out[key] = self.entry(f"{name}.{key}", shape[key], held[key])
        return out

    def title(self, text: str) -> None:
        show(element("div", element("h3", text), class_="xs"))

    def entry(self, path: str, shape: Any, held: Any) -> Any:
        label, key = entry_name(path, self.lang), self.key(path)
        if isinstance(shape, bool):
            value: Any = st.checkbox(label, value=held, key=key)
        elif isinstance(shape, str):
            value = st.text_input(label, value=held, key=key, max_chars=20).strip()
        elif isinstance(shape, list):
            value = self.classes(label, key, held) if shape else self.groups(label, key, held)
        else:
            value = self.number(label, key, held)
        self.tell(path)
        return value

    def classes(self, label: str, key: str, held: list[str]) -> list[str]:
        return st.multiselect(
            label,
            ATTENTION_CLASSES,
            default=held,
            format_func=lambda name: choose(CLASS_WORDS[name], self.lang),
            key=key,
            placeholder=self.here.words("rules.choose"),
            select_all=False,
        )

    def groups(self, label: str, key: str, held: list[str]) -> list[str]:
        units = self.view.directory.units
        known = {*units["kind"].dropna(), *(tag for tags in units["tags"] for tag in tags), *held}
        return st.multiselect(
            label,
            sorted(known),
            default=held,
            key=key,
            placeholder=self.here.words("rules.no_groups"),
            select_all=False,
        )

    def number(self, label: str, key: str, held: float | None) -> float | None:
        off = self.here.words("rules.off")
        start = None if held is None else float(held)
        # A field of whole numbers would cut what stands behind the point without a word; the rules refuse it.
        found = st.number_input(label, value=start, step=1.0, format="%g", key=key, placeholder=off)
        return int(found) if found is not None and float(found).is_integer() else found

    def exceptions(self, held: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
        """The rows of thresholds of their own, and a few spare ones."""
        self.title(GROUPS[THRESHOLDS][0 if self.lang == "zh" else 1])
        show(element("div", element("p", self.here.words("rules.own_help"), class_="quiet"), class_="xs"))
        self.tell(THRESHOLDS)
        rows = [*_rows_of(held), *[(NOBODY, "points", None, None)] * SPARE_ROWS]
        out: dict[str, Any] = {}
        faults: list[Fault] = []
        for place, row in enumerate(rows):
            self.row(place, row, out, faults)
        return out, faults

    def row(
        self,
        place: int,
        row: tuple[Who, str, float | None, float | None],
        out: dict[str, Any],
        faults: list[Fault],
    ) -> None:
        words, whoever = self.here.words, [NOBODY, *self.everybody()]
        who, how, first, second = st.columns((3, 2, 1, 1))
        shown = {each: self.name_of(each) for each in whoever}
        at = whoever.index(row[0]) if row[0] in whoever else 0
        chosen = who.selectbox(
            words("rules.who"), whoever, index=at, format_func=shown.__getitem__, key=self.key(f"who-{place}")
        )
        measures = list(MEASURE_ENTRIES)
        measure = how.selectbox(
            words("rules.measure"),
            measures,
            index=measures.index(row[1]),
            format_func=lambda name: choose(MEASURES[name], self.lang),
            key=self.key(f"measure-{place}"),
        )
        with first:
            behind = self.number(words("rules.behind"), self.key(f"behind-{place}"), row[2])
        with second:
            far = self.number(words("rules.far"), self.key(f"far-{place}"), row[3])
        if chosen == NOBODY:
            return
        scope, name = chosen
        path = f"{THRESHOLDS}.{scope}.{name}" if name else f"{THRESHOLDS}.{scope}"
        below = [
            f"{path}.{measure}{entry}" for entry in ("", *(f".{key}" for key in MEASURE_ENTRIES[measure]))
        ]
        self.tell(path, *below)
        limits = {measure: dict(zip(MEASURE_ENTRIES[measure], (behind, far), strict=True))}
        named = out.setdefault(scope, {})
        if (name in named) if name else named:
            faults.append(Fault(path, "named_twice", {"found": shown[chosen]}))
        elif name:
            named[name] = limits
        else:
            named.update(limits)

    def everybody(self) -> list[Who]:
        """Whom thresholds of their own can be for, from the widest to the narrowest."""
        units, indicators = self.view.directory.units, self.view.directory.indicators
        kinds = sorted(set(units["kind"].dropna()))
        tags = sorted({tag for held in units["tags"] for tag in held})
        return [
            ("all", ""),
            *(("level", str(level)) for level in LEVELS),
            *(("kind", kind) for kind in kinds),
            *(("tag", tag) for tag in tags),
            *(("indicator", code) for code in indicators["code"]),
        ]

    def name_of(self, who: Who) -> str:
        scope, name = who
        if who == NOBODY:
            return self.here.words("rules.nobody")
        if scope == "level":
            name = next(word(level, self.lang) for level in LEVELS if level == name)
        if scope == "indicator":
            name = f"{self.view.definitions[name]['name']} {name}"
        return f"{choose(SCOPES[scope], self.lang)} {name}".strip()


def draw(
    here: Here, view: Briefing, content: Mapping[str, Any], faults: Sequence[Fault], turn: int
) -> Filled | None:
    """The form, begun from a content; what was typed once it is looked at, None before."""
    form = _Form(here, view, faults, turn)
    held = {**OPTIONAL_CONTENT, **content}
    with st.form(f"rules-{turn}", border=True):
        heading = form.heading()
        typed: dict[str, Any] = {}
        single = [key for key, shape in DEFAULT_CONTENT.items() if not isinstance(shape, dict)]
        for name in [key for key in DEFAULT_CONTENT if key not in single]:
            typed[name] = form.group(name, DEFAULT_CONTENT[name], held[name])
        form.title(choose(GROUPS["other"], here.words.lang))
        columns = st.columns(COLUMNS)
        for place, name in enumerate(single):
            with columns[place % COLUMNS]:
                typed[name] = form.entry(name, DEFAULT_CONTENT[name], held[name])
        own, further = form.exceptions(content.get(THRESHOLDS, {}))
        for name, shape in OPTIONAL_CONTENT.items():
            typed[name] = form.group(name, shape, held[name])
        looked = st.form_submit_button(here.words("rules.look"), type="primary")
    if not looked:
        return None
    if own:
        typed[THRESHOLDS] = own
    return Filled(**heading, content=_set(typed), faults=tuple(further))


def _set(typed: dict[str, Any]) -> dict[str, Any]:
    """Without the further sections that set nothing."""
    return {name: value for name, value in typed.items() if OPTIONAL_CONTENT.get(name, NOBODY) != value}


def _rows_of(held: Mapping[str, Any]) -> list[tuple[Who, str, float | None, float | None]]:
    rows = []
    for scope, named in held.items():
        for name, limits in ({"": named} if scope == "all" else named).items():
            ((measure, values),) = limits.items()
            behind, far = (values[key] for key in MEASURE_ENTRIES[measure])
            rows.append(((scope, name), measure, behind, far))
    return rows
