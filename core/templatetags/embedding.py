"""Template tags: the code by which another site shows a display or a card in a frame."""

from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

register = template.Library()

_FRAME = (
    '<iframe src="{}" title="{}" width="960" height="540" loading="lazy" allowfullscreen></iframe>'
)
#: A card is as wide as its place, from 300 to 600 pixels.
_CARD = (
    '<iframe src="{}" title="{}" width="480" height="360" loading="lazy" '
    'referrerpolicy="no-referrer"></iframe>'
)


@register.inclusion_tag("components/embed.html")
def embed_code(route: str, pk: int, title: str) -> dict[str, str]:
    """`{% embed_code "embed:poll" poll.pk poll.title %}`: folded, to be copied at the desk."""
    url = settings.SITE_URL + reverse(route, args=[pk])
    words = _(
        "The display moves there as it does in the hall; nobody signs in. Copy this into the page:"
    )
    return {"code": format_html(_FRAME, url, title), "words": words}


@register.inclusion_tag("components/embed.html")
def embed_card(route: str, pk: int, title: str) -> dict[str, str]:
    """`{% embed_card "embed:poll_card" poll.pk poll.title %}`: a folded section with the code to
    embed a card."""
    url = settings.SITE_URL + reverse(route, args=[pk])
    words = _("A live card, without cookies and scripts. Copy this into the page:")
    return {"code": format_html(_CARD, url, title), "words": words}


@register.simple_tag
def oembed_link(title: str, route: str, *args: object) -> str:
    """`{% oembed_link poll.title "votes:detail" poll.pk %}`: in the head of a page, where programs
    of other sites find the code of its frame."""
    page = settings.SITE_URL + reverse(route, args=args)
    url = f"{settings.SITE_URL}{reverse('oembed')}?{urlencode({'url': page})}"
    link = '<link rel="alternate" type="application/json+oembed" href="{}" title="{}">'
    return format_html(link, url, title)
