"""`manage.py serve`: what a container and `make run` start."""

import os
import signal
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections
from django.urls import reverse

from embassy import preflight, startup


class Command(BaseCommand):
    """Bring the database up to date, then become the web server."""

    help = "Brings the database up to date and serves the site until it is stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address to listen at, and whether this is a trial."""
        parser.add_argument("--bind", default="127.0.0.1:8000", metavar="HOST:PORT", help="where to listen")
        trial = "fill an empty site, and make an account for each role"
        parser.add_argument("--trial", action="store_true", help=trial)

    def handle(self, *, bind: str, trial: bool, **_options: Any) -> None:
        """Check, migrate, say where the site is, and hand the process over."""
        # The first process of a container ignores SIGTERM unless it says otherwise; the server sets its own later.
        signal.signal(signal.SIGTERM, _stop)
        # Texts that are not yet public lie in the files made from here on: nothing for other users of the machine.
        os.umask(0o027)
        if problem := preflight.port_problem(bind):
            raise CommandError(problem)
        startup.check_data_folder()
        startup.check_catalogues()
        startup.check_database()
        try:
            password = startup.prepare(is_trial=trial)
            has_staff = startup.has_staff()
        except (OSError, DatabaseError) as error:
            if sentence := startup.explain(error):
                raise CommandError(sentence) from error
            raise
        connections.close_all()
        self._greet(bind, password, has_staff=has_staff)
        _become_server(bind)

    def _greet(self, bind: str, password: str, *, has_staff: bool) -> None:
        host, port = preflight.split_address(bind)
        # Nobody can visit "every address of this machine".
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
        self.stdout.write(f"Site:  http://{host}:{port}/")
        self.stdout.write(f"Admin: http://{host}:{port}{reverse('admin:index')}")
        if password:
            self.stdout.write(f"Sign in as {startup.TRIAL_ACCOUNT} with the password {password} (shown this once)")
            self.stdout.write(f"To try the roles, sign in as {', '.join(startup.TRIAL_ROLES)} with the same password")
        elif not has_staff:
            self.stdout.write(
                "Nobody can sign in yet; make the first account: "
                "docker exec -it CONTAINER python manage.py createsuperuser",
            )
        for code in startup.languages_without_words():
            self.stdout.write(f"LANGUAGES: no catalogue has words for {code}; its pages are in English.")
        self.stdout.flush()


def _stop(_number: int, _frame: object) -> NoReturn:
    sys.exit(128 + signal.SIGTERM)


def _become_server(bind: str) -> NoReturn:
    arguments = [
        f"--bind={bind}",
        # Threads: a slow reader holds one of them, not a whole process.
        "--worker-class=gthread",
        # A thousand Russian letters that somebody looks for are six thousand bytes of an address; the most it takes.
        "--limit-request-line=8190",
        f"--workers={settings.WEB_CONCURRENCY}",
        f"--threads={settings.WEB_THREADS}",
        "--graceful-timeout=30",
        # Longer than the usual idle time of a proxy, so that the proxy is the one that closes.
        "--keep-alive=65",
        # It would be one more file to write, and nobody talks to it.
        "--no-control-socket",
        f"--log-level={settings.LOG_LEVEL.lower()}",
        "--logger-class=embassy.serverlog.ServerLogger",
        # No access log: addresses can hold secrets (a preview link, a search), and the proxy in front keeps one.
        # --forwarded-allow-ips stays as it is: behind HTTPS=on Django reads X-Forwarded-Proto itself.
    ]
    if Path("/dev/shm").is_dir():  # noqa: S108  not a file of ours: where the server's heartbeat costs no disk access
        arguments.append("--worker-tmp-dir=/dev/shm")
    # The same process: a SIGTERM for it reaches the server, which lets the requests in flight finish.
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *arguments, "embassy.wsgi"])  # noqa: S606
