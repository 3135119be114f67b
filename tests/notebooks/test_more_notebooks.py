"""The notebooks of trainees, debriefings, authors and doubters run from top to bottom in both languages."""

import re

import pytest

from tests.notebooks import FOLDER, TEXTS

SHORTER = (
    ("REHEARSED = {}", 'REHEARSED = {"first-call": "alert-and-verify"}'),
    ("replications=4", "replications=1"),
    ("REPLICATIONS = 4", "REPLICATIONS = 1"),
    ("SEEDS = range(2)", "SEEDS = range(1)"),
    ("CALLS = 1.5, 3, 4000", "CALLS = 1.5, 3, 500"),
)
"""Smaller numbers, and answers for the seat that a person would take."""
SAYS = {
    "02_take_a_seat": ("总分", "Total"),
    "03_debrief": ("总分", "total"),
    "05_write_a_scenario": ("没有问题", "Nothing is wrong"),
    "06_validation": ("理想标尺", "Erlang|theory"),
}
"""Words that must be shown, in Chinese and in English."""


def shown(name, lang, monkeypatch, folder):
    """Run a notebook's text in ``folder/notebooks``; return what it displays."""
    (folder / "notebooks").mkdir()
    monkeypatch.chdir(folder / "notebooks")
    monkeypatch.setattr("sim.show.figures.figure_png", lambda *_, **__: b"drawn")  # figures have tests of their own
    source = (FOLDER / f"{name}.py").read_text(encoding="utf-8")
    assert source.count('LANG = "zh"') == 1
    source = source.replace('LANG = "zh"', f'LANG = "{lang}"')
    for long, short in SHORTER:
        source = source.replace(long, short)
    source, display = re.subn(
        "^from IPython.display import .*$", "Image = Markdown = str\ndisplay = TEXTS.append", source, flags=re.MULTILINE
    )
    assert display == 1
    texts, space = [], {"__name__": "__main__"}
    exec(compile(source, name, "exec"), {**space, "TEXTS": texts})
    return "\n".join(text for text in texts if isinstance(text, str))


def test_every_notebook_is_run_here_or_beside():
    beside = ("01_run_an_exercise", "04_sweep_coordination")
    assert sorted([*SAYS, *beside]) == [text.stem for text in TEXTS]


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", SAYS)
def test_a_notebook_runs_from_top_to_bottom(name, lang, monkeypatch, tmp_path, capsys):
    said = shown(name, lang, monkeypatch, tmp_path)
    assert re.search(SAYS[name][lang == "en"], said), said[-2000:]
    if lang == "en":
        assert not (found := re.search(".*[一-鿿].*", said)), found.group(0)
    assert "" == capsys.readouterr().err
