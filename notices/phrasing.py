"""What every section of a paper is made of: sentences filled with bound figures, numbered headings, paragraphs."""

from collections.abc import Iterable, Mapping

from notices.choices import Choices
from notices.content import Paragraph, Run, Runs, Style, plain
from notices.figures import Figures, FigureUnknown
from notices.sentences import SENTENCES, SHARED, fill, gaps_of
from notices.words import numeral, say

# The key of a figure, part by part.
Parts = tuple[str, ...]


class Lines:
    """Writes the lines of one paper; what had to be left out is in `notes`."""

    def __init__(self, figures: Figures, choices: Choices, wording: Mapping[str, str]) -> None:
        """Begin without sections."""
        self.figures, self.choices, self.wording = figures, choices, wording
        self.county = figures.county
        self.notes: list[tuple[str, str]] = []
        self._sections = self._topics = 0

    def line(self, key: str, **gaps: Parts | Runs | Run) -> Runs:
        """A sentence with its figures; nothing where a figure it needs is not there."""
        text = self.wording.get(key, SENTENCES[key].text)
        held = SHARED | gaps
        try:
            return fill(text, {gap: self._value(held[gap]) for gap in gaps_of(text)})
        except FigureUnknown as missing:
            self.notes.append(("left_out", f"{SENTENCES[key].purpose[0]} {missing}"))
            return ()

    def _value(self, held: Parts | Runs | Run) -> Run | Runs:
        if isinstance(held, Run):
            return held
        if held and isinstance(held[0], Run):
            return tuple(each for each in held if isinstance(each, Run))
        return self.figures.run(*(str(each) for each in held)) if held else ()

    def heading(self, key: str) -> Paragraph:
        """The heading of a section, numbered."""
        self._sections, self._topics = self._sections + 1, 0
        return Paragraph(
            "heading", (Run(say("notice.section", "zh", number=numeral(self._sections))), *self.line(key))
        )

    def topic(self, key: str) -> Paragraph:
        """The heading of a topic within a section, numbered."""
        return Paragraph("topic", self.numbered(self.line(key)))

    def doubted(self, key: str, *whose: str) -> Runs:
        """A sentence on data in doubt; none where there are none."""
        if not self.figures.has(*whose, "doubted"):
            return ()
        return self.line(key, 单位=(*whose, "name"), 存疑=(*whose, "doubted"))

    def numbered(self, runs: Runs) -> Runs:
        """A line with the next number of its section."""
        self._topics += 1
        return (Run(say("notice.topic", "zh", number=numeral(self._topics))), *runs)

    def body(self, *lines: Runs, style: Style = "body") -> Iterable[Paragraph]:
        """A paragraph of these lines; none where they say nothing."""
        runs = tuple(run for line in lines for run in line)
        if runs:
            yield Paragraph(style, runs)

    def typed(self, name: str) -> Runs:
        """What the clerk typed."""
        return plain(self.choices.typed.get(name, "").strip())

    def name(self, unit: str) -> Run:
        """The name of a unit, bound."""
        return self.figures.run("unit", unit, "name")
