"""What a panel's acts do: a seat's through the door of that seat, the trainer's through the trainer's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.cli.terminal.injects import inject_id, is_hidden
from sim.cli.terminal.orders import FIELD_WORDS, NUMBERS, claim, next_field
from sim.errors import AnswerRefused, BadInput, Refusal
from sim.play.free_orders import kinds_for
from sim.play.group import Group, rounds
from sim.play.questions import NO_ANSWER
from sim.play.seats import Seat
from sim.play.trainer import Trainer
from sim.serve import acts
from sim.serve.access import page_of
from sim.serve.room import Motion
from sim.serve.seat_model import answer_given, entry_words
from sim.serve.trainer_model import last_decision, trainer_choices
from sim.serve.words import say
from sim.show.act_words import order_words
from sim.show.names import Names
from sim.spec.controls import TRAINER
from sim.spec.parameters import parse_overrides

if TYPE_CHECKING:
    from sim.serve.room import Room

Reply = dict[str, Any]


def seat_act(room: Room, seat: str, given: object, lang: str, number: int = 1) -> Reply:
    """Do what a seat's panel asks for; an answer is on disk when this returns.

    Args:
        room: The room.
        seat: Whose panel; nothing else can be touched by it.
        given: What came from the panel.
        lang: Language of the reply.
        number: Which of the seat's devices; where a group decides together, which member.

    Returns:
        ``said``: what to tell the person; for a form ``field`` or ``summary``.

    Raises:
        AnswerRefused: If it does not stand.
        OSError: If it could not be written; then it does not count.
    """
    act = acts.read_act(acts.SEAT, given)
    names = room.names(lang)
    with room.turn:
        group, member = room.group(seat), str(number)
        if group is not None and isinstance(act, acts.Form | acts.PutOff | acts.GiveOrder | acts.Decide):
            _check_leads(group, member, act.do)
        if isinstance(act, acts.Form):
            return _form(room, seat, act, names)
        door = Seat(room.session, seat)
        if isinstance(act, acts.Answer) and group is not None:
            said = _propose(room, group, member, act, names)
        elif isinstance(act, acts.Answer):
            said = _answer(room, door, act, names)
        elif isinstance(act, acts.Decide):
            said = _decide(room, group, act.key, names)
        elif isinstance(act, acts.PutOff):
            door.wait(act.key, act.seconds)
            said = say("put_off", lang)
        elif isinstance(act, acts.GiveOrder):
            door.order(act.order, charged_s=None if room.kept.think is None else 0, reason=act.reason)
            said = say("ordered", lang, order=order_words(act.order, names))
        elif isinstance(act, acts.WriteNote):
            door.note(act.text)
            said = say("noted", lang)
        else:
            said = _real(room, f"seat {seat}", lang)
        room.changed()
        return {"said": said}


def _answer(room: Room, door: Seat, act: acts.Answer, names: Names) -> str:
    options = names.options(act.key)
    chosen = say("no_answer", names.lang) if act.choice is None else options.get(act.choice, act.choice)
    try:
        door.answer(act.key, act.choice, charged_s=room.charged_s(act.key), reason=act.reason)
    except AnswerRefused as refused:
        given = answer_given(room.own(door.id), act.key)
        again = refused.reason in (Refusal.ALREADY_ANSWERED, Refusal.NO_SUCH_QUESTION)
        if again and given is not None and given.kind != "control" and given.choice == (act.choice or ""):
            return say("taken_before", names.lang)  # sent twice because the connection dropped
        raise
    given = answer_given(room.own(door.id), act.key)
    late = act.choice is not None and given is not None and given.kind == "none"
    return say("too_late", names.lang) if late else say("taken", names.lang, choice=chosen)


def _check_leads(group: Group, member: str, what: str) -> None:
    """Refuse what only the leader of a group does.

    Raises:
        AnswerRefused: If the member is not the leader.
    """
    if member != group.members[0]:
        raise AnswerRefused(Refusal.NOT_ALLOWED, what, "", "the leader of the group")


def _propose(room: Room, group: Group, member: str, act: acts.Answer, names: Names) -> str:
    """Take a member's proposal; the last one that was missing lets the group decide."""
    lang, choice = names.lang, act.choice or NO_ANSWER
    open_now = act.key in [asked.key for asked in group.seat.asked()]
    last = [one for one in rounds(group.seat.lines(), group.seat.id) if one.key == act.key][-1:]
    if last and last[0].proposed.get(member) == choice and not (open_now and act.reason):
        return say("taken_before", lang)  # sent twice because the connection dropped
    tally = group.propose(member, act.key, act.choice, reason=act.reason)
    if tally.missing:
        return say("proposed", lang)
    return _decide(room, group, act.key, names)


def _decide(room: Room, group: Group | None, key: str, names: Names) -> str:
    """Let a group decide with the proposals that there are."""
    if group is None:
        raise AnswerRefused(Refusal.NOT_ALLOWED, key, "", "members, each once")
    choice = group.decide(key, charged_s=room.charged_s(key))
    text = names.options(key).get(choice or "", say("no_answer", names.lang))
    return say("group_decided", names.lang, choice=text)


def observer_act(room: Room, number: int, given: object, lang: str) -> Reply:
    """Do what an observer's panel asks for: write a note, or stop everything for a real event.

    Raises:
        AnswerRefused: If it does not stand.
        OSError: If it could not be written; then it does not count.
    """
    act = acts.read_act(acts.OBSERVER, given)
    with room.turn:
        watcher = room.watcher(number)
        if isinstance(act, acts.Observe):
            watcher.note(act.text, about=act.about, rating=act.rating)
            said = say("noted", lang)
        else:
            said = _real(room, watcher.id, lang)
        room.changed()
        return {"said": said}


def _form(room: Room, seat: str, act: acts.Form, names: Names) -> Reply:
    """Return the next field of an order with what can stand in it, or the whole order in words."""
    given = dict(act.given)
    kinds = kinds_for(room.session.exercise, seat)
    if given.get("do") not in kinds:
        raise AnswerRefused(Refusal.NOT_YOUR_ORDER, "do", str(given.get("do"))[:60], ", ".join(kinds))
    try:
        field = next_field(given, seat, room.session.view(seat), names)
        if field is None:
            return {"summary": order_words(order_from(given), names), "order": order_from(given)}
    except (KeyError, TypeError, ValueError, StopIteration, AttributeError) as error:
        raise AnswerRefused(Refusal.MALFORMED, "order", str(given.get("do"))[:60], "") from error
    return {
        "field": field.name,
        "title": FIELD_WORDS[field.name][0 if names.lang == "zh" else 1],
        "choices": [{"id": ident, "text": text or ident} for ident, text in field.choices],
        "many": field.many,
        "optional": field.optional,
    }


def order_from(given: dict[str, Any]) -> dict[str, Any]:
    """Return an order from the fields that were chosen in a form."""
    order = {name: value for name, value in given.items() if value not in ([], "")}
    for name in NUMBERS:
        if name in order:
            order[name] = int(order[name])
    if "states" in order:
        order["states"] = [claim(str(one)) for one in order["states"]]
    return order


def trainer_act(room: Room, given: object, lang: str) -> Reply:
    """Do what the trainer's panel asks for.

    Raises:
        AnswerRefused: If it does not stand.
        OSError: If it could not be written; then it does not count.
    """
    act = acts.read_act(acts.TRAINER, given)
    names = room.names(lang)
    if isinstance(act, acts.Move) and act.do == "finish":
        room.score()
        return {"said": ""}
    with room.turn:
        if isinstance(act, acts.Move | acts.RunOn | acts.Pace):
            reply = _move(room, act, names)
        elif isinstance(act, acts.Admit | acts.ScreenShows | acts.ObserversSee):
            reply = _admit(room, act)
        else:
            reply = {"said": _step_in(room, act, names)}
        room.changed()
        return reply


def _move(room: Room, act: acts.Move | acts.RunOn | acts.Pace, names: Names) -> Reply:
    session, lang = room.session, names.lang
    if isinstance(act, acts.Pace):
        room.keep(pace=act.pace)
        return {"said": ""}
    if act.do == "choices":
        return {"said": "", "choices": trainer_choices(room, names)}
    if act.do == "take_back":
        return {"said": _take_back(room, names)}
    if act.do == "hold_clock":
        Trainer(session).pause()
        room.move(None)
        return {"said": ""}
    if act.do != "run" and session.waiting():
        raise AnswerRefused(Refusal.NOT_ALLOWED, "clock", act.do, say("answer_first", lang))
    if act.do == "one_step":
        Trainer(session).step()
        room.move(None)
        return {"said": say("moved", lang, now=names.local(session.now_s))}
    if isinstance(act, acts.RunOn):
        until_s = min(session.now_s + act.seconds, session.world.horizon_s)
        session.act("control", TRAINER, {"do": "run_to", "until_s": until_s}, choice="run_to")
        room.move(Motion(until_s=until_s))
        return {"said": ""}
    begun = session.now_s > 0 or any(entry.choice == "start" for entry in session.entries)
    choice = "run_to_question" if begun else "start"
    session.act("control", TRAINER, {"do": choice}, choice=choice)
    room.move(Motion() if act.do == "to_question" else Motion(keep_on=True, paced=True))
    return {"said": ""}


def _take_back(room: Room, names: Names) -> str:
    last = last_decision(room)
    if last is None:
        raise AnswerRefused(Refusal.NOTHING_TO_UNDO, "", "", "nothing was given yet")
    what = entry_words(last, names)
    room.take_back(last.seq)
    return say("taken_back", names.lang, what=what)


def _admit(room: Room, act: acts.Admit | acts.ScreenShows | acts.ObserversSee) -> Reply:
    if isinstance(act, acts.ObserversSee):
        for seat in act.seats:
            if seat not in room.session.settings.seats:
                allowed = ", ".join(room.session.settings.seats)
                raise AnswerRefused(Refusal.UNKNOWN_NAME, "seats", seat[:60], allowed)
        room.keep(sees=tuple(act.seats))
        return {"said": ""}
    if isinstance(act, acts.ScreenShows):
        if act.seat and page_of(act.seat) not in room.access.scopes:
            allowed = ", ".join(room.session.settings.seats)
            raise AnswerRefused(Refusal.UNKNOWN_NAME, "seat", act.seat, allowed)
        room.keep(screen=act.seat)
        return {"said": ""}
    if act.scope not in room.access.scopes:
        raise AnswerRefused(Refusal.UNKNOWN_NAME, "scope", act.scope, ", ".join(room.access.scopes))
    if act.do == "code":
        room.access.new_code(act.scope)
    else:
        room.access.revoke(act.scope, act.number)
        room.keep()
    return {"said": ""}


def _step_in(room: Room, act: Any, names: Names) -> str:
    """Do what changes the exercise itself; return what to tell the trainer."""
    session, lang = room.session, names.lang
    trainer = Trainer(session)
    if isinstance(act, acts.CountNone):
        session.decide({act.key: None}, reason="counted as none by the trainer")
    elif isinstance(act, acts.Decide):
        seat = next((asked.seat for asked in session.waiting() if asked.key == act.key), "")
        return _decide(room, room.group(seat) if seat else None, act.key, names)
    elif isinstance(act, acts.OnInject):
        getattr(trainer, act.do)(_inject(room, act.inject))
        return say("done", lang)
    elif isinstance(act, acts.Inject):
        trainer.inject(act.sender, tuple(act.to), act.text, kind=act.sort)
        return say("done", lang)
    elif isinstance(act, acts.Connection):
        (trainer.cut if act.do == "cut" else trainer.restore)(act.what)
        return say("done", lang)
    elif isinstance(act, acts.DutyCheck):
        trainer.duty_check(act.organization or None)
        return say("done", lang)
    elif isinstance(act, acts.SetParameter):
        trainer.set(act.name, _value(act))
        return say("done", lang)
    elif isinstance(act, acts.WriteNote):
        if not act.text.strip():
            raise AnswerRefused(Refusal.MALFORMED, "text", "nothing", "1 to 2000 characters")
        session.act("note", TRAINER, {"text": act.text.strip()})
        return say("noted", lang)
    else:
        return _real(room, "the trainer", lang)
    return ""


def _inject(room: Room, shown: str) -> str:
    """Return the id of an inject from what the list shows for it."""
    if not is_hidden(room.session):
        return shown
    count = len(room.session.exercise.scenario.injects)
    if not (shown.isascii() and shown.isdigit() and 1 <= int(shown) <= count):
        raise AnswerRefused(Refusal.NO_SUCH_INJECT, "inject", shown[:20], f"1 to {count}")
    return inject_id(room.session, shown)


def _value(act: acts.SetParameter) -> float:
    try:
        return float(parse_overrides({act.name: act.value}, "set")[act.name])
    except BadInput as error:
        problem = error.problems[0]
        raise AnswerRefused(Refusal.MALFORMED, act.name, problem.what, problem.allowed) from error


def _real(room: Room, who: str, lang: str) -> str:
    room.motion = None
    Trainer(room.session).real_event(f"called by {who}")
    return say("real_done", lang)
