"""`viche release`: which version is installed, and whether the running server is that one."""

from __future__ import annotations

import json
import os
import time
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from core.db.unapplied import count_unapplied


class Command(BaseCommand):
    help = "Prints the installed version and the state of the database's tables."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--running",
            type=int,
            metavar="SECONDS",
            help="wait so long at most until the server on this machine answers with this version",
        )

    def handle(self, *args: Any, running: int | None, **options: Any) -> None:
        self.stdout.write(f"Viche {settings.VERSION}")
        try:
            missing = count_unapplied()
        except DatabaseError as error:
            raise CommandError(f"The database does not answer: {error}".splitlines()[0]) from None
        self.stdout.write(
            f"Database: {missing} migrations are missing: run bin/serve --prepare."
            if missing
            else "Database: all migrations are applied."
        )
        if running is not None:
            self.stdout.write(f"Server: {_await_server(running)} is running.")


def _await_server(seconds: int) -> str:
    """The version that the server on this machine answers with. Raises CommandError."""
    port = int(os.environ.get("PORT", "8000"))
    deadline = time.monotonic() + seconds
    while True:
        try:
            version = _ask_version(port)
        except (OSError, HTTPException, ValueError) as error:
            said = f"The server does not answer at 127.0.0.1:{port}: {error}."
        else:
            if version == settings.VERSION:
                return version
            said = f"The server runs {version}, installed is {settings.VERSION}."
        if time.monotonic() >= deadline:
            raise CommandError(said)
        time.sleep(0.5)


def _ask_version(port: int) -> str:
    """Version by /healthz on this machine. Raises OSError, HTTPException or ValueError."""
    server = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        server.request("GET", "/healthz", headers={"Host": urlsplit(settings.SITE_URL).netloc})
        answer = server.getresponse()
        if answer.status != 200:
            raise ValueError(f"it answers {answer.status}")
        return str(json.load(answer).get("version", "an unknown version"))
    finally:
        server.close()
