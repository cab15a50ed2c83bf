"""`dateline batch` from raw text to JSON lines: every pass starts the program anew, and its start counts."""
import serve

import argparse
import os
import subprocess
import tempfile
import time
from pathlib import Path


def batch(command: list[str], articles: Path, folder: Path) -> serve.Usage:
    with open(folder / "stderr", "w") as told:
        process = subprocess.Popen([*command, articles, "-o", folder / "out.jsonl", "--force"], stdin=subprocess.DEVNULL, stderr=told)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"dateline batch ended with {process.returncode}: {(folder / 'stderr').read_text()}")
    return serve.Usage(used.ru_utime + used.ru_stime, used.ru_maxrss)


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--dateline", required=True)
    a.add_argument("--model", help="a model folder, in place of the one in the program")
    a.add_argument("--threads", required=True)
    a.add_argument("--articles", type=Path, required=True)
    args = a.parse_args()
    command = [args.dateline, "batch", "--threads", args.threads, *(("--model", args.model) if args.model else ())]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        one = folder / "one.jsonl"
        one.write_text('{"id": "one", "title": "", "text": "It rained."}\n', encoding="utf-8")
        batch(command, one, folder)  # the program's file is in memory now
        began = time.perf_counter()
        batch(command, one, folder)
        load = time.perf_counter() - began
        serve.serve(lambda: batch(command, args.articles, folder), load, 0)


if __name__ == "__main__":
    main()
