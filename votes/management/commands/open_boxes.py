"""manage.py open_boxes POLL --by USER: open the boxes of a secret poll with a keeper's file, read
from the standard input. A page starts it (sealing/opener.py); whoever runs the server can
too."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core.domain.rules import Refused
from sealing import opener
from sealing.key_files import LONGEST, key_in
from votes.models import Poll
from votes.opening import actions


class Command(BaseCommand):
    help = "Open the ballots of a secret poll: manage.py open_boxes 7 < file-of-a-keeper"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("poll", type=int)
        parser.add_argument("--by", type=int, default=None, help="the id of who brought the file")

    def handle(self, **options: Any) -> str:
        opener.harden()
        try:
            key = key_in(sys.stdin.buffer.read(LONGEST + 1))
        except ValueError:
            return "bad_file"
        try:
            actions.open_boxes(Poll.objects.get(pk=options["poll"]), key, by_id=options["by"])
        except Refused as refusal:
            return refusal.verdict.code
        return "opened"
