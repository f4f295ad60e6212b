"""Build hook: the texts of the screens (.po, in git) become what the program reads (.mo, not in git)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Texts(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's own type parameter is of no use here
    """Runs before the sdist, the wheel and an editable install alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        for po in sorted(Path(self.root).glob("web/translations/*/LC_MESSAGES/*.po")):
            with po.open("rb") as texts, po.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(texts, locale=po.parts[-3]))
