"""Notebooks are written as text, ``notebooks/*.py``; ``python -m tests.notebooks`` makes the ``.ipynb`` files."""

from pathlib import Path

import jupytext
import nbformat

FOLDER = Path(__file__).resolve().parent.parent.parent / "notebooks"
TEXTS = sorted(FOLDER.glob("*.py"))


def from_text(path):
    """Return the notebook that a text file stands for, with the same ids whenever it is made."""
    read = jupytext.read(path, fmt="py:percent")
    cells = []
    for number, cell in enumerate(read.cells, 1):
        make = nbformat.v4.new_markdown_cell if cell.cell_type == "markdown" else nbformat.v4.new_code_cell
        cells.append(make(cell.source, id=f"cell-{number:02}"))
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)
