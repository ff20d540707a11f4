"""Actions from a draft to a published, refused or withdrawn petition, and at an erasure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from accounts.eligibility import Eligibility, load_eligibility
from accounts.models import Level, User
from accounts.notes.actions import delete_notes
from city.calendar import work_calendar
from city.models import Department, Theme
from core.db.search import document
from core.domain import clock
from core.domain.actions import action, locked, shared
from core.domain.calendar import end_of_day, local_date
from core.domain.events import emit
from core.domain.idempotency_keys import created
from core.domain.rules import require
from discussions.actions import open_thread
from discussions.grounds import LONGEST_QUOTE
from petitions import terms
from petitions.events import (
    PetitionChanged,
    PetitionPublished,
    PetitionRefused,
    PetitionSubmitted,
    PetitionWithdrawn,
)
from petitions.life import rules
from petitions.life.thresholds import settle
from petitions.models import Ground, Petition, Procedure, State, Total
from petitions.photos.actions import drop
from petitions.querysets import KIND

#: What its author may write in a draft.
WRITTEN = frozenset(
    {
        "title",
        "text",
        "reasons",
        "district",
        "streets",
        "author_name",
        "author_address",
        "author_phone",
    }
)


def begin(*, by: User, **fields: Any) -> Petition:
    """Begin a draft that its author alone sees; ``fields`` as in ``change``.

    Refuses by rules.begin.
    """
    with action():
        author = locked(by)  # two at once would both find room for one draft more
        drafts = Petition.objects.filter(author=author, submitted_at=None, withdrawn_at=None)
        require(rules.begin(author, drafts=drafts.count()))
        petition = Petition(author=author, thread=open_thread(), procedure=Procedure.objects.now())
        _write(petition, fields)
        petition.save()
        if "streets" in fields:
            petition.streets.set(fields["streets"])
        Total.objects.create(petition=petition)
        created(petition)
        return petition


def change(petition: Petition, *, by: User, **fields: Any) -> Petition:
    """Write in a draft: ``fields`` are columns of WRITTEN. Refuses by rules.change."""
    with action():
        petition = locked(petition)
        now = clock.now()
        require(rules.change(by, petition, now=now))
        _write(petition, fields)
        petition.changed_at = now
        columns = fields.keys() - {"streets"}
        petition.save(update_fields=[*columns, "changed_at"])
        if "streets" in fields:
            petition.streets.set(fields["streets"])
        return petition


def discard(petition: Petition, *, by: User) -> None:
    """Throw a draft away, for good. Refuses by rules.discard."""
    with action():
        petition = locked(petition)
        require(rules.discard(by, petition, now=clock.now()))
        throw_away(petition)


def submit(petition: Petition, *, by: User) -> Petition:
    """Send it to be checked; from now on its words stay as they are.

    Sets the last day by which it is published or refused. Refuses by rules.submit. Emits
    PetitionSubmitted (law 393/96-ВР art. 23-1).
    """
    with action():
        petition = locked(petition)
        now, procedure = clock.now(), Procedure.objects.now()
        asks_nothing = procedure.requirement.asks_nothing
        eligibility = Eligibility(Level.LOW) if asks_nothing else load_eligibility(by)
        require(rules.submit(by, petition, procedure=procedure, now=now, eligibility=eligibility))
        petition.procedure, petition.submitted_at = procedure, now
        terms.PUBLISH.set(petition, work_calendar())
        petition.search = document(A=petition.title, B=petition.text, C=petition.reasons)
        petition.save(update_fields=["procedure", "submitted_at", "publish_due_on", "search"])
        emit(PetitionSubmitted(petition.pk, by.pk))
        return petition


def publish(
    petition: Petition,
    *,
    by: User,
    department: Department | None = None,
    themes: Iterable[Theme] = (),
) -> Petition:
    """Publish it: the day of publication is the day on which collecting begins.

    It keeps the rules that are in force now for good. ``department``: who will review it, if that
    is known already. Refuses by rules.publish. Emits PetitionPublished.
    """
    with action():
        petition = locked(petition)
        now = clock.now()
        require(rules.publish(by, petition, now=now))
        procedure = Procedure.objects.now()
        petition.procedure, petition.published_at = procedure, now
        last_day = procedure.collection_period.last_day(local_date(now), work_calendar())
        petition.closes_at = end_of_day(last_day)
        petition.department = department
        petition.save(update_fields=["procedure", "published_at", "closes_at", "department"])
        petition.themes.set(themes)
        emit(PetitionPublished(petition.pk, by.pk))
        return petition


def refuse(
    petition: Petition, *, by: User, ground: Ground, note: str = "", quote: str = ""
) -> Petition:
    """Refuse to publish it, on a ground that is quoted to its author; its text is kept for them.

    ``quote``: words of it that are against the ground; ``note``: what in it is. Refuses by
    rules.refuse_it. Emits PetitionRefused.
    """
    with action():
        petition = locked(petition)
        now = clock.now()
        ground, _asked_at = shared(ground)
        require(rules.refuse_it(by, petition, now=now, ground=ground, quote=quote, note=note))
        petition.refused_at, petition.refused_on = now, ground
        petition.refused_note, petition.refused_quote = note.strip(), quote.strip()[:LONGEST_QUOTE]
        petition.save(update_fields=["refused_at", "refused_on", "refused_note", "refused_quote"])
        emit(PetitionRefused(petition.pk, by.pk, ground.pk))
        return petition


def withdraw(petition: Petition, *, by: User, reason: str) -> Petition:
    """Take it back before it has enough signatures; what was published stays to be read.

    Refuses by rules.withdraw. Emits PetitionWithdrawn.
    """
    with action():
        petition = locked(petition)
        now = clock.now()
        if petition.reached_at is None:
            settle(petition, now)  # nobody may have counted yet what was signed a second ago
        require(rules.withdraw(by, petition, now=now, reason=reason))
        petition.withdrawn_at, petition.withdrawn_reason = now, reason.strip()
        petition.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        emit(PetitionWithdrawn(petition.pk, by.pk))
        return petition


def sort(
    petition: Petition,
    *,
    by: User,
    department: Department | None = None,
    themes: Iterable[Theme] | None = None,
) -> Petition:
    """Say which department answers it, and what it is about; None: as it is.

    Refuses by rules.sort. Emits PetitionChanged.
    """
    with action():
        petition = locked(petition)
        require(rules.sort(by, petition, now=clock.now()))
        if department is not None:
            petition.department = department
            petition.save(update_fields=["department"])
        if themes is not None:
            petition.themes.set(themes)
        emit(PetitionChanged(petition.pk, by.pk))
        return petition


def throw_away(petition: Petition) -> None:
    """Delete a draft with its empty thread: what anybody else has seen is never deleted."""
    thread = petition.thread
    drop(petition.photos.all())
    petition.delete()
    thread.delete()


def _write(petition: Petition, fields: dict[str, Any]) -> None:
    if unknown := fields.keys() - WRITTEN:
        raise TypeError(f"an author does not write {sorted(unknown)}")
    for name, value in fields.items():
        if name == "streets":  # rows of their own
            continue
        setattr(petition, name, value.strip() if isinstance(value, str) else value)


def let_go(author: User) -> None:
    """Throw an author's drafts away, take back what waits to be checked, and take their name,
    photographs and officers' notes off whatever was never published. What is published goes on
    under the name it was published with.

    Called within the erasure of the account, which holds the petitions' locks. Emits
    PetitionWithdrawn.
    """
    with action():
        now = clock.now()
        unpublished = list(Petition.objects.filter(author=author, published_at=None).order_by("pk"))
        delete_notes(KIND, [petition.pk for petition in unpublished])
        for petition in unpublished:
            state = petition.state_at(now)
            if state == State.DRAFT:
                throw_away(petition)
                continue
            if state == State.MODERATION:
                with translation.override("uk"):
                    reason = gettext("Its author erased their account.")
                petition.withdrawn_at, petition.withdrawn_reason = now, reason
                emit(PetitionWithdrawn(petition.pk, author.pk))
            petition.author_name = ""
            drop(petition.photos.all())
            petition.save(update_fields=["withdrawn_at", "withdrawn_reason", "author_name"])
