"""Names as people write them: width, blanks, pinyin in brackets, traditional characters, old spellings."""

import re
import unicodedata
from difflib import get_close_matches
from functools import cache, lru_cache

from opencc import OpenCC

from intake.words.readings import OLD_SPELLINGS, PINYIN, SUM_MARK, SUM_ROW

UNSEEN = ("Cc", "Cf", "Co", "Cs")
BLANKS = re.compile(r"\s+")


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def visible(text: str) -> str:
    """The characters that can be seen, and blanks: no control marks, nothing of zero width.

    Text copied from web pages and chats brings marks along that nobody sees and nobody could mend.
    """
    if text.isprintable():
        return text
    return "".join(mark for mark in text if mark in "\n\t" or unicodedata.category(mark) not in UNSEEN)


def one_width(text: str) -> str:
    """Full-width letters, digits and brackets to half-width; control characters dropped."""
    return visible(unicodedata.normalize("NFKC", text))


def simplified(text: str) -> str:
    """Traditional characters to simplified, old spellings to the present ones."""
    for old, new in OLD_SPELLINGS:
        text = text.replace(old, new)
    return _converter().convert(text) if not text.isascii() else text


@lru_cache(maxsize=20_000)
def plain_name(text: str) -> str:
    """The form in which two writings of one name are equal."""
    return simplified(BLANKS.sub("", PINYIN.sub("", one_width(text)))).strip("*").lower()


def tidy_name(text: str) -> str:
    """A name as it should be stored: pinyin, odd blanks and traditional characters removed."""
    return simplified(BLANKS.sub(" ", PINYIN.sub("", text)).strip())


def is_sum_row(text: object) -> bool:
    """Whether a cell announces a row of sums: 小计, 合计, 全县合计."""
    # Every row is asked this, so the cheap question comes first.
    if not isinstance(text, str) or SUM_MARK not in text:
        return False
    return SUM_ROW.match(BLANKS.sub("", one_width(text))) is not None


def nearest(text: str, known: list[str]) -> str:
    """The known name or code most like `text`; empty when none is near."""
    found = get_close_matches(text, known, n=1, cutoff=0.6)
    return found[0] if found else ""
