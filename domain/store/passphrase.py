"""What a pass phrase must be: long, and not the first that somebody guesses (NIST SP 800-63B, 3.1.1.2)."""

from __future__ import annotations

from domain.errors import Refused

LEAST, MOST = 12, 200  # characters
FEW = 5  # different characters: `abababababab` is long and known
COMMON = (  # of the lists that guessers begin with, those that are long enough; words that return in them
    *("wachtwoord", "password", "passphrase", "wachtzin", "welkom", "welcome", "qwerty", "azerty", "geheim"),
    *("secret", "iloveyou", "letmein", "zomer", "winter", "herfst", "lente", "voorjaar", "januari", "draad"),
)
ROWS = (
    "1234567890123456789012345678901234567890",
    "qwertyuiopasdfghjklzxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
)


class TooShort(Refused):
    """Choose at least 12 characters. Four words of your own are easy to keep in mind."""


class TooLong(Refused):
    """Choose at most 200 characters."""


class IsTheUserName(Refused):
    """Your user name is in it: others know that name. Choose something else."""


class TooCommon(Refused):
    """Many people choose this one, so it is guessed first. Choose something else."""


class NotTheSame(Refused):
    """The two are not the same. Type it again."""


def check_passphrase(passphrase: str, again: str, user_name: str) -> None:
    """Refuse one that is easily guessed, or that was typed in two ways."""
    plain = "".join(c for c in passphrase.lower() if c.isalnum())
    if len(passphrase.strip()) < LEAST:
        raise TooShort("passphrase")
    if len(passphrase) > MOST:
        raise TooLong("passphrase")
    if user_name and user_name in passphrase.lower() and len(passphrase) < LEAST + len(user_name):
        raise IsTheUserName("passphrase")
    if is_common(plain):
        raise TooCommon("passphrase")
    if passphrase != again:
        raise NotTheSame("again")


def is_common(plain: str) -> bool:
    """Whether little is left of it besides a known word, a row of keys, or the same few characters."""
    if len(set(plain)) < FEW or any(plain in row or plain in row[::-1] for row in ROWS):
        return True
    rest = plain
    for word in COMMON:
        rest = rest.replace(word, "")
    return rest != plain and sum(not c.isdecimal() for c in rest) < FEW
