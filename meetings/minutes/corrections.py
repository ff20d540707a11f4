"""Published minutes whose verdict is not that of the vote that decided.

Until 0.6 «DECIDED» took the last vote on an item, whatever it was about: a break, a return for
revision. An edition never changes; what is wrong in it is put right by another edition.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from meetings.minutes.queries import Gathered, edition_to_read, gather
from meetings.models import Item, Meeting, Minutes, MinutesEdition


@dataclass(frozen=True, slots=True)
class WrongVerdict:
    """An item of published minutes: what they say of it, and how the vote that decided it ended.
    True: adopted; None: nothing was decided by a vote."""

    edition: MinutesEdition
    item: Item
    says: bool
    voted: bool | None


def wrong_verdicts(gathered: Gathered, edition: MinutesEdition) -> list[WrongVerdict]:
    """The items of whose verdict an edition says something else than the votes."""
    with translation.override(settings.LANGUAGE_CODE):
        said = dict(_edition_verdicts(edition))
        found = []
        for each in gathered.considered:
            says = said.get(f"{each.item.order}. {each.item.title}")
            voted = each.decided_by.result.is_carried if each.decided_by else None
            if says is not None and says != voted:
                found.append(WrongVerdict(edition, each.item, says, voted))
        return found


def find_wrong_editions() -> Iterator[WrongVerdict]:
    """Check the newest editions of all meetings, in their order. For ``manage.py
    check_minutes``.
    """
    rows = Meeting.objects.filter(minutes_edition__isnull=False).select_related("body")
    for meeting in rows.order_by("pk").iterator():
        edition = edition_to_read(meeting)
        minutes = Minutes.objects.filter(pk=meeting.pk).first() or Minutes(meeting=meeting)
        if edition is not None:
            yield from wrong_verdicts(gather(meeting, minutes), edition)


def _edition_verdicts(edition: MinutesEdition) -> Iterator[tuple[str, bool]]:
    """By the heading of the item, whether an edition says that it was adopted."""
    decided = ["strong", _("DECIDED:")]
    adopted, rejected = _("The decision is adopted"), _("The decision is not adopted")
    heading = ""
    for block in edition.content:
        heading = block.get("heading", heading)
        pieces = block.get("paragraph", ())
        if pieces and list(pieces[0]) == decided:
            words = "".join(piece for piece in pieces[1:] if isinstance(piece, str))
            if adopted in words or rejected in words:
                yield heading, rejected not in words
