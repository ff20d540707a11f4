"""Nothing about people is held outside of the register (accounts/data/register.py)."""

import pytest
from django.apps import apps
from django.db import connection

from accounts.data import register
from accounts.models import User

MODELS = apps.get_models(include_auto_created=True)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_model_is_in_the_register(model):
    assert register.is_entered(model), (
        f"{model._meta.label} is not registered: say in its app's personal_data.py what it holds "
        "about people (register), who did something (staff_references), or why nothing (impersonal)"
    )


def test_every_key_to_a_person_is_in_the_register():
    keys = [
        (model, field.name)
        for model in MODELS
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model is User
    ]
    assert len(keys) > 15
    left_out = [
        f"{model._meta.label}.{key}" for model, key in keys if not register.covers(model, key)
    ]
    assert left_out == []


def test_a_model_with_keys_to_people_is_not_called_impersonal():
    for model in MODELS:
        keys = [f for f in model._meta.get_fields() if f.concrete and f.related_model is User]
        assert not (keys and model in register._impersonal), model


@pytest.mark.django_db
def test_every_table_is_in_the_register():
    """Tables that no model stands for, too."""
    named = {model._meta.db_table for model in MODELS} | set(register.tables)
    there = set(connection.introspection.table_names())
    assert there - named - {"test_clock"} == set()


@pytest.mark.parametrize("entry", list(register.all_entries()), ids=lambda entry: entry.name)
@pytest.mark.django_db
def test_what_is_shown_and_emptied_can_be(entry, olena):
    """Each column that a line of the register names is there, each of its queries runs."""
    assert list(entry.collect(olena)) is not None
    for column in entry.emptied:
        entry.model._meta.get_field(column)


@pytest.mark.django_db
def test_every_period_is_a_setting(settings):
    assert {entry.period for entry in register.all_entries()} - {""} <= set(settings.RETENTION)
