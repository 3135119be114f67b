"""Commands on what a run shows: why something happened, and what its gaps cost."""

from __future__ import annotations

import argparse
from pathlib import Path

from sim.record.folder import read_folder


def why(arguments: argparse.Namespace) -> int:
    """Walk back from an outcome of a run to the late or missing message or decision."""
    from sim.assess.why import why as walk_back
    from sim.show.names import Names
    from sim.show.why_words import why_lines

    record = read_folder(Path(arguments.folder))
    account = walk_back(record, arguments.event)
    print("\n".join(why_lines(account, Names(record.exercise, arguments.lang), record.events)))
    return 0
