"""Rules of the house, each a function from a module's syntax tree to its breaches."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
GROUND = frozenset({"errors", "rng", "canon", "clocktext", "textwidth"})
MODEL = frozenset({"ground", "spec", "record", "engine", "county"})
BELOW_PLAY = MODEL | {"assess", "show", "comms", "hazards", "actors"}
DOORS = frozenset({"cli", "notebook", "serve"})
MAY_IMPORT = {
    "ground": frozenset(),
    "spec": frozenset({"ground"}),
    "record": frozenset({"ground", "spec"}),
    "assess": frozenset({"ground", "spec", "record"}),
    "show": frozenset({"ground", "spec", "record", "assess"}),
    "engine": frozenset({"ground", "spec", "record"}),
    "county": frozenset({"ground", "spec", "record", "engine"}),
    "comms": MODEL,
    "hazards": MODEL,
    "actors": MODEL | {"comms", "hazards"},
    "play": BELOW_PLAY - {"show"},
    "study": BELOW_PLAY | {"play"},
    **dict.fromkeys(DOORS | {"sim"}, BELOW_PLAY | DOORS | {"play", "study"}),
}
"""Rooms that a room may import besides itself; ``sim`` is the face of the package."""

BANNED_BELOW_PLAY = re.compile(
    r"(time|random|uuid|secrets|numpy\.random)(\..*)?|os\.urandom"
    r"|datetime\.(datetime\.(now|today|utcnow)|date\.today)"
)


class Module(NamedTuple):
    """A module: dotted name, whether it is a package, and its text."""

    name: str
    is_package: bool
    text: str

    @property
    def room(self) -> str:
        part = (*self.name.split("."), "")[1]
        return "ground" if part in GROUND else part or "sim"

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.text, self.name)[0]

    @property
    def nodes(self) -> list[ast.AST]:
        return _parsed(self.text, self.name)[1]


@lru_cache(maxsize=1)
def _parsed(text: str, name: str) -> tuple[ast.Module, list[ast.AST]]:
    """Parse a module once for all rules that look at it in turn; return its tree and every node of it."""
    tree = ast.parse(text, name)
    return tree, list(ast.walk(tree))


def modules(root: Path = ROOT) -> list[Module]:
    """Return every module below ``sim/``, sorted."""
    found = []
    for path in sorted((root / "sim").rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        found.append(
            Module(".".join(parts[:-1] if is_package else parts), is_package, path.read_text(encoding="utf-8"))
        )
    return found


def imports(module: Module, node: ast.AST) -> list[tuple[str, str]]:
    """Return what an import statement brings: the local name and the dotted name, relative ones resolved."""
    if isinstance(node, ast.Import):
        return [(alias.asname or alias.name.split(".")[0], alias.name) for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = module.name.split(".")
    base = base[: len(base) - node.level + module.is_package] if node.level else []
    start = ".".join([*base, *([node.module] if node.module else [])])
    return [
        (alias.asname or alias.name, start if alias.name == "*" else f"{start}.{alias.name}") for alias in node.names
    ]


def names(module: Module) -> Iterator[tuple[int, str]]:
    """Yield line and full dotted name of everything imported and of every dotted use of an import."""
    nodes = module.nodes
    local = {}
    for node in nodes:
        for name, target in imports(module, node):
            yield node.lineno, target
            is_whole = isinstance(node, ast.ImportFrom) or name != target.split(".")[0]
            local[name] = target if is_whole else name
    for node in nodes:
        parts, inner = [], node
        while isinstance(inner, ast.Attribute):
            parts, inner = [inner.attr, *parts], inner.value
        if parts and isinstance(inner, ast.Name) and inner.id in local:
            yield node.lineno, ".".join([local[inner.id], *parts])


def imports_only_its_rooms(module: Module) -> Iterator[str]:
    if module.room not in MAY_IMPORT:
        yield f"{module.name}: the room {module.room!r} is not in the table"
        return
    for node in module.nodes:
        for _, target in imports(module, node):
            parts = target.split(".")
            if parts[0] != "sim":
                continue
            other = Module(target, False, "").room
            if other not in {module.room, "ground"} | MAY_IMPORT[module.room] and other != "sim":
                yield f"{module.name}:{node.lineno}: {module.room} may not import {other} ({target})"


def nobody_imports_the_face(module: Module) -> Iterator[str]:
    for node in module.nodes:
        for _, target in imports(module, node):
            inside = target.startswith("sim.") and Module(target, False, "").room in MAY_IMPORT
            if target.split(".")[0] == "sim" and not inside and module.name != "sim":
                yield f"{module.name}:{node.lineno}: imports the package's face ({target})"


def only_engine_knows_simpy_and_mesa(module: Module) -> Iterator[str]:
    for line, name in names(module):
        if name.split(".")[0] in ("simpy", "mesa") and module.room != "engine":
            yield f"{module.name}:{line}: {name} outside of sim.engine"


def below_play_nothing_is_wall_clock_or_unnamed_luck(module: Module) -> Iterator[str]:
    for line, name in names(module):
        if module.room in BELOW_PLAY and BANNED_BELOW_PLAY.fullmatch(name):
            yield f"{module.name}:{line}: {name}"


def no_star_import(module: Module) -> Iterator[str]:
    for node in module.nodes:
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
            yield f"{module.name}:{node.lineno}: import *"


def model_never_iterates_over_sets(module: Module) -> Iterator[str]:
    for node in module.nodes:
        over = node.iter if isinstance(node, (ast.For, ast.AsyncFor, ast.comprehension)) else None
        is_call = (
            isinstance(over, ast.Call) and isinstance(over.func, ast.Name) and over.func.id in ("set", "frozenset")
        )
        if module.room in MAY_IMPORT["actors"] - {"ground", "spec", "record"} | {"actors"} and (
            is_call or isinstance(over, (ast.Set, ast.SetComp))
        ):
            yield f"{module.name}:{over.lineno}: iterates over a set; sort it"


def no_priority_store(module: Module) -> Iterator[str]:
    for node in module.nodes:
        if "PriorityStore" in (getattr(node, "id", ""), getattr(node, "attr", ""), getattr(node, "name", "")):
            yield f"{module.name}:{getattr(node, 'lineno', 0)}: PriorityStore breaks ties at will"


def files_are_short(module: Module) -> Iterator[str]:
    if (count := len(module.text.splitlines())) > 350:
        yield f"{module.name}: {count} lines, at most 350"


def functions_are_short(module: Module) -> Iterator[str]:
    for node in module.nodes:
        if (
            isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
            and (count := node.end_lineno - node.lineno + 1) > 60
        ):
            yield f"{module.name}:{node.lineno}: {node.name} has {count} lines, at most 60"


def at_module_level(statements: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield what runs on import: inside ``if`` and ``try`` too, but not in functions, classes and ``TYPE_CHECKING``."""
    for statement in statements:
        yield statement
        if isinstance(statement, ast.If) and ast.unparse(statement.test).endswith("TYPE_CHECKING"):
            continue
        if isinstance(statement, (ast.If, ast.Try, ast.With)):
            for field in ("body", "orelse", "finalbody"):
                yield from at_module_level(getattr(statement, field, []))
            for handler in getattr(statement, "handlers", []):
                yield from at_module_level(handler.body)


def module_tables_are_upper_case(module: Module) -> Iterator[str]:
    displays = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
    for node in at_module_level(module.tree.body):
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(node.value, displays):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name) and not re.fullmatch(r"_?[A-Z][A-Z0-9_]*|__all__", target.id):
                    yield f"{module.name}:{node.lineno}: {target.id} is a table, so write it in capitals"


def no_error_is_passed_over(module: Module) -> Iterator[str]:
    for node in module.nodes:
        if isinstance(node, ast.ExceptHandler) and all(
            isinstance(item, ast.Pass) or (isinstance(item, ast.Expr) and isinstance(item.value, ast.Constant))
            for item in node.body
        ):
            yield f"{module.name}:{node.lineno}: an error is passed over in silence"


def cycles(known: list[Module]) -> list[list[str]]:
    """Return the circles of modules that import each other on import; others do not count."""
    by_name = {module.name: module for module in known}
    graph: dict[str, set[str]] = {}
    for module in known:
        targets = [target for node in at_module_level(module.tree.body) for _, target in imports(module, node)]
        near = {target if target in by_name else target.rpartition(".")[0] for target in targets}
        graph[module.name] = (near & set(by_name)) - {module.name}

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        todo = [*graph[start]]
        while todo:
            name = todo.pop()
            if name not in seen:
                seen.add(name)
                todo += graph[name]
        return seen

    reach = {name: reached(name) for name in graph}
    circles = {
        tuple(sorted(other for other in reach[name] if name in reach[other])) for name in graph if name in reach[name]
    }
    return sorted(map(list, circles))


RULES = (
    imports_only_its_rooms,
    nobody_imports_the_face,
    only_engine_knows_simpy_and_mesa,
    below_play_nothing_is_wall_clock_or_unnamed_luck,
    no_star_import,
    model_never_iterates_over_sets,
    no_priority_store,
    files_are_short,
    functions_are_short,
    module_tables_are_upper_case,
    no_error_is_passed_over,
)
