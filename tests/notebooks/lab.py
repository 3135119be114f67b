"""JupyterLab on a port of this machine, with an empty home, and a notebook opened in a browser."""

import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

SETTINGS = {
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
    "@jupyterlab/docmanager-extension/plugin": {"autosave": False},
}
"""No questions to the network, and no cell that is left out of the page because it is out of sight."""
ROOT = Path(__file__).resolve().parents[2]


def clean_surroundings(home):
    """Return an environment with an empty home and none of the user's Jupyter, IPython or Python settings."""
    kept = {name: value for name, value in os.environ.items() if not re.match("JUPYTER|IPYTHON|PYTHON|PYDEVD", name)}
    own = {name: str(home / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")}
    return {**kept, **own, "HOME": str(home), "IPYTHONDIR": str(home / "ipython"), "JUPYTER_PREFER_ENV_PATH": "1"}


@contextmanager
def lab(folder):
    """Serve ``folder/notebooks`` in JupyterLab; yields its address and the token that opens it."""
    home, place, token = folder / "home", folder / "notebooks", secrets.token_hex(16)
    for name, settings in SETTINGS.items():
        path = home / "settings" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(settings), encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **clean_surroundings(home),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "PYTHONPATH": str(ROOT),
    }
    words = ["--no-browser", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0", "--allow-root"]
    words += [f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={place}"]
    with (folder / "lab.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *words], stdout=log, stderr=log, env=environment, cwd=place
        )
        try:
            _wait_for(process, f"http://127.0.0.1:{port}/api?token={token}")
            yield f"http://127.0.0.1:{port}", token
        finally:
            process.terminate()
            process.wait(60)


def _wait_for(process, address, seconds=180):
    """Wait until the server answers."""
    end = time.monotonic() + seconds
    while True:
        assert process.poll() is None, "it ended; see lab.log"
        try:
            with urllib.request.urlopen(address, timeout=10):
                return
        except OSError:
            assert time.monotonic() < end, "it did not start"
            time.sleep(0.3)


def open_notebook(page, at, name, seconds=180):
    """Open a notebook and wait until the page has its kernel, and the kernel has nothing to do."""
    address, token = at
    page.goto(f"{address}/lab/tree/{name}?token={token}")
    page.locator(".jp-NotebookPanel .jp-Cell").first.wait_for()
    end = time.monotonic() + seconds
    while True:
        kernels = page.request.get(f"{address}/api/kernels?token={token}").json()
        if kernels and kernels[0]["connections"] and kernels[0]["execution_state"] == "idle":
            break
        assert time.monotonic() < end, f"no kernel: {kernels}"
        page.wait_for_timeout(500)
    page.locator('.jp-NotebookPanel .jp-Notebook-ExecutionIndicator[data-status="idle"]').first.wait_for()
    page.wait_for_timeout(1000)  # the page takes note of the kernel a moment after the server does


def run_all(page):
    """Choose Run > Run All Cells."""
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^Run$")).click()
    page.locator('.lm-Menu-item[data-command="runmenu:run-all"]').click()
