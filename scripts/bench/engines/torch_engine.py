"""Hugging Face transformers in f32: the pretrained encoder itself, without shapes, pooler and heads."""
import serve  # before all else: loading is counted from here

import argparse
from pathlib import Path

from team import serve_team


def make(weights: Path, sequences: Path, threads: int, bucketed: bool):
    import torch
    from transformers import BertModel

    torch.set_num_threads(threads)
    torch.set_grad_enabled(False)
    model = BertModel.from_pretrained(weights, add_pooling_layer=False, dtype=torch.float32).eval()
    load = serve.since_start()

    import batching

    names = ("input_ids", "attention_mask")
    batches = [{name: torch.from_numpy(batch[name]) for name in names} for batch in batching.batches(sequences, bucketed)]

    def run(batch: dict) -> None:
        with torch.inference_mode():
            model(**batch)

    return batches, run, batching.pieces(batching.read(sequences)), load


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--model", type=Path, required=True, help="the folder of the pretrained encoder")
    a.add_argument("--sequences", type=Path, required=True)
    a.add_argument("--threads", type=int, required=True, help="of each process")
    a.add_argument("--callers", type=int, required=True, help="processes")
    a.add_argument("--batching", choices=("buckets", "single"), required=True)
    args = a.parse_args()
    serve_team(args.callers, make, args.model, args.sequences, args.threads, args.batching == "buckets")


if __name__ == "__main__":
    main()
