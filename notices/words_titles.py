"""Words of the titles of official documents: what the lines of a title are never broken in, and where they may end."""

# In one piece each; the longer ones first where one begins another.
KEPT = (
    "目标任务|主要指标|重点工作|重点任务|年度任务|进展情况|完成情况|落实情况|整改情况|工作情况|推进情况|有关情况"
    "|有关数据|有关问题|脱贫攻坚成果|脱贫攻坚|乡村振兴|民生实事|高质量发展|人民政府|办公室|督查|督办|调度|通报|通知"
    "|情况|工作|目标|任务|进展|进度|序时|完成|落实|推进|整改|问题|数据|更正|补充|检查|核查|考核|评估|巩固|拓展"
    "|有效|衔接|成果|重点|主要|指标|项目|资金|农村|全县|全市|各乡镇|乡镇|街道|部门|单位|有关|简报|专项|行动|季度"
    "|上半年|下半年|全年|截至"
)
# What begins a phrase and never ends a line; what never begins one.
OPENING = "关于|对|在|和|与|及|同|以及|并"
CLOSING = "的|之|等|了"
# Year, months and day of a title, in one piece; and what is counted or ordered.
DAYS = (
    r"\d{4}年度?(?:\d{1,2}(?:[—\-–]\d{1,2})?月(?:份|\d{1,2}日)?)?"
    r"|\d{1,2}(?:[—\-–]\d{1,2})?月(?:份|\d{1,2}日)?|第[一二三四]季度|第?\d+[期号批次个项]"
)
