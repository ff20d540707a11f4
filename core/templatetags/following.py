"""The follow button: one tag on the page of whatever can be followed."""

from __future__ import annotations

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.templatetags.languages import wrapped
from core.web.personal_parts import personal_part

register = template.Library()

_TOOK_PART = gettext_lazy("You follow this: stop, or choose how often we write")


@personal_part(register)
def follow_button(
    request: HttpRequest, kind: str, pk: int, *, after: int | None = None
) -> SafeString:
    """``{% follow_button "petition" petition.pk %}``: a link to the page on which one follows.

    For who is signed in htmx puts the button itself in its place, fetched from there, so that a
    page that many share stays the same for all; the page loads htmx. Link and button have one id,
    by which htmx keeps the focus. ``after``: the primary key of what the reader has just done and
    is thanked for, by which they follow; it tells this button from that of the page around it.
    """
    url = reverse("notifications:follow", args=[kind, pk])
    words = _("Follow by e-mail") if after is None else _TOOK_PART
    if not request.user.is_authenticated:
        if after is not None:
            return SafeString()
        return format_html(
            '<p class="follow"><a class="govuk-link" href="{}" rel="nofollow">{}</a></p>',
            url,
            words,
        )
    fetched, link_id = url, f"follow-{kind}-{pk}"
    if after is not None:
        fetched, link_id = f"{url}?after={after}", f"{link_id}-{after}"
    return format_html(
        '<div class="follow" hx-get="{}" hx-trigger="load" hx-swap="outerHTML">'
        '<a class="govuk-link" id="{}" href="{}">{}</a></div>',
        fetched,
        link_id,
        url,
        words,
    )


@register.simple_tag
def follow_link(kind: str, pk: int, name: str) -> SafeString:
    """``{% follow_link "street" street.pk street.name %}``: behind its name, a link to the page on
    which one follows it."""
    return format_html(
        '<span class="no-print">(<a class="govuk-link" href="{}" rel="nofollow">{}'
        '<span class="govuk-visually-hidden">: {}</span></a>)</span>',
        reverse("notifications:follow", args=[kind, pk]),
        _("Follow"),
        wrapped(name),
    )


@register.simple_tag
def follow_note(kind: str, pk: int) -> SafeString:
    """``{% follow_note "poll" poll.pk %}``: on a page that thanks somebody with an account and has
    no htmx, that they follow by what they did, and the link by which they stop."""
    url = reverse("notifications:follow", args=[kind, pk])
    return format_html(
        '<p class="follow"><a class="govuk-link" href="{}">{}</a></p>', url, _TOOK_PART
    )
