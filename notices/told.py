"""What was found of a notice, as a sentence: the same on the page and by the command."""

from metrics.words import Lang
from notices.amounts import change
from notices.checking import CORRECTED, REMOVED, Finding
from notices.lists import is_list
from notices.lists import moved as moved_names
from notices.rewriting import Rewritten
from notices.words import say


def finding_text(finding: Finding, lang: Lang) -> str:
    """A finding with its place."""
    key = "gone" if finding.kind == CORRECTED and not finding.wanted else finding.kind
    # A name is no figure.
    key = "name_removed" if key == REMOVED and finding.key.endswith("|name") else key
    said = say(f"finding.{key}", lang, wanted=finding.wanted, found=finding.found)
    moved = how_changed(finding, lang) if key == CORRECTED else ""
    if moved and is_list(finding.key):
        said = moved
    elif moved:
        said = say("finding.moved", lang, said=said, change=moved)
    return say("finding.where", lang, said=said, where=finding.where) if finding.where else said


def how_changed(finding: Finding, lang: Lang) -> str:
    """How much more or less a corrected figure is; of a list who left and who joined it. Else empty."""
    if is_list(finding.key):
        return moved_names(finding.found, finding.wanted, lang)
    return change(finding.found, finding.wanted, lang)


def note_text(code: str, about: str, lang: Lang) -> str:
    """What the clerk should know of a draft."""
    return say(f"note.{code}", lang, about=about)


def rewritten_text(line: Rewritten, lang: Lang) -> str:
    """A line that people wrote otherwise, with the words that changed."""
    if not line.changes:
        kind = "added" if line.added else "gone"
        return say(f"rewritten.{kind}", lang, text=line.added or line.gone)
    places = (
        say(
            "rewritten.place",
            lang,
            before=each.before,
            was=each.was or say("rewritten.nothing", lang),
            now=each.now or say("rewritten.nothing", lang),
            after=each.after,
        )
        for each in line.changes
    )
    return say("rewritten.changed", lang, places=say("separator", lang).join(places))
