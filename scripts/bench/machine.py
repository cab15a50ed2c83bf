"""What the numbers hang on besides the programs: the machine, and the versions of all that ran."""
from __future__ import annotations

import importlib.metadata
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

# Instructions that matrix products are made of.
FEATURES = ("avx2", "fma", "avx_vnni", "avx512f", "avx512bw", "avx512_vnni", "avx512_bf16", "avx512_fp16", "amx_tile", "amx_int8", "amx_bf16",
            "asimd", "asimddp", "i8mm", "bf16", "sve", "sve2")
PACKAGES = ("onnxruntime", "transformers", "spacy", "thinc", "numpy")


def describe() -> dict:
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        info = _first_cpu(lines)
    flags = set((info.get("flags") or info.get("Features") or "").split())
    pages, page = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return {"cpu": info.get("model name", platform.machine()), "cores": len(os.sched_getaffinity(0)),
            "features": [f for f in FEATURES if f in flags], "memory_gb": round(pages * page / 2**30),
            "system": f"{platform.system()} {platform.release()}"}


def _first_cpu(lines) -> dict[str, str]:
    info: dict[str, str] = {}
    for line in lines:
        key, sign, value = line.partition(":")
        if sign:
            info.setdefault(key.strip(), value.strip())
    return info


def versions(dateline: Path | None) -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            pass
    for name, command in (("torch", [sys.executable, "-c", "import torch; print('torch', torch.__version__)"]),  # with its build
                          ("dateline", [dateline, "--version"]), ("rustc", ["rustc", "--version"]),
                          ("commit", ["git", "-C", Path(__file__).parent, "describe", "--always", "--dirty"])):
        try:
            said = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True).stdout.strip()
            found[name] = said.split()[1] if name != "commit" else said
        except (OSError, TypeError, subprocess.CalledProcessError):
            pass
    return found


def busy(seconds: float = 1.0) -> float:
    """Cores that others keep busy while this program waits; what a virtual machine is kept from counts too."""
    before, began = _busy_ticks(), time.monotonic()
    time.sleep(seconds)
    return round((_busy_ticks() - before) / os.sysconf("SC_CLK_TCK") / (time.monotonic() - began), 2)


def _busy_ticks() -> int:
    """Of all cores: user, nice, system, irq, softirq, steal."""
    with open("/proc/stat", encoding="ascii") as lines:
        ticks = [int(field) for field in lines.readline().split()[1:9]]
    return sum(ticks) - ticks[3] - ticks[4]  # idle, and waiting for disks


def warn_if_busy(cores: float) -> None:
    if cores > 0.1:
        print(f"other programs keep {cores} cores busy: the numbers will not be this machine's", file=sys.stderr)
