"""Audiences: groups of people who get the same mail, as queries by the ids of the mail.

They are read when the mails are queued, a batch a time, and again when each is sent: who has left
the audience meanwhile gets none.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from consultations.models import Consultation, Remark, WaitingRemark
from core.domain import clock
from core.domain.calendar import local_date
from discussions.models import Comment, Reaction
from meetings.models import Question, Registration
from newsroom.models import Accreditation, PressAttendance
from notifications.activities.followers import Followers
from notifications.models import Sent
from notifications.sending.recipients import Recipient, load_account, load_participant
from notifications.sending.unsubscribing import unsubscribed_users
from organisations.models import Mandate, MandatePower
from petitions.models import Signature
from petitions.signing import audiences
from votes.models import Invitation, State

type Ids = Mapping[str, int]


class Audience(Protocol):
    """Its members have ids of their own: of accounts, signatures or lines of a list."""

    def next_members(self, ids: Ids, *, after: int, most: int) -> list[int]:
        """The lowest ids of members above ``after``, ascending, at most so many."""

    def load_recipient(self, ids: Ids, member_id: int) -> Recipient | None:
        """The member of that id; None when they are not to be written to now."""


class People(ABC):
    """Members who are known by the ids of their accounts, as ``select`` finds them: querysets, and
    the column of each that holds the id."""

    @abstractmethod
    def select(self, ids: Ids) -> list[tuple[QuerySet[Any], str]]:
        """The rows that make somebody a member, of active accounts alone."""

    def next_members(self, ids: Ids, *, after: int, most: int) -> list[int]:
        members: set[int] = set()
        for rows, column in self.select(ids):
            ascending = rows.filter(**{f"{column}__gt": after}).order_by(column)
            members.update(ascending.values_list(column, flat=True).distinct()[:most])
        return sorted(members)[:most]

    def load_recipient(self, ids: Ids, member_id: int) -> Recipient | None:
        for rows, column in self.select(ids):
            if rows.filter(**{column: member_id}).exists():
                return self._load(ids, member_id)
        return None

    def _load(self, ids: Ids, member_id: int) -> Recipient | None:
        return load_account(member_id)


class Participants(People):
    """Those who took part in a consultation, also those whose remark waits for its organisation."""

    def select(self, ids: Ids) -> list[tuple[QuerySet[Any], str]]:
        consultation_id = ids["consultation_id"]
        thread_id = Consultation.objects.values_list("thread_id", flat=True).get(pk=consultation_id)
        published = Comment.objects.filter(thread_id=thread_id, deleted_at=None)
        waiting = WaitingRemark.objects.filter(consultation=consultation_id)
        return [
            (
                written.filter(author__is_active=True).exclude(
                    author__in=unsubscribed_users(consultation_id)
                ),
                "author_id",
            )
            for written in (published, waiting)
        ]

    def _load(self, ids: Ids, member_id: int) -> Recipient | None:
        return load_participant(member_id, ids["consultation_id"])


class Speakers(People):
    """The authors of remarks in a consultation, also of those that wait for their organisation,
    and those who support remarks."""

    def select(self, ids: Ids) -> list[tuple[QuerySet[Any], str]]:
        consultation_id = ids["consultation_id"]
        remarks = Remark.objects.filter(
            consultation=consultation_id, comment__deleted_at=None, comment__author__is_active=True
        )
        waiting = WaitingRemark.objects.filter(consultation=consultation_id, author__is_active=True)
        support = Reaction.objects.filter(
            comment__remark__consultation=consultation_id,
            comment__hidden_at=None,
            comment__deleted_at=None,
            value=1,
            user__is_active=True,
        )
        stopped = unsubscribed_users(consultation_id)
        return [
            (rows.exclude(**{f"{column}__in": stopped}), column)
            for rows, column in (
                (remarks, "comment__author_id"),
                (waiting, "author_id"),
                (support, "user_id"),
            )
        ]

    def _load(self, ids: Ids, member_id: int) -> Recipient | None:
        return load_participant(member_id, ids["consultation_id"])


class Repeaters(People):
    """Those whose words are folded into a remark, as ``voices.owners_of`` has it: they are answered
    with it."""

    def select(self, ids: Ids) -> list[tuple[QuerySet[Any], str]]:
        said = Comment.objects.public().filter(remark__folded_into=ids["comment_id"])
        speakers = Mandate.objects.in_force().covering(MandatePower.COMMENT)
        own = User.objects.filter(pk__in=said.filter(organisation=None).values("author"))
        theirs = User.objects.filter(
            pk__in=speakers.filter(
                organisation__in=said.exclude(organisation=None).values("organisation")
            ).values("user")
        )
        return [(people.filter(is_active=True), "pk") for people in (own, theirs)]


@dataclass(frozen=True, slots=True)
class Signers:
    """Signers of a petition; the ids of the mail are arguments of ``find``."""

    find: Callable[..., QuerySet[Signature]]
    can_stop: bool = False

    def next_members(self, ids: Ids, *, after: int, most: int) -> list[int]:
        signatures = self.find(**ids).filter(pk__gt=after).order_by("pk")
        return list(signatures.values_list("pk", flat=True)[:most])

    def load_recipient(self, ids: Ids, member_id: int) -> Recipient | None:
        signature = self.find(**ids).select_related("user").filter(pk=member_id).first()
        if signature is None:
            return None
        return Recipient.of_signature(signature, can_stop=self.can_stop)


class Invited:
    """Those on the list of a poll who have an e-mail, while it is open."""

    def next_members(self, ids: Ids, *, after: int, most: int) -> list[int]:
        lines = Invitation.objects.filter(poll=ids["poll_id"], pk__gt=after).exclude(email="")
        return list(lines.order_by("pk").values_list("pk", flat=True)[:most])

    def load_recipient(self, ids: Ids, member_id: int) -> Recipient | None:
        lines = Invitation.objects.select_related("poll").exclude(email="")
        line = lines.filter(pk=member_id, poll=ids["poll_id"]).first()
        if line is None or line.poll.state_at(clock.now()) != State.OPEN:
            return None
        return Recipient.of_invitation(line)


class Askers(People):
    """Those whose questions at a meeting were not answered, and did not go on otherwise."""

    def select(self, ids: Ids) -> list[tuple[QuerySet[Any], str]]:
        asked = Question.objects.unanswered().filter(
            meeting=ids["meeting_id"], went_on=None, author__is_active=True
        )
        return [(asked, "author_id")]


def _find_listeners(*, petition_id: int, **_more: int) -> QuerySet[Signature]:
    return audiences.listeners(petition_id)


def _find_removed(*, removal_id: int, **_more: int) -> QuerySet[Signature]:
    return audiences.removed_signatures(removal_id)


def _find_restored(*, petition_id: int, removal_id: int, **_more: int) -> QuerySet[Signature]:
    """Those who were told that a removal had taken their signature, and stand again."""
    event = f"petitions/signature_removed:removal:{removal_id}"
    is_theirs = Q(signature=OuterRef("pk")) | Q(user=OuterRef("user"))
    were_told = Exists(Sent.objects.filter(is_theirs, event=event))
    return audiences.signatures_of(petition_id).filter(were_told)


def _find_objector(*, objection_id: int, **_more: int) -> QuerySet[Signature]:
    return audiences.reachable().filter(objections=objection_id)


class RegisteredForMeeting(People):
    """Those who registered to attend a meeting, also those who wait for a place."""

    def select(self, ids: Ids) -> list[tuple[QuerySet[Any], str]]:
        active = Registration.objects.active().filter(meeting=ids["meeting_id"])
        return [(active.filter(user__is_active=True), "user_id")]


class Press:
    """Accredited journalists who want the mailing of the press."""

    def next_members(self, ids: Ids, *, after: int, most: int) -> list[int]:
        wanted = self._select_willing().filter(pk__gt=after).order_by("pk")
        return list(wanted.values_list("pk", flat=True)[:most])

    def load_recipient(self, ids: Ids, member_id: int) -> Recipient | None:
        found = self._select_willing().filter(pk=member_id).first()
        return None if found is None else Recipient.of_accreditation(found, can_stop=True)

    def _select_willing(self) -> QuerySet[Accreditation]:
        return Accreditation.objects.listening(local_date(clock.now()))


class ReleaseReaders(Press):
    """Accredited journalists who agreed to get press releases."""

    def _select_willing(self) -> QuerySet[Accreditation]:
        return Accreditation.objects.reading_releases(local_date(clock.now()))


class ReleaseTold:
    """Accredited journalists who got a press release, whether they want others or not."""

    def next_members(self, ids: Ids, *, after: int, most: int) -> list[int]:
        told = self._find_receivers(ids).filter(pk__gt=after).order_by("pk")
        return list(told.values_list("pk", flat=True)[:most])

    def load_recipient(self, ids: Ids, member_id: int) -> Recipient | None:
        found = self._find_receivers(ids).filter(pk=member_id).first()
        return None if found is None else Recipient.of_accreditation(found, can_stop=False)

    def _find_receivers(self, ids: Ids) -> QuerySet[Accreditation]:
        event = f"press/release:article:{ids['article_id']}:"
        sent = Sent.objects.filter(accreditation=OuterRef("pk"), event__startswith=event)
        return Accreditation.objects.in_force(local_date(clock.now())).filter(Exists(sent))


class PressComing:
    """Accredited journalists who said that they come to a press conference."""

    def next_members(self, ids: Ids, *, after: int, most: int) -> list[int]:
        coming = self._coming(ids).filter(accreditation__gt=after).order_by("accreditation")
        return list(coming.values_list("accreditation", flat=True)[:most])

    def load_recipient(self, ids: Ids, member_id: int) -> Recipient | None:
        coming = self._coming(ids).select_related("accreditation")
        said = coming.filter(accreditation=member_id).first()
        if said is None:
            return None
        return Recipient.of_accreditation(said.accreditation, can_stop=False)

    def _coming(self, ids: Ids) -> QuerySet[PressAttendance]:
        accredited = Accreditation.objects.in_force(local_date(clock.now()))
        return PressAttendance.objects.filter(
            meeting=ids["meeting_id"], is_coming=True, accreditation__in=accredited
        )


class Applicant:
    """The one journalist whose accreditation it is about, whatever was decided."""

    def next_members(self, ids: Ids, *, after: int, most: int) -> list[int]:
        pk = ids["accreditation_id"]
        return [pk] if pk > after else []

    def load_recipient(self, ids: Ids, member_id: int) -> Recipient | None:
        found = Accreditation.objects.filter(pk=member_id, pk__in=[ids["accreditation_id"]]).first()
        return None if found is None else Recipient.of_accreditation(found, can_stop=False)


AUDIENCES: Mapping[str, Audience] = {
    "participants": Participants(),
    "speakers": Speakers(),
    "repeaters": Repeaters(),
    "listeners": Signers(_find_listeners, can_stop=True),
    "removed": Signers(_find_removed),
    "restored": Signers(_find_restored),
    "objector": Signers(_find_objector),
    "invited": Invited(),
    "registered": RegisteredForMeeting(),
    "askers": Askers(),
    "press": Press(),
    "press_coming": PressComing(),
    "press_releases": ReleaseReaders(),
    "press_release_told": ReleaseTold(),
    "applicant": Applicant(),
    "followers": Followers(),
}
