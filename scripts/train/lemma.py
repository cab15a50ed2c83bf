"""Lemma scripts `<case>|<cut>|<suffix>`: how to get from a word to its lemma."""
from os.path import commonprefix


def script(form: str, lemma: str) -> str:
    """The shortest script that turns `form` into `lemma`; lower-casing wins ties."""
    best = None
    for case, base in (("lower", form.lower()), ("keep", form)):
        p = len(commonprefix([base, lemma]))
        cut, suffix = len(base) - p, lemma[p:]
        cost = cut + len(suffix)
        if best is None or cost < best[0]:
            best = (cost, f"{case}|{cut}|{suffix}")
    return best[1]


def apply(form: str, script_: str) -> str:
    case, cut, suffix = script_.split("|", 2)
    base = form.lower() if case == "lower" else form
    if int(cut) > len(base):
        return form.lower()
    return base[: len(base) - int(cut)] + suffix


def fallback(form: str, lemma: str) -> str:
    """What a rare script is replaced by."""
    return "keep|0|" if lemma == form and form != form.lower() else "lower|0|"
