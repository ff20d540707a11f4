"""Handing a petition without enough signatures over to appeals (law 393/96-ВР art. 23-1).

Called under the petition's lock, in the action that finds that its collection has ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.models import User
from appeals import actions as appeals
from appeals.models import Appeal
from core.domain.events import emit
from petitions.events import CollectionEnded
from petitions.models import Petition, Signature

#: The last moment of a day is before the midnight at which a petition closes.
_BEFORE = timedelta(microseconds=1)


def hand_over(petition: Petition, now: datetime) -> None:
    """Register it as an appeal of its author, received on the last day of collecting.

    It was told before where a former version had closed it without registering an appeal. Emits
    CollectionEnded.
    """
    assert petition.closes_at is not None  # noqa: S101 - it has closed
    is_told = petition.handed_over_at is not None
    # Read now: who was erased while the petition's lock was waited for has no e-mail any more.
    author = User.objects.get(pk=petition.author_id)
    signed = Signature.objects.filter(petition=petition, status=Signature.Status.COUNTED).count()
    with override("uk"):
        petition.appeal = appeals.receive_petition(
            author=author,
            origin=appeals.Origin(
                words=_("petition № %(number)d") % {"number": petition.pk},
                path=petition.get_absolute_url(),
                history=list(_history(petition, signed)),
            ),
            name=petition.author_name,
            residence=petition.author_address,
            email="" if author.erased_at else author.email,
            phone=petition.author_phone,
            subject=petition.title,
            text=_text(petition),
            people=signed,
            received_at=petition.closes_at - _BEFORE,
            registered_at=now,
            theme=next(iter(petition.themes.all()), None),
            district=petition.district,
        )
    petition.handed_over_at = petition.handed_over_at or now
    petition.answer_due_on = None
    petition.save(update_fields=["appeal", "handed_over_at", "answer_due_on"])
    if not is_told:
        emit(CollectionEnded(petition.pk, None))


def move_appeal(petition: Petition, *, is_reached: bool) -> bool:
    """Let the appeal of a petition end where that has enough signatures after all, and go on where
    it has lost them again; False where the appeal was dealt with: then nothing changes any more."""
    if petition.appeal_id is None:
        return True
    appeal = Appeal(pk=petition.appeal_id)
    return appeals.give_back(appeal) if is_reached else appeals.take_again(appeal)


def _text(petition: Petition) -> str:
    """The petition's request and reason, as one text."""
    if not petition.reasons:
        return petition.text
    return f"{petition.text}\n\n{_('Reasons given')}:\n{petition.reasons}"


def _history(petition: Petition, signed: int) -> Iterator[tuple[datetime, str]]:
    """History of the petition before it became an appeal."""
    if petition.submitted_at:
        yield petition.submitted_at, _("Sent to be checked.")
    if petition.published_at:
        yield petition.published_at, _("Published; signatures were collected from this day.")
    assert petition.closes_at is not None  # noqa: S101 - it has closed
    gathered = ngettext(
        "The collection ended with %(number)d signature; needed were %(needed)d.",
        "The collection ended with %(number)d signatures; needed were %(needed)d.",
        signed,
    )
    yield (
        petition.closes_at - _BEFORE,
        gathered % {"number": signed, "needed": petition.procedure.threshold},
    )
