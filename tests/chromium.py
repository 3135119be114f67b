"""Headless Chromium for tests and pictures: Debian's, with its fonts (apt-get install chromium fonts-wqy-microhei)."""

import shutil
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def chromium():
    """A browser; a machine without one fails."""
    found = shutil.which("chromium")
    assert found, "this machine has no chromium"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=FLAGS)
        try:
            yield opened
        finally:
            opened.close()
