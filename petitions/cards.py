"""Cards of petitions: which of a page's petitions a reader has signed (accounts.for_whom)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy

from accounts.for_whom import DONE, ForReader, Marking
from petitions.signing import queries

if TYPE_CHECKING:
    from accounts.eligibility import Eligibility
    from accounts.models import User
    from petitions.presenters import ListedPetition

_SIGNED = ForReader(DONE, gettext_lazy("You have signed."))


@dataclass(frozen=True, slots=True)
class PetitionCards:
    """The petitions of one page, by their ids. As accounts.for_whom.Cards. Who may sign is the same
    of all, so of what somebody has not signed nothing is said."""

    kind: ClassVar[str] = "petition"
    ids: tuple[int, ...]

    @classmethod
    def of(cls, shown: Iterable[ListedPetition]) -> PetitionCards:
        """Cards of the petitions on a page."""
        return cls(tuple(each.petition.pk for each in shown))

    @property
    def asks(self) -> bool:
        return False

    def marking(self, user: User) -> list[Marking]:
        return queries.marking(user, self.ids)

    def told(
        self, user: User, marks: Mapping[int, int], known: Eligibility, back: str
    ) -> dict[int, ForReader]:
        return dict.fromkeys(queries.signed_among(user, marks), _SIGNED)
