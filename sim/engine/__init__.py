"""The clock, the Mesa world, the log of events and the questions that wait. SimPy and Mesa are imported here alone."""

from sim.engine.clock import Activity, Clock, Occurrence, Process
from sim.engine.collecting import not_collecting
from sim.engine.line import Interrupted, Line, Preempted, Request
from sim.engine.log import Log
from sim.engine.pending import Answer, Pending, Question
from sim.engine.series import Series
from sim.engine.truth import Truth
from sim.engine.world import Agent, World

__all__ = [
    "Activity",
    "Agent",
    "Answer",
    "Clock",
    "Interrupted",
    "Line",
    "Log",
    "Occurrence",
    "Pending",
    "Preempted",
    "Process",
    "Question",
    "Request",
    "Series",
    "Truth",
    "World",
    "not_collecting",
]
