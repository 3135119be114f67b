"""Commands that make something anew: scenarios that are drawn, counties, studies of one run and of many."""

from __future__ import annotations

from sim.cli.arguments import EPILOG, Commands, command_in, whole


def draw_commands(commands: Commands) -> None:
    """Add the commands that draw scenarios nobody prepared."""
    draw = command_in(
        commands, "draw", "draw a scenario that nobody prepared, by seed, and seal it if wanted", "draw:draw"
    )
    draw.add_argument("--out", required=True, metavar="FILE", help="file to write: .yaml, or .sealed with --sealed")
    draw.add_argument("--seed", type=whole, help="seed of the draw (default 0; with --sealed a secret one)")
    draw.add_argument("--county", default="anlan", metavar="ID", help="risk register: an id or a file (default anlan)")
    draw.add_argument("--kind", default="", help="kind of hazard, such as toxic_release (default any)")
    draw.add_argument(
        "--difficulty", type=float, metavar="D", help="share of avoidable loss that the plan leaves, 0..1"
    )
    draw.add_argument("--tolerance", type=float, default=0.1, metavar="T", help="how far off it may be (default 0.1)")
    draw.add_argument(
        "--window", default="", metavar="FROM/TO", help="draw the start in 2026-06-01T08:00/2026-06-05T18:00"
    )
    draw.add_argument(
        "--visibility",
        choices=("open", "single-blind", "double-blind"),
        help="what participants are told beforehand (default open; with --sealed double-blind)",
    )
    draw.add_argument("--into", metavar="SCENARIO", help="draw only injects and outages, into this scenario")
    draw.add_argument("--sealed", action="store_true", help="hide the content and print a commitment for the board")
    draw.add_argument("--unchecked", action="store_true", help="do not check by runs that good decisions matter")
    draw.add_argument("--jobs", type=whole, default=0, metavar="N", help="worker processes (default: one a core)")
    reveal = command_in(commands, "reveal", "open a sealed scenario and show that nobody changed it", "draw:reveal")
    reveal.add_argument("file", help="sealed scenario")
    reveal.add_argument("--commitment", metavar="HEX", help="commitment from the board, to compare")
    reveal.add_argument("--out", metavar="FILE", help="write the scenario to this file")
    for command in (draw, reveal):
        command.add_argument("--force", action="store_true", help="write over an existing file")


def county_commands(commands: Commands) -> None:
    """Add the commands that make counties."""
    text = "import a road network into a county file, or make a county by seed"
    told = f"{text}; each command takes --lang zh or en"
    county = commands.add_parser("county", help=text, description=told, epilog=EPILOG)
    inner = county.add_subparsers(title="commands", metavar="COMMAND", required=True)
    text = "turn a road network into places and roads of a county file"
    roads = command_in(inner, "roads", text, "county:import_roads")
    roads.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="GraphML as OSMnx writes it, or nodes and arcs as .csv; travel times .csv",
    )
    roads.add_argument(
        "--out", required=True, metavar="YAML", help="file to write: the part, or with --county the whole"
    )
    roads.add_argument("--county", metavar="COUNTY", help="county file or id whose sites are joined to the network")
    roads.add_argument(
        "--origin", metavar="X,Y", help="point of the network that is 0, 0 on the map (default its middle)"
    )
    roads.add_argument("--without", default="", metavar="A,B", help="classes of road to leave out, such as street")
    make = command_in(inner, "make", "make a county of any size by seed", "county:make")
    make.add_argument("--out", required=True, metavar="YAML", help="county file to write")
    make.add_argument("--seed", type=whole, default=0, help="seed of the county (default 0)")
    make.add_argument("--townships", type=whole, default=14, metavar="N", help="townships (default 14)")
    make.add_argument("--people", type=whole, default=420_000, metavar="N", help="residents (default 420000)")
    make.add_argument("--villages", type=whole, default=5, metavar="N", help="villages of each township (default 5)")
    make.add_argument("--id", metavar="ID", help="id of the county (default the name of the file)")
    make.add_argument(
        "--template", default="anlan", metavar="COUNTY", help="county that is the pattern (default anlan)"
    )
    for command in (roads, make):
        command.add_argument("--force", action="store_true", help="write over an existing file")


def study_commands(commands: Commands) -> None:
    """Add the commands of studies: sweeps, dispatch by itself, benchmarks."""
    sweep = command_in(
        commands, "sweep", "run a design of many runs into one table; goes on where it stopped", "studies:sweep"
    )
    sweep.add_argument("design", help="design file, or the id of a bundled one")
    sweep.add_argument("--out", required=True, metavar="DIR", help="folder for the table and the figure")
    sweep.add_argument("--jobs", type=whole, default=0, metavar="N", help="worker processes (default: one a core)")
    sweep.add_argument(
        "--dask", default="", metavar="ADDRESS", help="run on a Dask cluster, as tcp://HOST:PORT; local for one here"
    )
    sweep.add_argument("--limit", type=whole, default=600, metavar="S", help="a run fails after so long (default 600)")
    sweep.add_argument(
        "--records",
        default="none",
        metavar="WHICH",
        help="runs kept as run folders: none (default), all, failed, or how many, drawn by luck; a cluster's workers "
        "must see the same disk",
    )
    sweep.add_argument("--parquet", action="store_true", help="also write the tables as .parquet (needs pyarrow)")
    sweep.add_argument("--dry-run", action="store_true", help="only say how many runs, how long, and how much disk")
    text = "place a run among simulated crews of each skill, on the same exercise under the same luck"
    ladder = command_in(commands, "ladder", text, "studies:ladder")
    ladder.add_argument("folder", help="run folder")
    ladder.add_argument("--crews", type=whole, default=20, metavar="N", help="crews of each skill (default 20)")
    ladder.add_argument("--jobs", type=whole, default=0, metavar="N", help="worker processes (default: one a core)")
    ladder.add_argument("--out", metavar="DIR", help="folder for table and figure (default: ladder in the run folder)")
    text = "run the dispatch of units by itself: calls, service times and travel times from tables"
    calls = command_in(commands, "dispatch", text, "dispatch:run_dispatch")
    calls.add_argument("calls", help="table of calls: id,at_s,node,service_s and if wanted ends_at,severity,prefer")
    calls.add_argument("--units", required=True, metavar="FILE", help="table of units: id,base")
    calls.add_argument("--travel", required=True, metavar="FILE", help="table of travel times: from,to,seconds")
    calls.add_argument("--rule", default="nearest", help="which idle unit goes: nearest or run_card")
    calls.add_argument("--queue", default="first_come", help="which call is next: first_come or severity")
    calls.add_argument("--room", type=whole, metavar="N", help="calls that can wait (default: all)")
    text = "where a unit that drives home counts to be (default between)"
    calls.add_argument("--on-the-way", choices=("between", "left", "base"), default="between", help=text)
    calls.add_argument("--out", required=True, metavar="FILE", help="table to write: what became of each call")
    calls.add_argument("--force", action="store_true", help="write over an existing file")
    bench = command_in(commands, "bench", "measure speed and print it as ratios", "studies:bench")
    parts = "whole runs, message lives and their growth, what sweeps add to runs, or 30 devices on served pages"
    bench.add_argument("--only", choices=("runs", "messages", "sweeps", "room"), help=parts)
    bench.add_argument("--format", choices=("text", "markdown"), default="text", help="text (default), or a page")
    bench.add_argument(
        "--many", type=whole, default=2000, metavar="N", help="stand-in runs for overhead and memory (default 2000)"
    )


def inquiry_commands(commands: Commands) -> None:
    """Add the commands that ask why a run went as it did."""
    text = "walk back from an outcome to the late or missing message or decision"
    why = command_in(commands, "why", text, "pricing:why")
    why.add_argument("folder", help="run folder")
    why.add_argument(
        "event", metavar="EVENT", help="number of an event, or death:PATIENT, release:ID, milestone:ID or gap:ID"
    )
    text = "measure what gaps cost: the run again in many futures, without and with each gap closed"
    price = command_in(commands, "price", text, "pricing:price")
    price.add_argument("folder", help="run folder; prices.json is written there")
    price.add_argument(
        "--gap",
        action="append",
        default=[],
        metavar="ID",
        help="a gap to price; may be repeated; prices.json then holds these alone",
    )
    price.add_argument(
        "--top", type=whole, default=10, metavar="N", help="without --gap: the N longest (default 10; 0: all)"
    )
    price.add_argument("--replications", type=whole, default=50, metavar="N", help="futures (default 50)")
    price.add_argument("--jobs", type=whole, default=0, metavar="N", help="worker processes (default: one a core)")
    text = "also say how much of the distance to the best is information, travel and decisions"
    price.add_argument("--shares", action="store_true", help=text)
    price.add_argument("--no-fork", action="store_true", help="run the past again for each gap")
    _ledger_commands(commands)


def _ledger_commands(commands: Commands) -> None:
    text = "keep the issues that exercises find, over exercises: add, list, close, reopen, progress, calendar, export"
    told = f"{text}; each command takes --lang zh or en"
    ledger = commands.add_parser("ledger", help=text, description=told, epilog=EPILOG)
    inner = ledger.add_subparsers(title="commands", metavar="COMMAND", required=True)
    texts = {
        "add": "add an exercise: what it found, found again, and shows gone",
        "list": "list the issues",
        "close": "close an issue",
        "reopen": "reopen an issue",
        "progress": "show how issues went from exercise to exercise",
        "calendar": "show which domain is to be drilled when, by whom, and what each quarter covered",
        "export": "write the ledger as a table (.xlsx, .csv)",
    }
    made = {
        name: command_in(inner, name, text, f"ledger:{'show' if name == 'list' else name}")
        for name, text in texts.items()
    }
    for name, command in made.items():
        command.add_argument(
            "--file", default="reports/ledger.sqlite", metavar="FILE", help="the ledger (default reports/ledger.sqlite)"
        )
        if name in ("add", "close", "reopen", "calendar", "export"):
            command.add_argument("--on", default="", metavar="DAY", help="the day, such as 2026-11-22 (default today)")
        if name in ("close", "reopen"):
            command.add_argument("issue", type=whole, help="number of the issue")
            command.add_argument("--by", required=True, metavar="NAME", help="who does it")
    made["add"].add_argument("folder", help="run folder")
    made["add"].add_argument("--lead", default="", metavar="NAME", help="who led the exercise")
    made["list"].add_argument(
        "--status", choices=("open", "proposed", "closed"), default="", help="only issues that stand there"
    )
    made["close"].add_argument("--review", default="", metavar="TEXT", help="what the review found")
    made["reopen"].add_argument("--why", default="", metavar="TEXT", help="why")
    made["export"].add_argument("--out", required=True, metavar="FILE", help="file to write, .xlsx or .csv")
    made["export"].add_argument("--force", action="store_true", help="write over an existing file")
