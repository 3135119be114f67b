"""Playing in the terminal: screens of a seat's view, commands at a prompt, and the loop between them."""

from sim.cli.terminal.commands import play, resume, sit

__all__ = ["play", "resume", "sit"]
