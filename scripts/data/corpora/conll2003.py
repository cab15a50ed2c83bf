"""CoNLL-2003 English: Reuters news of 1996, with document marks."""
from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Iterator

from columns import convert_files, documents, tagged

FOLDER = "conll2003"
SPLITS = {
    "train": "official",
    "dev": "official (testa)",
    "test": "official (testb), original labels",
    "test_corrected": "the same with CoNLL++ labels",
    "test_without_sports": "`test` less the articles whose headline names a sport",
}
LAYERS = "entities (names; PER LOC ORG MISC)"
LOST = "part-of-speech and chunk columns"
USE, LICENCE = "eval", "research"
ONE_PART: tuple[str, ...] = ()

SPORTS = ("SOCCER", "CRICKET", "BASEBALL", "TENNIS", "CYCLING", "GOLF", "ATHLETICS", "RUGBY UNION", "RUGBY LEAGUE", "RALLYING",
          "MOTOR RACING", "BASKETBALL", "HORSE RACING", "BADMINTON", "MOTORCYCLING", "MOTOCROSS", "SQUASH", "SWIMMING", "HOCKEY",
          "BOXING", "SKIING", "SKATING", "SKI JUMPING", "BOBSLEIGH", "LUGE", "BIATHLON", "AUSTRALIAN RULES", "FOOTBALL",
          "VOLLEYBALL", "HANDBALL", "ROWING", "SAILING", "YACHTING", "GYMNASTICS", "WRESTLING", "WEIGHTLIFTING", "SNOOKER")


def convert(root: Path, split: str, lost: Counter) -> Iterator[dict]:
    if split != "test_without_sports":
        yield from convert_files([root / FOLDER / f"{split}.txt"], -1, lost)
        return
    for number, sentences in enumerate(documents(root / FOLDER / "test.txt"), 1):
        if is_sport([row[0] for row in sentences[0]]):
            lost["article about sport"] += 1
        else:
            yield tagged(f"test.txt#{number}", sentences, -1, lost).record


def is_sport(headline: list[str]) -> bool:
    """Whether an agency's headline is a sport's: `SOCCER - …`, `NHL ICE HOCKEY-…`, `TENNIS RESULTS`."""
    topics = [topic.strip() for topic in " ".join(headline).upper().split("-")]
    return (any(topic.endswith(SPORTS) for topic in topics[:-1][:2])
            or any(topics[0].startswith(f"{sport} ") for sport in SPORTS))
