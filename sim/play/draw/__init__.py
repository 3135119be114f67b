"""Drawing scenarios that nobody prepared from a county's risk register, by seed.

An attempt is drawn as a whole and then held against the rules of plausibility; if it breaks one, the next attempt is
drawn. Nothing is ever bent to fit, so what comes out follows the register's weights among plausible cases.
"""

from sim.play.draw.attempts import Draft, Wishes, drafts
from sim.play.draw.into import draw_into
from sim.play.draw.register import Register, read_register
from sim.play.draw.window import Window, parse_window

__all__ = ["Draft", "Register", "Window", "Wishes", "drafts", "draw_into", "parse_window", "read_register"]
