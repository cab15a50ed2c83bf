"""Re-DocRED: Wikipedia paragraphs with entity clusters."""
from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Iterator

from gold import Article, SpanError

FOLDER = "redocred"
SPLITS = {"dev": "official", "test": "official"}
LAYERS = "entities with clusters (PER LOC ORG TIME MISC NUM; some mentions are nominal)"
LOST = "relations; mentions whose words differ from their tokens; mentions that stand twice in a cluster"
USE, LICENCE = "train", "MIT"
ONE_PART: tuple[str, ...] = ()


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    documents = json.loads((root / FOLDER / f"{split}_revised.json").read_text(encoding="utf-8"))
    for number, document in enumerate(documents, 1):
        article = Article.of_tokens(f"{split}#{number}", document["sents"], ["entities"], lost=lost)
        for cluster in document["vertexSet"]:
            mentions = {}
            for mention in cluster:
                try:
                    location = article.words_in(mention["sent_id"], *mention["pos"], mention["name"])
                except SpanError:
                    lost["mention that differs from its tokens"] += 1
                    continue
                place = location["start"], location["end"]
                lost["mention that stands twice in its cluster"] += place in mentions
                mentions[place] = location
            types = Counter(mention["type"] for mention in cluster)
            if mentions:
                kind, *others = [label for label, _ in types.most_common()]
                more = {"types": others} if others else {}
                article.entity(kind, [mentions[place] for place in sorted(mentions)], **more)
        yield article.record
