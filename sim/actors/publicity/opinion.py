"""Monitoring of public opinion by people and by machine: both find a rumor late, and both raise false alarms.

It looks for what people fear and ask, so that they can be answered. Each alarm has to be checked by an officer of the
publicity desk before it counts, and whoever checks a false one is missing elsewhere.
"""

from __future__ import annotations

from sim.actors.organization import Organization
from sim.actors.public.rumor import Rumor
from sim.comms.message import Stated
from sim.engine import Process

SCAN_S = 300
"""Time between two looks of the machine, in seconds. A guess."""
PEOPLE_SEE = 0.005
"""Share of the people who must pass a rumor on before somebody who reads along finds it. A guess."""
MACHINE_SEES = 0.001
"""The same for the machine. A guess."""
FINDS = 0.8
"""Chance that the machine finds in one look what is there to be found. A guess."""


class Opinion:
    """What the publicity desk notices of a rumor.

    Args:
        desk: The publicity desk.
        rumor: The rumor.
    """

    def __init__(self, desk: Organization, rumor: Rumor) -> None:
        self._desk = desk
        self._world = desk.world
        self._rumor = rumor
        self._found = False

    def watch(self, cause: int) -> Process:
        """Process: the machine looks again and again, day and night, while it is switched on."""
        luck, slot = self._world.luck, 0
        while not self._found:
            yield self._world.clock.wait(SCAN_S)
            slot += 1
            if not self._world.parameters["opinion.machine"]:
                continue
            because = cause if self._rumor.seq is None else self._rumor.seq
            if self._rumor.share >= MACHINE_SEES and luck.chance(FINDS, "machine finds", str(slot)):
                self._found = True
                yield from self._check(f"machine/{slot}", because)
            else:
                self.err(f"machine/{slot}", SCAN_S, cause)

    def sees(self) -> bool:
        """Return whether somebody who reads along finds a rumor."""
        return self._rumor.share >= PEOPLE_SEE

    def err(self, name: str, seconds: int, cause: int) -> None:
        """Let there be a false alarm or none in some time of watching; one keeps an officer of the desk busy.

        Args:
            name: Who watched, and when.
            seconds: For how long.
            cause: Number of the event since which there is watching.
        """
        chance = self._world.parameters["opinion.false_alarms"] * seconds / 3600
        if self._world.luck.chance(min(1.0, chance), "false alarm", name):
            also = () if self._rumor.seq is None else (self._rumor.seq,)
            seq = self._world.log.emit("opinion.alarmed", self._desk.id, f"opinion/{name}", cause, also, false=True)
            self._world.clock.start(self._dismiss(name, seq))

    def _dismiss(self, name: str, alarm: int) -> Process:
        """Process: find out that an alarm was false, which takes an officer's time."""
        checked = yield from self._desk.attend(self._verify_s, f"opinion/{name}", alarm)
        self._world.log.emit("opinion.checked", self._desk.id, f"opinion/{name}", checked, false=True)

    def _check(self, name: str, because: int) -> Process:
        """Process: verify an alarm, and hold then that there is a rumor."""
        alarm = self._world.log.emit("opinion.alarmed", self._desk.id, f"opinion/{name}", because, false=False)
        checked = yield from self._desk.attend(self._verify_s, f"opinion/{name}", alarm)
        seq = self._world.log.emit("opinion.checked", self._desk.id, f"opinion/{name}", checked, false=False)
        changed = self._world.truth.change("rumor/seen", True, seq)
        now = self._world.clock.now
        self._desk.learn(Stated("rumor/seen", True, now, self._desk.id, True), changed or seq, "own", (seq,))

    @property
    def _verify_s(self) -> int:
        return round(60 * self._world.parameters["opinion.verify"])
