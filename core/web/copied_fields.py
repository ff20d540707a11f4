"""The fields of one form, copied from those of its class in fewer steps than by copy.deepcopy.

Django copies them for each form, which may then change its own. Of a form with twenty fields these
copies were an eighth of the calls of a whole request.

    @copies_fields
    class FilingForm(forms.Form): ...
"""

from __future__ import annotations

import copy
from typing import Any

from django import forms
from django.forms.widgets import ChoiceWidget


def copies_fields[F: type[forms.Form]](form: F) -> F:
    """Let forms of this class copy their fields quickly: of one that many people load at once."""
    form.base_fields = _Fields(form.base_fields)
    return form


class _Fields(dict[str, forms.Field]):
    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, forms.Field]:
        return {name: _copy_field(field) for name, field in self.items()}


def _copy_field(field: Any) -> Any:
    """The result of ``copy.deepcopy(field)``; a field that copies itself in its own way does so."""
    way = type(field).__deepcopy__
    is_choice = way is forms.ChoiceField.__deepcopy__
    if not (
        is_choice or way is forms.Field.__deepcopy__ or way is forms.ModelChoiceField.__deepcopy__
    ):
        return copy.deepcopy(field)
    made = _shallow_copy(field)
    made.widget = _copied_widget(field.widget)
    made.error_messages = field.error_messages.copy()
    made.validators = field.validators[:]
    if is_choice:
        made._choices = copy.deepcopy(field._choices)
    elif way is forms.ModelChoiceField.__deepcopy__ and field.queryset is not None:
        made.queryset = field.queryset  # a new iterator of choices, as Django's
    return made


def _copied_widget(widget: Any) -> Any:
    way = type(widget).__deepcopy__
    if way is not forms.Widget.__deepcopy__ and way is not ChoiceWidget.__deepcopy__:
        return copy.deepcopy(widget)
    made = _shallow_copy(widget)
    made.attrs = widget.attrs.copy()
    if way is ChoiceWidget.__deepcopy__:
        made.choices = copy.copy(widget.choices)
    return made


def _shallow_copy(thing: Any) -> Any:
    """The result of ``copy.copy(thing)`` for an object without slots."""
    made = object.__new__(type(thing))
    made.__dict__.update(thing.__dict__)
    return made
