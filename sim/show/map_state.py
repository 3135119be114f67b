"""What a map shows, taken from the record event by event."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sim.record.events import Event
from sim.record.folder import RunRecord
from sim.show.map_situation import Danger, Point, Situation, UnitAt
from sim.spec.county import County, Place


@dataclass
class _Trip:
    place: str
    to: str = ""
    left_s: int = 0
    arrives_s: int = 0
    busy: bool = False
    hurt: bool = False


@dataclass
class Tracker:
    """The state of a county, event by event; :meth:`situation` gives it as a whole."""

    county: County
    toward_deg: int | None
    hazards: dict[str, bool] = field(default_factory=dict)
    danger: dict[tuple[str, str], float | None] = field(default_factory=dict)
    closed: dict[str, None] = field(default_factory=dict)
    directed: dict[tuple[str, str], None] = field(default_factory=dict)
    blocked: dict[str, None] = field(default_factory=dict)
    cordon: bool = False
    post: str = ""
    orders: dict[str, str] = field(default_factory=dict)
    protected: dict[str, None] = field(default_factory=dict)
    people: dict[tuple[str, str], int] = field(default_factory=dict)
    patients: dict[str, tuple[str, str]] = field(default_factory=dict)
    down: dict[str, None] = field(default_factory=dict)
    level: int | None = None

    def __post_init__(self) -> None:
        self.places: dict[str, Place] = {place.id: place for place in self.county.places}
        self._trips = {unit.id: _Trip(unit.base) for unit in self.county.units}

    def take(self, event: Event) -> bool:
        """Take in an event; return whether the map can look different afterwards."""
        handle = _HANDLE.get(event.kind)
        if handle is not None:
            handle(self, event)
        return handle is not None

    def trip(self, unit: str) -> _Trip:
        """Return where a unit of the county is bound; of others nothing is kept."""
        return self._trips.get(unit) or _Trip("")

    def lying(self) -> int:
        """Return how many of the seriously hurt have no treatment bay yet."""
        return sum(state in ("lying", "carried", "queued") for state, _ in self.patients.values())

    def exposed(self) -> int:
        """Return how many people live where there is danger and neither shelter nor are away."""
        places = dict.fromkeys(place for place, _ in self.danger)
        return sum(
            max(0, self.places[one].people - self.people.get((one, "away"), 0) - self.people.get((one, "sealed"), 0))
            for one in places
            if one in self.places
        )

    def situation(self, at_s: int) -> Situation:
        """Return the county as it is at a moment, which no event that was taken in lies after."""
        roads = tuple(tuple(sorted(name.split(">"))) for name in self.blocked if ">" in name)
        return Situation(
            at_s=at_s,
            hazards=dict(self.hazards),
            danger={
                place: tuple(Danger(of, level) for (where, of), level in self.danger.items() if where == place)
                for place in dict.fromkeys(place for place, _ in self.danger)
            },
            closed=tuple(self.closed),
            directed=tuple(dict.fromkeys(place for place, _ in self.directed)),
            blocked=tuple(name for name in self.blocked if ">" not in name),
            blocked_roads=tuple((ends[0], ends[1]) for ends in roads),
            cordon=self.cordon,
            post=self.post,
            orders=dict(self.orders),
            protected=tuple(self.protected),
            exposed=self.exposed(),
            away=self._people("away"),
            sealed=self._people("sealed"),
            lying=self._patients("lying"),
            treated=self._patients("treated"),
            queued=self._patients("queued"),
            carried=sum(self._patients("carried").values()),
            died=sum(self._patients("died").values()),
            units=tuple(self._units(at_s)),
            down=tuple(self.down),
            toward_deg=self.toward_deg,
            level=self.level,
        )

    def _people(self, where: str) -> dict[str, int]:
        return {place: people for (place, how), people in self.people.items() if how == where and people > 0}

    def _patients(self, wanted: str) -> dict[str, int]:
        found: dict[str, int] = {}
        for state, place in self.patients.values():
            if state == wanted:
                found[place] = found.get(place, 0) + 1
        return found

    def _units(self, at_s: int) -> Iterator[UnitAt]:
        for unit in sorted(self.county.units, key=lambda one: one.id):
            trip = self._trips[unit.id]
            here, there = self.places.get(trip.place), self.places.get(trip.to)
            if here is None:
                continue
            at: Point = (here.x_km, here.y_km)
            path = None
            if there is not None and trip.to != trip.place:
                share = min(1.0, (at_s - trip.left_s) / max(1, trip.arrives_s - trip.left_s))
                path = (at, (there.x_km, there.y_km))
                at = (at[0] + share * (path[1][0] - at[0]), at[1] + share * (path[1][1] - at[1]))
            place = "" if path else trip.place
            yield UnitAt(unit.id, unit.department, at, place, path, trip.busy, trip.hurt)


def _hazard(tracker: Tracker, event: Event) -> None:
    tracker.hazards[event.subject] = event.kind.endswith(".started")


def _reached(tracker: Tracker, event: Event) -> None:
    data = event.data
    thousandths = data.get("level_milli", data.get("ug_m3"))
    level = data.get("level") if thousandths is None else thousandths / 1000
    tracker.danger[event.subject, str(data.get("of", ""))] = level


def _left(tracker: Tracker, event: Event) -> None:
    of = event.data.get("of")  # without it, the place is free of everything
    for key in [key for key in tracker.danger if key[0] == event.subject and of in (None, key[1])]:
        del tracker.danger[key]


def _truth(tracker: Tracker, event: Event) -> None:
    if event.subject == "cordon/closed":
        tracker.cordon = event.data["value"] is True


def _moved(tracker: Tracker, event: Event) -> None:
    data = event.data
    for how, change in ((data["into"], data["people"]), (data["out_of"], -data["people"])):
        tracker.people[event.subject, how] = tracker.people.get((event.subject, how), 0) + change


def _patient(state: str, where: str | None) -> Callable[[Tracker, Event], None]:
    """Return what takes a patient over into a state; ``where`` names the field with the place, None: as it was."""

    def take(tracker: Tracker, event: Event) -> None:
        before = tracker.patients.get(event.subject, ("", ""))[1]
        tracker.patients[event.subject] = (state, before if where is None else str(event.data[where]))

    return take


def _sets_out(tracker: Tracker, event: Event) -> None:
    trip, data = tracker.trip(event.subject), event.data
    trip.to, trip.left_s, trip.arrives_s, trip.busy = data["to"], event.at_s, data["arrives_s"], True


def _is_there(tracker: Tracker, event: Event) -> None:
    trip = tracker.trip(event.subject)
    trip.place, trip.to = event.data["place"], ""
    trip.busy = event.kind == "unit.arrived"


def _is_hurt(tracker: Tracker, event: Event) -> None:
    trip = tracker.trip(event.subject)
    trip.place, trip.to, trip.hurt, trip.busy = event.data["place"], "", True, False


def _into(name: str) -> Callable[[Tracker, Event], None]:
    def take(tracker: Tracker, event: Event) -> None:
        getattr(tracker, name)[event.subject] = None

    return take


def _out_of(name: str) -> Callable[[Tracker, Event], None]:
    def take(tracker: Tracker, event: Event) -> None:
        getattr(tracker, name).pop(event.subject, None)

    return take


_HANDLE: dict[str, Callable[[Tracker, Event], None]] = {
    "hazard.started": _hazard,
    "hazard.stopped": _hazard,
    "danger.reached": _reached,
    "danger.left": _left,
    "truth.changed": _truth,
    "weather.turned": lambda tracker, event: setattr(tracker, "toward_deg", event.data["toward_deg"]),
    "level.activated": lambda tracker, event: setattr(tracker, "level", event.data["level"]),
    "post.set_up": lambda tracker, event: setattr(tracker, "post", event.data["at"]),
    "protect.ordered": lambda tracker, event: tracker.orders.update({event.data["place"]: event.data["by"]}),
    "people.moved": _moved,
    "people.protected": _into("protected"),
    "road.closed": _into("closed"),
    "road.opened": _out_of("closed"),
    "traffic.directed": lambda tracker, event: tracker.directed.update({(event.subject, event.data["unit"]): None}),
    "traffic.left": lambda tracker, event: tracker.directed.pop((event.subject, event.data["unit"]), None),
    "road.blocked": _into("blocked"),
    "road.cleared": _out_of("blocked"),
    "lifeline.failed": _into("down"),
    "lifeline.restored": _out_of("down"),
    "patient.hurt": _patient("lying", "place"),
    "patient.loaded": _patient("carried", None),
    "patient.left": _patient("lying", "place"),
    "patient.waiting": _patient("queued", "hospital"),
    "patient.admitted": _patient("treated", "hospital"),
    "patient.died": _patient("died", None),
    "unit.left": _sets_out,
    "unit.arrived": _is_there,
    "unit.free": _is_there,
    "unit.hurt": _is_hurt,
}
"""What each kind of event changes on a map; all others change nothing."""


def tracker_of(record: RunRecord) -> Tracker:
    """Return the state of a county before the first event of a record; the wind is that of the scenario."""
    wind = getattr(record.exercise.scenario.hazard, "wind_toward_deg", None)
    return Tracker(record.exercise.county, wind)


def situation_at(record: RunRecord, at_s: int) -> Situation:
    """Return the county at a moment, after all events of that second.

    Args:
        record: The run.
        at_s: The moment, in seconds since the exercise began.
    """
    tracker = tracker_of(record)
    for event in record.events:
        if event.at_s > at_s:
            break
        tracker.take(event)
    return tracker.situation(at_s)


def key_times(record: RunRecord) -> tuple[int, int, int]:
    """Return three moments for which a map tells most, in seconds: when danger begins, at its worst, and the end.

    Danger begins when it reaches a place or hurts somebody, else when a hazard starts. It is at its worst when most of
    the seriously hurt have no treatment bay, then when most people are where it is dangerous and not protected.
    """
    end_s = record.events[-1].at_s if record.events else 0
    begins = ("danger.reached", "people.hurt", "patient.hurt")
    start_s = next((event.at_s for event in record.events if event.kind in begins), None)
    if start_s is None:
        start_s = next((event.at_s for event in record.events if event.kind == "hazard.started"), 0)
    tracker, worst, worst_s = tracker_of(record), (0, 0), start_s
    last = len(record.events) - 1
    for number, event in enumerate(record.events):
        tracker.take(event)
        if number == last or record.events[number + 1].at_s > event.at_s:
            now = (tracker.lying(), tracker.exposed())
            if now > worst:
                worst, worst_s = now, event.at_s
    return start_s, max(start_s, worst_s), end_s
