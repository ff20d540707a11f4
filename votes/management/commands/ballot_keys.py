"""manage.py ballot_keys: tend the server's own keys of secret polls, every few seconds, as a user
of its own (deploy/viche-keys.service)."""

from __future__ import annotations

import logging
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, close_old_connections

from core.state.runs import record_run
from sealing import opener
from votes.keepers import server_keys
from votes.models import Poll

logger = logging.getLogger(__name__)

_EVERY, _PROBED_EVERY = 10, 24 * 3600


class Command(BaseCommand):
    help = "Make, use, try and destroy the keys of secret polls whose key the server keeps"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="once, and try all keys")
        parser.add_argument(
            "--destroy",
            type=int,
            metavar="POLL",
            help="destroy the key of an opened poll: a dump from after its opening was read back "
            "and copied off this machine",
        )

    def handle(self, **options: Any) -> None:
        opener.harden()
        if options["destroy"]:
            how = {"opened_at__isnull": False, "keeping": Poll.Keeping.SERVER}
            opened = Poll.objects.filter(pk=options["destroy"], **how).first()
            if opened is None:
                raise CommandError("its boxes are not opened yet, or people keep its keys")
            if not server_keys.destroy(opened):
                raise CommandError(f"its key is not in {settings.BALLOT_KEYS_ROOT}")
            return
        probed = None
        while True:
            try:
                server_keys.tend()
                if probed is None or time.monotonic() - probed > _PROBED_EVERY:
                    server_keys.sweep()
                    lost, probed = server_keys.probe(), time.monotonic()
                    record_run("server_keys", is_ok=not lost)
                    if lost and options["once"]:
                        raise CommandError(f"keys that cannot be read: {lost}")
            except DatabaseError as error:
                if options["once"]:
                    raise
                logger.error("Keys of secret polls are not tended: %s", type(error).__name__)
            if options["once"]:
                return
            close_old_connections()
            time.sleep(_EVERY)
