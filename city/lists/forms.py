"""Base classes of forms for the council's own data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import model_to_dict

from city.models import Change
from core.web.optimistic_lock import OptimisticLockForm


class CityForm(OptimisticLockForm):
    """A form that edits the council's own data; its trace tells who saved it last."""

    #: The table whose trace that is (city.models.Change).
    table: ClassVar[str] = ""

    def _last_saved(self, fresh: models.Model) -> tuple[str, datetime] | None:
        rows = Change.objects.filter(table=self.table).order_by("-id")
        change = (rows if self.table == "age" else rows.filter(row=fresh.pk)).first()
        if change is None or change.by is None:
            return None
        by = get_user_model()._base_manager.filter(pk=change.by).first()
        return (by.get_full_name(), change.at) if by else None

    @contextmanager
    def showing_errors(self) -> Iterator[None]:
        """Show what the columns did not take: what somebody else stored at the same moment."""
        try:
            yield
        except ValidationError as wrong:
            self.add_error(None, wrong.messages)


if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[models.Model]
else:
    _ModelForm = forms.ModelForm


class CityRowForm(CityForm, _ModelForm):
    """One that edits columns of a row."""

    def current_values(self, row: Any) -> Mapping[str, Any]:
        return model_to_dict(row, fields=self._meta.fields)
