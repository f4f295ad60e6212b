"""How a page with thousands of small parts is made at the cost of a few: what is the same is found once."""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from types import FunctionType
from typing import Any

from babel.support import NullTranslations
from flask import Flask, g
from flask.templating import Environment
from flask_babel import Babel, Domain
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

INDENTED = re.compile(r"\n +")


class Straight(Context):
    """Calls what a template calls. Jinja looks four times first whether it also wants the template's context:
    on a long plan that took a tenth of the time. What does is still called Jinja's way.
    """

    def call(self, called: Callable[..., Any], /, *args: Any, **facts: Any) -> Any:
        if type(called) is Macro:
            args = (self.eval_ctx, *args)  # the one thing that a macro wants
        elif type(called) is not FunctionType or hasattr(called, "jinja_pass_arg"):
            return super().call(called, *args, **facts)
        facts.pop("_block_vars", None)  # Jinja's own, for what wants the context
        facts.pop("_loop_vars", None)
        return called(*args, **facts)


class Flat(Environment):
    """Templates without depth, in what they know and in what they write."""

    context_class = Straight

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """In one dictionary. Jinja's chain of two is walked through for every part that is included: on a
        long timeline that took most of the time.
        """
        return {**self.globals, **(d or {})}

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        """Indentation is for who reads the template: it would be a quarter of a page."""
        return INDENTED.sub("\n", super().preprocess(source, name, filename))


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
