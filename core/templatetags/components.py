"""Template tags of components that compute something first; the others are plain includes.

Each renders a template of `templates/components/` with what is passed and nothing else, so that a
fragment sent to everybody can hold any of them. What the others take stands at the top of each.
"""

import re
from functools import cache, lru_cache
from math import ceil, sqrt
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from core.domain.typography import group_thousands
from core.export.qr_codes import draw_qr_code
from core.state.faults import is_mail_late
from core.web.covers import draw_cover

register = template.Library()

# Drawn on a grid of 24 by lines of 2, so that they read at 16 px and in one colour.
ICONS = {
    "open": '<circle cx="12" cy="12" r="9"/><circle cx="12" cy="12" r="3.5" fill="currentColor"/>',
    "soon": '<circle cx="12" cy="12" r="9"/><path d="M12 6.5V12l3.5 2.5"/>',
    "waiting": '<circle cx="12" cy="12" r="9" stroke-dasharray="4 4.5"/>',
    "closed": '<rect x="4" y="4" width="16" height="16" fill="currentColor"/>',
    "done": '<path d="M4 12.5l5.5 5.5L20 6.5"/>',
    "partly": (
        '<circle cx="12" cy="12" r="9"/><path d="M12 3a9 9 0 0 1 0 18z" fill="currentColor"/>'
    ),
    "stop": '<circle cx="12" cy="12" r="9"/><path d="M12 7v6M12 16.5v.5"/>',
    "warn": '<path d="M12 3.5L22 20.5H2z"/><path d="M12 10v5M12 17.5v.5"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7v.5"/>',
    "hidden": '<path d="M3 3l18 18M10 6.2A10 10 0 0 1 22 12a16 16 0 0 1-2.7 3.4'
    'M6 7.5A15 15 0 0 0 2 12c3 5 7.5 7 12 5.7"/>',
    "cross": '<path d="M5 5l14 14M19 5L5 19"/>',
    "official": '<path d="M12 2.5l8 3v6c0 5-3.5 8.5-8 10-4.5-1.5-8-5-8-10v-6z"/>'
    '<path d="M8 12l3 3 5-5.5"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4 21c0-4.5 3.5-7 8-7s8 2.5 8 7"/>',
    "company": '<path d="M4 21V4h10v17M14 9h6v12M2 21h20M8 8h2M8 12h2M8 16h2"/>',
    "remark": '<path d="M3 4h18v13H11l-5 4v-4H3z"/>',
    "agree": '<path d="M12 20V4M5 11l7-7 7 7"/>',
    "disagree": '<path d="M12 4v16M5 13l7 7 7-7"/>',
    "reply": '<path d="M10 5L3 12l7 7M3 12h11c4 0 7 2.5 7 7"/>',
    "file": '<path d="M5 2.5h9l5 5v14H5zM14 2.5v5h5"/>',
    "link": '<path d="M14 4h6v6M20 4l-9 9M18 14v6H4V6h6"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5L21 21"/>',
    "menu": '<path d="M3 6h18M3 12h18M3 18h18"/>',
    "filter": '<path d="M3 5h18M6.5 12h11M10 19h4"/>',
    "speak": '<path d="M3 4h18v13H11l-5 4v-4H3z"/><path d="M12 7.5v6M9 10.5h6"/>',
    "next": '<path d="M9 4l8 8-8 8"/>',
    "previous": '<path d="M15 4l-8 8 8 8"/>',
    "live": '<circle cx="12" cy="12" r="3" fill="currentColor"/>'
    '<path d="M6 6a8.5 8.5 0 0 0 0 12M18 6a8.5 8.5 0 0 1 0 12"/>',
    "bell": '<path d="M5 17V11a7 7 0 0 1 14 0v6l2 2H3zM10 19.5a2 2 0 0 0 4 0M12 4V2"/>',
    "calendar": '<path d="M4 5h16v16H4zM4 10h16M8 2.5V7M16 2.5V7"/>',
}

_STATUS_ICONS = {"stop": "cross"}


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """An own icon, hidden from assistive technology: a word always stands beside it."""
    return format_html(
        '<svg class="icon icon--{}" viewBox="0 0 24 24" width="16" height="16" '
        'aria-hidden="true" focusable="false">{}</svg>',
        name,
        mark_safe(ICONS[name]),
    )


@register.simple_tag
def cover(theme: Any, number: int) -> SafeString:
    """The ornament of a matter that has no picture, from the slug of its theme and its number."""
    return draw_cover(str(theme or ""), number)


@register.simple_tag
def status_tag(kind: str, label: Any) -> SafeString:
    """Status of a thing: a word, a shape and a colour.

    `kind`: open, soon (announced, or closing), waiting (being prepared), closed, done (reported,
    answered), partly, stop (withdrawn, rejected), hidden, live, info. A list shows the same few
    many times.
    """
    return _status_tag(kind, str(label))


@lru_cache(maxsize=512)
def _status_tag(kind: str, label: str) -> SafeString:
    context = {"kind": kind, "label": label, "icon_name": _STATUS_ICONS.get(kind, kind)}
    return render_to_string("components/status_tag.html", context)


@register.filter
def thousands(figure: int | None) -> str:
    """A figure that can be read: «1 200 000», with spaces that never break; “1,200,000”."""
    return "" if figure is None else group_thousands(figure)


@register.filter
def shorten(text: str, length: int) -> str:
    """The beginning of a text in at most `length` characters, cut between two words and not after a
    little one: «місяць, і…» leaves nothing but a riddle."""
    words = " ".join(str(text).split())
    if len(words) <= length:
        return words
    begun = words[: length + 1].rpartition(" ")[0] or words[:length]
    return _LOOSE_END.sub("", begun).rstrip(".") + "…"


#: Conjunctions, prepositions and signs with which no cut text ends.
_LOOSE_END = re.compile(r"(?:(?<=\w)[ ,;:–(«-]+[^\W\d_]{1,2})*[ ,;:–(«-]*$")


@register.filter
def to_type(url: str) -> SafeString:
    """A URL for people who type it from a screen: without its scheme, broken at its strokes."""
    shown = conditional_escape(url.partition("://")[2] or url)
    return mark_safe(shown.replace("/", "/<wbr>"))


@register.filter
def tel_url(written: str) -> str:
    """The `tel:` URL of the first telephone number in a line, which people write with spaces,
    brackets and dashes."""
    return "tel:" + re.sub(r"[^\d+]", "", re.split(r"[,;/]", written, maxsplit=1)[0])


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*steps: str) -> dict[str, Any]:
    """The way here from home: label, URL, label, URL …, and the label of this page.

    A URL may be the name of a route: `{% breadcrumbs _("Desk") "portal:desk" _("Polls") %}`.
    Without the last label the way ends with the link to what this page belongs to.
    """
    if len(steps) % 2:
        steps = (*steps, "")
    way = [(_("Home"), "portal:home"), *zip(steps[::2], steps[1::2], strict=True)]
    return {"steps": [(label, url_of(target)) for label, target in way]}


def url_of(target: str) -> str:
    """The URL of a route without arguments that is given by its name; any other target as it is."""
    return reverse(target) if _ROUTE.fullmatch(target) else target


_ROUTE = re.compile(r"[\w:]+")


@register.inclusion_tag("components/notice.html", takes_context=True)
def notice(
    context: template.Context,
    kind: str,
    text: Any = "",
    *,
    title: Any = "",
    url: str = "",
    link: Any = "",
    role: str = "",
    takes_focus: bool | None = None,
) -> dict[str, Any]:
    """`{% notice "warning" _("Why.") %}`: info, success, warning, error or stale.

    Optional: `title`, `url` with the words of its `link`, `role` ("status", or "alert" where it
    appears by itself). A warning or an error with a role is a refusal where it answers a POST: it
    takes the focus. `takes_focus` says so itself: of what is told once, or of what is no answer.
    """
    if takes_focus is None:
        takes_focus = bool(role) and answers_post(context)
    is_refusal = takes_focus and kind in _REFUSALS
    shown = {"kind": kind, "text": text, "title": title, "role": role, "is_refusal": is_refusal}
    return {**shown, "url": url and url_of(url), "link": link}


_REFUSALS = ("warning", "error")


@register.simple_tag(name="is_mail_late")
def has_mail_delay() -> bool:
    """`{% is_mail_late as is_late %}`: whether codes and other mails are known to wait."""
    return is_mail_late()


def answers_post(context: template.Context) -> bool:
    """Whether what is drawn answers a POST. A live fragment has no request."""
    request = getattr(context, "request", None)
    return request is not None and request.method == "POST"


@register.simple_block_tag
def summary_row(content: SafeString, key: Any) -> SafeString:
    """A row of a `govuk-summary-list`: `{% summary_row _("Name") %}…{% endsummary_row %}`."""
    return format_html(
        '<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">{}</dt>'
        '<dd class="govuk-summary-list__value">{}</dd></div>',
        key,
        content,
    )


def heat_level(count: int, most: int) -> int:
    """Number of full marks out of five.

    The root of the share, so that a clause with a few is seen beside one with hundreds.
    """
    return min(ceil(5 * sqrt(count / most)), 5) if count and most else 0


@register.simple_tag
def qr(url: str, title: str = "", mask: int | None = None) -> SafeString:
    """The address as a QR code, inline SVG (class "qr"), dark on a light ground with its margin.

    Other words than an address need a ``title``. ``mask``: a fixed pattern instead of the best of
    eight, which is four times as quick: for what is drawn for each of a crowd.
    """
    return draw_qr_code(url, title=title or _("QR code of %(url)s") % {"url": url}, mask=mask)
