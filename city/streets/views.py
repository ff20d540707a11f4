"""Public pages of streets: find one, and what a form suggests while one is typed."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from city.models import Street
from city.streets import finding
from city.streets.field import StreetField, suggestions_context
from core.web.forms import FilterForm
from core.web.pages import shared_page

#: A field's name in a form, with the form's prefix.
_FIELD = re.compile(r"[A-Za-z][\w-]{0,60}", re.ASCII)


def _no_topics() -> list[str]:
    """The council's own topic, which every shared page has, is raised when streets change."""
    return []


class FindForm(FilterForm):
    """One street, by its name of today or a former one."""

    street = StreetField(
        label=_("Street"),
        help_text=_("The name of today or a former one."),
        must_be_known=True,
        required=False,
    )


@require_safe
@shared_page(_no_topics)
def find(request: HttpRequest) -> HttpResponse:
    """A street: how it is called now, and in which district it is. Anybody."""
    form = FindForm(request.GET if "street" in request.GET else None)
    chosen = form.cleaned_data["street"] if form.is_bound and form.is_valid() else None
    context = {
        "form": form,
        "street": chosen.street if chosen else None,
        "is_empty": not Street.objects.exists(),
    }
    return render(request, "city/streets.html", context)


@require_safe
@shared_page(_no_topics)
def suggestions(request: HttpRequest) -> HttpResponse:
    """Suggestions for the words ``q`` in the form's field ``field``; the same for everybody.
    Anybody.

    ``known=1``: the field takes only a street of the list.
    """
    name = request.GET.get("field", "street")
    if not _FIELD.fullmatch(name):
        raise Http404
    words = request.GET.get("q", "")
    keeps_words = "known" not in request.GET
    context = suggestions_context(name, words, finding.find(words), keeps_words=keeps_words)
    return render(request, "city/street_suggestions.html", context)
