"""The rules of the house hold in every file below ``sim/``, and each rule notices those who break it."""

import pytest

from tests import house
from tests.house import RULES, Module, cycles, modules

BREACHES = {
    house.imports_only_its_rooms: [
        ("sim.rng", "from sim.spec.base import Id"),
        ("sim.spec.base", "import sim.record.events"),
        ("sim.record.view", "from sim.engine import clock"),
        ("sim.comms.net", "def f():\n from sim.hazards.formulas.plume import Plume"),
        ("sim.hazards.formulas.plume", "from ...comms import net"),
        ("sim.assess.loss", "if TYPE_CHECKING:\n from sim.engine.clock import Clock"),
        ("sim.play.session", "from sim.show import html"),
        ("sim.county.roads", "from sim import comms"),
        ("sim.attic.box", ""),
    ],
    house.nobody_imports_the_face: [("sim.cli.main", "import sim"), ("sim.play.run", "from sim import load")],
    house.only_engine_knows_simpy_and_mesa: [
        ("sim.county.sites", "import simpy.resources"),
        ("sim.actors.departments.police", "from mesa import Agent"),
        ("sim.study.sweep", "def f():\n import mesa"),
    ],
    house.below_play_nothing_is_wall_clock_or_unnamed_luck: [
        ("sim.engine.clock", "import time"),
        ("sim.engine.clock", "from time import monotonic"),
        ("sim.rng", "from random import Random"),
        ("sim.county.people", "import numpy as np\nx = np.random"),
        ("sim.county.people", "from numpy.random import Generator"),
        ("sim.record.folder", "import os\nx = os.urandom(8)"),
        ("sim.record.folder", "from os import urandom"),
        ("sim.show.text", "import datetime\nx = datetime.datetime.now()"),
        ("sim.show.text", "from datetime import datetime as d\nx = d.utcnow()"),
        ("sim.clocktext", "from datetime import date\nx = date.today()"),
        ("sim.assess.score", "import uuid"),
        ("sim.actors.departments.police", "import secrets"),
    ],
    house.no_star_import: [("sim.cli.main", "from sim.errors import *")],
    house.model_never_iterates_over_sets: [
        ("sim.engine.world", "for x in set(y): f(x)"),
        ("sim.comms.net", "for x in {1, 2}: f(x)"),
        ("sim.county.roads", "z = [x for x in {w for w in y}]"),
        ("sim.actors.departments.police", "z = {x: 1 for x in frozenset(y)}"),
    ],
    house.no_priority_store: [
        ("sim.engine.clock", "x = simpy.PriorityStore(env)"),
        ("sim.engine.clock", "from simpy import PriorityStore as P"),
    ],
    house.files_are_short: [("sim.rng", "x = 1\n" * 351)],
    house.functions_are_short: [("sim.rng", "class A:\n def f(self):\n" + "  x = 1\n" * 60)],
    house.module_tables_are_upper_case: [
        ("sim.rng", "seen = []"),
        ("sim.rng", "_cache: dict[str, int] = {}"),
        ("sim.rng", "if True:\n Both = {1 for x in y}"),
        ("sim.rng", "try:\n f()\nexcept OSError:\n aB = [1]"),
    ],
    house.no_error_is_passed_over: [
        ("sim.rng", "try: f()\nexcept OSError: pass"),
        ("sim.rng", "try:\n f()\nexcept OSError:\n ..."),
    ],
}
ALLOWED = [
    ("sim", "from sim.play.session import Session"),
    ("sim.engine.clock", "import simpy\nimport mesa\nfrom sim.record.events import Event"),
    ("sim.engine.clock", "def f(env):\n return env.now, env.time"),
    ("sim.clocktext", "from datetime import datetime, timedelta\nx = datetime.fromisoformat(y)"),
    ("sim.play.sweep", "import time\nimport random\nfor x in set(y): f(x)"),
    ("sim.actors.departments.police", "from sim import rng\nfrom sim.comms import net\nfor x in sorted({1, 2}): f(x)"),
    ("sim.cli.main", "from sim.study import sweep\n__all__ = ['main']\n_TABLE = {}\nKINDS: dict[str, int] = {}"),
    ("sim.rng", "try:\n f()\nexcept OSError:\n x = 1"),
]


def test_everybody_keeps_the_rules():
    assert [] == [breach for module in modules() for rule in RULES for breach in rule(module)]


def test_no_modules_import_each_other_in_a_circle():
    assert [] == cycles(modules())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_breach_is_noticed_and_named(rule):
    for name, text in BREACHES[rule]:
        assert [name] == [breach.split(":")[0] for breach in rule(Module(name, False, text))], text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_what_is_allowed_is_no_breach(rule):
    assert [] == [breach for name, text in ALLOWED for breach in rule(Module(name, False, text))]


def test_a_circle_is_noticed_and_imports_that_do_not_run_on_import_make_none():
    one, two = Module("sim.a", False, "from sim.b import x"), Module("sim.b", False, "if y:\n from . import a")
    late = Module("sim.b", False, "def f():\n from sim import a")
    typed = Module("sim.b", False, "if TYPE_CHECKING:\n from sim.a import x")
    assert [["sim.a", "sim.b"]] == cycles([one, two])
    assert [] == cycles([one, late]) == cycles([one, typed])


def test_there_is_something_to_look_at():
    assert {"sim.errors", "sim.rng", "sim.spec.load", "sim.record.journal"} <= {module.name for module in modules()}
