"""The marks of titles: 《 》, and 〈 〉 for a title within a title (GB/T 15834)."""

OPENING, CLOSING = "《〈", "》〉"


def nested(text: str) -> str:
    """A text whose titles within titles have the marks of their depth: 《更正〈通报〉》; the outermost stay."""
    if not any(mark in text for mark in OPENING):
        return text
    out: list[str] = []
    # The places of the marks of the titles that are open, in their pairs.
    held: list[int] = []
    for sign in text:
        shown = sign
        if sign in OPENING:
            held.append(1 - held[-1] if held else OPENING.index(sign))
            shown = OPENING[held[-1]]
        elif sign in CLOSING and held:
            shown = CLOSING[held.pop()]
        out.append(shown)
    return "".join(out)


def inside(title: str) -> str:
    """A title as it is written between marks of its own."""
    return nested(f"《{title}》")[1:-1]
