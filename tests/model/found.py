"""State variables and processes of the model, found in the syntax of the code, with what their docstrings say."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("engine", "county", "comms", "hazards", "actors")
_VALUE_TYPES = ("NamedTuple", "StrEnum", "IntEnum", "Protocol", "Exception")
_ENTRY = re.compile(r"^    (\w+(?:, \w+)*): (.*)$")


class Variable(NamedTuple):
    """A public attribute of something that changes in a run; ``meaning`` is empty where nothing is said."""

    file: str
    owner: str
    name: str
    meaning: str


class Process(NamedTuple):
    """A process of the clock; ``meaning`` is empty where nothing is said."""

    file: str
    owner: str
    name: str
    meaning: str


def trees() -> Iterator[tuple[str, ast.Module]]:
    """Yield each file of the model with its syntax tree; formulas hold no state and run no process."""
    for room in ROOMS:
        for path in sorted((ROOT / "sim" / room).rglob("*.py")):
            if "formulas" not in path.parts:
                yield path.relative_to(ROOT / "sim").as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def variables() -> list[Variable]:
    """Return the public attributes of all classes that hold state, by file."""
    return [variable for file, tree in trees() for node in tree.body for variable in _of_class(file, node)]


def processes() -> list[Process]:
    """Return the functions that are processes of the clock, by file, without those that a base class only declares."""
    found = []
    for file, tree in trees():
        for owner, function in _functions(tree):
            if function.returns is not None and ast.unparse(function.returns) == "Process" and not _declared(function):
                found.append(Process(file, owner, function.name, _first(function)))
    return found


def _of_class(file: str, node: ast.stmt) -> Iterator[Variable]:
    if not isinstance(node, ast.ClassDef) or any(ast.unparse(base) in _VALUE_TYPES for base in node.bases):
        return
    said = _attributes(ast.get_docstring(node) or "")
    properties = {f.name: _first(f) for f in node.body if isinstance(f, ast.FunctionDef)}
    for name in dict.fromkeys(_assigned(node)):
        if not name.startswith("_"):
            yield Variable(file, node.name.lstrip("_"), name, said.get(name) or properties.get(name, ""))


def _assigned(node: ast.ClassDef) -> Iterator[str]:
    narrows = any(isinstance(part, ast.FunctionDef) and part.name == "__init__" for part in node.body)
    for part in node.body:
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name) and not narrows:
            yield part.target.id  # else it only narrows the type of what a base class has
        if not isinstance(part, ast.FunctionDef) or part.name != "__init__":
            continue
        for statement in ast.walk(part):
            targets = statement.targets if isinstance(statement, ast.Assign) else []
            targets = [statement.target] if isinstance(statement, ast.AnnAssign) else targets
            for target in targets:
                for one in target.elts if isinstance(target, ast.Tuple) else [target]:
                    if isinstance(one, ast.Attribute) and ast.unparse(one.value) == "self":
                        yield one.attr


def _attributes(docstring: str) -> dict[str, str]:
    """Return what the section ``Attributes`` of a docstring says of each."""
    said: dict[str, str] = {}
    _, _, section = docstring.partition("Attributes:\n")
    names: list[str] = []
    for line in section.split("\n"):
        entry = _ENTRY.match(line)
        if entry:
            names = entry[1].split(", ")
            said.update(dict.fromkeys(names, entry[2]))
        elif line.startswith("        ") and names:
            said.update({name: f"{said[name]} {line.strip()}" for name in names})
        elif line.strip():
            break
    return said


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield "", node
        elif isinstance(node, ast.ClassDef):
            yield from ((node.name.lstrip("_"), part) for part in node.body if isinstance(part, ast.FunctionDef))


def _declared(function: ast.FunctionDef) -> bool:
    return any(ast.unparse(one) == "abstractmethod" for one in function.decorator_list)


def _first(function: ast.FunctionDef) -> str:
    """Return the first sentence of a function's docstring."""
    first = (ast.get_docstring(function) or "").split("\n\n")[0].replace("\n", " ")
    return first.removeprefix("Process: ").rstrip(".")
