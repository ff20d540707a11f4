"""Presenters of secret ballots on paper: figures alone, never who chose what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import MeetingDocument, PaperBallot, SecretMatter
from meetings.paper_ballots import arithmetic

#: The figures of a protocol in the order in which they are read out.
LABELS: dict[str, str | Promise] = {
    "issued": gettext_lazy("Ballots issued"),
    "in_box": gettext_lazy("Ballots in the box"),
    "not_returned": gettext_lazy("Not put into the box"),
    "valid": gettext_lazy("Valid ballots"),
    "spoiled": gettext_lazy("Spoiled ballots"),
}
#: What a decision is chosen from.
CHOICES: dict[str, str | Promise] = {
    PaperBallot.FOR: gettext_lazy("For"),
    PaperBallot.AGAINST: gettext_lazy("Against"),
}
#: That a phone's poll is no secret vote.
ADVISORY = gettext_lazy(
    "The council votes secretly by ballots of paper alone. A poll on telephones beside it is "
    "advisory and decides nothing."
)


def name_of(ballot: PaperBallot, place: int) -> str:
    """The option in that place, in words."""
    option = ballot.options[place]
    return str(CHOICES[option]) if ballot.kind == PaperBallot.Kind.DECISION else option


@dataclass(frozen=True, slots=True)
class ShownBallot:
    """A ballot of ``reading.counted`` as everybody reads it: figures once it is published."""

    ballot: PaperBallot
    receipts: int

    @classmethod
    def of(cls, row: Any) -> ShownBallot:
        return cls(row, row.receipts_number)

    @property
    def pk(self) -> int:
        return self.ballot.pk

    @property
    def matter(self) -> str | Promise:
        return SecretMatter(self.ballot.matter).label

    @property
    def article(self) -> str:
        return SecretMatter(self.ballot.matter).article

    @property
    def is_published(self) -> bool:
        return self.ballot.published_at is not None

    @property
    def is_given_out(self) -> bool:
        """Whether members still receive ballots."""
        return self.ballot.sealed_at is None and self.ballot.cancelled_at is None

    @property
    def state(self) -> str:
        """The ballot's state, in a sentence."""
        ballot = self.ballot
        if ballot.cancelled_at:
            return _("This ballot was annulled: %(reason)s") % {"reason": ballot.cancelled_reason}
        if ballot.published_at:
            return self.verdict
        if ballot.counted_at:
            return _("The commission has counted it; the result is published with its protocol.")
        if ballot.sealed_at:
            return _("The box is opened, the counting commission counts.")
        facts = {"receipts": self.receipts, "membership": ballot.membership}
        return _("Ballots are being given out: %(receipts)d of %(membership)d.") % facts

    @property
    def state_kind(self) -> str:
        """The look of its state (components/status_tag.html)."""
        if self.ballot.cancelled_at:
            return "stop"
        if self.is_published:
            return "done" if self.is_carried else "stop"
        return "live"

    @property
    def is_carried(self) -> bool:
        protocol = self.ballot.protocol
        return protocol is not None and arithmetic.is_carried(self.ballot, protocol.votes)

    @property
    def verdict(self) -> str:
        """The ballot's result; "" until it is published."""
        ballot, protocol = self.ballot, self.ballot.protocol
        if protocol is None or not self.is_published:
            return ""
        place = arithmetic.chosen_option(ballot, protocol.votes)
        if ballot.kind == PaperBallot.Kind.DECISION:
            return (
                _("The decision is adopted")
                if self.is_carried
                else _("The decision is not adopted")
            )
        if place is None:
            return _("Nobody is elected")
        return _("Elected: %(name)s") % {"name": ballot.options[place]}

    @property
    def arithmetic(self) -> str:
        """Number of votes needed, in words."""
        facts = {
            "needed": arithmetic.votes_needed(self.ballot),
            "membership": self.ballot.membership,
        }
        return (
            _(
                "Needed: at least %(needed)d votes, more than half of the total membership of "
                "%(membership)d."
            )
            % facts
        )

    @property
    def rows(self) -> list[tuple[str, int]]:
        """Each option with its votes; [] until it is published."""
        protocol = self.ballot.protocol
        if protocol is None or not self.is_published:
            return []
        return [(name_of(self.ballot, at), number) for at, number in enumerate(protocol.votes)]

    @property
    def figures(self) -> list[tuple[str | Promise, int]]:
        """The figures of the protocol; [] until it is published."""
        protocol = self.ballot.protocol
        if protocol is None or not self.is_published:
            return []
        return [(label, getattr(protocol, name)) for name, label in LABELS.items()]

    @property
    def scan(self) -> MeetingDocument | None:
        """The signed protocol, while it is there to download."""
        found = self.ballot.scan
        return found if found is not None and found.removed_at is None else None


def differences(ballot: PaperBallot, entries: list[Any]) -> list[tuple[str, list[int]]]:
    """Differences between the members' entries: the figure, and the values in the order of the
    entries.
    """
    said = [arithmetic.Figures.of(entry) for entry in entries]
    if len(said) < 2 or ballot.counted_at is not None:
        return []
    differing = {key for other in said[1:] for key, _one, _two in said[0].differences(other)}
    named = [
        (str(label), [getattr(each, name) for each in said])
        for name, label in LABELS.items()
        if name in differing
    ]
    placed = [
        (name_of(ballot, at), [each.votes[at] for each in said])
        for at in range(len(ballot.options))
        if at in differing
    ]
    return named + placed
