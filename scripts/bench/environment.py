"""The Python environment that the peers run in: made once, and again when requirements.txt has changed."""
from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parent / "requirements.txt"
INSIDE = "DATELINE_BENCH_INSIDE"  # set once the command runs in it


def enter(options: argparse.Namespace) -> None:
    """Goes on in the environment: starts this command anew by its interpreter, if it has not been yet."""
    if INSIDE in os.environ:
        return
    python = options.python or Path(sys.executable)
    if not options.no_venv:
        python = make(options.work / "venv", python, options.system_site_packages)
    os.environ[INSIDE] = "1"
    os.execv(python, [str(python), *sys.argv])


def make(folder: Path, base: Path, system: bool) -> Path:
    """The interpreter of the environment in `folder`."""
    python, made_for = folder / "bin/python", folder / "made-for"
    wanted = f"{base} {system}\n{REQUIREMENTS.read_text()}"
    if not made_for.exists() or made_for.read_text() != wanted:
        print(f"== environment: {folder}", file=sys.stderr, flush=True)
        subprocess.run([base, "-m", "venv", "--clear", *(("--system-site-packages",) if system else ()), folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", REQUIREMENTS], check=True)
        made_for.write_text(wanted)
    return python
