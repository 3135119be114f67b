"""The trainer: moves the clock, steps into the script and the run, and goes back; all of it is on the record."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from sim.errors import AnswerRefused, BadInput, Refusal
from sim.play.questions import Asked
from sim.play.seats import seat_ids
from sim.play.session import Session
from sim.record.journal import Entry
from sim.spec.base import Text
from sim.spec.checks.names import Names
from sim.spec.controls import CONTROL, TRAINER, AdHoc
from sim.spec.parameters import parse_overrides
from sim.spec.profiles import check_has


class Trainer:
    """What the trainer can do to a session. Times are seconds since the exercise began.

    Args:
        session: The session.
    """

    def __init__(self, session: Session) -> None:
        self.session = session

    # --- the clock -----------------------------------------------------------------------------------------------

    def start(self) -> tuple[Asked, ...]:
        """Begin, and run to the first question to a person."""
        self._control({"do": "start"})
        return self.session.advance()

    def pause(self, reason: str = "") -> Entry:
        """Note that the exercise stands still, and why."""
        return self._control({"do": "pause"}, reason)

    def step(self) -> tuple[Asked, ...]:
        """Run until the next thing happens."""
        self._control({"do": "step"})
        return self.session.step()

    def run_to(self, until_s: int) -> tuple[Asked, ...]:
        """Run to a time, or to the first question to a person before it."""
        entry = self._control({"do": "run_to", "until_s": until_s})
        return self.session.advance(entry.arguments.get("until_s"))

    def run_to_question(self) -> tuple[Asked, ...]:
        """Run to the next question to a person, or to the end."""
        self._control({"do": "run_to_question"})
        return self.session.advance()

    # --- the script ----------------------------------------------------------------------------------------------

    def inject(
        self,
        sender: str,
        to: str | tuple[str, ...],
        text: Text | dict[str, str] | str,
        *,
        kind: str = "notice",
        channel: str = "",
        facts: tuple[dict[str, Any], ...] = (),
        asks: tuple[str, ...] = (),
        reason: str = "",
    ) -> Entry:
        """Let somebody outside say something that is not in the script.

        Args:
            sender: Who says it: somebody without a seat, so that nobody is made to say what he did not.
            to: To whom.
            text: Its words; one text is taken for both languages. The mark of the exercise is put before it.
            kind: report, request, notice or question.
            channel: By which channel; the first addressee's own first choice by default.
            facts: What it states, as in a scenario: ``{"fact": ..., "value": ...}``.
            asks: Facts that the sender wants to be told.
            reason: Why the trainer does it.

        Raises:
            AnswerRefused: If a name does not exist or a field is not of its kind.
        """
        addressees = (to,) if isinstance(to, str) else tuple(to)
        words = {"zh": text, "en": text} if isinstance(text, str) else text
        own = {one.id: one.channels[0] for one in self.session.exercise.county.organizations}
        given = {
            "from": sender,
            "to": addressees,
            "channel": channel or own.get(addressees[0] if addressees else "", ""),
            "kind": kind,
            "text": words,
            "facts": facts,
            "asks": asks,
        }
        spoken = self._typed(lambda: AdHoc.model_validate(given))
        self._check_names(spoken)
        data = spoken.model_dump(mode="json", by_alias=True, exclude_none=True)
        return self.session.act("inject", TRAINER, data, choice="inject", reason=reason)

    def send(self, inject: str, reason: str = "") -> Entry:
        """Send an inject of the script now, whatever its time and condition."""
        return self._on_inject("send", inject, reason)

    def hold(self, inject: str, reason: str = "") -> Entry:
        """Hold an inject back until it is released."""
        return self._on_inject("hold", inject, reason)

    def release(self, inject: str, reason: str = "") -> Entry:
        """Let a held inject go."""
        held = self._held()
        if inject not in held:
            raise AnswerRefused(Refusal.NOT_HELD, inject, "release", ", ".join(held) or "hold one first")
        return self._on_inject("release", inject, reason)

    def skip(self, inject: str, reason: str = "") -> Entry:
        """Leave an inject out."""
        return self._on_inject("skip", inject, reason)

    # --- the run -------------------------------------------------------------------------------------------------

    def set(self, name: str, value: float, reason: str = "") -> Entry:
        """Change a coordination parameter from now on.

        Raises:
            AnswerRefused: If there is no such parameter, the value is out of range, or the county has no such profile.
        """
        try:
            check_has(self.session.exercise.county, parse_overrides({name: value}, "set"))
        except BadInput as error:
            problem = error.problems[0]
            raise AnswerRefused(Refusal.MALFORMED, name, problem.what, problem.allowed) from error
        return self._control({"do": "set", "name": name, "value": float(value)}, reason)

    def duty_check(self, organization: str | None = None, reason: str = "") -> Entry:
        """Let the body above the county call a desk; without a name luck picks one."""
        self._known("organization", organization, seat_ids(self.session.exercise))
        return self._control({"do": "duty_check", "organization": organization}, reason)

    def cut(self, what: str, reason: str = "") -> Entry:
        """Take a channel down, or an installation such as a base station, which a repair crew then brings back."""
        return self._control({"do": "cut", **self._connection(what)}, reason)

    def restore(self, what: str, reason: str = "") -> Entry:
        """Bring a channel or an installation back; an installation that lacks power stays down until that is back."""
        return self._control({"do": "restore", **self._connection(what)}, reason)

    def allow_whatif(self, seat: str, reason: str = "") -> Entry:
        """Let a seat see what each option would lead to before it decides."""
        self._known("seat", seat, seat_ids(self.session.exercise))
        return self._control({"do": "allow_whatif", "seat": seat}, reason)

    def real_event(self, reason: str = "") -> Entry:
        """Stop the exercise at once: a real emergency has come."""
        entry = self._control({"do": "real_event"}, reason)
        self.session.advance()
        return entry

    # --- checks --------------------------------------------------------------------------------------------------

    def _control(self, fields: dict[str, Any], reason: str = "") -> Entry:
        control = self._typed(lambda: CONTROL.validate_python(fields))
        data = control.model_dump(mode="json", exclude_none=True)
        return self.session.act("control", TRAINER, data, choice=control.do, reason=reason)

    def _connection(self, what: str) -> dict[str, str]:
        """Return what is to be cut or restored, by its kind; no channel has the id of an installation."""
        names = Names(self.session.exercise)
        self._known("channel", what, [*names.channels, *names.lifelines])
        return {"lifeline" if what in names.lifelines else "channel": what}

    def _held(self) -> list[str]:
        """Return the injects that are held, or will be once what was given takes effect."""
        script = self.session.scene.script
        held = {one.id: script.is_held(one.id) for one in self.session.exercise.scenario.injects}
        for entry in self.session.entries:
            given = entry.seat == TRAINER and entry.takes_effect_s > self.session.now_s
            if given and entry.choice in ("hold", "release", "skip", "send"):
                held[entry.arguments["inject"]] = entry.choice == "hold"
        return [ident for ident, is_held in held.items() if is_held]

    def _on_inject(self, do: str, inject: str, reason: str) -> Entry:
        injects = [one.id for one in self.session.exercise.scenario.injects]
        sealed = bool(self.session.exercise.envelope)  # what is to come is not named
        if inject not in injects:
            raise AnswerRefused(Refusal.NO_SUCH_INJECT, do, inject, "an inject" if sealed else ", ".join(injects))
        settled = self.session.scene.script.settled
        if inject in settled:
            left = "" if sealed else ", ".join(one for one in injects if one not in settled)
            raise AnswerRefused(Refusal.ALREADY_SENT, do, inject, left or "another inject")
        return self._control({"do": do, "inject": inject}, reason)

    def _check_names(self, spoken: AdHoc) -> None:
        names = Names(self.session.exercise)
        outside = [one for one in names.organizations if one not in names.seats]
        if len(set(spoken.to)) < len(spoken.to):
            raise AnswerRefused(Refusal.MALFORMED, "to", ", ".join(spoken.to), "each addressee once")
        if not (spoken.text.zh.strip() and spoken.text.en.strip()):
            raise AnswerRefused(Refusal.MALFORMED, "text", "nothing", "what is said, in both languages")
        for field, values, known in (
            ("from", (spoken.sender,), outside),
            ("to", spoken.to, names.organizations),
            ("channel", (spoken.channel,), names.channels),
        ):
            for value in values:
                self._known(field, value, known)
        data = spoken.model_dump(by_alias=True, mode="json", exclude_none=True)
        for _, what, allowed in names.facts(data, ()):
            raise AnswerRefused(Refusal.UNKNOWN_NAME, "facts", what, allowed)

    def _known(self, field: str, value: str | None, known: Any) -> None:
        if value is not None and value not in known:
            raise AnswerRefused(Refusal.UNKNOWN_NAME, field, value, ", ".join(known))

    def _typed(self, make: Any) -> Any:
        try:
            return make()
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            field = ".".join(str(part) for part in first["loc"])
            raise AnswerRefused(Refusal.MALFORMED, field, str(first.get("input"))[:60], first["msg"]) from error
