"""M32: police who keep order at a hospital speed up handing over."""

import pytest

from sim.assess.resources import stays
from sim.play.session import Session
from sim.spec.load import load
from tests.mechanisms.paired import moves
from tests.play.made import changed

HOSPITALS = ("county-hospital", "tcm-hospital")


def with_police(*places):
    """Return the chlorine leak with a patrol sent to keep order at each of some places as soon as the leak is known."""

    def change(data):
        data["work"]["control_flow"] = {"fixed": "3min"}
        for place in places:
            send = {"do": "send", "task": "control_flow", "at": place, "units": ["patrol"], "count": 1}
            data["tasks"].append(
                {
                    "id": f"order-{place}",
                    "name": {"zh": "维持秩序", "en": "keep order"},
                    "owner": "police",
                    "when": [{"fact": "incident/exists", "is": True}],
                    "orders": [send],
                    "within": "60min",
                    "ground": "a test",
                }
            )

    return changed(load("chlorine-leak"), change, "plan")


def at_hospital_s(record):
    """Return how long ambulances stood at hospitals, in seconds."""
    found, arrived = 0, {}
    for event in record.events:
        if event.kind == "unit.arrived" and event.data["place"] in HOSPITALS and event.actor == "health":
            arrived[event.subject] = event.at_s
        elif event.kind in ("unit.left", "unit.free") and event.subject in arrived:
            found += event.at_s - arrived.pop(event.subject)
    return found


@pytest.mark.parametrize("seeds", [pytest.param(6, marks=pytest.mark.slow), pytest.param(30, marks=pytest.mark.loop)])
def test_order_at_hospitals_sets_ambulances_free_sooner(seeds):
    overrides = {"hospital.crowding": 2}
    pairs = [
        [Session(e, seed=seed, overrides=overrides).finish() for e in (with_police(), with_police(*HOSPITALS))]
        for seed in range(seeds)
    ]
    moves([at_hospital_s(b) - at_hospital_s(a) for a, b in pairs], down=True)
    assert all("posted" in {stay.status for own in stays(b).values() for stay in own} for _, b in pairs)
