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
from typing import TypeAlias

from sim.errors import TabletopError

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
EPILOG = "Exit codes: 0 done; 1 the work found a problem, such as a replay that differs; 2 the input cannot be used."


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
        print(error, file=sys.stderr)
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
    _file_commands(commands)
    _study_commands(commands)
    return parser


def _command(commands: Commands, name: str, text: str, where: str) -> argparse.ArgumentParser:
    """Add a command that calls ``module:function``."""
    command = commands.add_parser(name, help=text, description=text, epilog=EPILOG)
    module, _, function = where.partition(":")
    command.set_defaults(module=f"sim.cli.{module}", function=function)
    command.add_argument("--lang", choices=("en", "zh"), default="en", help="language of what people read (default en)")
    return command


def _exercise_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("scenario", help="id of a bundled scenario (see `tabletop list`), or a scenario file")
    command.add_argument("--seed", type=_whole, default=0, help="seed of all luck (default 0)")
    command.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="set a parameter (see `tabletop list parameters`)",
    )
    command.add_argument("--policy", default="plan", help="who plays seats without a person: none, plan or perfect")
    command.add_argument("--out", metavar="DIR", help="run folder to make (default reports/runs/SCENARIO-POLICY-SEED)")
    command.add_argument("--no-report", action="store_true", help="do not write report.html")


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 0 to 999999999999999999")
    return int(text)


def _run_commands(commands: Commands) -> None:
    run = _command(commands, "run", "run an exercise unattended, score it and write its report", "exercise:run")
    _exercise_arguments(run)
    run.add_argument(
        "--decisions", metavar="FILE", help="YAML file with an option for each question: {question: option}"
    )
    play = _command(
        commands, "play", "play an exercise in the terminal: you decide for the seats you take", "terminal:play"
    )
    _exercise_arguments(play)
    play.add_argument("--seats", default="", metavar="A,B", help="seats you take (default: all)")
    play.add_argument("--thinking", type=_whole, default=120, metavar="S", help="thinking time charged per answer, s")
    resume = _command(commands, "resume", "go on with an interrupted run", "terminal:resume")
    resume.add_argument("folder", help="run folder")


def _folder_commands(commands: Commands) -> None:
    texts = {
        "replay": "run again from files, seed and journal, and compare event by event",
        "score": "score a run, by its own rubric or by another",
        "report": "write the report of a run",
    }
    for name, text in texts.items():
        command = _command(commands, name, text, f"exercise:{name}")
        command.add_argument("folder", help="run folder")
        if name == "score":
            command.add_argument("--rubric", metavar="FILE", help="score by this rubric file instead of the run's own")


def _file_commands(commands: Commands) -> None:
    check = _command(commands, "check", "check files and say everything that is wrong with them", "files:check")
    check.add_argument("files", nargs="+", metavar="FILE")
    schema = _command(commands, "schema", "print the JSON Schema of a kind of file, for editors", "files:schema")
    schema.add_argument("kind", choices=("scenario", "county", "plan", "rules", "rubric", "sweep"))
    listing = _command(commands, "list", "list what there is", "files:show_list")
    listing.add_argument(
        "what", nargs="?", default="scenarios", choices=("scenarios", "counties", "plans", "parameters", "gaps")
    )


def _study_commands(commands: Commands) -> None:
    sweep = _command(
        commands, "sweep", "run a design of many runs into one table; goes on where it stopped", "studies:sweep"
    )
    sweep.add_argument("design", help="design file, or the id of a bundled one")
    sweep.add_argument("--out", required=True, metavar="DIR", help="folder for the table and the figure")
    sweep.add_argument("--jobs", type=_whole, default=0, metavar="N", help="worker processes (default: one a core)")
    _command(commands, "bench", "measure speed and print it as ratios", "studies:bench")


if __name__ == "__main__":
    sys.exit(main())
