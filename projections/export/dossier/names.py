"""Third persons without their names: everywhere in the entries, before anything is read from them.

Whose names stay: the client's, and those of who works at the organisation. Every other person in the case is
called by what they are to the client, in brackets: [mantelzorger 2]. In running text the names that the case
knows are looked for, whole and in parts; somebody who only occurs in a sentence is not known, and stays.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

import msgspec

from domain.case import ClientDescribed
from domain.correcting import EntryCorrected
from domain.entry import Entry, Role
from domain.kinds import PersonKind
from domain.people import PersonJoined
from domain.story import CircleDrawn
from projections.export.words import Words

SHORTEST = 3  # letters of a part of a name that is looked for by itself
OUTSIDE = {Role.REPRESENTATIVE, Role.PARTNER}  # they make entries, and do not work here
CALLED = {"name", "called"}  # the facts that somebody is called by
POSSESSIVE = re.compile("['’]?s$")
Swap = Callable[[Any], Any]
Named = tuple[list[str], str]  # all names of one person, and what they are to the client


def without_names(entries: Sequence[Entry], words: Words) -> Swap:
    """Puts into anything, for every third person in these entries, what they are to the client."""
    labels = _People(entries, words).labels()
    known, patterns = {name.casefold(): label for name, label in labels.items()}, "|".join(_patterns(labels))
    if not patterns:
        return lambda thing: thing
    found = re.compile(rf"(?<!\w)(?:{patterns})(?:['’]?s)?(?!\w)")

    def put(match: re.Match[str]) -> str:
        text = match[0].casefold()
        return known[text if text in known else POSSESSIVE.sub("", text)]

    return lambda thing: _swapped(thing, lambda text: found.sub(put, text))


class _People:
    """Who is named in a case: whose names stay, and what the others are called instead."""

    def __init__(self, entries: Sequence[Entry], words: Words) -> None:
        self._entries, self._words = entries, words
        self._by_number = {entry.number: entry for entry in entries}
        self._ours = entries[0].by.organisation.strip().casefold() if entries else ""

    def labels(self) -> Mapping[str, str]:
        """Each name that goes, whole and in parts, and what stands in its place."""
        stay = set(filter(None, self._staying()))
        folded, count = {name.casefold() for name in stay}, Counter[str]()
        whole: dict[str, str] = {}
        for names, kind in self._others():
            theirs = [
                name.strip() for name in names if name.strip() and name.strip().casefold() not in folded
            ]
            label = next((whole[name] for name in theirs if name in whole), "")
            if theirs and not label:
                count[kind] += 1
                label = f"[{kind} {count[kind]}]"
            whole.update(dict.fromkeys(theirs, label))
        return {**self._parts(whole, {part for name in stay for part in name.split()}), **whole}

    def _parts(self, whole: Mapping[str, str], kept: set[str]) -> dict[str, str]:
        """First names and surnames by themselves; one that two persons have says no more than that."""
        found: dict[str, str] = {}
        for name, label in whole.items():
            for part in name.split():
                if len(part) >= SHORTEST and part[0].isupper() and part not in kept:
                    found[part] = (
                        label if found.get(part, label) == label else self._words.gettext("[a name]")
                    )
        return found

    def _staying(self) -> Iterator[str]:
        for entry in self._entries:
            if entry.by.role not in OUTSIDE:
                yield entry.by.name
            yield from self._names_in(entry) if self._stays(self._about(entry)) else ()

    def _others(self) -> Iterator[Named]:
        for entry in self._entries:
            if isinstance(entry, PersonJoined) and not self._stays(entry):
                more = (self._names_in(e) for e in self._entries if self._about(e) is entry)
                yield [name for names in more for name in names], self._words.word(entry.kind)
            elif isinstance(entry, CircleDrawn):
                yield from (([tie.person], self._words.word(PersonKind.RELATIVE)) for tie in entry.ties)
            if entry.by.role in OUTSIDE:
                yield [entry.by.name], self._words.word(entry.by.role)

    def _about(self, entry: Entry) -> Entry | None:
        """The entry that names somebody: this one, or the one whose name it puts right."""
        if isinstance(entry, EntryCorrected):
            return self._by_number.get(entry.entry) if entry.field in CALLED else None
        return entry

    def _stays(self, entry: Entry | None) -> bool:
        """Whether who is named here is the client, or works at the organisation."""
        if isinstance(entry, PersonJoined):
            at_home = entry.organisation.strip().casefold() == self._ours
            return entry.kind is PersonKind.WORKER and at_home
        return isinstance(entry, ClientDescribed)

    def _names_in(self, entry: Entry) -> Iterator[str]:
        if isinstance(entry, EntryCorrected):  # what stood there, and what stands there now
            yield from filter(_is_text, map(msgspec.json.decode, (entry.was, entry.now)))
        else:
            yield from (getattr(entry, name) for name in CALLED if hasattr(entry, name))


def _is_text(thing: object) -> bool:
    return isinstance(thing, str)


def _patterns(names: Iterable[str]) -> Iterator[str]:
    """The longest first. Two words in any case; one word as names are written, since "wil" is a word too."""
    for name in sorted(names, key=len, reverse=True):
        if " " in name:
            yield rf"(?i:{re.escape(name)})"
        elif name[0].isupper():
            yield "|".join(dict.fromkeys(map(re.escape, (name, name.upper()))))


def _swapped(thing: Any, swap: Callable[[str], str]) -> Any:
    """The same, with every text in it swapped."""
    match thing:
        case Enum():
            return thing
        case str():
            return swap(thing)
        case tuple() | list():
            return type(thing)(_swapped(part, swap) for part in thing)
        case dict():
            return {key: _swapped(part, swap) for key, part in thing.items()}
        case _ if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
            fields = [field.name for field in dataclasses.fields(thing) if field.init]
            parts = {name: _swapped(getattr(thing, name), swap) for name in fields}
            return dataclasses.replace(thing, **parts)
    return thing
