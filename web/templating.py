"""How a page with thousands of small parts is made at the cost of a few: what is the same is found once."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from babel.support import NullTranslations
from flask import Flask, g
from flask.templating import Environment
from flask_babel import Babel, Domain
from markupsafe import Markup, escape


class Flat(Environment):
    """What every template knows lies in one dictionary. Jinja's chain of two is walked through for every part
    that is included: on a long timeline that took most of the time.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


class Texts(Domain):  # type: ignore[misc]  # it has no types
    """Finds the texts of the reader's language once a request, instead of at every text."""

    def get_translations(self) -> NullTranslations:
        try:
            return g.texts  # type: ignore[no-any-return]  # kept by us
        except AttributeError:
            g.texts = super().get_translations()
            return g.texts  # type: ignore[no-any-return]
        except RuntimeError:  # no request
            return super().get_translations()  # type: ignore[no-any-return]


TEXTS = Texts()


def text(msgid: str, /, **facts: object) -> Markup:
    """A sentence in the reader's language; the facts in it are escaped."""
    said = TEXTS.get_translations().ugettext(msgid)
    if facts or "%" in said:  # Markup % facts does the same, and takes three times as long
        said %= {
            name: fact if isinstance(fact, int | float) else escape(fact) for name, fact in facts.items()
        }
    return Markup(said)  # noqa: S704  # ours


def teach(app: Flask, babel: Babel) -> None:
    """Templates say `_("…")` this way; the library's way goes through Jinja three times."""
    babel.domain_instance = TEXTS
    app.jinja_env.globals.update(_=text, gettext=text)
