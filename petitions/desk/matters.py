"""Petitions as matters of notes between officers (accounts/notes/)."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Anybody
from accounts.notes.matters import Matter, register
from core.domain.rules import Verdict
from petitions.models import Petition
from petitions.querysets import KIND
from petitions.rules import NOT_ONES_OWN, review


def matter_of(petition: Petition) -> Matter:
    """A petition as notes know it: for whom its page at the desk is, but for its author."""

    def work(user: Anybody) -> Verdict:
        is_own = petition.author_id is not None and petition.author_id == user.pk
        return NOT_ONES_OWN if is_own else review(user, petition)

    return Matter(
        KIND,
        petition.pk,
        petition,
        _("Petition No. %(number)d") % {"number": petition.pk},
        reverse("petitions_desk:detail", args=[petition.pk]),
        work=work,
    )


def _find(pk: int) -> Matter | None:
    petition = Petition.objects.filter(pk=pk, submitted_at__isnull=False).first()
    return matter_of(petition) if petition is not None else None


register(KIND, label=gettext_lazy("a petition"), find=_find)
