"""Check a dossier without the program that made it: python3 verifier.py DOSSIER.zip --key NAME+HASH+KEY.

This one file needs Python 3.9 or newer. It trusts the key that you give it, and nothing in the dossier. Ask
the organisation for the key by another way, and take this file from elsewhere as well if you can.

What it checks: that no file was changed, added or taken away since who has that key made the dossier; that
each entry stands on the log that was signed; that the words of each, also in `entries.json`, are those that
were sealed. Signatures and sealed words need the library `cryptography`: without it the answer says so.
What it cannot show: that the dossier leaves nothing out, and that what was written down is true.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import zipfile
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

try:
    from cryptography.exceptions import InvalidSignature, InvalidTag
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
except ImportError:
    AESGCM = None  # type: ignore[assignment, misc]  # the rest is still checked

ALL, SOME, WRONG = 0, 3, 1  # exit codes: all is as it was signed, not all could be checked, it is not
MANIFEST, NOTE, PROOFS, ENTRIES = "manifest.json", "manifest.note", "proofs.json", "entries.json"
BESIDE = ("say", "representative_say", "conversation_id", "source")  # what an entry tells beside its facts
USUAL = ("day", "client", "unknown", "together", "other", "personal_plan", "u")  # said of what was not sealed
Parts = Mapping[str, bytes]
Told = dict[str, Any]


class Wrong(Exception):
    """Something in the dossier is not as it was signed."""


def checkpoint(note: str, key: str, of: str = "") -> tuple[int, bytes]:
    """How many entries the log had and its root, if the key signed that. `of`: another thing than the log."""
    name, named, text = (*key.strip().split("+", 2), "", "")[:3]
    public = b64decode(f"{text}==")  # also of a key that was cut off
    if sha256(name.encode() + b"\n" + public).digest()[:4].hex() != named:
        raise Wrong("The key that you gave is not complete.")
    name, what = (f"{name.rpartition('/')[0]}/{of}", NOTE) if of else (name, "The checkpoint")
    body, _, signatures = note.partition("\n\n")
    origin, size, root, *_ = body.split("\n")
    if origin != name:
        raise Wrong(f"{what} is of another log: {origin}")
    if AESGCM is not None and not any(_signed(body, line, name, public) for line in signatures.splitlines()):
        raise Wrong(f"{what} was not signed by the key that you gave.")
    return int(size), b64decode(root)


def _signed(body: str, line: str, name: str, public: bytes) -> bool:
    _, by, made = line.split(" ")
    try:
        Ed25519PublicKey.from_public_bytes(public[1:]).verify(b64decode(made)[4:], f"{body}\n".encode())
    except InvalidSignature:
        return False
    return by == name


def leaf(entry: Told) -> bytes:
    """The hash of what was stored: number, stream, version, hash of the topic, and the sealed bytes."""
    if "state" not in entry:
        return bytes.fromhex(entry["hash"])
    number, version = (entry[name].to_bytes(8, "big", signed=True) for name in ("number", "version"))
    topic = sha256(entry["topic"].encode()).digest()
    stored = number + UUID(entry["stream"]).bytes + version + topic + b64decode(entry["state"])
    return sha256(b"\x00\x01" + stored).digest()


def included(root: bytes, size: int, entry: Told) -> bool:
    """Whether the entry stands at its place on the log with this root (RFC 9162, 2.1.3.2)."""
    here, last, now = entry["place"], size - 1, leaf(entry)
    if not 0 <= here <= last:
        return False
    for step in entry["path"]:
        other = bytes.fromhex(step)
        if last == 0:
            return False
        if here % 2 or here == last:
            now = sha256(b"\x01" + other + now).digest()
            while here % 2 == 0 and here:
                here, last = here // 2, last // 2
        else:
            now = sha256(b"\x01" + now + other).digest()
        here, last = here // 2, last // 2
    return last == 0 and now == root


def words(entry: Told) -> bool:
    """Whether the words are those that were sealed. False: there are none, or it cannot be checked here."""
    if "facts" not in entry:
        return False
    state = b64decode(entry["state"])
    text = _unsealed(entry, state) if state[:1] == b"\x01" else state[2:]
    if text is not None and json.loads(text) != entry["facts"]:
        raise Wrong(f"Entry {entry['number']}: the words are not those that were sealed.")
    return text is not None


def _unsealed(entry: Told, state: bytes) -> bytes | None:
    if AESGCM is None:
        return None
    place = UUID(entry["stream"]).bytes + entry["version"].to_bytes(8, "big") + entry["topic"].encode()
    try:
        return AESGCM(b64decode(entry["key"])).decrypt(state[2:14], state[14:], state[:2] + place)
    except InvalidTag:
        raise Wrong(f"Entry {entry['number']} does not open with the key beside it.") from None


def check(told: Told, key: str) -> tuple[int, list[str]]:
    """The exit code, and what to say of the proofs."""
    size, root = checkpoint(told["checkpoint"], key)
    entries, opened = [*told["entries"], *told.get("contacts", ())], 0
    for entry in entries:
        if not included(root, size, entry):
            raise Wrong(f"Entry {entry['number']} is not on the log that was signed.")
        opened += words(entry)
    said = [
        f"{len(entries)} entries stand on the log of {size} that was signed.",
        f"Root: {root.hex(' ', 2)}",
    ]
    if AESGCM is None:
        said.append("NOT CHECKED: signatures and sealed words. Install `cryptography` and ask again.")
        return SOME, said
    rest = f" The other {len(entries) - opened} are here without words." if opened < len(entries) else ""
    return ALL, [*said, f"Of {opened} the words are those that were sealed.{rest}"]


def listed(parts: Parts) -> str:
    """What to say when every file on the list is there as it was packed, and no other is."""
    told = json.loads(parts[MANIFEST])["parts"]
    for part in told:
        if part["name"] not in parts:
            raise Wrong(f"{part['name']} is not in this dossier.")
        content = parts[part["name"]]
        if (len(content), sha256(content).hexdigest()) != (part["size"], part["sha256"]):
            raise Wrong(f"{part['name']} is not the file that was packed.")
    for name in sorted(parts.keys() - {part["name"] for part in told} - {MANIFEST, NOTE}):
        raise Wrong(f"{name} was put into this dossier.")
    return f"{len(told)} files are as they were packed, by the list in {MANIFEST}."


def signed_list(parts: Parts, key: str) -> str:
    """What to say when who has the key made this list of files."""
    _, root = checkpoint(parts[NOTE].decode(), key, "dossier")
    if sha256(parts[MANIFEST]).digest() != root:
        raise Wrong(f"{MANIFEST} is not the list that was signed.")
    return f"{MANIFEST} is the list that was signed."


def same_words(parts: Parts) -> str:
    """What to say when `entries.json`, to read, tells each entry as the proofs have it."""
    told = {entry["number"]: entry for entry in json.loads(parts[ENTRIES])["entries"]}
    proven = [one for one in json.loads(parts[PROOFS])["entries"] if "facts" in one]
    for one in proven:
        number = one["version"]
        if number not in told or told[number]["topic"] != one["topic"]:
            raise Wrong(f"Entry {number} is not in {ENTRIES}.")
        for name in otherwise(told[number], one["facts"]):
            raise Wrong(f"Entry {number}: {ENTRIES} has another “{name}” than was sealed.")
    said = f"{ENTRIES} tells {len(proven)} of its {len(told)} entries as {PROOFS} does."
    return said if len(proven) == len(told) else f"{said} Of the others nothing that was sealed is here."


def otherwise(told: Told, sealed: Told) -> Iterator[str]:
    """The facts of this entry that were sealed otherwise, when what came later is put back."""
    clocks = (told["recorded"], sealed["timestamp"])  # one moment, perhaps of two places
    if len({datetime.fromisoformat(re.sub("Z$", "+00:00", clock)) for clock in clocks}) > 1:
        yield "recorded"
    here = {**told, **told["facts"]}
    later = [right for right in told["corrections"] if right["entry"] != told["number"]]
    here.update((right["field"], right["was"]) for right in reversed(later))
    for who in ("say", "representative_say"):
        if here[who] and sealed.get(who):
            here[who] = {**here[who], **{name: sealed[who][name] for name in _raised(told["readings"])}}
    for name in sorted({*sealed, *told["facts"], *BESIDE} - {"timestamp"}):
        usual = not here.get(name) or here[name] in USUAL
        if here.get(name) != sealed[name] if name in sealed else not usual:
            yield name


def _raised(readings: list[Told]) -> tuple[str, ...]:
    """What reading back can change of what was said: how firm it is, or all of it when it was not right."""
    if all(one["right"] for one in readings):
        return ("means",) if readings else ()
    return ("means", "stance", "words", "reason")


def check_dossier(parts: Parts, key: str) -> tuple[int, list[str]]:
    """The exit code, and what to say of the whole: of each check what is wrong, not only of the first."""
    said = [
        _said(MANIFEST, lambda: listed(parts)),
        _said(NOTE, lambda: signed_list(parts, key)),
        _said(ENTRIES, lambda: same_words(parts)),
        _said(PROOFS, lambda: "\n".join(check(json.loads(parts[PROOFS]), key)[1])),
    ]
    return WRONG if any(line.startswith("WRONG") for line in said) else SOME if AESGCM is None else ALL, said


def _said(name: str, look: Callable[[], str]) -> str:
    try:
        return look()
    except Wrong as why:
        return f"WRONG: {why}"
    except (KeyError, ValueError, TypeError, AttributeError) as why:
        return f"WRONG: {name} cannot be read ({type(why).__name__})."


def read(path: Path) -> dict[str, bytes]:
    """Every file of the dossier by its name."""
    with zipfile.ZipFile(path) as dossier:
        names = dossier.namelist()
        if len(names) > len(set(names)):
            raise Wrong("A file is in this dossier twice.")
        return {name: dossier.read(name) for name in names}


def key_in(given: str) -> str:
    """The public key of the log: as it was given, or from the file that was named."""
    lines = Path(given).read_text(encoding="utf-8").splitlines() if Path(given).is_file() else []
    return next((line for line in lines if "/record+" in line), given)


def main() -> int:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("dossier", type=Path, help="the ZIP")
    parser.add_argument("--key", required=True, type=key_in, help="public key of the log, or a file with it")
    asked = parser.parse_args()
    try:
        code, said = check_dossier(read(asked.dossier), asked.key)
    except (Wrong, OSError, zipfile.BadZipFile) as why:
        code, said = WRONG, [f"WRONG: this is no dossier that can be read: {why}"]
    sys.stdout.write("".join(f"{line}\n" for line in said))
    return code


if __name__ == "__main__":
    sys.exit(main())
