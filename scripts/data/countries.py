"""Country names to ISO 3166-1 alpha-3, from the rule layer's own list."""
from __future__ import annotations

from functools import lru_cache
from pathlib import Path

LIST = Path(__file__).resolve().parents[2] / "crates" / "dateline-rules" / "data" / "countries.tsv"
# Names that corpora use and the list does not.
OTHER_NAMES = {"palestinian territory": "PSE", "guatamala": "GTM"}


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, name, aliases, *_ = line.split("\t")
            for form in [name, *aliases.replace(";", ",").split(",")]:
                codes.setdefault(form.strip().removesuffix("?").lower(), code)
    return codes | OTHER_NAMES


def alpha3(name: str) -> str | None:
    """The code of a country by name, whatever its case; None if it is not listed."""
    return _codes().get(name.strip().lower())
