"""`manage.py play_meeting`: a session of the demo city's council, played while people watch it."""

from __future__ import annotations

from time import monotonic, sleep
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import override

from demo import meetings_play
from meetings.models import Body, Meeting, RollCall
from meetings.rollcalls.majority import result_of

#: Seconds of the meeting that pass in one, at pace 1: about fifteen minutes in three. Results stand
#: for eight seconds then (demo.meetings_play.READ).
SPEED = 5
#: Whatever happens, it waits no longer than this, at pace 1.
LONGEST_SECONDS = 300


class Command(BaseCommand):
    help = (
        "Plays about fifteen minutes of a session of the demo city's council in three: deputies "
        "come, people ask and speak, deputies vote by name. Ends by itself; Ctrl-C closes it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--pace",
            type=float,
            default=1,
            help="2: twice as fast; 0.5: half as fast; 1 if not given",
        )
        parser.add_argument("--fast", action="store_true", help="do not wait between the steps")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(_("Only the demo city has a meeting to play: this is no demo."))
        if not Body.objects.filter(kind=Body.Kind.COUNCIL).exists():
            raise CommandError(_("The demo city is not loaded."))
        pace = options["pace"]
        if not 0.1 <= pace <= 10:
            raise CommandError(_("The pace is a number from 0.1 to 10."))
        until = monotonic() + LONGEST_SECONDS / pace

        def wait(seconds: float) -> None:
            left = until - monotonic()
            sleep(0 if options["fast"] else max(0, min(seconds / SPEED / pace, left)))

        with override(settings.LANGUAGE_CODE):
            meeting = meetings_play.announce()
            self.stdout.write(
                _("The meeting begins: %(url)s") % {"url": meeting.get_absolute_url()}
            )
            try:
                meeting = meetings_play.play(meeting, wait)
            except KeyboardInterrupt:
                meetings_play.end(meeting)
                self.stdout.write(_("Broken off: the meeting is closed."))
                return
            for line in _results(meeting):
                self.stdout.write(line)
            self.stdout.write(_("The meeting is over."))


def _results(meeting: Meeting) -> list[str]:
    """Result of each roll-call."""
    said = _("%(question)s: for %(for_)d of %(membership)d, %(needed)d needed")
    lines = []
    rows = RollCall.objects.filter(item__meeting=meeting).order_by("pk")
    for roll_call in rows.prefetch_related("votes"):
        result = result_of(roll_call, [vote.choice for vote in roll_call.votes.all()])
        lines.append(
            said
            % {
                "question": roll_call.question,
                "for_": result.for_,
                "membership": result.membership,
                "needed": result.needed,
            }
        )
    return lines
