"""Filters above a list: a plain form that writes the address, so that Back undoes them one by one."""

from collections.abc import Mapping, Sequence

from ui.guard import Here
from ui.html import EMPTY, Markup, element, join, void


def form(
    here: Here,
    choices: Mapping[str, Sequence[tuple[str, str]]],
    *,
    search: str = "",
    dates: Sequence[str] = (),
    moment: tuple[str, str] | None = None,
) -> Markup:
    """A form of choices (value, word) and, where `search` names a parameter, a box to search in.

    `moment` names a parameter that is a moment of the county's clocks, with its present value.
    """
    address, words = here.address, here.words
    own = {*choices, *dates, *([search] if search else []), *([moment[0]] if moment else [])}
    kept = {name: value for name, value in address.params.items() if name not in own and value}
    hidden = join(
        void("input", type="hidden", name=name, value=value)
        for name, value in {**address.frame(), **kept}.items()
    )
    fields = [_select(here, name, options) for name, options in choices.items()]
    if search:
        box = void(
            "input",
            type="search",
            name=search,
            value=address.get(search),
            placeholder=words(f"filter.{search}.hint"),
        )
        fields.insert(0, element("label", words(f"filter.{search}"), box))
    if moment:
        name, value = moment
        field = void("input", type="datetime-local", name=name, value=value, step="any")
        fields.insert(0, element("label", words(f"filter.{name}"), field))
    return element(
        "form",
        hidden,
        *fields,
        element("button", words("filter.go"), type="submit"),
        element("a", words("filter.clear"), href=address.link(address.page, **kept), class_="quiet")
        if _is_set(here, own)
        else EMPTY,
        method="get",
        action=address.here().split("?")[0],
        class_="filters",
    )


def _select(here: Here, name: str, options: Sequence[tuple[str, str]]) -> Markup:
    current = here.address.get(name)
    drawn = join(element("option", word, value=value, selected=value == current) for value, word in options)
    return element("label", here.words(f"filter.{name}"), element("select", drawn, name=name))


def _is_set(here: Here, names: set[str]) -> bool:
    return any(here.address.get(name) for name in names)
