"""Tags of what stands around every page: its menu, its foot, the council's name, the languages."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override

from core.domain.council import Council, UrgentNotice, cached_council, urgent_notices
from core.web.render_cache import render_part

register = template.Library()


@register.simple_tag
def city_card_url() -> str:
    """URL of the card of the whole city, in the active language."""
    return f"{settings.SITE_URL}{reverse('portal:card')}"


@register.simple_tag(takes_context=True)
def in_language(context: template.Context, code: str) -> str:
    """The address of this page in another language; that language's home where there is none."""
    request = context.get("request")
    if request is not None:
        return _in_language(request.get_full_path(), code, get_language())
    with override(code):
        return reverse("portal:home")


@lru_cache(maxsize=256)
def _in_language(path: str, code: str, language: str | None) -> str:
    """The same of a path in the active language, which ``language`` names."""
    other = translate_url(path, code)
    if other != path:
        return other
    with override(code):
        return reverse("portal:home")


@register.simple_tag
def council() -> Council:
    """The council, for the pages that must render without a request or a database."""
    return cached_council().localized()


@register.simple_tag(takes_context=True)
def current(context: template.Context, name: str) -> SafeString | str:
    """` aria-current="page"` on the page `name` (namespace:url), `"true"` on those below it."""
    request = context.get("request")
    return current_mark(request, name) if request is not None else ""


def current_mark(request: HttpRequest, name: str) -> SafeString | str:
    """The same, of a request."""
    if not (match := getattr(request, "resolver_match", None)):
        return ""
    if match.view_name == name:
        return mark_safe(' aria-current="page"')
    address, home = (_url(each, get_language()) for each in (name, "portal:home"))
    if address and address != home and request.path.startswith(address):
        return mark_safe(' aria-current="true"')
    return ""


@lru_cache(maxsize=64)
def _url(name: str, language: str | None) -> str:
    """URL of a page without arguments, in the active language, which ``language`` names; "" of
    none.
    """
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


#: The pages of the main menu; the words and signs of each stand in its template.
_MENU = (
    *("consultations:list", "petitions:list", "votes:list", "appeals:about", "newsroom:list"),
    *("meetings:list", "deputies:list", "portal:search"),
)
_MENU_NAMES = (
    *("consultations", "petitions", "votes", "appeals", "news"),
    *("meetings", "deputies", "search"),
)


@register.simple_tag(takes_context=True)
def main_menu(context: template.Context) -> SafeString:
    """The links that stand in every page's header, with the mark of the one that one is on."""
    request = context.get("request")
    marks = tuple(current_mark(request, name) if request is not None else "" for name in _MENU)
    return render_part(
        "components/main_menu.html",
        marks,
        lambda: {"here": dict(zip(_MENU_NAMES, marks, strict=True))},
    )


@register.simple_tag
def urgent_bar() -> SafeString:
    """The urgent notices that stand above every page now, in the page's language where they have
    it."""
    notices = urgent_notices()

    def words(notice: UrgentNotice) -> str:
        return (get_language() == "en" and notice.title_en) or notice.title

    return render_part(
        "components/urgent.html", notices, lambda: {"notices": [(n, words(n)) for n in notices]}
    )


@register.simple_tag(takes_context=True)
def site_footer(context: template.Context) -> SafeString:
    """The foot of every page: whose it is, and Viche's version."""
    city, version = context["city"], context.get("viche_version", "")
    return render_part(
        "components/footer.html", (city, version), lambda: {"city": city, "version": version}
    )
