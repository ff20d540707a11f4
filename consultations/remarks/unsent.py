"""Words of a remark that are not sent yet: with what its form opens."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect

from accounts.lacking import reasons_of, way_to
from consultations.remarks import limits
from consultations.remarks.forms import UNSENT, RemarkForm
from core.domain.rules import Verdict
from core.web.begun_forms import opens_with_words
from drafts.clauses.keys import LENGTH

#: For the view of the form: it takes words that were typed on another page.
opens_with_remark = opens_with_words(UNSENT, limits.spend_begun, lambda pk: {"consultation": pk})


def initial_of(request: HttpRequest, pk: int) -> dict[str, str]:
    """Initial values from the URL, and a kept remark about the same clause."""
    asked = request.GET.dict()
    draft = UNSENT.load(request, consultation=pk)
    is_same = draft.get("clause", "")[:LENGTH] == asked.get("clause", "")[:LENGTH]
    return {**draft, **asked} if is_same else {**asked}


def keep_typed(request: HttpRequest, form: RemarkForm, pk: int) -> None:
    """Keep what was typed of a remark in consultation ``pk`` until it is sent."""
    typed = {name: form.data[name] for name in form.fields if form.data.get(name)}
    UNSENT.save(request, typed, consultation=pk)


def lead_on(wanted: str, verdict: Verdict, *, back: str) -> HttpResponseRedirect:
    """To where an organisation is registered, when that is ``wanted``, else to what ``verdict``
    lacks first; from there one comes ``back`` to the form, where the kept words stand."""
    if wanted == "organisation":
        return HttpResponseRedirect(way_to("organisations:register", back)["url"])
    lacking = [] if verdict else reasons_of(verdict, back)
    return HttpResponseRedirect(next((each["url"] for each in lacking if each["url"]), back))
