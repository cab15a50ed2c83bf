"""From logits to labels: legal BIO tags (Viterbi), single-root trees (Chu-Liu-Edmonds), relations."""
from __future__ import annotations

import numpy as np

from ewt import iob_spans

ILLEGAL = -1e9


def transitions(tags: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """(allowed starts, allowed steps) as additive scores: I-X only after B-X or I-X."""
    n = len(tags)
    start, step = np.zeros(n), np.zeros((n, n))
    for j, t in enumerate(tags):
        if t.startswith("I-"):
            start[j] = ILLEGAL
            for i, p in enumerate(tags):
                if p[2:] != t[2:]:
                    step[i, j] = ILLEGAL
    return start, step


def viterbi(logits: np.ndarray, tags: list[str], legal=None) -> list[str]:
    start, step = legal or transitions(tags)
    greedy = logits.argmax(1)
    if start[greedy[0]] == 0 and not step[greedy[:-1], greedy[1:]].any():  # nothing can score higher
        return [tags[i] for i in greedy]
    score = logits[0] + start
    back = np.zeros(logits.shape, np.int64)
    for i in range(1, len(logits)):
        through = score[:, None] + step
        back[i] = through.argmax(0)
        score = through.max(0) + logits[i]
    path = [int(score.argmax())]
    for i in range(len(logits) - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    return [tags[i] for i in reversed(path)]


def entities(logits: np.ndarray, tags: list[str], legal=None) -> list[tuple[int, int, str]]:
    return iob_spans(viterbi(logits, tags, legal))


def posteriors(logits: np.ndarray, tags: list[str], spans, legal=None) -> list[float]:
    """Of each span: the probability of all legal tag sequences in which exactly it stands with its type (forward-backward)."""
    start, step = legal or transitions(tags)
    x = np.asarray(logits, np.float64)
    x = x - np.logaddexp.reduce(x, 1, keepdims=True)
    n = len(x)
    forward, backward = np.zeros_like(x), np.zeros_like(x)
    forward[0] = x[0] + start
    for i in range(1, n):
        forward[i] = np.logaddexp.reduce(forward[i - 1][:, None] + step, 0) + x[i]
    for i in range(n - 2, -1, -1):
        backward[i] = np.logaddexp.reduce(step + (x[i + 1] + backward[i + 1])[None], 1)
    total = np.logaddexp.reduce(forward[-1])
    out = []
    for a, b, kind in spans:
        begin, inside = tags.index("B-" + kind), tags.index("I-" + kind)
        before = np.logaddexp.reduce(forward[a - 1]) if a else 0.0
        path = x[a, begin] + sum(x[i, inside] for i in range(a + 1, b))
        ends = [j for j in range(len(tags)) if j != inside]  # whatever follows must not go on with the span
        after = np.logaddexp.reduce((step[inside] + x[b] + backward[b])[ends]) if b < n else 0.0
        out.append(float(np.exp(before + path + after - total)))
    return out


def tree(arc: np.ndarray) -> np.ndarray:
    """Heads of the best tree with a single root; arc[w, h] is the score of head h (0 = root) for word w (0-based)."""
    n = arc.shape[0]
    heads = arc.argmax(1)
    if (heads == 0).sum() == 1 and not _cycle(np.concatenate([[0], heads])):
        return heads
    best, best_score = None, -np.inf
    roots = np.argsort(-arc[:, 0])[: min(n, 5)]  # the likely roots
    for r in roots:
        scores = arc.copy()
        scores[:, 0] = ILLEGAL
        scores[r] = ILLEGAL
        scores[r, 0] = arc[r, 0]
        full = np.full((n + 1, n + 1), ILLEGAL)
        full[1:] = scores
        found = _arborescence(full)[1:]
        total = arc[np.arange(n), found].sum()
        if total > best_score and (found == 0).sum() == 1:
            best, best_score = found, total
    return heads if best is None else best


def _cycle(heads: np.ndarray) -> list[int] | None:
    """A cycle in heads (heads[0] is ignored), or None."""
    state = np.zeros(len(heads), np.int8)
    state[0] = 2
    for s in range(1, len(heads)):
        path, v = [], s
        while state[v] == 0:
            state[v] = 1
            path.append(v)
            v = int(heads[v])
        if state[v] == 1:
            return path[path.index(v):]
        state[path] = 2
    return None


def _arborescence(score: np.ndarray) -> np.ndarray:
    """Chu-Liu-Edmonds: heads of the maximum arborescence from node 0; score[d, h]."""
    n = len(score)
    score = score.copy()
    np.fill_diagonal(score, ILLEGAL * 2)
    heads = score.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    cycle = np.array(cycle)
    rest = np.array([v for v in range(n) if v not in set(cycle.tolist())])
    m = len(rest)
    small = np.full((m + 1, m + 1), ILLEGAL * 2)
    small[:m, :m] = score[np.ix_(rest, rest)]
    in_cycle = score[cycle, heads[cycle]]
    small[:m, m] = score[np.ix_(rest, cycle)].max(1)
    from_cycle = cycle[score[np.ix_(rest, cycle)].argmax(1)]
    enter = score[np.ix_(cycle, rest)] - in_cycle[:, None]
    small[m, :m] = enter.max(0)
    breaks = cycle[enter.argmax(0)]
    solved = _arborescence(small)
    out = heads.copy()
    for i, v in enumerate(rest):
        if i:
            out[v] = from_cycle[i] if solved[i] == m else rest[solved[i]]
    out[breaks[solved[m]]] = rest[solved[m]]
    return out


def relations(rel: np.ndarray, heads: np.ndarray, labels: list[str]) -> list[str]:
    """Best relation of each word, "root" if and only if its head is the root."""
    root = labels.index("root")
    out = []
    for logits, h in zip(rel, heads):
        if h == 0:
            out.append("root")
            continue
        logits = logits.copy()
        logits[root] = -np.inf
        out.append(labels[int(logits.argmax())])
    return out
