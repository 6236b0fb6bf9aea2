"""Single happenings that no pace explains: children out of school, families without work, slips of the pen."""

from dataclasses import dataclass

from metrics.vocabulary import Quality


@dataclass(frozen=True)
class Incident:
    """A count that should be zero and was not, from one month to another, both included."""

    indicator: str
    unit: str
    year: int
    first: int
    last: int
    count: int = 1


INCIDENTS: tuple[Incident, ...] = (
    Incident("JX01", "羊角村", 2025, 2, 3),
    Incident("JX01", "半坡村", 2025, 3, 5, 2),
    Incident("JX01", "大垭村", 2025, 9, 10),
    Incident("JX01", "麻柳村", 2025, 9, 9),
    Incident("JX01", "竹山村", 2025, 10, 11),
    Incident("JX01", "老寨村", 2026, 3, 4),
    Incident("JX01", "箐口村", 2026, 3, 3),
    Incident("JX01", "车站社区", 2026, 5, 5),
    Incident("JX01", "深溪村", 2026, 9, 10, 2),
    Incident("JX01", "雾岭村", 2026, 9, 10),
    Incident("JX01", "丁家畈村", 2026, 10, 10),
    Incident("JY05", "天池村", 2025, 2, 4, 2),
    Incident("JY05", "雪岭村", 2025, 3, 6),
    Incident("JY05", "梁子村", 2025, 7, 8),
    Incident("JY05", "幸福社区", 2025, 11, 12),
    Incident("JY05", "幸福社区", 2026, 1, 2),
    Incident("JY05", "滴水村", 2026, 7, 10, 2),
    Incident("JY05", "上峡村", 2026, 8, 10),
    Incident("JY05", "望山村", 2026, 6, 10),
    Incident("JY05", "郑家山村", 2026, 9, 10),
)


@dataclass(frozen=True)
class Slip:
    """A figure that was not written as a plain number, in one month."""

    indicator: str
    unit: str
    year: int
    month: int
    quality: Quality
    text: str
    times: int = 1
    doubt: str | None = None


# `times` is what the true figure is multiplied by: a slip of the unit (yuan for ten thousand, a place too many).
SLIPS: tuple[Slip, ...] = (
    Slip("ZC01", "望山村", 2026, 10, Quality.APPROXIMATE, "{}余"),
    Slip("ZC01", "芦坪村", 2026, 10, Quality.APPROXIMATE, "约{}"),
    Slip("ZC01", "花坡村", 2026, 9, Quality.APPROXIMATE, "{}余"),
    Slip("DD04", "马场镇", 2026, 10, Quality.APPROXIMATE, "约{}"),
    Slip("DD04", "青石镇", 2026, 10, Quality.AT_LEAST, "{}以上"),
    Slip("CY07", "茶园乡", 2026, 9, Quality.APPROXIMATE, "{}余"),
    Slip("JX05", "竹坪乡", 2025, 11, Quality.APPROXIMATE, "{}余"),
    Slip("ZC01", "凉亭村", 2025, 5, Quality.APPROXIMATE, "{}余"),
    Slip("JY01", "花椒村", 2026, 10, Quality.MASKED, "xx"),
    Slip("JY01", "牛场村", 2026, 10, Quality.MASKED, "***"),
    Slip("JK04", "高寨乡", 2026, 10, Quality.QUALITATIVE, "即将完成"),
    Slip("CY03", "荷塘村", 2026, 10, Quality.EXACT, "", 10, "为上月的10倍以上，疑似元与万元混填，待核实"),
    Slip("ZJ01", "大河镇", 2026, 10, Quality.EXACT, "", 1, "月末三日集中支付占当月九成，待抽查凭证"),
)
SLIP_AT = {(slip.indicator, slip.unit, slip.year, slip.month): slip for slip in SLIPS}

# Villages whose rows were left out of an accepted workbook.
LEFT_OUT = frozenset((("岩寨村", 2026, 10), ("鹰嘴村", 2026, 10), ("雪岭村", 2026, 10), ("纸厂村", 2025, 12)))

# What townships wrote about the look of their villages, quarter by quarter.
TIDINESS = (
    "村容村貌明显改善，主干道两侧乱堆乱放基本清零",
    "垃圾清运由两日一清改为一日一清，群众反映较好",
    "污水直排点位减少，个别村组房前屋后仍有杂物",
    "整治基本到位，长效管护人员尚未配齐",
    "集镇周边明显改善，边远村组进展一般",
)
