"""``{% idempotency_key %}``: the hidden field of every form that creates something."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.web.idempotency import FIELD, new_key

register = template.Library()


@register.simple_tag
def idempotency_key() -> SafeString:
    """A new random key. A page that is loaded again gets another one: no browser fills it in.

    Firefox puts former values back into fields of the type "hidden", too, and such a field may not
    say that it should not (HTML, "autofill anchor mantle"): so it is one of text that is hidden.
    """
    return format_html(
        '<input type="text" name="{}" value="{}" autocomplete="off" hidden>', FIELD, new_key()
    )
