"""One module for each corpus. A module has

- `FOLDER`: its folder in the data folder,
- `SPLITS`: what each split is, by name; `train`, `dev` and `test` are the corpus' own,
- `LAYERS`: what is labelled, `LOST`: what the gold form does not hold,
- `USE`: `train` (a shipped model may learn from it) or `eval` (only to measure), and `LICENCE`,
- `ONE_PART`: splits that come in one part and are halved into A and B (see `splits.json`),
- `convert(root, split, lost)`: the records of a split, read under the data folder `root`; what is left
  out is counted in `lost` by reason.
"""
from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Iterator


def names() -> list[str]:
    return sorted(m.name for m in pkgutil.iter_modules(__path__))


def load(name: str) -> ModuleType:
    if name not in names():
        raise KeyError(f"no corpus {name!r}; there are {', '.join(names())}")
    return importlib.import_module(f"{__name__}.{name}")


def convert(name: str, root: Path, split: str, lost: Counter | None = None) -> Iterator[dict]:
    """The records of a split of a corpus."""
    corpus = load(name)
    if split not in corpus.SPLITS:
        raise KeyError(f"{name} has no split {split!r}; it has {', '.join(corpus.SPLITS)}")
    return corpus.convert(Path(root), split, Counter() if lost is None else lost)
