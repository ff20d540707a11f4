"""Words of a remark that are not sent yet: with what its form opens."""

from __future__ import annotations

from django.http import HttpRequest

from consultations import limits
from consultations.forms import UNSENT
from core.web.begun_forms import opens_with_words
from drafts.keys import LENGTH

#: For the view of the form: it takes words that were typed on another page.
opens_with_remark = opens_with_words(UNSENT, limits.spend_begun, lambda pk: {"consultation": pk})


def initial_of(request: HttpRequest, pk: int) -> dict[str, str]:
    """What the address says, and what is kept of a remark about the same clause."""
    asked = request.GET.dict()
    draft = UNSENT.load(request, consultation=pk)
    is_same = draft.get("clause", "")[:LENGTH] == asked.get("clause", "")[:LENGTH]
    return {**draft, **asked} if is_same else {**asked}
