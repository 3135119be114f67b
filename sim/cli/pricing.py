"""Commands on what a run shows: why something happened, and what its gaps cost."""

from __future__ import annotations

import argparse
import os
import sys
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


def price(arguments: argparse.Namespace) -> int:
    """Measure what gaps cost by runs in which they are closed, and print it."""
    from sim.assess.score import score
    from sim.cli.tables import table_lines
    from sim.clocktext import after_start
    from sim.show.names import Names
    from sim.show.price_words import price_head, price_rows, price_word, share_lines
    from sim.study.price import price as measure

    folder, lang = Path(arguments.folder), arguments.lang
    found = measure(
        folder,
        arguments.gap,
        replications=arguments.replications,
        top=arguments.top,
        with_shares=arguments.shares,
        jobs=arguments.jobs or os.cpu_count() or 1,
        progress=True,
        fork=not arguments.no_fork,
    )
    record = read_folder(folder)
    names = Names(record.exercise, lang)
    print("\n".join(table_lines(price_head(lang), list(price_rows(found, score(record)["gaps"], names)))))
    at, counted = after_start(found["from_s"]), found["replications"]["counted"]
    print(price_word("unit", lang, n=counted, at=at))
    if found["shares"] is not None:
        print("\n".join(share_lines(found["shares"], lang)))
    for row in found["not_priced"]:
        print(f"{price_word('cannot', lang)}: {row['id']}: {row['why'][lang]}")
    for reason in found["failed"]:
        print(f"{price_word('failed', lang)}: {reason}", file=sys.stderr)
    return 1 if found["failed"] else 0
