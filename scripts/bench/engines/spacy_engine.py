"""A spaCy pipeline from raw text to JSON, in one process or several."""
import serve  # before all else: loading is counted from here

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from team import serve_team

TOGETHER = 50  # articles that a process takes at once; fewer where several processes have not four such parts each


def make(pipeline: Path, articles: Path, processes: int):
    # It would load torch where torch is installed, though nothing in this pipeline runs on it: that costs seconds and memory.
    sys.modules["torch"] = None
    import spacy

    spacy.require_cpu()
    nlp = spacy.load(pipeline)
    load = serve.since_start()
    with open(articles, encoding="utf-8") as lines:
        texts = [f"{a['title']}\n\n{a['text']}" for a in map(json.loads, lines)]
    size = TOGETHER if processes == 1 else max(1, min(TOGETHER, len(texts) // (4 * processes)))
    batches = [texts[i: i + size] for i in range(0, len(texts), size)]
    out = tempfile.TemporaryFile("w", encoding="utf-8")

    def run(batch: list[str]) -> None:
        out.seek(0)
        for doc in nlp.pipe(batch):
            out.write(json.dumps(doc.to_json(), ensure_ascii=False) + "\n")

    return batches, run, 0, load


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--model", type=Path, required=True, help="the folder of the pipeline")
    a.add_argument("--articles", type=Path, required=True)
    a.add_argument("--callers", type=int, required=True, help="processes")
    args = a.parse_args()
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # in the environment of the processes
    serve_team(args.callers, make, args.model, args.articles, args.callers)


if __name__ == "__main__":
    main()
