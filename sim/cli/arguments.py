"""What the parsers of all commands share."""

from __future__ import annotations

import argparse
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
EPILOG = "Exit codes: 0 done; 1 the work found a problem, such as a replay that differs; 2 the input cannot be used."


def command_in(commands: Commands, name: str, text: str, where: str) -> argparse.ArgumentParser:
    """Add a command that calls ``module:function``."""
    command = commands.add_parser(name, help=text, description=text, epilog=EPILOG)
    module, _, function = where.partition(":")
    command.set_defaults(module=f"sim.cli.{module}", function=function)
    command.add_argument("--lang", choices=("en", "zh"), default="en", help="language of what people read (default en)")
    return command


def whole(text: str) -> int:
    """Return a whole number of at most 18 digits.

    Raises:
        argparse.ArgumentTypeError: If it is none.
    """
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 0 to 999999999999999999")
    return int(text)
