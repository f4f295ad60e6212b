"""Start an installed Draad in an empty home, read its first page, and stop it as a person would: Ctrl-C."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.request
from http import HTTPStatus
from pathlib import Path

START, STOP, READ = 90, 30, 20  # seconds; a slow machine, not a target


def free_port() -> int:
    """A port on loopback that nobody uses."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def wait_until_ready(demo: subprocess.Popen[str]) -> bool:
    """Read on until the line that says so; the demo is stopped when it takes too long."""
    if demo.stdout is None:
        return False
    late = threading.Timer(START, demo.send_signal, [signal.SIGINT])
    late.start()
    try:
        for line in demo.stdout:
            print(line, end="")
            if line.startswith("ready"):
                return True
    finally:
        late.cancel()
    return False


def first_page(draad: str, home: str) -> str:
    """What is wrong, or an empty string."""
    port = free_port()
    command = [draad, "demo", "--home", home, "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as demo:
        try:
            if not wait_until_ready(demo):
                return "`draad demo` did not say `ready`."
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=READ) as page:
                if page.status != HTTPStatus.OK:
                    return f"/sign-in answered {page.status}."
            demo.send_signal(signal.SIGINT)
            return "" if demo.wait(STOP) == 0 else f"Stopped by Ctrl-C, it ended with {demo.returncode}."
        finally:
            demo.kill()


def main() -> int:
    """0 when the first page came and Draad went away cleanly."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        wrong = first_page(str(Path(sys.argv[1]).absolute()), home)
    print(wrong or "The first page came, and Draad stopped cleanly.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
