"""A form field for a street, typed and found on the server.

    street = StreetField(label=_("Street"), required=False)
    …
    chosen = form.cleaned_data["street"]    # ChosenStreet: chosen.street, chosen.words

A city has too many streets for a list in a page. The field is one line of text; words that mean one
street give it, and of others the form comes back with up to eight streets to choose from. With
JavaScript the same choice appears while one types (static/js/street-field.js, city.streets.views),
without it after sending. Pages need nothing of their own: the widget brings its script.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from city.models import Street
from city.streets import finding
from city.streets.names import fold
from core.db.search import clean

#: What the radio says that keeps the words as they were typed.
KEEP = "typed"


@dataclass(frozen=True, slots=True)
class ChosenStreet:
    """A form's value: a street of the council's list, and the typed words."""

    street: Street | None = None
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.words)

    def __str__(self) -> str:
        """One spelling, by which a form compares what is stored with what was sent."""
        return str(self.street.pk) if self.street else self.words


@dataclass(frozen=True, slots=True)
class Typed:
    """Submitted values: words, the chosen radio, and the words to which radios belonged."""

    words: str = ""
    choice: str = ""
    about: str = ""

    @property
    def has_choice(self) -> bool:
        """Whether the radio still belongs to the words."""
        return bool(self.choice) and fold(self.about) == fold(self.words)

    def __str__(self) -> str:
        return self.words


class StreetInput(forms.TextInput):
    """A line of text, and below it the streets to choose from, where the words mean several."""

    template_name = "city/street_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"autocomplete": "off", "spellcheck": "false", "maxlength": finding.LONGEST}
            | (attrs or {})
        )
        self.found = finding.Found()
        self.keeps_words = True

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> Typed:
        return Typed(*(str(data.get(key) or "") for key in (name, f"{name}-choice", f"{name}-of")))

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> bool:
        return name not in data

    def format_value(self, value: Any) -> str | None:
        return str(value) if value else None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        typed = value if isinstance(value, Typed) else Typed()
        query = {"field": name} | ({} if self.keeps_words else {"known": "1"})
        return context | {
            "suggestions_url": f"{reverse('city:suggestions')}?{urlencode(query)}",
            **suggestions_context(
                name,
                typed.words,
                self.found,
                typed.choice if typed.has_choice else "",
                keeps_words=self.keeps_words,
            ),
        }


def suggestions_context(
    name: str, words: str, found: finding.Found, choice: str = "", *, keeps_words: bool
) -> dict[str, Any]:
    """Context of city/street_suggestions.html for the field of this name."""
    return {
        "name": name,
        "words": clean(words),
        "found": found,
        "choice": choice,
        "keeps_words": keeps_words,
        "keep": KEEP,
    }


class StreetField(forms.Field):
    """A street of the council's list. Its value is a ChosenStreet.

    ``must_be_known``: words that mean no street are refused; else they are kept beside no street.
    ``initial`` is a Street or a ChosenStreet; set ``current`` to the stored street, which may be
    closed by now.
    """

    widget = StreetInput
    default_error_messages = {
        "several": _("Several streets are called so. Choose yours below."),
        "similar": _("There is no such street. Choose one below, or correct what you wrote."),
        "closed": _("“%(name)s” is no longer in the list. Enter the street’s present name."),
        "unknown": _("There is no such street. Look at how you wrote it."),
        "too_long": _("Write the street's name alone."),
    }

    def __init__(self, *, must_be_known: bool = False, **more: Any) -> None:
        super().__init__(**more)
        self.must_be_known = must_be_known
        self.current: Street | None = None
        self._input.keeps_words = not must_be_known

    @property
    def _input(self) -> StreetInput:
        if not isinstance(self.widget, StreetInput):
            raise TypeError("a StreetField needs a StreetInput")
        return self.widget

    def prepare_value(self, value: Any) -> Any:
        """A stored street as if it had been typed and chosen."""
        if isinstance(value, ChosenStreet):
            if value.street is None:
                return Typed(value.words)
            value = value.street
        if isinstance(value, Street):
            self._input.found = finding.Found(suggestions=(finding.suggestion_of(value),))
            return Typed(value.name, str(value.pk), value.name)
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = self.prepare_value(initial) or Typed()
        after = data or Typed()
        return (before.words, before.choice) != (
            clean(after.words),
            after.choice if after.has_choice else "",
        )

    def clean(self, value: Any) -> ChosenStreet:
        typed = value if isinstance(value, Typed) else Typed(str(value or ""))
        words = clean(typed.words)
        if not words:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return ChosenStreet()
        if len(words) > finding.LONGEST:
            raise ValidationError(self.error_messages["too_long"], code="too_long")
        if typed.has_choice and (chosen := self._chosen(typed.choice, words)):
            return chosen
        current = self.current.pk if self.current else None
        found = self._input.found = finding.find(words, current=current)
        if found.street:
            return ChosenStreet(found.street, words)
        if found.closed:
            facts = {"name": found.closed.name}
            raise ValidationError(self.error_messages["closed"] % facts, code="closed")
        if found.suggestions:
            code = "several" if found.is_exact else "similar"
            raise ValidationError(self.error_messages[code], code=code)
        if self.must_be_known:
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        return ChosenStreet(None, words)

    def _chosen(self, choice: str, words: str) -> ChosenStreet | None:
        """The chosen street, where its radio was one that was offered."""
        if choice == KEEP:
            return None if self.must_be_known else self._keep(words)
        if not (choice.isascii() and choice.isdecimal() and len(choice) < 19):
            return None
        current = [self.current.pk] if self.current else []
        rows = Street.objects.offered(current).select_related("district")
        street = rows.filter(pk=int(choice)).first()
        if street is None:
            return None
        self._input.found = finding.Found(suggestions=(finding.suggestion_of(street),))
        return ChosenStreet(street, words)

    def _keep(self, words: str) -> ChosenStreet:
        self._input.found = finding.Found(kept=True)
        return ChosenStreet(None, words)
