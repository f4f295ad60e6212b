"""How far long work is, for whoever waits for it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from tqdm import tqdm


class Bar:
    """A progress bar on a terminal, and a line now and then elsewhere."""

    def __init__(self, what: str) -> None:
        self._bar: tqdm[Any] = tqdm(
            desc=what, unit="", leave=False, mininterval=0.2 if sys.stderr.isatty() else 10
        )

    def __enter__(self) -> Callable[..., None]:
        return self._show

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def _show(self, done: int, of: int, what: str = "") -> None:
        if what and what != self._bar.desc.removesuffix(": "):
            self._bar.reset(of)
            self._bar.set_description(what)
        self._bar.total = of
        self._bar.update(done - self._bar.n)
