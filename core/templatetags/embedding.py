"""Template tag: the code by which another site shows a display in a frame."""

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html

register = template.Library()

_FRAME = (
    '<iframe src="{}" title="{}" width="960" height="540" loading="lazy" allowfullscreen></iframe>'
)


@register.inclusion_tag("components/embed.html")
def embed_code(route: str, pk: int, title: str) -> dict[str, str]:
    """`{% embed_code "embed:poll" poll.pk poll.title %}`: folded, to be copied at the desk."""
    url = settings.SITE_URL + reverse(route, args=[pk])
    return {"code": format_html(_FRAME, url, title)}
