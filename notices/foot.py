"""The foot of a paper's last page (版记): who gets a copy, and which office printed it on which day."""

from collections.abc import Iterator

from notices.choices import Choices
from notices.content import Paragraph, plain
from notices.issued import blank_day
from notices.words import say


def foot(choices: Choices) -> Iterator[Paragraph]:
    """Its lines; the day is left blank until the paper is issued."""
    copies, office = (choices.typed.get(name, "").strip() for name in ("copies", "signature"))
    if copies:
        told = f"{say('notice.copies', 'zh')}{copies}{say('notice.stop', 'zh')}"
        yield Paragraph("copies", plain(told))
    yield Paragraph("printed", (*plain(f"{office}\t"), *blank_day(), *plain(say("foot.printed", "zh"))))
