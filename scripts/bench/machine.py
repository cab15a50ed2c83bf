"""What the numbers hang on besides the programs: the machine, and the versions of all that ran."""
from __future__ import annotations

import importlib.metadata
import os
import platform
import subprocess
import sys
from pathlib import Path

# Instructions that matrix products are made of.
FEATURES = ("avx2", "fma", "avx_vnni", "avx512f", "avx512bw", "avx512_vnni", "avx512_bf16", "avx512_fp16", "amx_tile", "amx_int8", "amx_bf16",
            "asimd", "asimddp", "i8mm", "bf16", "sve", "sve2")
PACKAGES = ("onnxruntime", "torch", "transformers", "spacy", "thinc", "numpy")


def describe() -> dict:
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        info = _first_cpu(lines)
    flags = set((info.get("flags") or info.get("Features") or "").split())
    pages, page = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return {"cpu": info.get("model name", platform.machine()), "cores": len(os.sched_getaffinity(0)),
            "features": [f for f in FEATURES if f in flags], "memory_gb": round(pages * page / 2**30), "system": f"{platform.system()} {platform.release()}"}


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
    for name, command in (("dateline", [dateline, "--version"]), ("rustc", ["rustc", "--version"]),
                          ("commit", ["git", "-C", Path(__file__).parent, "describe", "--always", "--dirty"])):
        try:
            said = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True).stdout.strip()
            found[name] = said.split()[1] if name != "commit" else said
        except (OSError, TypeError, subprocess.CalledProcessError):
            pass
    return found


def load() -> float:
    """Programs that wanted a core in the last minute, on average."""
    return round(os.getloadavg()[0], 2)


def warn_if_busy() -> None:
    if load() > 0.5:
        print(f"other work is running here (load {load()}): the numbers will not be this machine's", file=sys.stderr)
