"""An intensive care unit without power: patients are ventilated by hand, as long as hands last."""

from __future__ import annotations

from sim.county.casualties import Patient
from sim.county.injuries import Care
from sim.county.state import CountyState
from sim.engine import Process, World
from sim.spec.hazards.outage import Ward

LOOK_EVERY_S = 120
"""How often the staff goes on to the next patient, in seconds. A guess."""
INJURY = "ventilated"
"""Kind of injury of those who cannot breathe by themselves."""


class IntensiveCare:
    """The patients on ventilators of one hospital. They count as patients from when their ventilators stop.

    Attributes:
        ward: How the scenario describes the ward.
        dark: Whether it has no power.
        seq: Number of the event by which that is so.
    """

    def __init__(self, world: World, county: CountyState, ward: Ward, own: str) -> None:
        self.ward = ward
        self.dark = False
        self.seq = 0
        self._since_s = 0
        self._patients: list[Patient] = []
        self._struck = False
        self._turn = 0
        self._world, self._county = world, county
        self._batteries_s = world.luck.seconds(ward.batteries, "ventilators", own, ward.at)

    @property
    def by_hand(self) -> int:
        """How many are ventilated by hand in the hospital at the moment."""
        return sum(one.care is Care.FIELD for one in self._here())

    def _here(self) -> list[Patient]:
        return [one for one in self._patients if not (one.dead or one.gone)]

    def go_dark(self, cause: int) -> None:
        """Lose power; patients feel it when the batteries of their ventilators are empty."""
        self.dark, self.seq = True, cause
        self._turn += 1
        self._since_s = self._world.clock.now
        self._county.hospitals.dark[self.ward.at] = cause
        self._world.clock.start(self._ventilate(self._turn))

    def light_up(self, cause: int) -> None:
        """Have power again; whoever is still there is on a ventilator again."""
        self.dark, self.seq = False, cause
        self._county.hospitals.dark.pop(self.ward.at, None)
        for patient in self._here():
            self._county.casualties.take_in(patient, self.ward.at, cause)

    def _ventilate(self, turn: int) -> Process:
        """Process: let the staff ventilate as many as it can, those first who lie first."""
        yield self._world.clock.wait(self._batteries_s)
        if self._turn != turn or not self.dark:
            return
        if not self._struck:
            self._strike()
        while self.dark and self._turn == turn and self._here():
            tired = self._world.clock.now - self._since_s >= self.ward.tires
            hands = int(self.ward.hands * self.ward.tired) if tired else self.ward.hands
            for number, patient in enumerate(self._here()):
                care = Care.FIELD if number < hands else Care.NONE
                if patient.care is not care:
                    self._care(patient, care)
            yield self._world.clock.wait(LOOK_EVERY_S)

    def _care(self, patient: Patient, care: Care) -> None:
        """Change what is done for a patient; hands come free when others die or are taken away."""
        self._county.casualties.give_care(patient, care)
        also = tuple(one.seq for one in self._patients)
        patient.seq = self._world.log.emit("patient.cared", "", patient.id, self.seq, also, care=care.value)

    def _strike(self) -> None:
        self._struck = True
        patients = self._county.casualties.within(self.ward.at)
        before = len(patients.all)
        self._county.places[self.ward.at].strike(0, 0, self.ward.ventilated, INJURY, self.seq)
        self._patients = patients.all[before:]
