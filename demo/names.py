"""Personal names, made of common surnames and common characters; every name is given out once."""

from random import Random

_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟"
    "卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚"
)
_FIRST = "志建文国明永春正光世兴德家振云海学成立荣天长开晓秀玉桂丽红美淑慧雪亚彩素"
_SECOND_HE = "军华平强伟斌勇涛波辉峰刚林松宏鹏飞杰龙祥福贵生才义良昌庆元旺"
_SECOND_SHE = "芳兰英琴梅玲娟霞燕萍珍芬敏莲蓉莉云凤菊香"
_HERS = "秀玉桂丽红美淑慧雪亚彩素晓春"

_PREFIXES = ("133", "135", "136", "138", "139", "150", "151", "158", "187")

# Names of people in public office that these characters could spell by chance.
_PUBLIC = frozenset(
    ("胡春华", "王志军", "王文涛", "张国华", "黄文秀", "李国平", "林建华", "刘国中", "陈春生")
)


class Names:
    """Gives out distinct names, the same ones in the same order for the same seed."""

    def __init__(self, rng: Random) -> None:
        """Start with no name taken."""
        self._rng = rng
        self._taken: set[str] = set(_PUBLIC)

    def next(self, women: float = 0.27) -> str:
        """A name nobody in the county has yet; `women` is the share of women's names."""
        while True:
            name = self._draw(women)
            if name not in self._taken:
                self._taken.add(name)
                return name

    def _draw(self, women: float) -> str:
        rng = self._rng
        # The commonest surnames are commoner than the rest, as in any county.
        surname = rng.choice(_SURNAMES[:30]) if rng.random() < 0.55 else rng.choice(_SURNAMES)
        if rng.random() < women:
            return surname + rng.choice(_HERS) + rng.choice(_SECOND_SHE)
        return surname + rng.choice(_FIRST[:23]) + rng.choice(_SECOND_HE)


def phone(rng: Random) -> str:
    """A telephone number with its middle masked."""
    return f"{rng.choice(_PREFIXES)}****{rng.randint(0, 9999):04d}"
