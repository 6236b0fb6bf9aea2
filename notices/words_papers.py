"""Words that stand around figures on charts, slips, briefs and pictures: one part of the catalogue of papers."""

from metrics.words import Words

PAPERS: dict[str, Words] = {
    "foot.printed": ("印发", " printed"),
    "chart.plans_note": (
        "条为完成率，竖线为序时进度；右侧数字依次为完成率、序时进度",
        "Bar: done. Upright line: planned. Figures: done / planned.",
    ),
    "chart.rates_note": (
        "达序时率为完成和达序时的目标占已评判目标的比例",
        "Share of judged targets that are done or on plan",
    ),
}
