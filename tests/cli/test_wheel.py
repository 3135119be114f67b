"""The wheel works in an empty environment, away from the checkout, on the oldest and the newest Python."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.golden import SEED, golden_path

ROOT = Path(__file__).resolve().parent.parent.parent
GOLDEN = (
    "from sim.canon import digest; from sim.play.session import Session; "
    f"events = Session('chlorine-leak', seed={SEED}, policy='plan').finish().events; "
    "print(*(digest(one.line()) for one in events), sep='\\n')"
)

pytestmark = pytest.mark.slow


def pythons_named(version):
    """Yield where an interpreter of a version may be: on the path, and where pyenv keeps its own."""
    name = f"python{version}"
    if found := shutil.which(name):
        yield Path(found)
    roots = [Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser()]
    if pyenv := shutil.which("pyenv") or shutil.which(name):
        roots += [parent for parent in Path(pyenv).parents if parent.name == ".pyenv"]
    for root in roots:
        yield from sorted((root / "versions").glob(f"{version}*/bin/{name}"))


def interpreter(version):
    """Return an interpreter that starts and is of the version, or None; a shim on the path may lead nowhere."""
    code = "import sys, venv, ensurepip; print(sys.executable, '%d.%d' % sys.version_info[:2])"
    for path in pythons_named(version):
        done = subprocess.run([path, "-c", code], capture_output=True, text=True)
        if 0 == done.returncode and version == done.stdout.split()[-1]:
            return done.stdout.split()[0]
    return None


def run(*arguments, **given):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        [str(one) for one in arguments], capture_output=True, stdin=subprocess.DEVNULL, env=kept, timeout=900, **given
    )
    assert 0 == done.returncode, done.stdout.decode()[-2000:] + done.stderr.decode()[-4000:]
    return done.stdout.decode()


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", out, ROOT, cwd=out)
    (built,) = out.glob("*.whl")
    return built


@pytest.mark.parametrize("version", ["3.11", "3.13"])
def test_the_wheel_lists_and_runs_exercises_and_gives_the_golden_record(wheel, tmp_path, version):
    python = interpreter(version)
    if python is None:
        pytest.skip(f"there is no Python {version} on this machine")
    run(python, "-m", "venv", tmp_path / "venv", cwd=tmp_path)
    place = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    run(place / "python", "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)
    assert "chlorine-leak" in run(place / "tabletop", "list", cwd=tmp_path)
    assert "total" in run(place / "tabletop", "run", "chlorine-leak", "--seed", "1", "--out", "out", cwd=tmp_path)
    assert (tmp_path / "out" / "report.html").stat().st_size > 10_000
    assert "equal" in run(place / "tabletop", "replay", "out", cwd=tmp_path)
    inside = run(place / "python", "-c", "import sim; print(sim.__file__)", cwd=tmp_path)
    assert inside.startswith(str(tmp_path))
    golden = golden_path("chlorine-leak").read_text(encoding="utf-8").splitlines()
    digests = run(place / "python", "-c", GOLDEN, cwd=tmp_path).splitlines()
    assert [line.rsplit(" ", 1)[1] for line in golden] == [digest[:12] for digest in digests]
