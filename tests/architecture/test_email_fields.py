"""Every field for an e-mail takes it as it is delivered (core/domain/email_addresses.py)."""

import re

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.db import models

from accounts.people.forms import (
    ChangeEmailForm,
    CodeRequestForm,
    PasswordResetForm,
    SignInForm,
    SignUpForm,
)
from core.domain.email_addresses import EmailField, EmailModelField

from .test_words import tracked_files

_PLAIN = re.compile(
    r"\b(?:forms|serializers|models)\.EmailField\(|\bvalidate_email\b|EmailValidator"
)
#: Where Django's own stand for a reason: the fields themselves, and Django's code for what is no
#: address at all.
_ALLOWED = {"core/domain/email_addresses.py", "accounts/people/fields.py"}


def test_no_field_takes_an_email_as_it_was_typed():
    found = [
        f"{name}: {hit.group()}"
        for path in tracked_files()
        if path.suffix == ".py"
        and "migrations" not in path.parts
        and (name := str(path.relative_to(settings.BASE_DIR))) not in _ALLOWED
        and not name.startswith("tests/")
        for hit in _PLAIN.finditer(path.read_text())
    ]
    assert found == []


def test_every_column_for_an_email_is_checked():
    ours = {path.parent.name for path in settings.BASE_DIR.glob("*/apps.py")}
    plain = [
        str(field)
        for model in apps.get_models()
        if model._meta.app_label in ours
        for field in model._meta.local_fields
        if isinstance(field, models.EmailField) and not isinstance(field, EmailModelField)
    ]
    assert plain == []


@pytest.mark.parametrize(
    "form", [ChangeEmailForm, CodeRequestForm, PasswordResetForm, SignInForm, SignUpForm]
)
def test_the_fields_of_allauth_give_way_to_ours(form):
    typed = [each for each in form().fields.values() if isinstance(each, forms.EmailField)]
    assert len(typed) == 1
    assert isinstance(typed[0], EmailField)
