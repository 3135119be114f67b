"""The exercise in a notebook: the panel of the browser as a widget, and the debriefing of a run folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.notebook.debriefing import Debriefing
    from sim.notebook.sitting import Exercise


def exercise(
    scenario: str | Path = "",
    *,
    seats: Sequence[str] = (),
    folder: str | Path | None = None,
    lang: str = "zh",
    **settings: Any,
) -> Exercise:
    """Open an exercise in a notebook, with the control room and the seats as widgets.

    Args:
        scenario: Id of a bundled scenario, a scenario file, or a run folder that was interrupted.
        seats: Seats that persons take; all by default.
        folder: Run folder; one that holds an interrupted run goes on where it stood, also after the kernel was
            restarted. By default the first free one below ``reports/runs``.
        lang: ``zh`` or ``en``.
        **settings: As for :class:`sim.Session`: seed, policy, overrides, thinking_s.

    Raises:
        BadInput: If something cannot be used.
        InUse: If the run folder is open elsewhere, such as in an earlier cell.
    """
    from sim.notebook.sitting import opened

    return opened(scenario, seats, folder, lang, settings)


def debrief(folder: str | Path, lang: str = "zh") -> Debriefing:
    """Open a finished run folder for its debriefing: a slider over time, seat by seat.

    Args:
        folder: Run folder.
        lang: ``zh`` or ``en``.

    Raises:
        RecordBroken, DigestMismatch: If it is not what a run left.
    """
    from sim.notebook.debriefing import Debriefing

    return Debriefing(Path(folder), lang)
