"""The clock, the Mesa world, the log of events and the questions that wait. SimPy and Mesa are imported here alone."""

from sim.engine.clock import Clock, Line, Occurrence, Process
from sim.engine.log import Log
from sim.engine.pending import Answer, Pending, Question
from sim.engine.series import Series
from sim.engine.truth import Truth
from sim.engine.world import Agent, World

__all__ = [
    "Agent",
    "Answer",
    "Clock",
    "Line",
    "Log",
    "Occurrence",
    "Pending",
    "Process",
    "Question",
    "Series",
    "Truth",
    "World",
]
