"""Every notebook is what its text says, is clean, runs from top to bottom, and says what to do when it does not."""

import json
import re
import runpy
import subprocess
import sys

import nbformat
import pytest

from tests.notebooks import FOLDER, TEXTS, from_text
from tests.notebooks.lab import clean_surroundings

EXECUTE = """
import sys
import nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=600, kernel_name="python3").execute(cwd=sys.argv[3])
nbformat.write(notebook, sys.argv[2])
"""
"""Run in a process of its own: the kernel's sockets and event loop leave no warnings or settings with the tests."""

WHERE = "import sys, pathlib\nprint(sys.executable, pathlib.Path.home())"


def execute(notebook, folder):
    """Return the executed copy of a notebook, run in ``folder/notebooks`` with an empty home."""
    home, place = folder / "home", folder / "notebooks"
    home.mkdir()
    place.mkdir()
    notebook.cells.append(nbformat.v4.new_code_cell(WHERE, id="where"))
    nbformat.write(notebook, folder / "in.ipynb")
    arguments = [sys.executable, "-c", EXECUTE, folder / "in.ipynb", folder / "out.ipynb", place]
    done = subprocess.run(arguments, env=clean_surroundings(home), capture_output=True, text=True, timeout=1200)
    assert 0 == done.returncode, done.stderr[-3000:]
    return nbformat.read(folder / "out.ipynb", as_version=4)


def shown(notebook):
    """Return all text that the cells show."""
    texts = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            texts.append(output.get("text", "") or data.get("text/markdown", "") or data.get("text/html", ""))
    return "\n".join(texts)


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notebook")
    return execute(from_text(FOLDER / "01_run_an_exercise.py"), folder), folder


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.stem)
def test_a_notebook_is_what_its_text_says_and_is_clean(text):
    notebook = nbformat.read(text.with_suffix(".ipynb"), as_version=4)
    nbformat.validate(notebook)
    assert from_text(text) == notebook, "make it anew with: python -m tests.notebooks"
    for cell in notebook.cells:
        assert {} == cell.metadata
        if cell.cell_type == "code":
            assert ([], None) == (cell.outputs, cell.execution_count)
    assert {"kernelspec", "language_info"} == set(notebook.metadata)


def test_every_notebook_has_its_text():
    assert [text.stem for text in TEXTS] == sorted(path.stem for path in FOLDER.glob("*.ipynb"))
    assert TEXTS


def test_headings_are_in_both_languages():
    for text in TEXTS:
        headings = re.findall(r"^# #+ (.*)$", text.read_text(encoding="utf-8"), re.MULTILINE)
        assert headings
        assert [] == [one for one in headings if not re.search("[一-鿿].* · .*[A-Za-z]{3}", one)]


@pytest.mark.slow
def test_run_all_works_with_an_empty_home(executed):
    notebook, folder = executed
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert [] == [output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"]
    interpreter, home = notebook.cells[-1].outputs[0]["text"].split()
    assert (sys.executable, str(folder / "home")) == (interpreter, home)


@pytest.mark.slow
def test_it_shows_scenario_questions_score_figures_and_the_other_decision(executed):
    text = shown(executed[0])
    expected = ("液氯泄漏", "训练目标", "刺鼻气味", "先做什么", "演练结束", "总分", "协同缺口", "ambulances = go-in")
    assert [] == [words for words in expected if words not in text]
    images = [o for cell in executed[0].cells for o in cell.get("outputs", []) if "image/png" in o.get("data", {})]
    assert 2 == len(images)


@pytest.mark.slow
def test_it_leaves_a_run_folder_that_can_be_replayed_and_a_report_that_the_link_leads_to(executed):
    from sim.play.runs import replay

    notebook, place = executed
    folder = place / "reports" / "runs" / "notebook-1"
    assert replay(folder)[1] is None
    assert {"score.json", "references.json", "report.html"} <= {path.name for path in folder.iterdir()}
    assert "../reports/runs/notebook-1/report.html" in shown(notebook)
    total = float(re.search(r"总分 ([0-9.]+)", shown(notebook)).group(1))
    assert total == round(json.loads((folder / "score.json").read_text(encoding="utf-8"))["total"], 1)


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.stem)
def test_a_cell_that_is_run_too_early_says_what_to_run_first(text):
    cells = [cell.source for cell in from_text(text).cells if cell.cell_type == "code"]
    for source in cells[1:]:
        with pytest.raises(AssertionError, match=r"请先运行第 [0-9]+ 步 · Run step [0-9]+ first"):
            exec(compile(source, "cell", "exec"), {})


@pytest.mark.slow
def test_the_text_runs_in_english_too(tmp_path, monkeypatch, capsys):
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    monkeypatch.setattr("sim.show.figures.figure_png", lambda *_, **__: b"drawn")  # figures have tests of their own
    monkeypatch.setattr("sim.show.report.report_html", lambda *_: "report")
    source = (FOLDER / "01_run_an_exercise.py").read_text(encoding="utf-8")
    texts = []
    display = "from IPython.display import FileLink, Image, Markdown, display\n"
    assert source.count(display) == 1
    source = source.replace('LANG = "zh"', 'LANG = "en"').replace(
        display, "FileLink = Image = Markdown = lambda value: value\ndisplay = TEXTS.append\n"
    )
    exec(compile(source, "notebook", "exec"), {"__name__": "__main__", "TEXTS": texts})
    said = "\n".join(text for text in texts if isinstance(text, str))
    assert "Total" in said
    assert "The exercise is over." in said
    assert not re.search("[一-鿿]", said), re.search(".*[一-鿿].*", said).group(0)
    assert "" == capsys.readouterr().err


@pytest.mark.slow
def test_the_sweep_notebook_reads_the_screening_and_runs_a_study_of_its_own(monkeypatch, capsys):
    monkeypatch.chdir(FOLDER)
    runpy.run_path(str(FOLDER / "04_sweep_coordination.py"))
    text = capsys.readouterr().out
    assert "10 scenarios, 3 samples of luck" in text
    assert "seat.thinking" in text
    assert "'total_loss'" in text
