"""The command line: reads arguments, calls one function, turns errors into one clear message each.

Nothing heavy is imported here; each command imports what it needs when it runs.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from sim.cli.arguments import EPILOG, Commands, command_in, whole
from sim.cli.made_commands import county_commands, draw_commands, inquiry_commands, study_commands
from sim.errors import TabletopError


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show Chinese must not stop the work
    arguments = build_parser().parse_args(argv)
    try:
        command = importlib.import_module(arguments.module)
        return int(getattr(command, arguments.function)(arguments) or 0)
    except TabletopError as error:
        print(error.in_language(arguments.lang), file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"{error.filename or 'input/output'}: {error.strerror or error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("interrupted; nothing that was acknowledged is lost", file=sys.stderr)
        return 130


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="tabletop", description="Simulator for emergency tabletop exercises.", epilog=EPILOG
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _run_commands(commands)
    _folder_commands(commands)
    _map_command(commands)
    _branch_commands(commands)
    _file_commands(commands)
    _script_commands(commands)
    draw_commands(commands)
    county_commands(commands)
    study_commands(commands)
    inquiry_commands(commands)
    return parser


def _exercise_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("scenario", help="id of a bundled scenario (see `tabletop list`), or a scenario file")
    command.add_argument("--seed", type=whole, default=0, help="seed of all luck (default 0)")
    command.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="set a parameter (see `tabletop list parameters`)",
    )
    command.add_argument("--difficulty", default="", metavar="NAME", help="one of the scenario's difficulties")
    command.add_argument(
        "--policy",
        default="plan",
        help="who plays seats without a person: none, novice, plan (default), trained, expert or perfect",
    )
    command.add_argument(
        "--player",
        action="append",
        default=[],
        metavar="SEAT=WHO",
        help="who plays a seat: person, a policy, or a run folder, to act as there",
    )
    command.add_argument(
        "--trace", metavar="FILE", help="values in place of luck: a table (.csv, .yaml) of purpose, of, seconds"
    )
    command.add_argument("--out", metavar="DIR", help="run folder to make (default reports/runs/SCENARIO-POLICY-SEED)")
    command.add_argument("--no-report", action="store_true", help="do not write report.html")


def _run_commands(commands: Commands) -> None:
    run = command_in(commands, "run", "run an exercise unattended, score it and write its report", "exercise:run")
    _exercise_arguments(run)
    run.add_argument(
        "--decisions", metavar="FILE", help="YAML file with an option for each question: {question: option}"
    )
    run.add_argument(
        "--write-trace", metavar="FILE", help="also write every duration and chance drawn (.csv, .yaml), for --trace"
    )
    play = command_in(
        commands, "play", "play an exercise in the terminal: you decide for the seats you take", "terminal:play"
    )
    _exercise_arguments(play)
    play.add_argument("--seats", default="", metavar="A,B", help="seats you take or watch (default: all)")
    play.add_argument("--thinking", type=whole, default=120, metavar="S", help="thinking time charged per answer, s")
    play.add_argument("--pace", type=float, metavar="X", help="charge the real time that an answer took, times X")
    play.add_argument(
        "--mode",
        choices=("hands-on", "group", "observe", "lecture"),
        default="hands-on",
        help="persons in their seats; a group that shares them; an observer; a class that is shown model answers",
    )
    play.add_argument("--members", default="", metavar="A,B,C", help="members of the group, the leader first")
    play.add_argument("--group-rule", choices=("majority", "leader"), default="majority", help="how the group decides")
    play.add_argument(
        "--every",
        type=whole,
        default=15,
        metavar="MIN",
        help="stop also when a seat has news, every so many minutes (default 15; 0: only at questions)",
    )
    play.add_argument("--trainer", action="store_true", help="the trainer sits here too: t opens the trainer's menu")
    _serve_command(commands)
    resume = command_in(commands, "resume", "go on with an interrupted run", "terminal:resume")
    resume.add_argument("folder", help="run folder")


def _serve_command(commands: Commands) -> None:
    serve = command_in(
        commands, "serve", "hold an exercise in the browser: a control room, a page for each seat", "room:serve"
    )
    _exercise_arguments(serve)
    serve.add_argument("--seats", default="", metavar="A,B", help="seats that persons take (default: all)")
    serve.add_argument("--thinking", type=whole, default=120, metavar="S", help="thinking time charged per answer, s")
    serve.add_argument(
        "--think-pace", type=float, metavar="X", help="charge the real time that an answer took, times X"
    )
    serve.add_argument(
        "--group-rule",
        choices=("majority", "leader"),
        default="",
        help="who join a seat are a group: everybody proposes, this rule decides (default: the first answer counts)",
    )
    serve.add_argument("--host", default="127.0.0.1", help="address to listen at; 0.0.0.0 lets the local network in")
    serve.add_argument("--port", type=whole, default=8765, help="port to listen at (default 8765; 0: a free one)")


def _folder_commands(commands: Commands) -> None:
    texts = {
        "replay": "run again from files, seed and journal, and compare event by event",
        "score": "score a run, by its own rubric or by another",
    }
    for name, text in texts.items():
        command = command_in(commands, name, text, f"exercise:{name}")
        command.add_argument("folder", help="run folder")
        if name == "score":
            command.add_argument("--rubric", metavar="FILE", help="score by this rubric file instead of the run's own")
    report = command_in(commands, "report", "write the report of a run", "report:report")
    report.add_argument("folder", help="run folder")
    report.add_argument(
        "--format",
        default="html",
        metavar="LIST",
        help="html (default), docx (Word), brief (one page in Word), xlsx (workbook), csv; several with commas",
    )
    report.add_argument(
        "--ladder",
        type=whole,
        default=0,
        metavar="N",
        help="first place the run among N simulated crews of each skill (default: what `tabletop ladder` left, if any)",
    )


def _map_command(commands: Commands) -> None:
    drawn = command_in(commands, "map", "draw the map of the county at a moment of a run", "mapping:draw_map")
    drawn.add_argument("folder", help="run folder")
    drawn.add_argument(
        "--at", default="worst", metavar="WHEN", help="a time such as 1h30min, or start, worst or end (default worst)"
    )
    drawn.add_argument("--out", required=True, metavar="FILE", help="picture to write: .png or .svg")
    drawn.add_argument(
        "--zoom",
        choices=("auto", "site", "county"),
        default="auto",
        help="what happened and its surroundings, or the whole county (default: whichever fits)",
    )
    drawn.add_argument("--force", action="store_true", help="write over an existing file")


def _branch_commands(commands: Commands) -> None:
    branch = command_in(commands, "branch", "make a run that differs from another in one decision", "branching:branch")
    branch.add_argument("folder", help="run folder to branch from; it is only read")
    branch.add_argument("--at", required=True, metavar="WHEN", help="key of a question, or a time such as T+35min")
    branch.add_argument("--choose", metavar="OPTION", help="the option to take at the question; no_answer for none")
    branch.add_argument(
        "--then",
        default="journal",
        metavar="HOW",
        help="who answers later: journal (as in that run; what it was not asked, trained answers), ask (persons), or a "
        "policy (default journal)",
    )
    branch.add_argument("--charged", type=whole, metavar="S", help="thinking time charged (default: as in that run), s")
    branch.add_argument("--order", metavar="JSON", help='order to give at the time: {"do": ...}')
    branch.add_argument("--seat", default="command", help="seat that gives the order (default command)")
    branch.add_argument(
        "--seats", default="", metavar="A,B", help="with --then ask: seats you take (default: as in that run)"
    )
    branch.add_argument("--out", metavar="DIR", help="run folder to make (default: beside the other)")
    branch.add_argument("--no-report", action="store_true", help="do not write report.html")
    compare = command_in(
        commands, "compare", "say where two runs part, and what that did to the scores", "branching:compare"
    )
    compare.add_argument("folder", help="run folder that counts as before")
    compare.add_argument("other", help="the other run folder")
    compare.add_argument(
        "--replications", type=whole, default=0, metavar="N", help="also compare both under N other seeds"
    )
    compare.add_argument("--jobs", type=whole, default=0, metavar="N", help="worker processes (default: one a core)")
    tree = command_in(commands, "tree", "list runs by what they branch from", "branching:tree")
    tree.add_argument("folder", nargs="?", default="reports/runs", help="folder of run folders (default reports/runs)")
    whatif = command_in(
        commands, "whatif", "play every option of a question forward many times and compare them", "whatif:whatif"
    )
    whatif.add_argument("folder", help="run folder; what is found is also left there, for its score")
    whatif.add_argument("--at", required=True, metavar="KEY", help="key of the question")
    whatif.add_argument("--then", default="plan", metavar="POLICY", help="who answers later (default plan)")
    whatif.add_argument("--replications", type=whole, default=100, metavar="N", help="futures of each option")
    whatif.add_argument("--jobs", type=whole, default=0, metavar="N", help="worker processes (default: one a core)")
    whatif.add_argument("--out", metavar="DIR", help="folder for tables and figure (default: beside the run folder)")
    whatif.add_argument("--no-fork", action="store_true", help="run the past again for each future")


def _file_commands(commands: Commands) -> None:
    check = command_in(commands, "check", "check files and say everything that is wrong with them", "files:check")
    check.add_argument("files", nargs="+", metavar="FILE")
    schema = command_in(commands, "schema", "print the JSON Schema of a kind of file, for editors", "files:schema")
    schema.add_argument("kind", choices=("scenario", "county", "plan", "rules", "rubric", "risks", "sweep", "trace"))
    listing = command_in(commands, "list", "list what there is", "files:show_list")
    listed = ("scenarios", "counties", "sites", "plans", "parameters", "gaps")
    listing.add_argument("what", nargs="?", default="scenarios", choices=listed)
    listing.add_argument("--county", default="anlan", metavar="ID", help="county of the sites (default anlan)")
    text = "show a plan: table of tasks, responsibility matrix, flow chart and blind spots"
    plan = command_in(commands, "plan", text, "planning:show_plan")
    plan.add_argument("plan", help="id of a bundled plan (see `tabletop list plans`), or a plan file")
    plan.add_argument("--format", default="text", metavar="A,B", help="text, csv, png, svg, or several (default text)")
    plan.add_argument("--out", default=".", metavar="DIR", help="folder for tables and pictures (default here)")
    plan.add_argument("--county", default="anlan", metavar="ID", help="county whose bodies it names (default anlan)")
    plan.add_argument(
        "--rules", default="county-default", metavar="ID", help="mandates, duties, functions (default county-default)"
    )
    plan.add_argument("--force", action="store_true", help="write over existing files")


def _script_commands(commands: Commands) -> None:
    text = "write the trainer's script as a table (.xlsx, .csv), or make a scenario of one; both take --lang"
    script = commands.add_parser("script", help=text, description=text, epilog=EPILOG)
    inner = script.add_subparsers(title="commands", metavar="COMMAND", required=True)
    export = command_in(inner, "export", "write the injects of a scenario as a table", "script:export_script")
    export.add_argument("scenario", help="id of a bundled scenario, or a scenario file")
    export.add_argument("--out", required=True, metavar="FILE", help="the table to write, .xlsx or .csv")
    text = "make a scenario of a table: a base scenario with the table's injects instead of its own"
    reading = command_in(inner, "import", text, "script:import_script")
    reading.add_argument("file", help="the table, .xlsx or .csv")
    reading.add_argument("--out", required=True, metavar="YAML", help="the scenario file to write")
    reading.add_argument(
        "--scenario", metavar="BASE", help="base scenario (default: the one the table was exported from)"
    )
    reading.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        help="what a column holds: its title or letter, and a field such as text, at, to, or ignore; may be repeated",
    )
    reading.add_argument(
        "--sheet", default="", metavar="NAME", help="sheet of the workbook (default: the one that fits)"
    )
    for command in (export, reading):
        command.add_argument("--force", action="store_true", help="write over an existing file")


if __name__ == "__main__":
    sys.exit(main())
