"""Command: who leads at which grade, who decides which response level, and the facts that every plan has for it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from sim.spec.base import Ground, Spec, Text
from sim.spec.orders import TaskKind

LEADER = "command/leader"
"""Fact: the body that leads now, as its id; :data:`NOBODY` once whoever led is gone."""
NOBODY = "nobody"
ENDED = "response/ended"
"""Fact: the end of the response was declared."""
RETURN = "return"
"""Attribute of a place: its people may go home."""
CROWDED, UNNAMED = "crowded", "unnamed"
"""Attributes of a place: whether a crowd stands at its doors; how many lie there whom nobody can name."""
EXPOSED = "exposed"
"""Attribute of a place: how many people a measure would concern, by an impact assessment."""
FAMILIES, REMAINS, ENVIRONMENT, AID, SERVICES = (
    "families/informed",
    "remains/cared",
    "environment/checked",
    "aid/given",
    "services/restored",
)
"""Facts: what is done after the hazard is over."""

Leading = Literal["nation", "province", "city", "county"]
Grade = Annotated[int, Field(ge=1, le=4)]
RANKS = ("officer", "deputy", "leader")
"""Ranks of those who decide, the lowest first; ids of contacts of a roster."""
Rank = Literal["officer", "deputy", "leader"]


def _fact(key: str, zh: str, en: str, values: tuple[bool, ...] = (True, False)) -> dict[str, Any]:
    return {"key": key, "name": {"zh": zh, "en": en}, "values": list(values)}


def command_facts() -> list[dict[str, Any]]:
    """Return the facts that every plan has besides its own, as rows of a plan file."""
    return [
        _fact(LEADER, "指挥责任单位", "who leads", ()),
        _fact(ENDED, "响应已终止", "response ended"),
        _fact(f"place/{RETURN}", "群众可返回", "people may return"),
        _fact(f"place/{EXPOSED}", "受影响人数（评估）", "people concerned, as assessed", ()),
        _fact(f"place/{CROWDED}", "门前聚集", "crowd at the door"),
        _fact(f"place/{UNNAMED}", "身份不明人数", "persons whom nobody can name", ()),
        _fact(FAMILIES, "家属已告知", "families informed"),
        _fact(REMAINS, "遗体已妥善处理", "remains cared for"),
        _fact(ENVIRONMENT, "环境已检测", "environment checked"),
        _fact(AID, "已开展心理援助", "psychological aid given"),
        _fact(SERVICES, "公共服务已恢复", "services restored"),
    ]


def _leads() -> dict[Grade, Leading]:
    return {1: "province", 2: "province", 3: "city", 4: "county"}


def _decides() -> dict[Grade, Rank]:
    return {1: "leader", 2: "leader", 3: "deputy", 4: "officer"}


FIRST_RESPONSE = (
    TaskKind.FIND_OUT,
    TaskKind.CORDON,
    TaskKind.DIRECT_TRAFFIC,
    TaskKind.CONTAIN,
    TaskKind.RESCUE,
    TaskKind.TREAT,
    TaskKind.MONITOR,
    TaskKind.PUT_OUT,
    TaskKind.SEARCH,
    TaskKind.WARN,
)
"""What departments do of themselves before a level is known; for all else the government sets the task first."""


class CommandRules(Spec):
    """Who leads and who decides. All of it is for counties to set.

    Attributes:
        leads: Level of government that leads the response, by the grade of the incident.
        decides: Rank of whoever decides on a response level, by level.
        source: Where this is from.
    """

    leads: dict[Grade, Leading] = Field(default_factory=_leads)
    decides: dict[Grade, Rank] = Field(default_factory=_decides)
    source: Ground = Text(
        zh="各等级由谁牵头：防震减灾法第四十九条（特别重大由国务院会同省）；响应级别由谁决定：凭记忆，各县不一",
        en="who leads at which grade: Earthquake Disaster Law art. 49 (grade 1: province with the State Council); "
        "who decides on a level: recalled, varies by county",
    )

    def rank_for(self, level: int) -> Rank:
        """Return the rank of whoever decides on a response level; the highest where nothing stands."""
        return self.decides.get(level, "leader")

    def leads_at(self, grade: int) -> Leading:
        """Return the level of government that leads at a grade; the county where nothing stands."""
        return self.leads.get(grade, "county")
