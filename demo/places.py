"""The land of the invented county: townships, villages, what they are called and how many live there.

No name or code is taken from a list of real places. Codes begin with 99, which the statistical
division of the country does not use.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from random import Random

from data_access.records import UnitRecord
from metrics.vocabulary import Level

COUNTY = "990521"
COUNTY_NAME = "云岭县"
BEGIN = date(2025, 1, 1)

# (three digits of the code, name, kind, zone, villages and communities in the order of their codes)
TOWNSHIPS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "001",
        "凤鸣街道",
        "街道",
        "近郊",
        "文昌社区 东门社区 西门社区 凤鸣社区 书院社区 滨河社区 新华社区 北关社区 车站社区 "
        "东郊村 柳林村 菜园村 官塘村 凤岗村",
    ),
    (
        "002",
        "南屏街道",
        "街道",
        "近郊",
        "南屏社区 迎宾社区 平安社区 工业园社区 康乐社区 桥南社区 南湖村 杨柳村 新塘村 花园村 陈家坝村 水磨村",
    ),
    (
        "100",
        "白沙镇",
        "镇",
        "丘陵",
        "白沙社区 幸福社区 上白沙村 下白沙村 渡口村 沙坪村 洲头村 江家湾村 大石坝村 罗家坪村 柏树村 "
        "梅子村 红岩村 枣林村 两河村 麻柳村 金竹村 永兴村 观音桥村 黄桷村 油房村 石盘村",
    ),
    (
        "101",
        "清溪镇",
        "镇",
        "丘陵",
        "清溪社区 溪口村 溪源村 碧水村 石板村 桃源村 青龙村 李家沟村 三元村 柳溪村 大柏村 团结村 "
        "月亮湾村 响水村 龙洞村 白果村 板桥村 平溪村 莲花村 黄土坡村",
    ),
    (
        "102",
        "大河镇",
        "镇",
        "近郊",
        "大河社区 河东村 河西村 大坝村 王家渡村 沿河村 长滩村 鱼塘村 苇塘村 砖桥村 上湾村 下湾村 "
        "五里村 十里村 双河口村 胡家营村 太平村 三合村 小河村",
    ),
    (
        "103",
        "双桥镇",
        "镇",
        "丘陵",
        "双桥社区 东桥村 西桥村 桥头村 新桥村 凉亭村 高峰村 赵家湾村 孙家坪村 石堰村 同心村 和平村 "
        "光明村 枫香村 樟树村 井坎村 茅坪村 大田村",
    ),
    (
        "104",
        "青石镇",
        "镇",
        "山区",
        "青石社区 青石岭村 石厂村 石梁村 黑石村 大岩村 岩口村 岩脚村 周家寨村 吴家坳村 田坝村 杉木村 "
        "竹山村 火石村 长岭村 平顶村 回龙村 白云村 麦地村 关口村",
    ),
    (
        "105",
        "龙泉镇",
        "镇",
        "丘陵",
        "龙泉社区 泉水村 龙潭村 龙井村 冷水村 热水村 黄龙村 双泉村 马鞍村 何家岭村 刘家冲村 荷塘村 "
        "稻香村 四方村 青山村 玉屏村 朝阳村",
    ),
    (
        "106",
        "马场镇",
        "镇",
        "山区",
        "马场社区 上马村 下马村 草坝村 羊角村 马颈村 驿站村 郑家山村 谢家坡村 梁子村 荞地村 坪上村 "
        "野鸭塘村 花椒村 核桃村 高坎村 箐口村 鹰嘴村 新民村",
    ),
    (
        "107",
        "永丰镇",
        "镇",
        "近郊",
        "永丰社区 丰乐村 丰产村 永安村 永胜村 大垅村 小垅村 谷仓村 麦坪村 糖坊村 酒坊村 徐家湾村 "
        "朱家院村 万年村 千丘村 良田村 东升村 西林村 前进村 建设村 胜利村",
    ),
    (
        "200",
        "石门乡",
        "乡",
        "山区",
        "石门村 上峡村 下峡村 峡口村 滴水村 深溪村 半坡村 崖上村 冉家槽村 覃家坝村 老鹰岩村 天池村 "
        "云峰村 洞口村 沙湾村",
    ),
    (
        "201",
        "云台乡",
        "乡",
        "山区",
        "云台村 云顶村 云中村 松树村 凉风村 大垭村 小垭村 雾岭村 汪家垴村 药场村 雪岭村 林场村",
    ),
    (
        "202",
        "竹坪乡",
        "乡",
        "山区",
        "竹坪村 竹园村 斑竹村 水竹村 笋塘村 曾家沟村 邓家坪村 窑湾村 纸厂村 黄泥村 碾子村",
    ),
    (
        "203",
        "高寨乡",
        "乡",
        "山区",
        "高寨村 中寨村 下寨村 老寨村 新寨村 岩寨村 田家寨村 鼓楼村 梯田村 花坡村 望山村 牛场村 芦坪村",
    ),
    (
        "204",
        "茶园乡",
        "乡",
        "丘陵",
        "茶园村 茶岭村 茶亭村 芽山村 采香村 古树村 向阳村 山口村 许家屋村 丁家畈村 栗树村 油茶村",
    ),
    (
        "500",
        "红岭农场",
        "农场",
        "丘陵",
        "场部社区 一分场 二分场 三分场 四分场 园艺队 畜牧队",
    ),
)

RESETTLED = ("康乐社区", "幸福社区", "清溪社区", "青石社区", "马场社区", "石门村", "高寨村")
# One model village in each township.
_MODEL_NAMES = (
    "凤岗村 陈家坝村 永兴村 桃源村 河东村 同心村 白云村 荷塘村 "
    "坪上村 良田村 天池村 云顶村 竹园村 梯田村 茶岭村 一分场"
)
_OLD_BASE_NAMES = (
    "红岩村 观音桥村 龙洞村 团结村 高峰村 光明村 回龙村 关口村 火石村 何家岭村 驿站村 郑家山村 鹰嘴村 "
    "上峡村 老鹰岩村 云峰村 大垭村 汪家垴村 林场村 纸厂村 老寨村 鼓楼村 望山村 古树村 山口村"
)
MODEL = frozenset(_MODEL_NAMES.split())
OLD_BASE = frozenset(_OLD_BASE_NAMES.split())

# Households of one place: from, to; share of households once registered as poor: from, to.
_HOUSEHOLDS = {"社区": (720, 2380), "村": (230, 690), "分场": (64, 148)}
_RELIEVED = {"近郊": (0.03, 0.08), "丘陵": (0.08, 0.16), "山区": (0.15, 0.30)}
_KEY_VILLAGES = {"近郊": 1, "丘陵": 3, "山区": 5}


@dataclass(frozen=True)
class Place:
    """A unit with the counts that tasks are shared out by; households and persons are whole numbers."""

    code: str
    level: Level
    parent: str | None
    name: str
    kind: str
    zone: str
    sort: int
    tags: tuple[str, ...] = ()
    households: int = 0
    persons: int = 0
    relieved: int = 0
    relieved_persons: int = 0
    monitored: int = 0
    workers: int = 0
    fields: int = 0
    wards: int = 0
    priority: int = 0

    @property
    def is_rural(self) -> bool:
        """True for villages and farm teams, False for communities of a town."""
        return self.kind in ("村", "分场")


@dataclass(frozen=True)
class Land:
    """All places of the county, by code and by name."""

    places: tuple[Place, ...]

    @cached_property
    def by_code(self) -> dict[str, Place]:
        """Every place under its code."""
        return {place.code: place for place in self.places}

    @cached_property
    def by_name(self) -> dict[str, Place]:
        """Every place under its name; names are distinct over the whole county."""
        return {place.name: place for place in self.places}

    @cached_property
    def townships(self) -> tuple[Place, ...]:
        """The sixteen townships, streets and the farm."""
        return tuple(place for place in self.places if place.level is Level.TOWNSHIP)

    @cached_property
    def villages(self) -> tuple[Place, ...]:
        """All villages, communities and farm teams."""
        return tuple(place for place in self.places if place.level is Level.VILLAGE)

    @cached_property
    def county(self) -> Place:
        """The county itself."""
        return self.by_code[COUNTY]

    def below(self, township: str) -> tuple[Place, ...]:
        """The villages of one township."""
        return self._by_township[township]

    @cached_property
    def _by_township(self) -> dict[str, tuple[Place, ...]]:
        return {
            township.code: tuple(village for village in self.villages if village.parent == township.code)
            for township in self.townships
        }


def land(seed: int) -> Land:
    """The whole land, the same for the same seed."""
    rng = Random(f"{seed}:places")
    townships: list[Place] = []
    villages: list[Place] = []
    for order, (digits, name, kind, zone, names) in enumerate(TOWNSHIPS, start=1):
        code = COUNTY + digits
        below = _villages(rng, code, zone, names.split())
        villages += below
        townships.append(_sum(code, Level.TOWNSHIP, COUNTY, name, kind, zone, order, (zone,), below))
    county = _sum(COUNTY, Level.COUNTY, None, COUNTY_NAME, "县", "", 0, (), villages)
    return Land((county, *townships, *villages))


def _villages(rng: Random, township: str, zone: str, names: list[str]) -> list[Place]:
    numbers = _village_numbers(names)
    rural = [name for name in names if not name.endswith("社区")]
    key = set(rng.sample(rural, _KEY_VILLAGES[zone]))
    weak = set(rng.sample(rural, max(1, len(rural) // 9)))
    return [
        _village(rng, township + number, township, name, zone, order, name in key, name in weak)
        for order, (name, number) in enumerate(zip(names, numbers, strict=True), start=1)
    ]


def _village_numbers(names: list[str]) -> list[str]:
    """Last three digits as the statistical codes have them: communities 001, villages 200, teams 500."""
    counts = {"社区": 0, "村": 199, "分场": 499}
    numbers = []
    for name in names:
        counts[_kind(name)] += 1
        numbers.append(f"{counts[_kind(name)]:03d}")
    return numbers


def _kind(name: str) -> str:
    if name.endswith("社区"):
        return "社区"
    return "村" if name.endswith("村") else "分场"


def _village(
    rng: Random, code: str, township: str, name: str, zone: str, order: int, is_key: bool, is_weak: bool
) -> Place:
    kind = _kind(name)
    low, high = _HOUSEHOLDS[kind]
    households = rng.randint(low, high)
    persons = round(households * rng.uniform(2.9, 3.6))
    relieved = _relieved(rng, kind, zone, name, is_key, households)
    tags = _tags(name, zone, is_key, is_weak, relieved, households)
    return Place(
        code=code,
        level=Level.VILLAGE,
        parent=township,
        name=name,
        kind=kind,
        zone=zone,
        sort=order,
        tags=tags,
        households=households,
        persons=persons,
        relieved=relieved,
        relieved_persons=round(relieved * rng.uniform(3.0, 3.7)),
        monitored=max(1, round(households * rng.uniform(0.006, 0.012) * (1.9 if zone == "山区" else 1.2))),
        workers=round(relieved * rng.uniform(1.5, 1.9)),
        fields=0 if kind == "社区" else round(households * rng.uniform(2.6, 4.8)),
        wards=max(2, round(persons * rng.uniform(0.012, 0.03))),
        priority=round(persons * rng.uniform(0.18, 0.27)),
    )


def _relieved(rng: Random, kind: str, zone: str, name: str, is_key: bool, households: int) -> int:
    if name in RESETTLED:
        return round(households * rng.uniform(0.34, 0.46))
    if kind == "社区":
        return round(households * rng.uniform(0.004, 0.012))
    low, high = _RELIEVED[zone]
    return max(6, round(households * rng.uniform(low, high) * (1.35 if is_key else 1.0)))


def _tags(
    name: str, zone: str, is_key: bool, is_weak: bool, relieved: int, households: int
) -> tuple[str, ...]:
    wanted = (
        ("重点村", is_key),
        ("示范村", name in MODEL),
        ("易地搬迁安置", name in RESETTLED),
        ("老区村", name in OLD_BASE),
        ("集体经济薄弱村", is_weak),
        ("脱贫村", relieved * 100 >= households * 20 and not name.endswith("社区")),
    )
    return (zone, *(tag for tag, has in wanted if has))


def _sum(
    code: str,
    level: Level,
    parent: str | None,
    name: str,
    kind: str,
    zone: str,
    order: int,
    tags: tuple[str, ...],
    below: list[Place],
) -> Place:
    return Place(
        code=code,
        level=level,
        parent=parent,
        name=name,
        kind=kind,
        zone=zone,
        sort=order,
        tags=tags,
        households=sum(place.households for place in below),
        persons=sum(place.persons for place in below),
        relieved=sum(place.relieved for place in below),
        relieved_persons=sum(place.relieved_persons for place in below),
        monitored=sum(place.monitored for place in below),
        workers=sum(place.workers for place in below),
        fields=sum(place.fields for place in below),
        wards=sum(place.wards for place in below),
        priority=sum(place.priority for place in below),
    )


def unit_records(country: Land) -> list[UnitRecord]:
    """Every unit as it stood on 1 January 2025, parents before children."""
    return [_record(place, BEGIN) for place in country.places]


def renamed_units(country: Land) -> list[UnitRecord]:
    """What changed since: one village became a community on 1 January 2026."""
    return [_record(country.by_name["小河村"], date(2026, 1, 1), name="小河社区", kind="社区")]


def _record(place: Place, day: date, name: str | None = None, kind: str | None = None) -> UnitRecord:
    return UnitRecord(
        code=place.code,
        level=place.level,
        parent=place.parent,
        name=name or place.name,
        kind=kind or place.kind,
        sort=place.sort,
        valid_from=day,
        tags=place.tags,
        households=place.households,
        persons=place.persons,
    )
