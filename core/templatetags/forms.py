"""Tags of forms: a whole one with its button, all that is wrong with it, GOV.UK's words for it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django import forms, template
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.templatetags.components import url_of
from core.web.forms import BESIDE
from core.web.idempotency import FIELD, new_key

register = template.Library()


@register.simple_tag(takes_context=True)
def has_errors(context: template.Context) -> bool:
    """Whether a form of the page, under whatever name, came back with something wrong."""
    # By type(): isinstance() would wake what is lazy, and with it the token of a form.
    values: Iterable[Any] = context.flatten().values()
    found = [each for each in values if issubclass(type(each), forms.BaseForm)]
    return any(form.is_bound and form.errors for form in found)


@register.inclusion_tag("components/post_form.html", takes_context=True)
def post_form(
    context: template.Context,
    form: forms.BaseForm,
    button: Any,
    *,
    back: str = "",
    back_words: Any = "",
    action: str = "",
    autocomplete: str = "",
    danger: bool = False,
    once: bool = False,
) -> dict[str, Any]:
    """A whole form with its button, and a link back ("Cancel" without other words).

    `once`: it creates something, so it carries an idempotency key. `danger`: a red button. `back`
    and `action` are URLs or the names of routes.
    """
    return {
        "csrf_token": context.get("csrf_token"),
        "form": form,
        "button": button,
        "back": back and url_of(back),
        "back_words": back_words or _("Cancel"),
        "action": action and url_of(action),
        "autocomplete": autocomplete,
        "danger": danger,
        "once": once,
    }


@register.inclusion_tag("components/error_summary.html")
def error_summary(*all_forms: forms.BaseForm | forms.BaseFormSet[forms.Form]) -> dict[str, Any]:
    """All that is wrong in one or several forms or sets of forms, each linked to its field. Takes
    the focus."""
    general: list[str] = []
    fields: list[tuple[str, str]] = []
    for form in chain.from_iterable(
        each.forms if isinstance(each, forms.BaseFormSet) else [each] for each in all_forms
    ):
        if not form or not form.errors:
            continue
        for error in form.errors.as_data().get(NON_FIELD_ERRORS, []):
            if target := BESIDE.get(error.code or ""):
                fields += [(target, words) for words in error.messages]
            else:
                general += error.messages
        for field in form:
            target = "" if field.is_hidden else getattr(field, "first_id", field.auto_id)
            # A label that asks needs no colon after its question mark.
            label = f"{field.label}" if f"{field.label}".endswith("?") else f"{field.label}:"
            fields += [(target, f"{label} {error}") for error in field.errors]
    return {"general": general, "fields": fields}


@register.simple_tag
def character_count_attrs(limit: int) -> SafeString:
    """Attributes by which GOV.UK's character count speaks the page's language, with all its
    plurals.
    """
    attrs = {
        "data-module": "govuk-character-count",
        "data-maxlength": limit,
        "data-i18n.characters-at-limit": _("No characters left"),
        **_plural_attrs(
            "characters-under-limit",
            lambda n: ngettext("%(count)s character left", "%(count)s characters left", n),
        ),
        **_plural_attrs(
            "characters-over-limit",
            lambda n: ngettext("%(count)s character too many", "%(count)s characters too many", n),
        ),
    }
    return _attrs(attrs)


@register.simple_tag
def password_attrs() -> SafeString:
    """Attributes by which GOV.UK's button that shows a password speaks the page's language."""
    return _attrs(
        {
            "data-module": "govuk-password-input",
            "data-i18n.show-password": _("Show"),
            "data-i18n.hide-password": _("Hide"),
            "data-i18n.show-password-aria-label": _("Show password"),
            "data-i18n.hide-password-aria-label": _("Hide password"),
            "data-i18n.password-shown-announcement": _("Your password is visible"),
            "data-i18n.password-hidden-announcement": _("Your password is hidden"),
        }
    )


def _plural_attrs(key: str, form_for: Any) -> dict[str, str]:
    samples = {"one": 1, "few": 2, "many": 5, "other": 5}
    return {
        f"data-i18n.{key}.{cat}": form_for(n) % {"count": "%{count}"} for cat, n in samples.items()
    }


def _attrs(attrs: dict[str, Any]) -> SafeString:
    pairs: Iterable[tuple[str, Any]] = attrs.items()
    return format_html_join(" ", '{}="{}"', pairs)


@register.simple_tag
def idempotency_key() -> SafeString:
    """A new random key. A page that is loaded again gets another one: no browser fills it in.

    Firefox puts former values back into fields of the type "hidden", too, and such a field may not
    say that it should not (HTML, "autofill anchor mantle"): so it is one of text that is hidden.
    """
    return format_html(
        '<input type="text" name="{}" value="{}" autocomplete="off" hidden>', FIELD, new_key()
    )
