"""Experts whom the county can call: their field, their desk, how soon they have an answer, how good it is."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.spec.base import Delay, Id, Spec, Text


class Expert(Spec):
    """An expert, or a group that answers as one.

    Attributes:
        field: Field, as plans name it.
        organization: Desk by which they are called and answer.
        call_out: Time from the call's being read until they have an answer.
        skill: How often they judge rightly when they are told all that is known.
        source: Where the figures come from.
    """

    id: Id
    name: Text
    field: Id
    organization: Id
    call_out: Delay
    skill: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
    source: str = Field(min_length=1)
