"""Whether a county has what the parameters of a run ask for: a profile of its communications, and the platform."""

from __future__ import annotations

from sim.errors import bad_input
from sim.spec.channels import Profile
from sim.spec.county import County
from sim.spec.parameters import Parameters
from sim.spec.registry import PROFILES

PLATFORM = "platform"
"""Channel of the county file that says how long reading the unified platform takes, and what it depends on."""


def check_has(county: County, parameters: Parameters) -> None:
    """Refuse parameters that ask for what a county does not have.

    Raises:
        BadInput: If the county has no such profile, or no channel for the platform that is switched on.
    """
    profile_of(county, parameters)
    if parameters["platform.on"] and PLATFORM not in [channel.id for channel in county.channels]:
        allowed = "a channel of that id with needs and reading, or platform.on=off"
        raise bad_input("platform.on", f"the county {county.id!r} has no channel {PLATFORM!r}", allowed, "platform.on")


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
