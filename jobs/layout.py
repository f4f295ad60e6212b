"""Pages laid out as a PDF in a process of its own: it takes long, and whoever follows the record goes on."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection

from projections.export.pdf import pdf

BLINK = 0.5  # seconds between two looks whether to go on
PR_SET_PDEATHSIG = 1


class NoPages(Exception):
    """The pages could not be laid out."""


def laid_out(html: str, files: dict[str, bytes], go_on: Callable[[], None]) -> bytes:
    """The PDF with these files in it. `go_on` is asked now and then, and may end it by raising. NoPages."""
    fresh = multiprocessing.get_context("spawn")  # a fork would share our connections
    ours, theirs = fresh.Pipe(duplex=False)
    child = fresh.Process(target=_lay_out, args=(html, files, theirs, os.getpid()), daemon=True)
    child.start()
    theirs.close()
    try:
        while not ours.poll(BLINK):
            go_on()
        made: bytes | str = ours.recv()
    except EOFError:
        made = "ended"  # it was killed, or there was no memory
    finally:
        child.kill()
        child.join()
        ours.close()
    if isinstance(made, str):
        raise NoPages(made)
    return made


def _lay_out(html: str, files: dict[str, bytes], out: Connection, parent: int) -> None:
    """In the child, which goes when its parent goes. What went wrong is told by its kind only."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches who asked, who ends us
    if os.getppid() != parent:  # died in between
        return
    try:
        out.send(pdf(html, files))
    except Exception as error:  # noqa: BLE001 - whatever it was, who asked hears of it
        out.send(type(error).__name__)
