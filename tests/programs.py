"""Starting the project as operators do: as a program of its own, with an environment of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from embassy.environment import SETTINGS

ROOT = Path(__file__).resolve().parent.parent


def environment(**chosen: str) -> dict[str, str]:
    """Return this shell's environment without any setting of the project, then what is chosen."""
    names = {setting.name for setting in SETTINGS} | {"DJANGO_SETTINGS_MODULE"}
    return {name: value for name, value in os.environ.items() if name not in names} | chosen


def manage(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py to its end."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(**settings), capture_output=True, text=True, check=False)


def free_port() -> int:
    """Return a port that nobody listens at now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


class Server:
    """`manage.py serve` on a free port, its output in a file; stopped at the end of the `with` block."""

    def __init__(self, output: Path, *arguments: str, settings: Mapping[str, str]) -> None:
        self.address = f"http://127.0.0.1:{(port := free_port())}"
        self._output = output
        with output.open("w") as file:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve", f"--bind=127.0.0.1:{port}", *arguments],
                cwd=ROOT,
                env=environment(**settings),
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # a group of its own, so that `kill` ends its workers too, and nothing else
            )

    @property
    def output(self) -> str:
        return self._output.read_text()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self.process.poll() is None:
            self.kill()

    def wait(self, path: str = "/healthz", seconds: int = 60) -> str:
        """Return the page, asked for until it comes; raises AssertionError with the output where it never does."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with urllib.request.urlopen(self.address + path, timeout=5) as answer:
                    return str(answer.read().decode())
            except OSError:
                time.sleep(0.1)
        raise AssertionError(self.output)

    def kill(self) -> None:
        """End it and its workers at once, whatever they are doing: what a power cut does to a program."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """Ask it to stop, as a container engine does, and return its exit status."""
        self.process.terminate()
        return self.process.wait(30)
