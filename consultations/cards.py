"""Cards of consultations: who may take part, and what a reader has said or lacks
(accounts.for_whom)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext

from accounts.eligibility import Eligibility
from accounts.for_whom import DONE, ForReader, Marking, lacks
from consultations.models import Procedure, Remark, State
from discussions import voices
from discussions.models import Comment

if TYPE_CHECKING:
    from accounts.models import User
    from consultations.models import Consultation
    from consultations.presenters import ListedConsultation

_KINDS = Procedure.Participants
_FOR: dict[str, str | Promise] = {
    _KINDS.RESIDENTS: gettext_lazy("for residents of the community"),
    _KINDS.VERIFIED: gettext_lazy("for people whose identity is confirmed"),
    _KINDS.VERIFIED_RESIDENTS: gettext_lazy("for confirmed residents"),
    _KINDS.BUSINESSES: gettext_lazy("for everybody, businesses above all"),
    _KINDS.ORGANISATIONS: gettext_lazy("for organisations"),
}


@dataclass(frozen=True, slots=True)
class ConsultationCards:
    """The open consultations of one page: (id, who takes part, age). As accounts.for_whom.Cards."""

    kind: ClassVar[str] = "consultation"
    consultations: tuple[tuple[int, str, int], ...]

    @classmethod
    def of(cls, shown: Iterable[ListedConsultation]) -> ConsultationCards:
        """Cards of the open consultations on a page."""
        of_open = [each.consultation for each in shown if each.state == State.OPEN]
        procedures = [(each.pk, each.procedure) for each in of_open]
        return cls(tuple((pk, rules.participants, rules.min_age) for pk, rules in procedures))

    @property
    def asks(self) -> bool:
        easy = (_KINDS.ANYONE, _KINDS.BUSINESSES)
        return any(who not in easy for _pk, who, _age in self.consultations)

    def marking(self, user: User) -> list[Marking]:
        ids = [pk for pk, _who, _age in self.consultations]
        return [(_SAID, [user.pk, ids])] if ids else []

    def told(
        self, user: User, marks: Mapping[int, int], known: Eligibility, back: str
    ) -> dict[int, ForReader]:
        """The card's text; nothing for a consultation in which they may speak and have not."""
        if any(who == _KINDS.ORGANISATIONS for _pk, who, _age in self.consultations):
            held = voices.organisations_of(user)
            known = replace(known, speaks_for=held[0].pk if held else None)
        told = {}
        for pk, who, age in self.consultations:
            asked = Procedure.requirement_of(who, age)
            reader = _spoken_card(marks[pk]) if pk in marks else lacks(known, asked, back)
            if reader:
                told[pk] = reader
        return told


def for_whom(consultation: Consultation) -> str:
    """People who may take part, in a few words; "" where it is everybody."""
    return str(_FOR.get(consultation.procedure.participants, ""))


def _spoken_card(number: int) -> ForReader:
    words = ngettext(
        "You have spoken: %(number)d remark.", "You have spoken: %(number)d remarks.", number
    )
    return ForReader(DONE, words % {"number": number})


#: In which consultations a person has spoken, and how often.
_SAID = f"""
SELECT remark.consultation_id, count(*)
FROM {Remark._meta.db_table} remark
JOIN {Comment._meta.db_table} comment ON comment.id = remark.comment_id
WHERE comment.author_id = %s AND comment.deleted_at IS NULL AND remark.consultation_id = ANY(%s)
GROUP BY remark.consultation_id
"""  # noqa: S608 - names of tables
