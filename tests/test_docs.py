"""What README and CONTRIBUTING say is so: names, commands, files, and the code blocks run."""

import re
import shlex
from pathlib import Path

import pytest

import sim
from sim.cli.main import build_parser
from tests.house import MAY_IMPORT

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ("README.md", "CONTRIBUTING.md")


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name, language):
    return re.findall(rf"^ *```{language}\n(.*?)^ *```$", text_of(name), re.MULTILINE | re.DOTALL)


def tabletop_commands():
    """Return the words of every ``tabletop`` command in the documents' shell blocks."""
    return [
        shlex.split(part)[1:]
        for name in DOCUMENTS
        for block in blocks(name, "sh")
        for line in block.splitlines()
        for part in line.split("&&")
        if re.match(r"\s*(\S*/)?tabletop ", part)
    ]


def test_the_public_names_in_the_readme_are_those_of_the_package():
    section = text_of("README.md").split("## Public names")[1].split("\n## ")[0]
    assert sorted(sim.__all__) == sorted(re.findall(r"^\| `sim\.(\w+)", section, re.MULTILINE))


@pytest.mark.parametrize("name", sim.__all__)
def test_every_public_name_is_there(name):
    assert callable(getattr(sim, name))


@pytest.mark.parametrize("words", tabletop_commands(), ids=" ".join)
def test_every_tabletop_command_in_the_documents_can_be_read(words):
    assert build_parser().parse_args(words).module


def test_the_documents_show_most_commands():
    shown = {words[0] for words in tabletop_commands()}
    assert {"run", "play", "resume", "replay", "score", "report", "sweep", "list", "check", "schema"} <= shown


def test_the_chinese_part_gives_the_same_commands():
    chinese, rest = text_of("README.md").split("## What it is")
    for command in re.findall(r"^python3 -m venv .*$", chinese, re.MULTILINE):
        assert command.removesuffix(" --lang zh") in rest.splitlines()


def test_the_test_command_stands_once_between_its_marks():
    marked = re.findall(r"^<!-- tests:.*?^<!-- end of tests -->$", text_of("README.md"), re.MULTILINE | re.DOTALL)
    assert 1 == len(marked)
    assert 1 == len([line for line in marked[0].splitlines() if "pytest" in line])


@pytest.mark.parametrize("number", range(len(blocks("README.md", "python"))))
def test_the_python_in_the_readme_runs(number, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    exec(compile(blocks("README.md", "python")[number], f"README.md, block {number + 1}", "exec"), {})
    assert capsys.readouterr().out.strip()
    assert [] == list(tmp_path.iterdir())


def paths_named(name):
    """Return what stands in backquotes or links and looks like a path of the checkout."""
    text = re.sub(r"^```.*?^```$", "", text_of(name), flags=re.MULTILINE | re.DOTALL)
    named = re.findall(r"`([\w.*/-]+)`", text) + re.findall(r"\]\(([^)#:]+)\)", text)
    tops = {"sim", "tests", "scenarios", "notebooks", "reports", ".ci"}
    return sorted(
        {one for one in named if (one.split("/")[0] in tops and "/" in one) or one.endswith((".md", ".toml"))}
    )


@pytest.mark.parametrize(("document", "path"), [(name, path) for name in DOCUMENTS for path in paths_named(name)])
def test_every_file_that_the_documents_name_is_there(document, path):
    assert path in ("reports/runs/",) or list(ROOT.glob(path.rstrip("/"))), f"{document} names {path}"


def test_the_table_of_rooms_names_every_room_that_has_files():
    there = {room for room in MAY_IMPORT if any((ROOT / "sim" / room).glob("*.py"))}
    assert there == set(re.findall(r"^\| `(\w+)/` \|", text_of("CONTRIBUTING.md"), re.MULTILINE))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_documents_name_no_machine(name):
    assert [] == re.findall(r"/(?:root|home|tmp|Users|work)/\S*|https?://\S+", text_of(name))
