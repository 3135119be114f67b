"""Words for the list of what a county holds that can go wrong or can help."""

from __future__ import annotations

SITES: dict[str, tuple[str, str]] = {
    "sites_inventories": ("危险物质", "Hazardous substances"),
    "sites_kept": ("{name}：{tons} 吨，{vessels} 个容器", "{name}: {tons} t in vessels: {vessels}"),
    "sites_passing": (
        "{name}：{tons} 吨，随车过境（{vessels} 辆）",
        "{name}: {tons} t, passing in vehicles: {vessels}",
    ),
    "sites_reservoirs": ("水库", "Reservoirs"),
    "sites_reservoir": (
        "{dam}坝高 {crest} 米，常水位 {full} 米，库容 {capacity} 立方米，集雨 {catchment} 平方公里；"
        "最大泄量 {spillway} 立方米/秒，下游安全泄量 {safe} 立方米/秒；下游：{below}",
        "{dam} dam of {crest} m, full at {full} m, holds {capacity} m3, rain from {catchment} km2; "
        "spillway and gates {spillway} m3/s, the river below carries {safe} m3/s; below it: {below}",
    ),
    "dam_earth": ("土", "earth"),
    "dam_masonry": ("砌石", "masonry"),
    "dam_concrete": ("混凝土", "concrete"),
    "sites_mines": ("矿山", "Mines"),
    "sites_mine": (
        "{mineral}，最深 {depth} 米，安全出口 {exits} 个，当班井下 {people} 人；自有排水 {pumps} 立方米/时，"
        "正常涌水 {inflow} 立方米/时",
        "{mineral}, {depth} m deep, ways out: {exits}, below in a full shift: {people}; its pumps lift {pumps} m3/h, "
        "ordinary inflow {inflow} m3/h",
    ),
    "mineral_coal": ("煤矿", "coal"),
    "mineral_gold": ("金矿", "gold"),
    "mineral_other": ("其他矿", "other"),
    "sites_hospitals": ("医院", "Hospitals"),
    "sites_hospital": (
        "床位 {beds}，抢救位 {bays}{power}{room}",
        "beds: {beds}, treatment bays: {bays}{power}{room}",
    ),
    "sites_own_power": ("，自备电源 {hours} 小时", ", own power for {hours} h"),
    "sites_power_room": ("（配电房高出地面 {height} 米）", " (switchgear {height} m above the ground)"),
    "sites_shelters": ("可安置场所", "Where people can be put up"),
    "sites_shelter": ("可安置 {people} 人{power}", "{people} people{power}"),
    "sites_key_units": ("重点单位", "Places to be looked after in every emergency"),
    "sites_key_unit": ("{why}；依赖：{needs}；责任单位：{desk}", "{why}; needs: {needs}; answered for by: {desk}"),
    "sites_townships": ("乡镇与网格", "Townships and those who answer for households"),
    "sites_township": (
        "{residents} 人；{leader}；网格：{cells}",
        "{residents} residents; {leader}; answering for its households: {cells}",
    ),
}
"""Chinese and English by key."""
