"""The county's own sentences: checked before they are kept, every version kept."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Engine

from data_access.engine import write
from data_access.errors import UserFacing
from data_access.notices import Wording, add_wording, read_wording
from data_access.scope import Scope
from notices.sentences import SENTENCES, SHARED, TemplateFault, faults

SAID = {
    "unknown_gap": ("不能用“{found}”这一项", "{found} cannot be used here"),
    "broken_braces": ("花括号不成对，或括号里不是项目名称", "braces do not match, or hold no name"),
    "empty": ("这句话不能为空", "this sentence may not be empty"),
    "too_long": ("太长（{found}字）", "too long ({found} characters)"),
}


class WordingRefused(UserFacing):
    """A wording that a notice could not be written with."""

    code = "wording_refused"
    fields = ("why", "gaps")
    zh = "这句话没有保存：{why}。"
    en = "The sentence was not kept: {why}."
    remedy_zh = "可用的项目：{gaps}；写成花括号加名称，如“完成率{{完成率}}”。"
    remedy_en = "What may stand in braces: {gaps}."

    def __init__(self, faults: Sequence[TemplateFault], gaps: str) -> None:
        """Take what is wrong, and what may stand in braces."""
        self.faults = faults
        super().__init__("", gaps)

    def sentence(self, lang: str = "zh") -> str:
        """Every fault, in the language of the reader."""
        place, mark, text = (0, "；", self.zh) if lang == "zh" else (1, "; ", self.en)
        said = (SAID[each.code][place].format(found=each.found) for each in self.faults)
        return text.format(why=mark.join(said))


def keep_wording(
    engine: Engine, scope: Scope, sentence: str, text: str, *, author: str, moment: datetime
) -> None:
    """Keep a wording; `WordingRefused` where a notice could not be written with it."""
    held = text.strip()
    found = faults(sentence, held)
    if found:
        raise WordingRefused(found, "、".join((*SENTENCES[sentence].gaps, *SHARED)))
    _keep(engine, scope, Wording(sentence, held, author, moment, withdrawn=False))


def restore_wording(engine: Engine, scope: Scope, sentence: str, *, author: str, moment: datetime) -> None:
    """Go back to the sentence that ships."""
    _keep(engine, scope, Wording(sentence, SENTENCES[sentence].text, author, moment, withdrawn=True))


def _keep(engine: Engine, scope: Scope, wording: Wording) -> None:
    with write(engine, scope.county) as connection:
        held = {each.sentence: each.recorded_at for each in read_wording(connection, scope)}
        last = held.get(wording.sentence)
        if last is not None and last >= wording.recorded_at:
            # Two within one tick of the clock: the second came after the first.
            wording = replace(wording, recorded_at=last + timedelta(microseconds=1))
        add_wording(connection, scope.county, wording)
