"""Names published minutes whose verdict is not that of the vote that decided."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from meetings.minutes.corrections import find_wrong_editions


class Command(BaseCommand):
    help = (
        "Names published minutes that say of an item something else than the vote that decided it. "
        "Publish another edition of each at the desk, with the reason."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        number = 0
        for wrong in find_wrong_editions():
            number += 1
            said = "adopted" if wrong.says else "not adopted"
            voted = {True: "adopted", False: "not adopted", None: "nothing"}[wrong.voted]
            self.stdout.write(
                f"meeting {wrong.edition.meeting_id}, edition {wrong.edition.number}, "
                f"item {wrong.item.order}: the minutes say {said}, the vote {voted}"
            )
        self.stdout.write(f"{number} wrong" if number else "none is wrong")
