"""Orders about help: ask for it, receive it, mobilize it, tell key units."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sim.spec.base import Id, Spec
from sim.spec.helpers import HelperKind, RequestItem


class RequestAid(Spec):
    """Ask a force of somebody else for help.

    Attributes:
        helper: The force, from the county file.
        content: What the request states; what is required and missing has it sent back.
        direct: Whether it goes to the force itself, past the body through which it is ordinarily asked; granted in
            urgent danger only.
    """

    do: Literal["request_aid"]
    helper: Id
    content: tuple[RequestItem, ...] = Field(min_length=1)
    direct: bool = False


class RegisterHelpers(Spec):
    """Receive and register the forces that have come, so that they can be given tasks and leave the roads.

    Attributes:
        guide: Whether somebody guides those who do not know the roads.
        check: Whether qualifications are looked at; who is not qualified gets no task that needs it.
    """

    do: Literal["register_helpers"]
    guide: bool = True
    check: bool = True


class Mobilize(Spec):
    """Mobilize forces of society, as leaders may: they need no single request and no approval, and come registered."""

    do: Literal["mobilize"]
    kinds: tuple[HelperKind, ...] = Field(min_length=1)


class AlertKeyUnits(Spec):
    """Tell the key units near the site, so that each shelters its people and readies its own power."""

    do: Literal["alert_key_units"]
