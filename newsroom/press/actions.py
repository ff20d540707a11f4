"""Actions of the press: apply, decide, end, invite, answer an invitation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist

from core.domain import clock
from core.domain.actions import action, shared
from core.domain.calendar import local_date
from core.domain.email_addresses import to_comparable
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from core.web.client_ip import UNKNOWN, network_of
from meetings.models import Meeting
from newsroom.models import Accreditation, PressAttendance
from newsroom.press import rules
from newsroom.press.events import (
    AccreditationAsked,
    AccreditationConfirmed,
    AccreditationEnded,
    AccreditationErased,
    AccreditationGranted,
    AccreditationRefused,
    PressAttendanceSaid,
    PressInvited,
    PressMailsStopped,
    PressMailsWanted,
    PressReleasesStopped,
    PressReleasesWanted,
)

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """A journalist's application."""

    name: str
    outlet: str
    email: str
    phone: str
    document_number: str = ""
    wants_releases: bool = False


def apply(
    application: Application, *, language: str, consents: bool, address: str = UNKNOWN
) -> Accreditation:
    """Apply for accreditation: a mail asks to confirm the address, an officer sees it then.

    ``address``: of the client that applies (core.web.client_ip). Refuses by rules.apply. Emits
    AccreditationAsked.
    """
    require(rules.apply(consents=consents))
    email = to_comparable(application.email)
    with action():
        made = Accreditation.objects.create(
            name=application.name,
            outlet=application.outlet.strip(),
            email=email,
            phone=application.phone,
            document_number=application.document_number.strip(),
            language=language,
            releases_agreed_at=clock.now() if application.wants_releases else None,
        )
        made.refresh_from_db(fields=["asked_at"])
        created(made)
        emit(AccreditationAsked(made.pk, network_of(address)))
        return made


def confirm(accreditation: Accreditation) -> Accreditation:
    """Confirm the address, by its link; twice it is done once. Refuses by rules.confirm. Emits
    AccreditationConfirmed."""
    with action():
        fresh, others = _lock_accreditations(accreditation)
        if fresh.confirmed_at is not None:
            return fresh
        waits = any(each.confirmed_at and each.decided_at is None for each in others)
        require(rules.confirm(waits_already=waits))
        fresh.confirmed_at = clock.now()
        fresh.save(update_fields=["confirmed_at"])
        emit(AccreditationConfirmed(fresh.pk))
        return fresh


def grant(accreditation: Accreditation, *, by: User, until: date) -> Accreditation:
    """Accredit until a day; one of the same address that is in force ends with it.

    Refuses by rules.grant. Emits AccreditationGranted.
    """
    with action():
        fresh, others = _lock_accreditations(accreditation)
        now = clock.now()
        require(rules.grant(by, fresh, until=until, today=local_date(now)))
        for each in others:
            if each.until is not None and each.ended_at is None:
                each.ended_at = now
                each.save(update_fields=["ended_at"])
        fresh.decided_at, fresh.decided_by, fresh.until = now, by, until
        fresh.save(update_fields=["decided_at", "decided_by", "until"])
        emit(AccreditationGranted(fresh.pk, by.pk))
        return fresh


def refuse(accreditation: Accreditation, *, by: User, reason: str) -> Accreditation:
    """Refuse an application. Refuses by rules.refuse. Emits AccreditationRefused."""
    with action():
        fresh, _others = _lock_accreditations(accreditation)
        now = clock.now()
        require(rules.refuse(by, fresh, reason=reason, today=local_date(now)))
        fresh.decided_at, fresh.decided_by, fresh.refused_reason = now, by, reason.strip()
        fresh.save(update_fields=["decided_at", "decided_by", "refused_reason"])
        emit(AccreditationRefused(fresh.pk, by.pk))
        return fresh


def end(accreditation: Accreditation, *, by: User, reason: str) -> Accreditation:
    """End it before its term. Refuses by rules.end. Emits AccreditationEnded."""
    with action():
        fresh, _others = _lock_accreditations(accreditation)
        now = clock.now()
        require(rules.end(by, fresh, reason=reason, today=local_date(now)))
        fresh.ended_at, fresh.ended_by, fresh.ended_reason = now, by, reason.strip()
        fresh.save(update_fields=["ended_at", "ended_by", "ended_reason"])
        emit(AccreditationEnded(fresh.pk, by.pk))
        return fresh


def erase(accreditation: Accreditation) -> None:
    """Erase an application or accreditation, by its link: nothing of it is kept (law 2297-VI art.
    8(2)(11)). Emits AccreditationErased."""
    with action():
        fresh, _others = _lock_accreditations(accreditation)
        pk = fresh.pk
        fresh.delete()
        emit(AccreditationErased(pk))


def set_mails_wanted(accreditation: Accreditation, *, is_wanted: bool) -> Accreditation:
    """Stop the invitations, or let them come again; twice it is done once. Emits
    PressMailsStopped, PressMailsWanted."""
    with action():
        fresh, _others = _lock_accreditations(accreditation)
        if (fresh.mails_stopped_at is None) == is_wanted:
            return fresh
        fresh.mails_stopped_at = None if is_wanted else clock.now()
        fresh.save(update_fields=["mails_stopped_at"])
        emit((PressMailsWanted if is_wanted else PressMailsStopped)(fresh.pk))
        return fresh


def set_releases_wanted(accreditation: Accreditation, *, is_wanted: bool) -> Accreditation:
    """Give the consent to get press releases, or take it back; twice it is done once. Emits
    PressReleasesWanted, PressReleasesStopped."""
    with action():
        fresh, _others = _lock_accreditations(accreditation)
        if (fresh.releases_agreed_at is not None) == is_wanted:
            return fresh
        fresh.releases_agreed_at = clock.now() if is_wanted else None
        fresh.save(update_fields=["releases_agreed_at"])
        emit((PressReleasesWanted if is_wanted else PressReleasesStopped)(fresh.pk))
        return fresh


def say_coming(
    accreditation: Accreditation, meeting: Meeting, *, is_coming: bool
) -> PressAttendance:
    """Say whether one comes to a press conference; the last word counts.

    Refuses by rules.attend. Emits PressAttendanceSaid.
    """
    with action():
        meeting, now = shared(meeting)
        fresh, _others = _lock_accreditations(accreditation)
        require(rules.attend(fresh, meeting, now=now, today=local_date(now)))
        said, _is_first = PressAttendance.objects.update_or_create(
            accreditation=fresh, meeting=meeting, defaults={"is_coming": is_coming, "at": now}
        )
        emit(PressAttendanceSaid(fresh.pk, meeting.pk))
        return said


def invite(meeting: Meeting, *, by: User) -> None:
    """Invite those accredited who have not got the invitation. Refuses by rules.invite. Emits
    PressInvited."""
    with action():
        meeting, now = shared(meeting)
        require(rules.invite(by, meeting, now=now))
        emit(PressInvited(meeting.pk, by.pk))


def _lock_accreditations(accreditation: Accreditation) -> tuple[Accreditation, list[Accreditation]]:
    """It and the others of its address, all under their locks, so that of two that are confirmed or
    granted at once one comes second. Raises DoesNotExist."""
    rows = Accreditation.objects.filter(email=accreditation.email).order_by("pk")
    found = {each.pk: each for each in rows.select_for_update(no_key=True)}
    try:
        fresh = found.pop(accreditation.pk)
    except KeyError:
        raise ObjectDoesNotExist(f"accreditation {accreditation.pk}") from None
    return fresh, list(found.values())
