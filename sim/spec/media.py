"""Media by which a statement goes out to the people of a county, and whom each of them reaches."""

from __future__ import annotations

from pydantic import TypeAdapter

from sim.spec.base import Id, Share, Spec, Text


class Medium(Spec):
    """A medium.

    Attributes:
        reach: Share of the people below 60 whom a statement reaches by it where it works.
        reach_old: The same for people of 60 and above.
        needs: Kinds of lifeline that must serve a township for it to work there.
        usual: Whether statements go out by it unless they name others.
        source: Where the numbers are from.
    """

    id: Id
    name: Text
    reach: Share
    reach_old: Share
    needs: tuple[Id, ...] = ()
    usual: bool = True
    source: str


MEDIA: TypeAdapter[tuple[Medium, ...]] = TypeAdapter(tuple[Medium, ...])
"""Checks the fields of a list of media."""
NET = ("base_station",)
POWER_AND_NET = ("substation", "base_station")


def _medium(
    ident: str, zh: str, en: str, reach: tuple[float, float], needs: tuple[str, ...] = (), *, usual: bool = True
) -> dict[str, object]:
    name, source = {"zh": zh, "en": en}, "guess; count who has seen it in an exercise"
    return {
        "id": ident,
        "name": name,
        "reach": reach[0],
        "reach_old": reach[1],
        "needs": needs,
        "usual": usual,
        "source": source,
    }


DEFAULT_MEDIA = MEDIA.validate_python(
    (
        _medium("wechat", "官方微信公众号", "official WeChat account", (0.55, 0.15), NET),
        _medium("tv", "电视滚动字幕", "text on television", (0.2, 0.5), ("substation",)),
        _medium("website", "政府网站", "website of the government", (0.05, 0.01), POWER_AND_NET),
        _medium("sms", "全县短信", "text message to all", (0.75, 0.6), NET, usual=False),
        _medium("rural-loudspeakers", "农村大喇叭", "loudspeakers of the villages", (0.35, 0.6), usual=False),
    )
)
"""Media of a county whose file names none; all numbers are guesses. From door to door go the teams that are sent."""
