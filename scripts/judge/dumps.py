"""Articles of the BBC and Reuters-21578 dumps as records of JSON lines."""
from __future__ import annotations

import html
import json
import re
from datetime import datetime
from pathlib import Path
from runpy import run_path
from typing import Iterator

bbc_record = run_path(str(Path(__file__).resolve().parents[1] / "bbc-to-jsonl"))["to_json"]

_ARTICLE = re.compile(r"<REUTERS .*?NEWID=\"(\d+)\">(.*?)</REUTERS>", re.S)
_DATE = re.compile(r"(\d+-[A-Z]{3}-\d{4})")


def bbc(root: Path) -> Iterator[dict]:
    """Title on the first line. A file that is not UTF-8 is left out."""
    dump = root / "dumps/bbc"
    for path in sorted(dump.glob("*/*.txt")):
        line = bbc_record(str(path.relative_to(dump).with_suffix("")), path.read_bytes())
        try:
            yield json.loads(line.decode("utf-8"))
        except UnicodeDecodeError:
            continue


def reuters(root: Path) -> Iterator[dict]:
    """Those with title and body; the dateline stands before the body, as in print."""
    for path in sorted((root / "dumps/reuters21578").glob("*.sgm")):
        yield from parse(path.read_text(encoding="latin-1"))


def parse(sgml: str) -> Iterator[dict]:
    for number, article in _ARTICLE.findall(sgml):
        title, dateline, body = (_field(article, name) for name in ("TITLE", "DATELINE", "BODY"))
        if title and body:
            date = datetime.strptime(_DATE.search(_field(article, "DATE"))[1], "%d-%b-%Y").date()
            text = f"{dateline.strip()} {body.strip()}" if dateline else body.strip()
            yield {"id": f"reut/{number}", "title": title.strip(), "text": text, "published": date.isoformat()}


def _field(article: str, name: str) -> str:
    found = re.search(f"<{name}>(.*?)</{name}>", article, re.S)
    # Control characters are left over from the wire.
    return re.sub(r"[\x00-\x08\x0b-\x1f]", "", html.unescape(found[1])) if found else ""


DUMPS = {"bbc": bbc, "reuters": reuters}
