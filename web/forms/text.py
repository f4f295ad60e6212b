"""Text as people type it: one way of writing each letter, and nothing that hides or turns what is read."""

from __future__ import annotations

import re
import unicodedata

HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u061c\ufeff]")  # zero-width, bidi
NOT_TEXT = re.compile("[\x00\ud800-\udfff]")  # NUL and halves of characters


def clean(text: str) -> str:
    """The same words in NFC, without hidden controls; ValueError when it holds what is no text."""
    if NOT_TEXT.search(text):
        raise ValueError("not text")
    return unicodedata.normalize("NFC", HIDDEN.sub("", text.replace("\r\n", "\n")))
