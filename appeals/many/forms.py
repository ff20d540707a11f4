"""Forms about many ticked appeals, and that which gives them to one executor."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from appeals.desk.forms import AppealForm, ExecutorField
from appeals.many.rules import version_of
from appeals.models import Appeal
from city.models import Department
from core.web.forms import offer_choices


class TickedForm(AppealForm):
    """Ticked appeals, each with the version that was shown."""

    appeals = forms.MultipleChoiceField(
        label=_("Appeals"),
        error_messages={"required": _("Tick at least one appeal.")},
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )

    def __init__(
        self,
        *args: Any,
        appeals: Iterable[tuple[Appeal, str]] = (),
        versions: Callable[[Appeal], str] = version_of,
        is_all: bool = False,
        **kwargs: Any,
    ) -> None:
        """``appeals``: those that are shown, with their lines; ``is_all``: each is ticked."""
        super().__init__(*args, **kwargs)
        choices = [(f"{each.pk}:{versions(each)}", line) for each, line in appeals]
        if self.is_bound:
            # What stood on the sent page: another may have changed or taken it meanwhile.
            sent = cast(QueryDict, self.data).getlist("appeals")
            known = {key for key, _line in choices}
            choices += [(key, key.partition(":")[0]) for key in sent if key not in known]
        offer_choices(self, "appeals", choices)
        if is_all:
            self.initial["appeals"] = [key for key, _line in choices]

    def clean_appeals(self) -> dict[int, str]:
        """The version of each by its id."""
        pairs = (key.partition(":") for key in self.cleaned_data["appeals"])
        return {
            int(pk): version for pk, _colon, version in pairs if pk.isdecimal() and len(pk) < 18
        }


class ManyForm(TickedForm):
    """Ticked appeals, and who answers them."""

    field_order = ("executor", "appeals")

    executor = ExecutorField(label=_("Who answers"))

    def __init__(
        self, *args: Any, executors: Iterable[tuple[Department, User | None]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["executor"]
        if isinstance(field, ExecutorField):
            field.offer(executors)
