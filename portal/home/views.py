"""The first page, and the picture that goes with a link to it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from consultations.models import Consultation
from core.export.prints.card import Card
from core.export.sharing import card_response
from core.templatetags.components import thousands
from core.web.pages import shared_page
from portal.home import pages


def _topics() -> list[str]:
    return ["consultations", "petitions", "polls", "meetings", "news"]


@require_safe
@shared_page(_topics)
def home(request: HttpRequest) -> HttpResponse:
    """The city's first page. Anybody."""
    return render(request, "portal/home.html", pages.context())


@require_safe
@shared_page(_topics)
def card(request: HttpRequest) -> HttpResponse:
    """The picture that goes with a link to the first page, 1200 × 630. Anybody."""
    open_now = Consultation.objects.open().count()
    shown = Card(
        title=_("Have your say before the council decides"),
        state=_("open now") if open_now else _("nothing is open now"),
        tone="open" if open_now else "closed",
        number=thousands(open_now) if open_now else "",
        beside=ngettext("open consultation", "open consultations", open_now) if open_now else "",
        share=None,
        line=_("Consultations, petitions and polls of the city"),
    )
    return card_response(shown)
