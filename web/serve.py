"""How the pages are served: gunicorn, two processes with threads."""

from __future__ import annotations

import gc
import sys
from threading import Thread
from typing import Any

from gunicorn.config import KNOWN_SETTINGS
from jinja2 import Environment


def command(host: str = "127.0.0.1", port: int = 8000, *, workers: int = 2, threads: int = 8) -> list[str]:
    """The command to run; DRAAD_HOME and the other settings come from the environment.

    Never --preload: a connection made before the fork would be shared by two processes.
    """
    return [
        *(sys.executable, "-m", "gunicorn", "web.serve:application()"),
        *("--bind", f"{host}:{port}"),
        *("--workers", str(workers)),
        *("--worker-class", "gthread", "--threads", str(threads)),
        *_without_control_socket(),
    ]


def application() -> Any:
    """The pages, in one process. What is there from the start is never garbage: looking through it, now and
    then in the middle of a page, took longer than the page.
    """
    from web.app import create_app  # noqa: PLC0415 - the command alone needs no pages

    app = create_app()
    gc.collect()
    gc.freeze()
    Thread(target=compile_all, args=(app.jinja_env,), daemon=True).start()
    return app


def compile_all(templates: Environment) -> None:
    """Before somebody asks for them: the first page of each kind took one or two seconds after a start."""
    for name in templates.list_templates():
        templates.get_template(name)


def _without_control_socket() -> list[str]:
    """It would be a way in beside the pages."""
    flags = {flag for setting in KNOWN_SETTINGS for flag in setting.cli or ()}
    return ["--no-control-socket"] if "--no-control-socket" in flags else []
