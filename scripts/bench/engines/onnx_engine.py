"""ONNX Runtime over a graph: one session, called by one thread or by several at once."""
import serve  # before all else: loading is counted from here

import argparse
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import onnxruntime as ort


def session(model: Path, threads: int) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.intra_op_num_threads = threads
    return ort.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--model", type=Path, required=True)
    a.add_argument("--sequences", type=Path, required=True)
    a.add_argument("--threads", type=int, required=True, help="of the session, for each call")
    a.add_argument("--callers", type=int, required=True, help="calls at once")
    a.add_argument("--batching", choices=("buckets", "single"), required=True)
    args = a.parse_args()
    model = session(args.model, args.threads)
    load = serve.since_start()

    import batching

    wanted = [i.name for i in model.get_inputs()]
    batches = [{name: batch[name] for name in wanted} for batch in batching.batches(args.sequences, args.batching == "buckets")]
    callers = ThreadPoolExecutor(args.callers)

    def run(batch: dict) -> None:
        model.run(None, batch)

    def one_pass() -> None:
        if args.callers == 1:
            for batch in batches:
                run(batch)
        else:
            list(callers.map(run, batches))

    serve.serve(one_pass, load, batching.pieces(batching.read(args.sequences)))


if __name__ == "__main__":
    main()
