"""Which state of its communications a county is in: the profile that a run has chosen."""

from __future__ import annotations

from sim.errors import bad_input
from sim.spec.channels import Profile
from sim.spec.county import County
from sim.spec.parameters import Parameters
from sim.spec.registry import PROFILES


def profile_of(county: County, parameters: Parameters) -> Profile | None:
    """Return the profile that the parameter ``comms.profile`` names; None for ``full``, which changes nothing.

    Raises:
        BadInput: If the county has no such profile.
    """
    name = PROFILES[int(parameters["comms.profile"])]
    if name == PROFILES[0]:
        return None
    profile = county.profile(name)
    if profile is None:
        there = ", ".join((PROFILES[0], *(one.id for one in county.profiles)))
        raise bad_input("comms.profile", f"the county {county.id!r} has no profile {name!r}", there, "comms.profile")
    return profile
