"""What a sound record of work holds: nobody is in two places at once, and every task ends once."""

from sim.record.folder import RunRecord

ENDS = ("done", "failed", "under_way", "unserved")


def in_two_places(record: RunRecord) -> list[int]:
    """Return the numbers of events by which a unit would be in two places, or at two tasks, at once."""
    task: dict[str, str] = {}
    under_way: dict[str, int] = {}
    wrong = []
    for event in record.events:
        kind, unit = event.kind, event.data.get("unit", event.subject)
        if kind == "task.assigned":
            if task.get(unit):
                wrong.append(event.seq)
            task[unit] = event.subject
        elif kind in ("task.done", "task.failed"):
            task.pop(unit, None)
        elif kind == "unit.left":
            if unit in under_way:
                wrong.append(event.seq)
            under_way[unit] = event.seq
        elif kind == "unit.arrived" and under_way.pop(unit, None) is None:
            wrong.append(event.seq)
        elif kind == "unit.hurt":
            under_way.pop(unit, None)
    return wrong


def task_ends(record: RunRecord) -> dict[str, list[str]]:
    """Return how each task ended, by its id; in a sound record that is one of ``ENDS``, once."""
    ended: dict[str, list[str]] = {}
    served: dict[str, None] = {}
    for event in record.events:
        if event.kind == "task.identified":
            ended.setdefault(event.subject, [])
        elif event.kind == "task.assigned":
            served[event.subject] = None
        elif event.kind in ("task.done", "task.failed"):
            ended.setdefault(event.subject, []).append(event.kind.removeprefix("task."))
    return {task: ends or ["under_way" if task in served else "unserved"] for task, ends in ended.items()}
