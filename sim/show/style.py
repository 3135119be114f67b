"""One look for all figures: colors that color-blind eyes tell apart, sizes for a projector, and how to save."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from PIL import Image

from sim.show.fonts import check_glyphs, families
from sim.show.svg import minified

ORGANIZATION_COLORS = {
    "duty": "#5B6770",
    "command": "#1F2D3D",
    "police": "#0072B2",
    "emergency": "#D55E00",
    "health": "#009E73",
    "transport": "#3AA0D8",
    "propaganda": "#B4578F",
    "enterprise": "#8C6D46",
    "public": "#6F6F6F",
}
"""One color for each organization, the same in every figure (after Okabe and Ito)."""

HAZARD = "#B09A00"
"""The gas."""
GOOD, FAIR, BAD = "#2A7F9E", "#E9A820", "#C8451B"
"""In time, late, very late or never."""
INK, SOFT, LINE, PAPER, BAND = "#1D252C", "#5E6A75", "#D5DAE0", "#FFFFFF", "#F5F7F9"
"""Text, secondary text, thin lines, ground, and the ground of every other lane."""

PATH = "#E0A3C8"
"""The critical path of a timeline."""

WIDTH_IN = 12.0
"""Width of every figure in inches; at 160 dots an inch it fills a projector."""
SMALL, NORMAL, LARGE, TITLE = 7.6, 8.8, 10.5, 13.5
"""Font sizes in points."""

_SETTINGS: dict[str, object] = {
    "font.size": NORMAL,
    "text.color": INK,
    "text.parse_math": False,
    "text.usetex": False,
    "axes.edgecolor": LINE,
    "axes.labelcolor": SOFT,
    "axes.unicode_minus": False,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": SOFT,
    "ytick.color": INK,
    "hatch.linewidth": 0.7,
    "svg.hashsalt": "tabletop",
    "svg.fonttype": "path",
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "path.simplify": True,
}


@contextmanager
def look() -> Iterator[None]:
    """Draw in the style of the house, whatever the reader's own settings; they are as before afterwards."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({**_SETTINGS, "font.family": list(families())})
        yield


def organization_color(ident: str) -> str:
    """Return the color of an organization."""
    return ORGANIZATION_COLORS.get(ident, SOFT)


class Sheet(Axes):
    """Axes whose limits are given, so that nobody works out what each thing drawn would do to them.

    Half of the time of a figure of many signs goes there otherwise.
    """

    def add_patch(self, p: Patch) -> Patch:
        """Draw a patch as it is."""
        self.add_artist(p)
        return p

    def add_line(self, line: Line2D) -> Line2D:
        """Draw a line as it is."""
        self.add_artist(line)
        return line


def sheet(figure: Figure, left: float = 0, bottom: float = 0, wide: float = 1, tall: float = 1) -> Axes:
    """Return axes in a figure, in shares of it, that are drawn on without looking for limits."""
    axes: Axes = figure.add_axes((left, bottom, wide, tall), axes_class=Sheet)
    axes.set_autoscale_on(False)
    return axes


def new_figure(height_in: float) -> Figure:
    """Return an empty figure of the common width."""
    figure = Figure(figsize=(WIDTH_IN, height_in))
    FigureCanvasAgg(figure)
    return figure


def new_panels(height_in: float, count: int) -> tuple[Figure, list[Axes]]:
    """Return an empty figure of the common width, and its panels side by side."""
    figure = new_figure(height_in)
    figure.set_layout_engine("constrained", w_pad=0.11)
    return figure, [figure.add_subplot(1, count, number) for number in range(1, count + 1)]


def new_page(height_in: float) -> tuple[Figure, Axes]:
    """Return an empty figure of the common width, and axes over all of it in inches from the upper left corner."""
    figure = new_figure(height_in)
    page = sheet(figure)
    page.set_xlim(0, WIDTH_IN)
    page.set_ylim(height_in, 0)
    page.axis("off")
    return figure, page


def to_png(figure: Figure, dpi: int) -> bytes:
    """Return a figure as PNG, the same bytes every time.

    Raises:
        MissingGlyph: If a character cannot be drawn.
    """
    check_glyphs(figure)
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=dpi, metadata={"Software": None})
    return out.getvalue()


def to_small_png(figure: Figure, dpi: int) -> bytes:
    """Return a figure as PNG of at most 128 colors, a third of the size.

    Raises:
        MissingGlyph: If a character cannot be drawn.
    """
    check_glyphs(figure)
    figure.set_dpi(dpi)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    size = canvas.get_width_height()
    image = Image.frombuffer("RGBA", size, bytes(canvas.buffer_rgba())).convert("RGB")
    # the palette of every third dot is that of the whole, at a ninth of the time
    palette = image.resize((size[0] // 3, size[1] // 3), Image.Resampling.NEAREST).quantize(128)
    out = io.BytesIO()
    image.quantize(palette=palette, dither=Image.Dither.NONE).save(out, format="PNG", compress_level=9)
    return out.getvalue()


def to_svg(figure: Figure) -> bytes:
    """Return a figure as SVG with its text as outlines, the same bytes every time.

    Raises:
        MissingGlyph: If a character cannot be drawn.
    """
    check_glyphs(figure)
    out = io.BytesIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(out, format="svg", metadata=nothing)
    return minified(out.getvalue())
