"""Why a step may not be taken is said in both languages."""

import pytest

from notices.flow import StepRefused
from notices.refusals import REFUSALS


@pytest.mark.parametrize("code", REFUSALS)
def test_every_refusal_says_why_and_what_to_do(code: str) -> None:
    told = StepRefused(code)
    for lang in ("zh", "en"):
        assert told.sentence(lang) and told.remedy(lang)
    assert told.sentence("zh") != told.sentence("en")
