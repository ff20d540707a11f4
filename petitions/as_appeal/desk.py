"""The desk of a petition that is considered as an appeal: where that is worked on, and its answer
as the beginning of one for everybody."""

from __future__ import annotations

from django.urls import reverse

from accounts.models import User
from appeals.begin import last_answer
from appeals.models import Appeal
from appeals.publishing.suggestions import leave_out, suggest
from appeals.queries import record_reading
from petitions.models import Petition


def desk_url(user: User, petition: Petition) -> str:
    """URL at which its appeal is worked on; "" where it has none, or another person does that. One
    query where it has one.
    """
    if petition.appeal_id is None:
        return ""
    given = Appeal.objects.worked_on_by(user).filter(pk=petition.appeal_id)
    return reverse("appeals_desk:detail", args=[petition.appeal_id]) if given.exists() else ""


def begin_answer(user: User, petition: Petition) -> dict[str, str]:
    """Initial values of the form of the answer.

    Of what was answered as an appeal these are the words that its author got, without what may tell
    of people, for who may read the appeal; the reading is kept.
    """
    begun = {"asked": petition.title}
    if petition.appeal_id is None or petition.reached_at or petition.answered_at:
        return begun
    appeals = Appeal.objects.worked_on_by(user).select_related("author", "street")
    appeal = appeals.filter(pk=petition.appeal_id).first()
    answer = last_answer(appeal, sent=True) if appeal else None
    if appeal is None or answer is None:
        return begun
    record_reading(appeal, user)
    pieces = {each.piece for each in suggest([answer.text], appeal)}
    decided = leave_out(answer.text, pieces, appeal)
    return {**begun, "decided": decided, "signed_as": answer.signed_as}
