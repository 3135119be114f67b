"""Packages that only some work needs, and what to do where one is missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from sim.errors import bad_input


def extra(package: str, group: str, where: str, otherwise: str) -> Any:
    """Return a package that is installed on demand.

    Args:
        package: Its name.
        group: The extra of ours that brings it.
        where: What asks for it, such as an option of a command.
        otherwise: What can be done without it.

    Raises:
        BadInput: If it is not installed.
    """
    try:
        return import_module(package)
    except ImportError as error:
        allowed = f"pip install 'tabletop-sim[{group}]', or {otherwise}"
        raise bad_input(where, f"{package} is not installed", allowed) from error
