"""What Django says of a form is said in our own Ukrainian."""

from __future__ import annotations

from pathlib import Path

import django
import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django import forms
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import override

from core.management.commands.makemessages import KEYWORDS
from core.web import django_messages


class _Form(forms.Form):
    name = forms.CharField(max_length=3)
    email = forms.EmailField()
    one = forms.ChoiceField(choices=[("a", "a")])
    file = forms.FileField()


@pytest.fixture(autouse=True)
def ukrainian():
    with override("uk"):
        yield


def test_an_empty_field():
    assert "Це поле обов’язкове." in str(_Form({}).errors)


def test_wrong_ones():
    errors = _Form({"name": "абвгґ", "email": "a", "one": "b"}).errors
    assert errors["name"] == ["Скоротіть: може бути щонайбільше 3 символи, а зараз їх 5."]
    assert errors["email"] == ["Уведіть електронну адресу повністю, наприклад name@example.com."]
    assert errors["one"] == ["Варіанта «b» немає. Виберіть один із запропонованих."]


def test_a_short_password():
    with pytest.raises(ValidationError, match="потрібно щонайменше 12 символів"):
        MinimumLengthValidator(12).validate("abc")


def test_django_still_says_what_is_named():
    """A text that Django does not say any more would be translated for nobody."""
    with Path(django_messages.__file__).open("rb") as file:
        named = {message for _line, message, *_more in extract("python", file, KEYWORDS)}
    said = set()
    for catalogue in ("conf", "contrib/auth"):
        path = Path(django.__file__).parent / catalogue / "locale/en/LC_MESSAGES/django.po"
        with path.open("rb") as file:
            said |= {message.id for message in read_po(file)}
    assert len(named) > 20
    assert named <= said
