"""What becomes of what somebody began when she erases her account."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext

from accounts.models import User
from core.domain import clock
from core.domain.actions import action
from core.domain.events import emit
from petitions.actions.life import throw_away
from petitions.events import PetitionWithdrawn
from petitions.models import Petition, State


def let_go(author: User) -> None:
    """Throw her drafts away, take back what waits to be checked, and take her name off whatever
    was never published. What is published goes on under the name it was published with.

    Called within the erasure of the account, which holds the petitions' locks. Emits
    PetitionWithdrawn.
    """
    with action():
        now = clock.now()
        for petition in Petition.objects.filter(author=author, published_at=None).order_by("pk"):
            state = petition.state_at(now)
            if state == State.DRAFT:
                throw_away(petition)
                continue
            if state == State.MODERATION:
                with translation.override("uk"):
                    reason = gettext("Its author erased her account.")
                petition.withdrawn_at, petition.withdrawn_reason = now, reason
                emit(PetitionWithdrawn(petition.pk, author.pk))
            petition.author_name = ""
            petition.save(update_fields=["withdrawn_at", "withdrawn_reason", "author_name"])
