"""What intake raises: a workbook that is refused as a whole, and a plan that no longer holds."""

from data_access.errors import UserFacing
from intake.words import say


class WorkbookRefused(UserFacing):
    """The file is not read or not imported, for one reason with a sentence of its own.

    `code` is a code of `intake.words`, `facts` fill its placeholders.
    """

    def __init__(self, code: str, **facts: object) -> None:
        """Take a code of the catalogue and its facts."""
        self.code = code  # type: ignore[misc]
        self.facts = facts
        Exception.__init__(self, f"{code} {facts}" if facts else code)

    def sentence(self, lang: str = "zh") -> str:
        """What is wrong with the file."""
        return say(self.code, lang, self.facts).sentence

    def remedy(self, lang: str = "zh") -> str:
        """What to hand in instead."""
        return say(self.code, lang, self.facts).remedy


class PlanOutdated(UserFacing):
    """Between the look and the confirmation somebody else wrote what this workbook also touches."""

    code = "plan_outdated"
    zh = "预览之后,相关数据已被他人更改,没有导入。"
    en = "Data that this workbook touches were changed after the preview; nothing was imported."
    remedy_zh = "请重新预览,核对变化后再确认导入。"
    remedy_en = "Preview it again, look at the changes and confirm."


class PlanBlocked(UserFacing):
    """The workbook still has problems that must be mended."""

    code = "plan_blocked"
    fields = ("count",)
    zh = "表中还有 {count} 处必须改正的问题,没有导入。"
    en = "The workbook still has {count} problems that must be mended; nothing was imported."
    remedy_zh = "请按所列表名和单元格逐处改正后重新上传。"
    remedy_en = "Mend them by the sheet and cell named and upload again."
