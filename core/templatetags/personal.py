"""Personal parts of pages of every app (core.web.personal_parts)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core.templatetags.frame import current_mark
from core.web.personal_parts import personal_part

register = template.Library()


#: The pages that the header's own part may lead to.
_OWN_PAGES = (
    *("portal:desk", "portal:me", "notifications:inbox"),
    *("account_login", "account_signup"),
)


@personal_part(register)
def account_menu(request: HttpRequest) -> SafeString:
    """The header's links to one's own pages, or to signing in."""
    # A request that is refused before it is known who asks (a foreign host) has a frame, too.
    user = getattr(request, "user", AnonymousUser())
    language = get_language()
    who = "staff" if user.is_staff else "resident" if user.is_authenticated else ""
    marks: tuple[str, ...] = ("",) * len(_OWN_PAGES)
    if request.path.startswith(_own_urls(language)):
        marks = tuple(current_mark(request, name) for name in _OWN_PAGES)
    return _account_menu(who, marks, language)


@lru_cache(maxsize=8)
def _own_urls(language: str | None) -> tuple[str, ...]:
    """Those of _OWN_PAGES in the active language, which ``language`` names."""
    return tuple(reverse(name) for name in _OWN_PAGES)


@lru_cache(maxsize=64)
def _account_menu(who: str, marks: tuple[str, ...], language: str | None) -> SafeString:
    """In the active language, which ``language`` names; most readers get one of a few."""
    desk, me, inbox, sign_in, sign_up = marks
    here = {"desk": desk, "me": me, "inbox": inbox, "sign_in": sign_in, "sign_up": sign_up}
    return render_to_string("components/account_menu.html", {"who": who, "here": here})


@personal_part(register, "components/messages.html")
def page_messages(request: HttpRequest) -> dict[str, Any] | None:
    """Messages to the reader about what they have just done."""
    messages = get_messages(request)
    return {"messages": messages} if len(messages) else None


@personal_part(register)
def act_form(request: HttpRequest, mine: str) -> SafeString | None:
    """The page's one form, through which the buttons of shared parts act (js/act.js); with its CSRF
    token.

    ``mine``: the address of what is the reader's own on the page. A stranger's form sends a GET,
    which leads to signing in (accounts.reader_acts).
    """
    if not request.user.is_authenticated:
        return mark_safe('<form id="act"></form>')
    return format_html(
        '<form id="act" method="post" data-mine="{}">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}"></form>',
        mine,
        get_token(request),
    )


@personal_part(register)
def reader_scripts(request: HttpRequest, *names: str) -> SafeString | None:
    """Scripts of what only people do who are signed in; strangers, whom links lead to signing in,
    need not load them."""
    return _scripts(names) if request.user.is_authenticated else None


@personal_part(register)
def later_scripts(request: HttpRequest, *names: str) -> SafeString | None:
    """Scripts that js/act.js loads when their reader comes near to what they do."""
    if not request.user.is_authenticated:
        return None
    return format_html("<template data-later-scripts>{}</template>", _scripts(names))


@lru_cache(maxsize=16)
def _scripts(names: tuple[str, ...]) -> SafeString:
    """In the order of ``names``: a module waits as a deferred script does."""
    return format_html_join(
        "\n",
        '<script {} src="{}"></script>',
        (
            (mark_safe('type="module"' if name.startswith("js/") else "defer"), static(name))
            for name in names
        ),
    )


@personal_part(register, "components/kept.html")
def kept_texts(request: HttpRequest) -> dict[str, Any] | None:
    """Offer texts that the device keeps, on a page whose forms only people get who are signed in;
    the script is among its later ones.
    """
    return {"is_later": True} if request.user.is_authenticated else None


@personal_part(register, "components/sign_in_hint.html")
def sign_in_hint(request: HttpRequest) -> dict[str, Any] | None:
    """Hint that a button leads to signing in, for people who are not signed in."""
    return None if request.user.is_authenticated else {}


@personal_part(register, "components/kept_done.html")
def kept_done(request: HttpRequest) -> dict[str, Any] | None:
    """Which text that the device keeps was sent by the form before (js/draft-keeper.js); told
    once."""
    if not request.user.is_authenticated:
        return None
    key = request.session.pop("kept_done", "")
    return {"key": key} if key else None
