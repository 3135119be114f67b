"""The command ``serve``; the web framework is imported only when it runs."""

from __future__ import annotations

import argparse

from sim.errors import bad_input


def serve(arguments: argparse.Namespace) -> int:
    """Hold an exercise in the browser, new or from an interrupted run folder."""
    if arguments.port > 65_535:
        raise bad_input("--port", f"{arguments.port} is no port", "0 to 65535")
    from sim.serve.start import serve as hold

    return hold(arguments)
