"""What a panel can ask for, one small type each; whatever else comes from outside is refused."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from sim.errors import AnswerRefused, Refusal
from sim.spec.base import Id

Key = Annotated[str, Field(min_length=1, max_length=120)]
Words = Annotated[str, Field(max_length=2000)]
Seconds = Annotated[int, Field(ge=1, le=1_209_600)]


class Act(BaseModel):
    """Base of all: strict, frozen, and nothing that is not named."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Answer(Act):
    """Answer a question; None is no answer."""

    do: Literal["answer"]
    key: Key
    choice: Key | None
    reason: Words = ""


class PutOff(Act):
    """Put a question off."""

    do: Literal["wait"]
    key: Key
    seconds: Seconds


class GiveOrder(Act):
    """Give an order besides the options of a question."""

    do: Literal["order"]
    order: dict[str, Any]
    reason: Words = ""


class Form(Act):
    """Ask what can stand in the next field of an order; nothing is given yet."""

    do: Literal["form"]
    given: dict[str, Any]


class WriteNote(Act):
    """Write a note."""

    do: Literal["note"]
    text: Words


class Observe(WriteNote):
    """Write a note about something, with a rating if it is an objective."""

    about: Annotated[str, Field(max_length=120)] = ""
    rating: Annotated[str, Field(max_length=1)] = ""


class RealEvent(Act):
    """A real emergency has come: stop the exercise."""

    do: Literal["real_event"]


class Move(Act):
    """Move the clock, or hold it."""

    do: Literal["begin", "run", "hold_clock", "to_question", "one_step", "finish", "choices", "take_back"]


class RunOn(Act):
    """Run on for a time, or until somebody must decide."""

    do: Literal["run_on"]
    seconds: Seconds


class Pace(Act):
    """Choose how many seconds of the exercise pass in a real second while it runs; None for as many as can."""

    do: Literal["pace"]
    pace: Annotated[float, Field(gt=0, le=10_000)] | None


class CountNone(Act):
    """Count a question that waits as not answered."""

    do: Literal["count_none"]
    key: Key


class Decide(Act):
    """Let a group decide with the proposals that there are."""

    do: Literal["decide"]
    key: Key


class OnInject(Act):
    """Hold, release, skip or send an inject of the script."""

    do: Literal["hold", "release", "skip", "send"]
    inject: Key


class Inject(Act):
    """Make up an inject."""

    do: Literal["inject"]
    sender: Id
    to: list[Id]
    sort: Id
    text: Words


class Connection(Act):
    """Cut a channel or an installation, or bring it back."""

    do: Literal["cut", "restore"]
    what: Id


class DutyCheck(Act):
    """Call a desk to see who answers; without a name luck picks one."""

    do: Literal["duty_check"]
    organization: Id | None


class SetParameter(Act):
    """Change a parameter."""

    do: Literal["set"]
    name: Key
    value: Key


class Admit(Act):
    """Make a new code for a page, or sign out everybody who has it, or one device of it."""

    do: Literal["code", "revoke"]
    scope: Key
    number: Annotated[int, Field(ge=1)] | None = None


class ScreenShows(Act):
    """Choose whose map the big screen shows; empty for nobody's."""

    do: Literal["screen_shows"]
    seat: Annotated[str, Field(max_length=60)]


class ObserversSee(Act):
    """Choose which seats observers may see."""

    do: Literal["observers_see"]
    seats: Annotated[list[Key], Field(max_length=60)]


SeatAct = Annotated[Answer | PutOff | GiveOrder | Form | Decide | WriteNote | RealEvent, Field(discriminator="do")]
ObserverAct = Annotated[Observe | RealEvent, Field(discriminator="do")]
TrainerAct = Annotated[
    Move
    | RunOn
    | Pace
    | CountNone
    | Decide
    | OnInject
    | Inject
    | Connection
    | DutyCheck
    | SetParameter
    | Admit
    | ScreenShows
    | ObserversSee
    | WriteNote
    | RealEvent,
    Field(discriminator="do"),
]
SEAT: TypeAdapter[SeatAct] = TypeAdapter(SeatAct)
OBSERVER: TypeAdapter[ObserverAct] = TypeAdapter(ObserverAct)
TRAINER: TypeAdapter[TrainerAct] = TypeAdapter(TrainerAct)


def read_act(kinds: TypeAdapter[Any], given: object) -> Any:
    """Return what came from a panel, checked.

    Raises:
        AnswerRefused: If it is nothing that a panel can ask for.
    """
    try:
        return kinds.validate_python(given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "do"
        raise AnswerRefused(Refusal.MALFORMED, field[:60], "", "") from error
