"""The page where an editor of another site chooses a list and copies the code of its frame."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core.web.pages import shared_page
from portal.embed.lists import LISTS, LOOKS, SIZES, read_look, read_size
from portal.embed.oembed import FRAME

#: Pixels; a line of a list takes about so many beside the head.
_WIDTH, _HEAD, _OF_LINE = 480, 130, 84


class ListForm(forms.Form):
    """Which list, how long, and how it looks."""

    name = forms.ChoiceField(
        label=_("List"), choices=[(n, each.title) for n, each in LISTS.items()]
    )
    most = forms.ChoiceField(label=_("Lines at most"), choices=[(n, n) for n in SIZES])
    look = forms.ChoiceField(label=_("Light or dark"), choices=list(LOOKS.items()))


def _never() -> list[str]:
    """It changes with what is chosen alone."""
    return []


@require_safe
@shared_page(_never)
def show_code(request: HttpRequest) -> HttpResponse:
    """Choose a list, see it, copy its code. Anybody."""
    asked = request.GET
    name = asked.get("name", "")
    name = name if name in LISTS else next(iter(LISTS))
    most, look = read_size(asked), read_look(asked)
    chosen: dict[str, Any] = {"most": most, "look": look}
    path = f"{reverse(f'embed:{name}_list')}?{urlencode(chosen)}"
    title, height = LISTS[name].title, _HEAD + _OF_LINE * most
    context = {
        "form": ListForm(initial={"name": name, **chosen}),
        "title": title,
        "path": path,
        "height": height,
        "code": format_html(FRAME, settings.SITE_URL + path, title, _WIDTH, height),
        "is_restricted": "*" not in settings.EMBED_ORIGINS,
    }
    return render(request, "portal/opendata/embed.html", context)
