"""Made names of towns and villages, in Chinese and in pinyin; all of them are invented."""

from __future__ import annotations

from collections.abc import Iterator

from sim.rng import Luck

_FIRST = (
    ("砚", "yan"), ("槿", "jin"), ("芷", "zhi"), ("栖", "qi"), ("沐", "mu"), ("岚", "lan"), ("樟", "zhang"),
    ("蓼", "liao"), ("苇", "wei"), ("棠", "tang"), ("霁", "ji"), ("禾", "he"), ("桐", "tong"), ("鹭", "lu"),
    ("枫", "feng"), ("柘", "zhe"), ("榆", "yu"), ("菱", "ling"), ("荻", "di"), ("椿", "chun"), ("楠", "nan"),
    ("萤", "ying"), ("鲤", "li"), ("雁", "yann"), ("艾", "ai"), ("葛", "ge"), ("麦", "mai"), ("松", "song"),
)  # fmt: skip
_SECOND = (
    ("坪", "ping"), ("渡", "du"), ("湾", "wan"), ("岭", "ling"), ("塘", "tang"), ("洲", "zhou"), ("浦", "pu"),
    ("垣", "yuan"), ("埠", "bu"), ("坞", "wu"), ("溪", "xi"), ("冈", "gang"), ("汀", "ting"), ("畈", "fan"),
    ("墩", "dun"), ("堰", "yan"), ("垭", "ya"), ("泽", "ze"), ("庄", "zhuang"), ("屏", "ping"),
)  # fmt: skip
_THIRD = (("上", "shang"), ("下", "xia"), ("东", "dong"), ("西", "xi"), ("南", "nan"), ("北", "bei"), ("新", "xin"))


def names(luck: Luck, taken: dict[str, None]) -> Iterator[tuple[str, str]]:
    """Yield names as Chinese stem and pinyin, none twice, in an order that the luck decides.

    Args:
        luck: The luck of the county.
        taken: Pinyin that must not be used.
    """
    given = dict(taken)
    stems = [(zh + more, en + tail) for zh, en in _FIRST for more, tail in _SECOND]
    longer = [(before + zh, front + en) for before, front in _THIRD for zh, en in stems]
    for group in (stems, longer):
        for zh, en in sorted(group, key=lambda stem: luck.uniform("name", stem[0])):
            if en not in given:
                given[en] = None
                yield zh, en
