"""What a county holds that can go wrong or can help, as lines of text, for trainers who write a scenario."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sim.show.words import word
from sim.spec.county import County
from sim.spec.places import Place


def site_lines(county: County, lang: str) -> Iterator[str]:
    """Yield a heading for each kind of thing of which there is any, and a line below it for each.

    Args:
        county: The county.
        lang: ``zh`` or ``en``.
    """
    parts = {
        "sites_inventories": _inventories(county, lang),
        "sites_reservoirs": _reservoirs(county, lang),
        "sites_mines": _mines(county, lang),
        "sites_hospitals": _hospitals(county, lang),
        "sites_shelters": _shelters(county, lang),
        "sites_key_units": _key_units(county, lang),
        "sites_townships": _townships(county, lang),
    }
    for title, found in parts.items():
        rows = list(found)
        if rows:
            yield word(title, lang)
        for place, text in rows:
            yield f"  {place}  {text}"


def _named(county: County, ident: str, lang: str) -> str:
    return next((one.name.in_language(lang) for one in county.places if one.id == ident), ident)


def _inventories(county: County, lang: str) -> Iterator[tuple[str, str]]:
    for one in county.inventories:
        how = "sites_passing" if one.moving else "sites_kept"
        text = word(how, lang, name=one.name.in_language(lang), tons=f"{one.tons:g}", vessels=one.vessels)
        yield _named(county, one.site, lang), text


def _reservoirs(county: County, lang: str) -> Iterator[tuple[str, str]]:
    for one in county.reservoirs:
        below = [f"{_named(county, place.place, lang)} {place.km:g} km" for place in one.downstream]
        yield (
            _named(county, one.place, lang),
            word(
                "sites_reservoir",
                lang,
                dam=word(f"dam_{one.dam}", lang),
                crest=f"{one.crest_m:g}",
                full=f"{one.full_m:g}",
                capacity=f"{one.capacity_m3:,.0f}",
                catchment=f"{one.catchment_km2:g}",
                spillway=f"{one.spillway_m3_s:g}",
                safe=f"{one.safe_m3_s:g}",
                below=_joined(below, lang),
            ),
        )


def _mines(county: County, lang: str) -> Iterator[tuple[str, str]]:
    for one in county.mines:
        yield (
            _named(county, one.place, lang),
            word(
                "sites_mine",
                lang,
                mineral=word(f"mineral_{one.mineral}", lang),
                depth=f"{one.depth_m:g}",
                exits=one.exits,
                people=one.underground,
                pumps=f"{one.pumps_m3_h:g}",
                inflow=f"{one.inflow_m3_h:g}",
            ),
        )


def _hospitals(county: County, lang: str) -> Iterator[tuple[str, str]]:
    for one in county.places:
        if one.kind == "hospital":
            room = "" if one.power_room_m is None else word("sites_power_room", lang, height=f"{one.power_room_m:g}")
            yield (
                one.name.in_language(lang),
                word("sites_hospital", lang, beds=one.beds, bays=one.bays, power=_own_power(one, lang), room=room),
            )


def _own_power(place: Place, lang: str) -> str:
    return word("sites_own_power", lang, hours=f"{place.backup_power_h:g}") if place.backup_power_h else ""


def _shelters(county: County, lang: str) -> Iterator[tuple[str, str]]:
    def room(place: Place) -> int:
        return -place.shelters

    for one in sorted((one for one in county.places if one.shelters), key=room):
        yield (
            one.name.in_language(lang),
            word("sites_shelter", lang, people=one.shelters, power=_own_power(one, lang)),
        )


def _key_units(county: County, lang: str) -> Iterator[tuple[str, str]]:
    desks = {one.id: one.name.in_language(lang) for one in county.organizations}
    for one in county.key_units:
        needs = [
            line.name.in_language(lang)
            for line in county.lifelines
            if line.kind in one.needs and one.place in (*line.serves, line.at)
        ]
        desk = desks.get(one.desk or "", "—")
        why = one.why.in_language(lang)
        yield (
            _named(county, one.place, lang),
            word("sites_key_unit", lang, why=why, needs=_joined(needs, lang) or "—", desk=desk),
        )


def _townships(county: County, lang: str) -> Iterator[tuple[str, str]]:
    of = {place.id: place.township for place in county.places}
    for one in county.townships:
        posts = Counter(cell.responsible.in_language(lang) for cell in county.cells if of.get(cell.place) == one.id)
        cells = _joined([f"{post} {count}" for post, count in posts.items()], lang) or "—"
        leader = one.leader.in_language(lang)
        yield (
            one.name.in_language(lang),
            word("sites_township", lang, residents=one.residents, leader=leader, cells=cells),
        )


def _joined(texts: list[str], lang: str) -> str:
    return ("、" if lang == "zh" else ", ").join(texts)
