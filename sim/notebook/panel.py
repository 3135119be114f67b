"""The panel as a widget: the same program and the same models as in the browser, in one module of its own."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from sim.serve import app

MODULES = ("dom", "map", "order", "seat", "observer", "trainer", "screen", "panel", "widget")
"""The program's files, each behind those that it needs."""
_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const) (\w+))", re.MULTILINE)

Act = Callable[[object, str], dict[str, Any]]
"""Does what a panel asks for, in a language."""


def one_module(folder: Path | None = None) -> str:
    """Return the program as one module, which is what a notebook can load.

    Args:
        folder: Where its files stand.
    """
    parts = []
    for name in MODULES:
        text = ((folder or app.STATIC) / f"{name}.js").read_text(encoding="utf-8")
        given = ", ".join(_EXPORT.findall(text))
        body = _EXPORT.sub("", _IMPORT.sub(r"const \1 = of_\2;", text))
        parts.append(f"const of_{name} = (() => {{\n{body}\nreturn {{ {given} }};\n}})();")
    return "\n".join([*parts, "export default { render: of_widget.render };"])


class Panel(anywidget.AnyWidget):
    """A panel in a notebook.

    Args:
        act: Does what the panel asks for; None for a panel that only shows.
        lang: ``zh`` or ``en``.

    Attributes:
        state: The model that it shows.
        lang: The language that the reader chose.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    lang = traitlets.Unicode("zh").tag(sync=True)

    def __init__(self, act: Act | None = None, lang: str = "zh") -> None:
        css = (app.STATIC / "panel.css").read_text(encoding="utf-8")
        super().__init__(_esm=one_module(), _css=css, lang=lang)
        self._act = act
        self.on_msg(self._asked)

    def _asked(self, _widget: object, content: Any, _buffers: object) -> None:
        """Take what the panel asks for, and do it beside the kernel's own work."""
        threading.Thread(target=self._answer, args=(content,), daemon=True).start()

    def _answer(self, content: Any) -> None:
        if not isinstance(content, dict) or "number" not in content:
            return
        if self._act is None:
            reply: dict[str, Any] = {"ok": False, "said": ""}
        else:
            reply = self._act(content.get("act"), self.lang)
        self.send({"number": content["number"], "reply": reply})
