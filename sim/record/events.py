"""Events: the only thing a run leaves. One flat row type, one registry of kinds."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from sim.canon import canonical, digest
from sim.errors import RecordBroken

KINDS: dict[str, str] = {
    "run.started": "the exercise begins",
    "run.ended": "the exercise ends: totals, and whether a real event stopped it",
    "weather.turned": "the wind turns: toward_deg",
    "hazard.started": "a hazard begins at a place: of (subject of its facts), and how large it is",
    "hazard.changed": "a hazard grows or shrinks: of, and how large it is",
    "hazard.stopped": "a hazard is over: of, by (what ended it)",
    "truth.changed": "a fact (subject) is so from now on: value",
    "danger.reached": "what people notice of a hazard reaches a place: of, level_milli in thousandths of a unit",
    "danger.left": "a place is free of it again: of",
    "cascade.led": "one thing leads to another by a link of the scenario",
    "cascade.prevented": "a link of the scenario was broken in time",
    "road.blocked": "a road, or all that lead to a place, cannot be passed",
    "road.cleared": "a road that was blocked can be passed again",
    "hospital.damaged": "a hospital loses treatment bays and beds: bays, beds",
    "hospital.surge_begun": "a hospital begins to open more bays and beds: step, staff, ready_s",
    "hospital.opened": "a hospital has opened more bays and beds: step, bays, beds",
    "hospital.surge_refused": "a hospital cannot open more: reason (dark, no_step_left, no_staff_left)",
    "road.closed": "a place is closed to traffic",
    "people.moved": "people of a place change where they are: into, out_of, people",
    "people.protected": "four in five of a place's people are sheltered or away",
    "ground.shook": "a shock of an earthquake: magnitude_tenths, intensity_tenths where it is strongest",
    "people.hurt": "people of a place are newly hurt: light, serious, critical, and killed at once among these",
    "people.led_out": "a crew leads people out who were shut in and are not seriously hurt: people, unit",
    "crowd.fell": "people fall in a crowd, and others are pressed down on them: of, people",
    "crowd.pushed_in": "police begin to push into a crowd: unit, distance_m",
    "crowd.reached": "police have pushed through to those who lie there: unit",
    "traffic.ended": "no more cars come to a jam, because the police turn them off: people who stand there",
    "people.freed": "people who were held up get away: people",
    "patient.hurt": "somebody is hurt seriously: severity, place, injury (unless poisoning), trapped",
    "patient.worse": "a patient becomes critical: injury, if it is another one",
    "patient.cared": "what is done for a patient in a hospital without power changes: care",
    "patient.rescued": "a patient is brought out of the danger: unit",
    "patient.triaged": "a crew sorts a patient by urgency: unit, category (red, yellow, green, black), right",
    "patient.loaded": "an ambulance takes a patient: unit",
    "patient.left": "an ambulance crew that was hurt leaves its patient behind: place",
    "patient.waiting": "a patient waits for a treatment bay, or for what (bed): hospital",
    "patient.admitted": "a patient gets a treatment bay: hospital",
    "patient.bedded": "a treated patient gets a bed and leaves the bay: hospital",
    "patient.died": "a patient dies: where",
    "person.unnamed": "persons are found at a place whom nobody can name: persons",
    "person.named": "somebody is named and the family told in person: by (police, family, aftermath), place",
    "crowd.gathered": "people stand at the doors of a hospital or in a shelter's queue, or have gone: people",
    "crowd.held": "police keep order where people gather, or leave: unit, officers (all who are there)",
    "patients.brought": "an ambulance comes to a hospital: patients, held_up_s (by people at the door)",
    "shelter.registered": "everybody in the shelter stands on its list: people",
    "people.comforted": "people at a place were given psychological first aid: people, unit",
    "unit.left": "a unit sets out: to, arrives_s",
    "unit.arrived": "a unit arrives: place",
    "unit.hurt": "the unprotected crew of a unit is hurt: place, crew",
    "unit.free": "a unit is idle again at a place: place",
    "route.told": "transport tells other departments that a way is blocked: of (who found it), to",
    "unit.resting": "a crew has been out as long as it can and rests, or waits for its relief: task, ends_s",
    "unit.rested": "the crew is fresh again, or another one has come: task",
    "task.identified": "a task is seen to be needed: task, at, order",
    "task.assigned": "a unit gets the task: unit, at, task",
    "task.waiting": "work cannot begin: on, what; for supplies also item, amount (lacking), place",
    "task.working": "work begins: unit, and expert (none, or the field that was heard) where the work needs one",
    "task.done": "the task is done: unit",
    "task.failed": "the task cannot be done: reason",
    "fact.learned": "an organization's picture gains a fact: value, as_of_s, source, verified, how",
    "message.composed": "a message is wanted: to, kind, facts, and what it carries",
    "message.approved": "an approval that the message needed is given: by",
    "message.queued": "the message waits: channel, awaits (sender: an officer there; line, net, circuit; officer)",
    "message.sent": "the message is on its way: channel, attempt",
    "message.held": "the channel is down and keeps the message until it is back: channel",
    "message.let_go": "the channel is back and the message goes on: channel",
    "message.answered": "an officer of the addressee picks up after it rang for a time: channel",
    "message.lost": "an attempt failed: channel, attempt, reason",
    "message.switched": "the sender changes to another channel: channel",
    "message.delivered": "the message reached the desk: channel, and facts that were garbled",
    "message.laid_aside": "no officer of the addressee has time for the message",
    "message.taken_up": "an officer of the addressee turns to the message after it has lain",
    "message.read": "the addressee has taken it in",
    "message.chased": "the sender asks whether the message was taken in: times",
    "message.acknowledged": "the sender knows that it arrived",
    "message.acted": "the addressee acts on it for the first time",
    "message.expired": "the sender gave up: reason",
    "duty.answered": "whoever took a call that checks the watch names the leader on shift: who, attempt, right",
    "ticket.registered": "the duty office registers an incident",
    "ticket.verified": "the incident is verified",
    "ticket.followed_up": "the duty office has followed it up",
    "ticket.fed_back": "the outcome is fed back",
    "report.due": "a follow-up or another report of routine is due under a rule: rule",
    "report.withheld": "a seat decides not to report under a rule: rule",
    "report.made": "a report up or across arrived under a rule: rule, to, by, stage, number, skips (a level)",
    "grade.judged": "the grade is judged: grade",
    "level.lapsed": "the expected period of a response is over, and nobody has prolonged or ended it: level",
    "leader.called": "somebody who may decide is called: rank, wanted (whose right it is), attempt, answered",
    "command.briefing": "a hand-over of command begins with a briefing: by (who has led)",
    "command.taken": "a body leads from now on: before (who led), by (rank or crew)",
    "command.left": "the crew that led on the scene can lead no more",
    "order.returned": "an order is sent back to whoever gave it: missing (what it lacks, or conflict)",
    "order.superseded": "an order takes the place of one of another body, by the word of whoever leads: issuer",
    "order.unauthorized": "a body without the mandate gives an order without asking: what",
    "task.disputed": "a department says that a task of the plan is not its own: task",
    "impact.assessed": "what a measure means at a place is known: people, unable, roads, beds",
    "return.allowed": "people of a place may go home",
    "response.ended": "the end of the response is declared: by (rank), leader",
    "road.opened": "a place is open to traffic again",
    "aftermath.begun": "a work of the aftermath begins: work, people whom it concerns",
    "aftermath.done": "a work of the aftermath is done: work, people, danger (places where there still is some)",
    "situation.gathered": "the command post begins a round of reports and orders",
    "group.formed": "those of a work group at the command post work side by side: members",
    "level.activated": "a response level is activated: level, and under which plan if not the county's own for it",
    "post.set_up": "the on-scene command post stands: at",
    "protect.ordered": "people are ordered to shelter or leave: place, by",
    "protect.heard": "the order reaches the people of a place: by, comply_pct",
    "release.published": "a statement is published: release, says, states (anything), tone, path, approved, contains, "
    "figures, next_update_min if promised, beyond (facts that another body alone may publish)",
    "release.reached": "a statement reaches people: people, of, old_missed (aged 60 and above), cut_missed (no power "
    "or network)",
    "release.proved_wrong": "people see that something stated without a check is wrong: fact",
    "release.withdrawn": "what another body alone may publish is withdrawn: facts",
    "release.beside": "a body gives figures of its own beside the one outlet: figures, official (a higher body)",
    "release.differs": "two outlets give different figures: other, figure, values",
    "public.posted": "somebody posts what he saw: figures",
    "press.asked": "journalists ask a body that does not always refer them to the one outlet",
    "mood.turned": "how the public feels: why, trust_pct, anxiety_pct",
    "hotline.published": "people have read of a hotline that they can call",
    "opinion.alarmed": "monitoring of public opinion raises an alarm: false (whether there is nothing)",
    "opinion.checked": "an officer has checked the alarm: false",
    "conference.called": "a press conference is called: spokesperson",
    "conference.asked": "a journalist asks: fact, answer (answered, wrong, open)",
    "conference.held": "the press conference is over: spokesperson, asked, answered, wrong",
    "rumor.started": "a rumor begins",
    "rumor.grew": "the rumor passes a mark: share_pct",
    "rumor.answered": "an official statement reaches those among whom a rumor may go round: tone",
    "rumor.faded": "the rumor falls below a tenth of its peak",
    "inject.sent": "the script speaks: who, to",
    "inject.skipped": "an inject no longer fits the truth, what it waits for has come, or the trainer leaves it out",
    "control.given": "the trainer steps in: do, and its fields",
    "officer.awaited": "no officer of a desk has time for something",
    "officer.free": "an officer of a desk turns to what has waited",
    "call.waits": "a worried caller finds all lines or officers busy",
    "call.taken": "a worried caller who had to wait gets through",
    "channel.cut": "a channel is down",
    "channel.restored": "a channel is up again",
    "lifeline.cut": "something cuts an installation: by, and lasts_s if it ends by itself",
    "lifeline.on_battery": "something that an installation needs is missing; its battery runs: lasts_s",
    "lifeline.powered": "what it needs is back before its battery was empty",
    "lifeline.failed": "an installation works no more: it is cut, or short of what it needs and its battery is empty",
    "lifeline.restored": "an installation works again",
    "repair.begun": "a crew begins to repair what cuts an installation",
    "repair.done": "the crew is done; the installation works if nothing else keeps it down",
    "monitor.alarmed": "a monitor alarms: fact, value, false (whether it is not so)",
    "monitor.cleared": "a monitor shows no alarm any more: fact, value",
    "monitor.missed": "a monitor does not notice that its value is reached: fact, value",
    "monitor.blind": "a monitor shows nothing for want of what it needs: fact",
    "monitor.back": "a monitor has what it needs again: fact",
    "warning.issued": "a weather warning is issued or, as none, lifted: color",
    "warning.begun": "people of a place are being warned: way, of, and teams where doors are knocked at",
    "warning.blocked": "a way to warn people of a place does not work: way",
    "warning.resumed": "a way to warn people of a place works again: way",
    "warning.reached": "a warning has reached people of a place: people, of",
    "callout.begun": "a desk begins to call those responsible for grid cells: way, cells",
    "callout.called": "a desk calls somebody responsible for a cell: place, contact, attempt",
    "callout.unanswered": "nobody answers the call, or it cannot be placed: place, attempt",
    "callout.confirmed": "somebody responsible for a cell confirms a warning: place, of",
    "callout.given_up": "a desk calls nobody of a cell any more: place",
    "platform.entered": "a desk enters a fact on the unified platform: fact, value, as_of_s, source, verified",
    "platform.queued": "entering or reading waits for an officer",
    "platform.synced": "what was entered becomes visible: facts",
    "consultation.opened": "a joint consultation is called: invited, channel (empty: in person)",
    "consultation.held": "the joint consultation is over: present, missing, grade (by what they hold together)",
    "liaison.left": "a liaison officer sets out: to, at, arrives_s",
    "liaison.arrived": "the liaison officer is there, and the two speak face to face: to, at",
    "liaison.refused": "no liaison officer can be sent: to, reason (last_officer, there_already, no_road)",
    "aid.requested": "help is asked for: helper, to, states (what the request states), direct (past the ordinary way)",
    "aid.sent_back": "a request for help is incomplete and goes back: helper, missing",
    "aid.referred": "a request for help went to the wrong body, which passes it on: helper, to",
    "aid.negotiated": "for want of an agreement on file, talks about help begin: helper",
    "aid.approved": "a force of society may take part",
    "aid.granted": "help will come: helper",
    "aid.refused": "help does not come by this request, because it has been called or has come already: helper",
    "aid.mobilized": "a force hears of a mobilization and gets ready",
    "aid.called": "a team under contract hears the alarm of whoever has the contract with it: by",
    "aid.left": "help sets out: arrives_s, or to (a team that drives there itself)",
    "aid.arrived": "help has come: at, units, by_itself (uncalled)",
    "aid.registered": "help is received and registered: units, guide, check (of qualifications)",
    "cell.noticed": "a grid leader notices danger by himself: place",
    "cell.cleared": "a grid cell is confirmed clear: place, by, need_help (people), brought_out (of them)",
    "keyunit.prepared": "a key unit that was told has taken its measures: sheltered (people), power (topped up)",
    "traffic.directed": "a police crew begins to direct the traffic at a place: unit",
    "traffic.left": "it leaves, or is hurt: unit",
    "convoy.left": "vehicles that met drive together: at, to, units, escort (empty: without one)",
    "road.jammed": "vehicles of helpers whom nobody has registered fill the roads at a place: vehicles_per_h",
    "road.eased": "they leave the roads again",
    "gas.tested": "a mine-rescue crew has tested for gas and may go in: place, task",
    "unit.misused": "a team is sent to do what it is not qualified for: task, at",
    "plan.forgotten": "an owner does not think of a task of the plan that is due: task",
    "plan.recalled": "a task that was forgotten comes to its owner's mind, or somebody orders it: task",
    "supplies.counted": "what there is of supplies at the start: held, by holder and item",
    "supplies.asked": "somebody orders supplies: item, amount, to, source (any: from whoever has them)",
    "supplies.issued": "supplies are set aside for a consignment: item, amount, source, by, at, to, yuan",
    "supplies.refused": "a source gives nothing: item, source, reached (whether it could be asked)",
    "supplies.short": "an order for supplies stays short of what was asked: item, amount, to",
    "supplies.made": "a supplier has made more of an item: item, amount, order",
    "supplies.loaded": "a truck takes on supplies of a consignment: unit, item, amount, place",
    "supplies.handed_over": "supplies are handed over: unit, item, amount, place, at (where the truck stopped)",
    "supplies.lost": "supplies are lost with a truck: unit, item, amount",
    "supplies.refilled": "a unit fills up what it has on board: unit, item, amount, place",
    "supplies.used": "work uses supplies up: unit, item, amount, board (how much of it was on board), place",
    "supplies.given": "people of a place are given what they need: item, amount, lacking, place, again (asked before)",
    "supplier.called": "a supplier is called: answered, attempt",
    "supplier.found": "somebody of a supplier whose number is dead is found in another way",
    "plan.triggered": "an owner sees that a task of the plan is due: task",
    "expert.called": "a seat calls an expert: field",
    "expert.missing": "the county has no expert of a field",
    "expert.advised": "an expert has judged a fact: field, fact, value, confidence_pct, right",
    "advice.given": "the adviser advises a seat: option, confidence_pct, threatened, load_pct, water_min, sound",
    "advice.checked": "a seat has checked the advice: sound (whether it follows from what the seat holds)",
    "advice.followed": "a seat chose what the adviser would have chosen: option, checked",
    "crews.alerted": "a desk that looks ahead has its crews get ready before it sends them",
    "order.given": "an order is given: do, and its fields",
    "order.approval_asked": "an order waits for the body that may give it: by",
    "question.opened": "a pause point asks a seat: limit_s, options",
    "question.answered": "the seat's answer takes effect: choice, charged_s",
}
"""Every kind of event with what it says; the emitter refuses others."""


class Event(NamedTuple):
    """One event of the record.

    Attributes:
        seq: Number in the record, from 0.
        at_s: Seconds since the exercise began.
        kind: One of :data:`KINDS`.
        actor: Who did it or whom it happened to (an organization or unit id), or empty.
        subject: Id of what it is about; stable between runs.
        cause: ``seq`` of the binding predecessor, or None for the start.
        also: ``seq`` of other predecessors, such as who held the resource.
        data: Further fields: integers, texts, booleans, lists and mappings of them.
    """

    seq: int
    at_s: int
    kind: str
    actor: str
    subject: str
    cause: int | None
    also: tuple[int, ...]
    data: dict[str, Any]

    def line(self) -> str:
        """Return the event as one line of canonical JSON, without its newline."""
        seq, at_s, kind, actor, subject, cause, also, data = self
        row = {"seq": seq, "at_s": at_s, "kind": kind, "actor": actor, "subject": subject}
        return canonical(row | {"cause": cause, "also": also, "data": data})


def to_lines(events: Iterable[Event]) -> str:
    """Return events as the text of ``events.jsonl``."""
    return "".join(event.line() + "\n" for event in events)


def events_digest(events: Iterable[Event]) -> str:
    """Return the digest of the text of ``events.jsonl``."""
    return digest(to_lines(events))


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of a record")


def from_lines(text: str, where: str) -> list[Event]:
    """Read ``events.jsonl``.

    Raises:
        RecordBroken: If a line is not an event.
    """
    events = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line:
            continue
        try:
            row = json.loads(line, parse_constant=_refuse_constant)
            row["also"] = tuple(row["also"])
            events.append(Event(**row))
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise RecordBroken(f"{where}:{number}", "is not an event") from error
    return events
