import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from embassy import preflight
from tests.programs import ROOT, free_port


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "embassy/preflight.py", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_nothing_is_said_where_all_is_well():
    ended = run("python", "disk", f"127.0.0.1:{free_port()}")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_a_busy_port_is_refused_with_one_sentence():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        ended = run(f"127.0.0.1:{port}")
    sentence = f"Port {port} is in use: stop the other program, or choose another port (make run PORT=8001).\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", sentence)


def test_an_old_python_is_refused_with_one_sentence(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 1))
    assert preflight.python_problem() == (
        "Embassy needs Python 3.11 or newer; this is 3.9. Name another: make run PYTHON=python3.12"
    )


def test_a_python_without_environments_is_refused_with_one_sentence(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    assert preflight.python_problem() == (
        "This Python cannot make virtual environments; on Debian and Ubuntu: apt-get install python3-venv"
    )


def test_a_small_disk_is_refused_with_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(preflight, "ENOUGH_MEGABYTES", 10**12)
    sentence = f"Installing takes {10**12} MB, and {tmp_path} has "
    assert preflight.disk_problem(str(tmp_path)).startswith(sentence)


@pytest.mark.parametrize(
    ("address", "parts"),
    [("127.0.0.1:8000", ("127.0.0.1", 8000)), ("[::1]:80", ("::1", 80)), ("localhost:65535", ("localhost", 65535))],
)
def test_an_address_is_taken_apart(address: str, parts: tuple[str, int]):
    assert preflight.split_address(address) == parts


@pytest.mark.parametrize("address", ["8000", ":8000", "127.0.0.1:", "127.0.0.1:0", "a:65536", "a:-1", "a:²", "a: 1"])
def test_what_is_no_address_is_refused(address: str):
    with pytest.raises(ValueError, match=re.escape(f"{address!r} is no address such as 127.0.0.1:8000")):
        preflight.split_address(address)


@pytest.mark.parametrize("address", ["no.such.host.invalid:80", f"{'x' * 70}.é:80", "192.0.2.1:80"])
def test_a_host_that_is_not_ours_is_refused_with_a_sentence(address: str):
    assert preflight.port_problem(address).startswith("Cannot listen at ")
