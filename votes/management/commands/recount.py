"""`manage.py recount POLL`: count a published poll again and compare."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.web.converters import BIGGEST
from votes.models import Poll
from votes.results import recounting


class Command(BaseCommand):
    help = (
        "Count a poll again from its stored ballots and compare with what was published. "
        "Ends with 0 if they agree, with 1 if not or if nothing was published."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("poll", type=int, help="its number, as in /polls/12/")

    def handle(self, *args: Any, **options: Any) -> None:
        number = options["poll"]
        found = Poll.objects.with_results().select_related("result")
        poll = found.filter(pk=number).first() if 0 < number <= BIGGEST else None
        if poll is None:
            raise CommandError(f"Poll {number} has no published result.")
        wrong = recounting.differences(poll)
        if wrong:
            lines = "\n".join(f"  {line}" for line in wrong)
            raise CommandError(
                f"Poll {number} differs (what: as published, as counted now):\n{lines}"
            )
        ballots = poll.result.counted["ballots"]
        self.stdout.write(
            f"Poll {number}: {ballots} ballots counted again, the result is the same."
        )
