"""Handlers of events of discussions and of people's names."""

from __future__ import annotations

from typing import Any

from accounts.data.events import UserErased
from accounts.events import PublicNameChanged
from accounts.identity.events import AccountsMerged
from core.domain.events import emit, within
from core.domain.topics import raise_topic
from discussions.events import CommentDeleted, CommentEdited, CommentHidden, CommentRestored
from petitions.models import Petition, topic_of
from petitions.talk.events import CommentTouched


@within(CommentEdited, CommentDeleted, CommentHidden, CommentRestored)
def comment_changed(
    event: CommentEdited | CommentDeleted | CommentHidden | CommentRestored,
) -> None:
    """Say which comment of which petition is another now."""
    petitions = Petition.objects.filter(thread=event.thread_id).values_list("pk", flat=True)
    petition_id = petitions.first()
    if petition_id is not None:
        emit(CommentTouched(petition_id, event.by_id, event.parent_id or event.comment_id))


@within(PublicNameChanged, UserErased)
def author_renamed(event: PublicNameChanged | UserErased) -> None:
    """Pages kept under the old ``seq`` would go on showing the name that the person gave up."""
    _say_changed(thread__comments__author_id=event.user_id)


@within(AccountsMerged)
def accounts_merged(event: AccountsMerged) -> None:
    """What one account said is shown under the name of the other."""
    _say_changed(thread__comments__author_id__in=[event.kept_id, event.gone_id])


def _say_changed(**written: Any) -> None:
    spoken_of = Petition.objects.filter(**written).values_list("pk", flat=True).distinct()
    for petition_id in spoken_of:
        raise_topic(topic_of(petition_id))
