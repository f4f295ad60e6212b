"""A checkpoint is a text that others can read, and that only the log's own key makes."""

from __future__ import annotations

from base64 import b64decode

import pytest

from domain.store.log.checkpoint import Checkpoint, NoCheckpoint, Signer, Verifier
from domain.store.log.merkle import EMPTY, leaf_hash

LOG = Signer("draad.example/record", bytes(range(32)))
OTHER = Signer("draad.example/record", bytes(range(1, 33)))
AT = Checkpoint("draad.example/record", 214, leaf_hash(b"root"))

# The example of the signed-note specification (C2SP): a note and the key that signed it.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n\n"
    "\N{EM DASH} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"  # noqa: E501
)


def test_the_text_is_that_of_the_specification() -> None:
    name, size, root, empty, signature = LOG.sign(AT).removesuffix("\n").split("\n")
    assert (name, size, empty) == ("draad.example/record", "214", "")
    assert b64decode(root) == AT.root
    assert signature.startswith("\N{EM DASH} draad.example/record ")


def test_what_was_signed_is_read_back() -> None:
    assert LOG.verifier.opens(LOG.sign(AT)) == AT
    more = Checkpoint(AT.origin, 0, EMPTY, ("time 1",))
    assert LOG.verifier.opens(LOG.sign(more)) == more


def test_the_key_and_signature_of_the_specification_are_known() -> None:
    verifier = Verifier.parse(PETER)
    assert str(verifier) == PETER
    text, _, line = NOTE.partition("\n\n")
    assert verifier._signed(f"{text}\n", line.strip())
    assert not verifier._signed(f"{text}!\n", line.strip())
    with pytest.raises(NoCheckpoint):  # it is signed, and no checkpoint
        verifier.opens(NOTE)


def test_another_witness_may_sign_below() -> None:
    note = LOG.sign(AT) + "\N{EM DASH} witness.example AAAA\n"
    assert LOG.verifier.opens(note) == AT


@pytest.mark.parametrize(
    "note",
    [
        OTHER.sign(AT),
        LOG.sign(AT).replace("214", "215"),
        LOG.sign(AT).replace("\n214\n", "\n0214\n"),
        Signer("draad.example/other", LOG.seed).sign(Checkpoint("draad.example/other", 1, EMPTY)),
        LOG.sign(Checkpoint("draad.example/other", 1, EMPTY)),
        LOG.sign(Checkpoint(AT.origin, 1, b"short")),
        str(AT),
        "",
        "\n\n",
        "a\nb\n\n\N{EM DASH} c d\n",
    ],
)
def test_anything_else_opens_nothing(note: str) -> None:
    with pytest.raises(NoCheckpoint):
        LOG.verifier.opens(note)


@pytest.mark.parametrize("text", ["", "name", "name+00000000+AAAA", PETER.replace("c74f", "c74e")])
def test_a_key_that_names_itself_wrongly_is_none(text: str) -> None:
    with pytest.raises(NoCheckpoint):
        Verifier.parse(text)


def test_a_key_is_written_as_it_is_read() -> None:
    assert Verifier.parse(str(LOG.verifier)) == LOG.verifier
