"""The county: places, roads, organizations, units and the channels between them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.spec.base import Count, Delay, Duration, Id, Positive, Spec, Text
from sim.spec.channels import Channel, DutyHours, Profile, Roster
from sim.spec.experts import Expert
from sim.spec.helpers import Helper
from sim.spec.hospitals import Surge
from sim.spec.lifelines import Lifeline
from sim.spec.media import DEFAULT_MEDIA, Medium
from sim.spec.monitors import Monitor
from sim.spec.orders import TaskKind
from sim.spec.places import BuildingMix, DayCurve, GridCell, Township, Vulnerable
from sim.spec.places import Place as Place
from sim.spec.presence import presence
from sim.spec.resources import AS_LISTED, Preset, with_preset
from sim.spec.roads import Road, Speeds, TravelTime
from sim.spec.sites import Inventory, KeyUnit, Mine, Reservoir, RiskEntry
from sim.spec.supplies import Item, Logistics, Stock, Supplier
from sim.spec.warnings import DEFAULT_WAYS, Way

DEPARTMENTS = ("police", "emergency", "health", "transport", "propaganda")
"""The five departments, in the order in which every list and figure shows them."""

LEVELS = ("nation", "province", "city", "county", "department", "local")
"""Levels of government, the highest first; ``local`` are townships, villages, enterprises and the people."""
_LEVEL_OF_KIND = {"duty": "county", "command": "county", "department": "department", "outside": "local"}


Equipment = Literal["drone", "gas_detector", "life_detector", "search_dogs", "thermal_camera"]
"""What shortens the work of a crew; by how much stands in ``sim/actors/departments/crew.py``."""


class Unit(Spec):
    """A team with its vehicle.

    Attributes:
        crew: Persons on board.
        seats: People that it can carry besides the crew.
        protected: Whether the crew has closed suits and breathing apparatus.
        output: What it adds where amounts add up, by task, in the unit that the hazard states (1 where nothing stands).
        quality: Whether its people do this all the time or beside other work.
        endurance: How long it can be out before it must rest or be relieved; None for the parameter's.
        air: How long the breathing air of a protected crew lasts; None for the parameter's.
        equipment: What it has that shortens its work.
        reach: How far from its base it is sent, as driving time on open roads; None for anywhere.
        watch: When it is on duty: always, or only on the day or the night watch of the duty hours.
        helper: Force of somebody else that it belongs to; it comes only with that force, to its base.
        entry_rules: Whether it goes underground only after a gas test, and while another crew stands by.
        unproven: Skills that it claims without being qualified for them.
        kg: Weight of supplies that it can carry, in kg.
        carries: Supplies that it has on board when the exercise begins, by item.
    """

    id: Id
    name: Text
    department: Literal["police", "emergency", "health", "transport", "propaganda"]
    kind: Id
    base: Id
    crew: int = Field(ge=1, le=60)
    seats: Count = 0
    protected: bool = False
    siren: bool = True
    skills: tuple[TaskKind, ...] = Field(min_length=1)
    turnout: Delay
    output: dict[TaskKind, Positive] = Field(default_factory=dict)
    quality: Literal["full_time", "part_time"] = "full_time"
    endurance: Annotated[Duration, Field(ge=600)] | None = None
    air: Annotated[Duration, Field(ge=60)] | None = None
    equipment: tuple[Equipment, ...] = ()
    reach: Duration | None = None
    watch: Literal["always", "day", "night"] = "always"
    helper: Id | None = None
    entry_rules: bool = False
    unproven: tuple[TaskKind, ...] = ()
    kg: Count = 0
    carries: dict[Id, Count] = Field(default_factory=dict)


class Organization(Spec):
    """Somebody who sends and receives messages at a duty desk.

    Attributes:
        officers: Duty officers who can read or decide at the same time.
        phone_lines: Lines that ring at this desk.
        channels: Channels by which it is reached, first choice first.
        sends: Channels by which it sends, first choice first; of those that the addressee has none of, the
            addressee's order holds.
        roster: Roster of those who pick up; None where somebody always does.
        group: Talk group that its radio net shares with others: one talks at a time to all of them, and each hears what
            is said to another; None for a net of its own.
        at: Place where its desk is; None outside the county and for those who are everywhere.
        thinking: Time to decide on a routine matter.
        seat: Whether a person may take this seat in an exercise.
        public: Whether these are the people of the county, whom no policy can reach at once.
        platform: Whether the desk is on the unified platform, where there is one, although it is no seat.
        level: Level of government; None for what its kind says (outside: local).
    """

    id: Id
    name: Text
    kind: Literal["department", "duty", "command", "outside"]
    officers: int = Field(ge=1, le=50)
    phone_lines: int = Field(ge=1, le=100)
    channels: tuple[Id, ...] = Field(min_length=1)
    sends: tuple[Id, ...] = ()
    roster: Id | None = None
    group: Id | None = None
    at: Id | None = None
    thinking: Delay
    seat: bool = False
    public: bool = False
    platform: bool = False
    level: Literal["nation", "province", "city", "county", "department", "local"] | None = None

    @property
    def tier(self) -> int:
        """Its level of government as a number, 0 the highest."""
        return LEVELS.index(self.level or _LEVEL_OF_KIND[self.kind])


class County(Spec):
    """A county file.

    Attributes:
        superior: Organization of the next level up.
        neighbor: Organization of the neighboring county.
        region: Regions whose reporting rules hold here, the nearest first; ``default`` and ``national`` ones hold
            everywhere.
        travel_times: Travel times that were measured or computed elsewhere, in place of those by roads and speeds.
        unit_channels: Channels by which units talk to their department, first choice first.
        repair_crews: Crews that can repair lifelines at the same time.
        monitors: Gauges, detectors and counters.
        ways: Ways by which people can be warned.
        media: Media by which statements go out to the people.
        residents: How many people live in the county; None where nobody has counted them.
        townships: Townships; together they have all residents.
        curves: Day curves that say who is where at which hour.
        building_mixes: Mixes of buildings in which people sleep.
        cells: Grid cells; where there are any, they cover everybody who lives in the county, each once.
        inventories: Hazardous substances by site.
        reservoirs: Reservoirs, and what lies below them.
        mines: Mines.
        items: Kinds of supplies.
        stocks: What the depots hold.
        suppliers: Who else has supplies, and how they are got.
        logistics: How supplies are moved; None where nobody has said so, and then no order can ask for any.
        key_units: Places that must be looked after in every emergency.
        helpers: Forces of others that can help; their teams stand among the units.
        risks: The risk register: what is to be expected where, how often, how bad.
        surges: What hospitals can open beyond their ordinary bays and beds.
        experts: Experts whom the county can call.
        presets: Other means that the county may have, chosen by name; ``medium`` is what this file lists.
    """

    format: Literal["tabletop-county/1"]
    id: Id
    name: Text
    superior: Id
    neighbor: Id
    region: tuple[Id, ...] = Field(default=(), max_length=20)
    speeds: Speeds
    places: tuple[Place, ...] = Field(min_length=2, max_length=5000)
    roads: tuple[Road, ...] = Field(min_length=1, max_length=20000)
    travel_times: tuple[TravelTime, ...] = Field(default=(), max_length=1_000_000)
    channels: tuple[Channel, ...] = Field(min_length=1)
    unit_channels: tuple[Id, ...] = Field(min_length=1)
    duty_hours: DutyHours = DutyHours()
    rosters: tuple[Roster, ...] = ()
    profiles: tuple[Profile, ...] = ()
    lifelines: tuple[Lifeline, ...] = Field(default=(), max_length=5000)
    repair_crews: int = Field(default=2, ge=1, le=100)
    monitors: tuple[Monitor, ...] = Field(default=(), max_length=2000)
    ways: tuple[Way, ...] = Field(default=DEFAULT_WAYS, max_length=50)
    media: tuple[Medium, ...] = Field(default=DEFAULT_MEDIA, max_length=50)
    organizations: tuple[Organization, ...] = Field(min_length=1)
    units: tuple[Unit, ...] = Field(min_length=1, max_length=5000)
    residents: Count | None = None
    townships: tuple[Township, ...] = Field(default=(), max_length=500)
    curves: tuple[DayCurve, ...] = Field(default=(), max_length=100)
    building_mixes: tuple[BuildingMix, ...] = Field(default=(), max_length=100)
    cells: tuple[GridCell, ...] = Field(default=(), max_length=20000)
    inventories: tuple[Inventory, ...] = Field(default=(), max_length=5000)
    reservoirs: tuple[Reservoir, ...] = Field(default=(), max_length=500)
    mines: tuple[Mine, ...] = Field(default=(), max_length=500)
    items: tuple[Item, ...] = Field(default=(), max_length=1000)
    stocks: tuple[Stock, ...] = Field(default=(), max_length=5000)
    suppliers: tuple[Supplier, ...] = Field(default=(), max_length=1000)
    logistics: Logistics | None = None
    key_units: tuple[KeyUnit, ...] = Field(default=(), max_length=5000)
    risks: tuple[RiskEntry, ...] = Field(default=(), max_length=5000)
    helpers: tuple[Helper, ...] = Field(default=(), max_length=500)
    surges: tuple[Surge, ...] = Field(default=(), max_length=500)
    experts: tuple[Expert, ...] = Field(default=(), max_length=500)
    presets: tuple[Preset, ...] = Field(default=(), max_length=20)

    def desk(self, kind: Literal["duty", "command"]) -> str:
        """Return the id of the county's duty office or command post."""
        return next(one.id for one in self.organizations if one.kind == kind)

    def profile(self, ident: str) -> Profile | None:
        """Return a profile of the communications; None for ``full``, and for one that the county does not have."""
        return next((one for one in self.profiles if one.id == ident), None)

    @property
    def people(self) -> str:
        """Id of the organization that stands for the people of the county."""
        return next(one.id for one in self.organizations if one.public)

    def presence(self, hour: int, *, rest_day: bool = False) -> dict[str, int]:
        """Return how many people are at each place in an hour of the day (0 to 23); their sum is always the same."""
        return presence(self, hour, rest_day=rest_day)

    def units_on_watch(self, hour: int) -> tuple[Unit, ...]:
        """Return the units that are on duty in an hour of the day (0 to 23)."""
        by_day = self.duty_hours.day_from <= hour < self.duty_hours.night_from
        return tuple(unit for unit in self.units if unit.watch in ("always", "day" if by_day else "night"))

    def vulnerable(self, place: str) -> Vulnerable:
        """Return who of the residents of a place cannot save themselves."""
        found = Vulnerable()
        for cell in self.cells:
            found = found.plus(cell.vulnerable) if cell.place == place else found
        return found

    def with_resources(self, level: str) -> County:
        """Return the county with the means of one of its presets; ``medium`` is as its file lists them.

        Raises:
            KeyError: If the county has no such preset.
        """
        presets = {preset.id: preset for preset in self.presets}
        return self if level == AS_LISTED and level not in presets else with_preset(self, presets[level])
