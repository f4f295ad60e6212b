"""How a page speaks to its reader: `jij` or `u` to a client, and about the client to who speaks for them."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask_babel import pgettext
from markupsafe import Markup, escape

from domain.nouns import Client

You = Callable[..., Markup]
FOR = "for the client"  # the context of texts for who represents


def spoken_to(client: Client, *, represents: bool = False) -> You:
    """Says a text the way this reader is spoken to; values that are already markup stay so."""
    context = FOR if represents else str(client.address)
    called = first_name(client.known_as)

    def you(text: str, **values: object) -> Markup:
        said = escape(pgettext(context, text))
        return said % {"client": called, **values}

    return you


def with_you(names: str, client: Client, you: str) -> str:
    """A line of names; for that of the client, how they are spoken to."""
    own = "|".join(re.escape(name) for name in (client.name, client.called) if name)
    return re.sub(rf"\b(?:{own})\b(?!['’-])", you, names) if own else names


def first_name(name: str) -> str:
    """What somebody is called by who knows them."""
    return next(iter(name.split()), "")
