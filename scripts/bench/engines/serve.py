"""What the driver asks of an engine: load, warm up once, then one pass over the input for each line `run`.

    → {"ready": true, "load_seconds": 0.4, "tokens": 170000}
    run
    → {"seconds": 12.1, "cpu_seconds": 24.0, "peak_rss_kb": 310000}

Import this first: loading is counted from here.
"""
from __future__ import annotations

import json
import os
import resource
import sys
import time
from typing import Callable, NamedTuple

BEGAN = time.perf_counter()


class Usage(NamedTuple):
    cpu_seconds: float
    peak_rss_kb: int


def own_usage() -> Usage:
    """Of this process. The peak is the kernel's for this program: that of getrusage can be its parent's."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    peak = used.ru_maxrss
    if os.path.exists("/proc/self/status"):
        with open("/proc/self/status") as lines:
            peak = next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), peak)
    return Usage(used.ru_utime + used.ru_stime, peak)


def since_start() -> float:
    return time.perf_counter() - BEGAN


def serve(one_pass: Callable[[], Usage | None], load_seconds: float, tokens: int) -> None:
    """Answers until the input ends. A pass returns what it used where that is not this process' own doing."""
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever a library prints is no answer
    say = lambda answer: print(json.dumps(answer), file=out, flush=True)
    one_pass()
    say({"ready": True, "load_seconds": round(load_seconds, 4), "tokens": tokens})
    for line in sys.stdin:
        if line.strip() != "run":
            continue
        before, began = own_usage(), time.perf_counter()
        used = one_pass()
        seconds = time.perf_counter() - began
        if used is None:
            after = own_usage()
            used = Usage(after.cpu_seconds - before.cpu_seconds, after.peak_rss_kb)
        say({"seconds": seconds, "cpu_seconds": used.cpu_seconds, "peak_rss_kb": used.peak_rss_kb})
