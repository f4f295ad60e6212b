"""Names as Dutch lists sort and search them: by surname, without "van der", without accents and capitals."""

from __future__ import annotations

import unicodedata

# Written apart before a surname. The name sorts by what follows them (NEN 1888 calls them voorvoegsels).
_PARTICLES = """
    's 't aan abu af al bij bin bint d' da das de del della den der des di do dos du el het ibn in la las
    le les lo los o' onder op over te ten ter the tot uit uijt van vanden vander vom von voor zu zum zur"""
PARTICLES = frozenset(_PARTICLES.split())
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "’": "'"}
)


def folded(text: str) -> str:
    """Without capitals and accents: what is compared when somebody searches."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).split())


def sort_name(name: str) -> str:
    """The surname without its particles, then what stands before it: "Sanne de Graaf" is "graaf, sanne"."""
    last, comma, first = folded(name).partition(",")
    if comma:
        given = " ".join(word for word in first.split() if word not in PARTICLES)
        return f"{_bare(last.split())}, {given}"
    words = folded(name).split()
    start = next((nr for nr, word in enumerate(words) if word in PARTICLES and nr + 1 < len(words)), None)
    cut = max(0, len(words) - 1) if start is None else start
    surname, given = _bare(words[cut:]), " ".join(words[:cut])
    return f"{surname}, {given}" if given else surname


def _bare(words: list[str]) -> str:
    """Without the particles that stand first, and without an article that is tied on: "el-Amrani"."""
    while len(words) > 1 and words[0] in PARTICLES:
        words = words[1:]
    name = " ".join(words)
    for tied in ("al-", "el-", "d'", "l'", "'t-"):
        name = name.removeprefix(tied) or name
    return name
