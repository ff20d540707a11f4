"""The form by which a consultation or an answer puts a poll on its page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import RefusableForm, offer
from votes.models import Poll

#: So many of a department's newest polls are offered.
_MOST = 100


class AttachForm(RefusableForm):
    """One of the department's announced polls, the newest first."""

    poll = forms.ModelChoiceField(label=_("Poll"), queryset=Poll.objects.none())

    def __init__(self, *args: Any, department_id: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        announced = Poll.objects.published().filter(department=department_id, cancelled_at=None)
        newest = announced.order_by("-pk").values("pk")[:_MOST]
        offered = Poll.objects.filter(pk__in=newest).defer("search").order_by("-pk")
        offer(self, "poll", offered)
