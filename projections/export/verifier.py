"""Check a dossier without the program that made it: python3 verifier.py DOSSIER.zip --key NAME+HASH+KEY.

This one file needs Python 3.9 or newer. It trusts the key that you give it, and nothing in the dossier.
Ask the organisation for the key by another way than the dossier came.

What it checks: that the checkpoint was signed by that key; that each entry stands on the log that was signed;
that the words in the dossier (`facts`) are those that were sealed at that time. The first and the last need
the library `cryptography` (pip install cryptography); without it the answer says that they were not checked.
What it cannot show: that the dossier leaves nothing out, and that what was written down is true.
"""

from __future__ import annotations

import argparse
import json
import sys
import zipfile
from base64 import b64decode
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
NONCE = 12


class Wrong(Exception):
    """Something in the dossier is not as it was signed."""


def checkpoint(note: str, key: str) -> tuple[int, bytes]:
    """How many entries the log had and its root, if the key signed that."""
    name, named, text = key.strip().split("+", 2)
    public = b64decode(text)
    if sha256(name.encode() + b"\n" + public).digest()[:4].hex() != named:
        raise Wrong("The key that you gave is not complete.")
    body, _, signatures = note.partition("\n\n")
    origin, size, root, *_ = body.split("\n")
    if origin != name:
        raise Wrong(f"The checkpoint is of another log: {origin}")
    if AESGCM is not None and not any(_signed(body, line, name, public) for line in signatures.splitlines()):
        raise Wrong("The checkpoint was not signed by the key that you gave.")
    return int(size), b64decode(root)


def _signed(body: str, line: str, name: str, public: bytes) -> bool:
    parts = line.split(" ")
    if len(parts) != 3 or parts[1] != name:  # noqa: PLR2004 - dash, name, signature
        return False
    made = b64decode(parts[2])
    if made[:4] != sha256(name.encode() + b"\n" + public).digest()[:4]:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public[1:]).verify(made[4:], f"{body}\n".encode())
    except InvalidSignature:
        return False
    return True


def leaf(entry: dict[str, Any]) -> bytes:
    """The hash of what was stored: number, stream, version, hash of the topic, and the sealed bytes."""
    if "state" not in entry:
        return bytes.fromhex(entry["hash"])
    number, version = (entry[name].to_bytes(8, "big", signed=True) for name in ("number", "version"))
    topic = sha256(entry["topic"].encode()).digest()
    stored = number + UUID(entry["stream"]).bytes + version + topic + b64decode(entry["state"])
    return sha256(b"\x00\x01" + stored).digest()


def included(root: bytes, size: int, entry: dict[str, Any]) -> bool:
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


def words(entry: dict[str, Any]) -> bool:
    """Whether the words are those that were sealed. False: there are none, or it cannot be checked here."""
    if "facts" not in entry:
        return False
    state = b64decode(entry["state"])
    text: bytes | None = state[2:]
    if state[:1] == b"\x01":
        text = _unsealed(entry, state)
    if text is not None and json.loads(text) != entry["facts"]:
        raise Wrong(f"Entry {entry['number']}: the words are not those that were sealed.")
    return text is not None


def _unsealed(entry: dict[str, Any], state: bytes) -> bytes | None:
    if AESGCM is None:
        return None
    place = UUID(entry["stream"]).bytes + entry["version"].to_bytes(8, "big") + entry["topic"].encode()
    sealed = state[2:]
    try:
        return AESGCM(b64decode(entry["key"])).decrypt(sealed[:NONCE], sealed[NONCE:], state[:2] + place)
    except InvalidTag:
        raise Wrong(f"Entry {entry['number']} does not open with the key beside it.") from None


def check(told: dict[str, Any], key: str) -> tuple[int, list[str]]:
    """The exit code, and what to say."""
    size, root = checkpoint(told["checkpoint"], key)
    entries, opened = [*told["entries"], *told.get("contacts", ())], 0
    for entry in entries:
        if not included(root, size, entry):
            raise Wrong(f"Entry {entry['number']} is not on the log that was signed.")
        opened += words(entry)
    said = [
        f"{len(entries)} entries stand on the log of {size} that was signed.",
        f"Of {opened} the words are those that were sealed; the others are here without words.",
    ]
    if AESGCM is None:
        return SOME, [*said, "NOT CHECKED: signature and sealed words. Install `cryptography` and ask again."]
    return ALL, said


def read(path: Path) -> dict[str, Any]:
    """The proofs, from the dossier or from the file that lies in it."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as dossier:
            return dict(json.loads(dossier.read("proofs.json")))
    return dict(json.loads(path.read_text(encoding="utf-8")))


def key_in(given: str) -> str:
    """The public key of the log: as it was given, or from the file that was named."""
    if not Path(given).is_file():
        return given
    lines = Path(given).read_text(encoding="utf-8").splitlines()
    return next((line for line in lines if "/record+" in line), "")


def main() -> int:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("dossier", type=Path, help="the ZIP, or proofs.json")
    parser.add_argument("--key", required=True, help="public key of the log, or a file with it")
    asked = parser.parse_args()
    try:
        code, said = check(read(asked.dossier), key_in(asked.key))
    except Wrong as why:
        code, said = WRONG, [f"WRONG: {why}"]
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile) as why:
        code, said = WRONG, [f"WRONG: this is no dossier that can be read ({type(why).__name__})."]
    sys.stdout.write("".join(f"{line}\n" for line in said))
    return code


if __name__ == "__main__":
    sys.exit(main())
