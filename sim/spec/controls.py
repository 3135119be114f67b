"""What a trainer can do to a running exercise: one small type each; all of it is journaled and replays."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, TypeAdapter, model_validator

from sim.spec.base import Id, Spec, Text
from sim.spec.scenario import Spoken


class Hold(Spec):
    """Hold an inject back until it is released."""

    do: Literal["hold"]
    inject: Id


class Release(Spec):
    """Let a held inject go; one that is overdue is sent at once."""

    do: Literal["release"]
    inject: Id


class Skip(Spec):
    """Leave an inject out."""

    do: Literal["skip"]
    inject: Id


class SendNow(Spec):
    """Send an inject of the script now, whatever its time and condition."""

    do: Literal["send"]
    inject: Id


class SetParameter(Spec):
    """Change a coordination parameter from now on."""

    do: Literal["set"]
    name: str
    value: float = Field(allow_inf_nan=False)


class DutyCheck(Spec):
    """Let the body above the county call a desk to see who answers; without a name luck picks the desk."""

    do: Literal["duty_check"]
    organization: Id | None = None


class _Connection(Spec):
    """A channel, or an installation such as a base station on which channels depend."""

    channel: Id | None = None
    lifeline: Id | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.channel is None) == (self.lifeline is None):
            raise ValueError("either a channel or a lifeline")
        return self


class Cut(_Connection):
    """Cut a channel, so that every attempt to use it fails from now on; or an installation, until it is repaired."""

    do: Literal["cut"]


class Restore(_Connection):
    """Bring a channel or an installation back."""

    do: Literal["restore"]


class RealEvent(Spec):
    """A real emergency has come: stop the exercise at once, for everybody."""

    do: Literal["real_event"]


class Allow(Spec):
    """Let a seat look at what each option would lead to before it decides."""

    do: Literal["allow_whatif"]
    seat: Id


class Mark(Spec):
    """How the trainer moved the clock; changes nothing in the run."""

    do: Literal["start", "pause", "step", "run_to", "run_to_question"]
    until_s: int | None = None


class Undo(Spec):
    """Go back to before a line of the journal: that line and what followed no longer count."""

    do: Literal["undo"]
    line: int = Field(ge=0)


Control = Annotated[
    Hold | Release | Skip | SendNow | SetParameter | DutyCheck | Cut | Restore | RealEvent | Allow | Mark | Undo,
    Field(discriminator="do"),
]
CONTROL: TypeAdapter[Control] = TypeAdapter(Control)
"""Checks the fields of a control of any kind."""

TRAINER = "trainer"
"""Who gives controls and injects, in journal and record."""
DUTY_CHECK = Text(
    zh="【演练】值班抽查：请报告值班员、带班领导和当前掌握的情况。",
    en="[EXERCISE] Duty check: who is on duty, who leads, and what do you know at this moment?",
)
"""What the body above the county says when it calls to check."""

DUTY_MATTER = "duty_check"
"""What a message is about by which the watch is checked."""


class AdHoc(Spoken):
    """An inject that the trainer makes up during the exercise."""
