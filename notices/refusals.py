"""Why a step of a notice may not be taken: a sentence and what to do first, in both languages."""

Pair = tuple[str, str]

REFUSALS: dict[str, tuple[Pair, Pair]] = {
    "incomplete": (
        ("通报还有内容没有填写。", "Something of the notice is still to be typed."),
        (
            "请补齐主送、核查情况、落款和每条要求的内容、时限。",
            "Type what is missing; each demand has a text and a day.",
        ),
    ),
    "not_now": (
        ("通报目前的状态不能办理这一步。", "The notice stands where this step cannot be taken."),
        ("请刷新后查看最新状态。", "Refresh to see where it stands."),
    ),
    "same_person": (
        (
            "核稿、签发须由起草和修改以外的另一人办理。",
            "Whoever wrote or edited it may not check or issue it.",
        ),
        ("请换一人办理。", "Let another person do it."),
    ),
    "figures_disagree": (
        (
            "文件中还有与快照不一致的数字或个人信息。",
            "The file still holds figures that disagree, or personal data.",
        ),
        ("请按核对结果逐处改正后重新上传。", "Mend what the check lists and hand the file in again."),
    ),
    "no_reason": (
        ("请写明理由。", "A reason is needed."),
        ("填写理由后再办理。", "Write it and do it once more."),
    ),
    "nobody_named": (
        (
            "这份通报没有点名批评的单位，不需要征求意见。",
            "The notice criticises nobody; nobody is to be heard.",
        ),
        ("核稿后可直接签发。", "It can be issued once it is checked."),
    ),
    "closing_day": (
        ("征求意见的截止日期须在今天之后。", "The closing day must lie after today."),
        ("请另选日期。", "Choose another day."),
    ),
    "not_asked": (
        ("还没有向单位征求意见。", "The units have not been asked yet."),
        ("核稿后先发出征求意见。", "Ask them once the notice is checked."),
    ),
    "not_named": (
        ("这份通报没有点名这个单位。", "The notice does not name this unit."),
        ("请在被点名的单位中选择。", "Choose one of the units that are named."),
    ),
    "no_objection": (
        ("这个单位没有待处理的异议。", "This unit has no objection that waits."),
        ("请刷新后查看最新状态。", "Refresh to see where it stands."),
    ),
    "no_number": (
        ("签发须填写文号和日期。", "A number and a day are needed."),
        ("填写后再签发。", "Fill both in and issue it."),
    ),
    "number_taken": (
        ("这个文号已经用过。", "This number was used already."),
        ("请核对后填写新的文号。", "Check it and give another one."),
    ),
    "not_heard": (
        ("点名批评的单位还没有机会说明。", "The units that are criticised were not heard yet."),
        (
            "先征求意见，到期或全部答复后再签发。",
            "Ask them first; issue it when all answered or the day has passed.",
        ),
    ),
    "unsettled": (
        ("还有单位的异议没有处理。", "An objection is not settled yet."),
        ("逐条写明采纳或不采纳的理由。", "Say of each whether it was right, and why."),
    ),
    "hearing_open": (
        ("征求意见还没有到期，且有单位未答复。", "The hearing is still open and units have not answered."),
        ("等到截止日期之后，或全部答复后再签发。", "Wait for the closing day, or until all have answered."),
    ),
    "nothing_to_correct": (
        ("这份通报的数字没有变化，不需要更正。", "No figure of the notice has changed."),
        ("如要修改文字，请另行起草。", "Draft another notice to change its text."),
    ),
    "not_edited": (
        ("成立的异议还没有改进文件。", "An objection was found right, and the file was not changed since."),
        ("请上传改过的文件后再核稿。", "Hand in the mended file first."),
    ),
    "same_file": (
        ("文件与上一份内容相同，成立的异议还没有改进去。", "The file says the same as the one before."),
        ("请按异议改正后再上传。", "Mend what the objection was about and hand it in again."),
    ),
    "changed_since_heard": (
        (
            "征求意见之后文件又有改动，核稿人须写明没有新增批评。",
            "The file was changed after the units were heard; say that no criticism was added.",
        ),
        (
            "请在说明中写明；有新增批评的，核稿后重新征求意见。",
            "Write it into the remark; where criticism was added, have the units heard again.",
        ),
    ),
    "findings_unread": (
        (
            "文件与原稿有不同之处，核稿人须写明已逐处核实。",
            "The file differs from the draft; say that you saw each place.",
        ),
        ("请在说明中写明核实情况。", "Write it into the remark."),
    ),
    "issue_day": (
        (
            "签发日期不能早于核稿日期，也不能晚于今天。",
            "A notice is not issued before the day it was checked, nor on a day to come.",
        ),
        ("请核对日期。", "Check the day."),
    ),
    "not_said": (
        (
            "还没有选择是否有异议（或异议是否成立）。",
            "It is not said whether there is an objection, or whether it is right.",
        ),
        ("请选一项再办理。", "Choose one and do it once more."),
    ),
    "number_form": (
        ("文号要有数字，并以“号”或“期”结尾。", "A number holds digits and ends with 号 or 期."),
        ("例如：云府办通〔2026〕12号。", "For example 云府办通〔2026〕12号."),
    ),
    "demand_day": (
        ("有要求的时限早于今天。", "A demand is due before today."),
        ("请把时限改到今天或以后。", "Give it a day that is still to come."),
    ),
    "another_notice": (
        ("上传的是另一份通报的文件。", "The file is that of another notice."),
        (
            "请核对文件，上传这一份通报改好的 Word 文件；没有保存。",
            "Hand in the edited file of this one; nothing was kept.",
        ),
    ),
    "not_the_notice": (
        (
            "上传的文件里找不到这份通报的正文。",
            "The file holds next to nothing of this notice.",
        ),
        (
            "请上传由这份通报改成的 Word 文件；没有保存。",
            "Hand in the Word file that this notice became; nothing was kept.",
        ),
    ),
    "too_long": (
        ("文字太长，没有保存。", "The text is too long; nothing was kept."),
        ("文号不超过60字，说明不超过2000字。", "A number has at most 60 characters, a remark 2,000."),
    ),
    "not_newer": (
        (
            "更正须用同一截至日期、更晚数据时点的快照。",
            "A correction needs a newer snapshot of the same day.",
        ),
        ("请按原截至日期再存一份快照。", "Keep a snapshot of that day now."),
    ),
    "corrected_meanwhile": (
        (
            "起草之后，原通报已被另一份更正通报更正。",
            "Another correction of that notice was issued meanwhile.",
        ),
        ("请重新起草更正通报。", "Draft the correction anew."),
    ),
    "correct_the_first": (
        ("这是一份更正通报。", "This notice is a correction itself."),
        ("请从原通报起草新的更正通报。", "Draft another correction of the notice that it corrects."),
    ),
}
