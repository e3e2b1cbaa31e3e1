"""What can be told before any slow work: `make` runs this file with the system's own Python, before a package is there.

Keep it free of other modules and of syntax newer than Python 3.0: an old Python must reach its sentence.
"""

import errno
import os
import shutil
import socket
import sys

OLDEST = (3, 11)
ENOUGH_MEGABYTES = 400


def python_problem() -> str:
    """Return what keeps this Python from making a virtual environment, or nothing."""
    if sys.version_info < OLDEST:
        return (
            "Embassy needs Python 3.11 or newer; this is %d.%d. Name another: make run PYTHON=python3.12"
            % (sys.version_info[:2])
        )
    try:
        import ensurepip  # Debian ships Python without it
        import venv
    except ImportError:
        return "This Python cannot make virtual environments; on Debian and Ubuntu: apt-get install python3-venv"
    return ""


def disk_problem(folder: str) -> str:
    """Return that the folder's disk has too little room for the packages, or nothing."""
    free = shutil.disk_usage(folder).free // 1000000
    if free < ENOUGH_MEGABYTES:
        return "Installing takes %d MB, and %s has %d MB free: make room and try again." % (
            ENOUGH_MEGABYTES,
            folder,
            free,
        )
    return ""


def split_address(address: str) -> "tuple[str, int]":
    """Return host and port of `host:port` or `[host]:port`; raises ValueError for anything else."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or not 1 <= int(port) <= 65535:
        raise ValueError("%r is no address such as 127.0.0.1:8000 or [::1]:8000." % address)
    return host.strip("[]"), int(port)


def port_problem(address: str) -> str:
    """Return what keeps a server from listening at `host:port`, or nothing."""
    try:
        host, port = split_address(address)
    except ValueError as error:
        return str(error)
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        # As the server does: a port that only waits for its last connections to close counts as free.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return "Port %d is in use: stop the other program, or choose another port (make run PORT=8001)." % port
        return "Cannot listen at %s: %s." % (address, error.strerror or error)
    except (UnicodeError, TypeError):
        return "Cannot listen at %r: that is no host name." % address
    finally:
        listener.close()
    return ""


def main() -> None:
    """Stop with a sentence where `make` could not go on: arguments `python`, `disk`, or an address to listen at."""
    for argument in sys.argv[1:]:
        if argument == "python":
            problem = python_problem()
        elif argument == "disk":
            problem = disk_problem(os.getcwd())
        else:
            problem = port_problem(argument)
        if problem:
            sys.exit(problem)


if __name__ == "__main__":
    main()
