"""Fields that forms copy quickly are those that Django's deep copy gives."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from django import forms

from appeals.filing.forms import FilingForm
from city.models import Theme


def _facts(thing: Any) -> dict[str, Any]:
    """What an object holds, with the types of what it holds; querysets by their SQL."""
    return {
        name: (type(value), str(value.query) if hasattr(value, "query") else None)
        for name, value in vars(thing).items()
    }


@pytest.mark.parametrize("name", FilingForm.base_fields)
def test_a_copy_has_what_a_deep_copy_has(name: str):
    fields = FilingForm.base_fields
    quick, deep = copy.deepcopy(fields)[name], copy.deepcopy(fields[name])
    for made, asked in ((quick, deep), (quick.widget, deep.widget)):
        assert type(made) is type(asked)
        assert _facts(made) == _facts(asked)
        assert vars(made).keys() == vars(asked).keys()


def test_what_a_form_changes_stays_its_own(db: None, olena: Any):
    form = FilingForm(by=olena)
    form.fields["text"].widget.attrs["rows"] = 99
    form.fields["text"].error_messages["required"] = "–"
    form.fields["text"].validators.append(print)
    form.fields["email"].required = True
    kind, theme = form.fields["kind"], form.fields["theme"]
    assert isinstance(kind, forms.ChoiceField)
    assert isinstance(theme, forms.ModelChoiceField)
    kind.choices = [("only", "one")]
    theme.queryset = Theme.objects.none()
    other = FilingForm(by=olena)
    assert other.fields["text"].widget.attrs["rows"] == 6
    assert other.fields["text"].error_messages["required"] != "–"
    assert print not in other.fields["text"].validators
    assert not other.fields["email"].required
    assert len(other.fields["kind"].choices) > 1  # type: ignore[attr-defined]
    assert len(other.fields["kind"].widget.choices) > 1  # type: ignore[attr-defined]
    assert "WHERE" in str(other.fields["theme"].queryset.query)  # type: ignore[attr-defined]
