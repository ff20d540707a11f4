"""Fields of forms by which open work passes to others: one for all of it, one for each line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.staff.open_work import CHANGED, Holder, WorkItem
from city.models import Department
from core.domain.rules import Verdict
from core.web.forms import RefusableForm, offer_choices

#: It stays in the name of whom it is.
KEEP = "keep"
#: So that a page with hundreds of lines stays one: further ones go where all goes.
MOST_LINES = 100

type Offered = Sequence[tuple[Department, User | None]]


class HandOverForm(RefusableForm):
    """To whom open work goes. ``items``: its lines; ``offered``: departments, each followed by its
    people. Without lines nothing is asked."""

    #: Asked for unless each line says to whom it goes.
    needed_later = ("to_all",)

    to_all = forms.ChoiceField(label=_("To whom all of it goes"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, items: Sequence[WorkItem], offered: Offered, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        if not self.items:
            del self.fields["to_all"], self.fields["seen"]
            return
        self.fields["seen"].initial = self._mark
        keep = (KEEP, _("Nobody: it stays as it is"))
        offer_choices(self, "to_all", [("", _("Choose")), keep, *_in_groups(offered)])
        for item in self.items[:MOST_LINES]:
            own = item.holder.department_id
            near = [each for each in offered if each[0].pk == own]
            far = [each for each in offered if each[0].pk != own and not each[1]]
            self.fields[f"to_{item.key}"] = forms.ChoiceField(
                label=item.title,
                required=False,
                choices=[("", _("As for all")), keep, *_in_groups(near), *_flat(far)],
                widget=forms.Select(attrs={"class": "govuk-!-width-full"}),
            )

    @property
    def _mark(self) -> str:
        """By what the form tells which list was shown."""
        told = repr(sorted((item.key, item.version, item.objects) for item in self.items))
        return blake2b(told.encode(), digest_size=12).hexdigest()

    @property
    def lines(self) -> Iterator[tuple[WorkItem, BoundField | None]]:
        """Lines, each with its field."""
        for item in self.items:
            name = f"to_{item.key}"
            yield item, self[name] if name in self.fields else None

    @property
    def others(self) -> list[BoundField]:
        """Fields beside those of work."""
        return [field for field in self if field.name not in self._own and not field.is_hidden]

    @property
    def _own(self) -> set[str]:
        return {"to_all", "seen", *(f"to_{item.key}" for item in self.items)}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.items:
            return data
        if data.get("seen") != self._mark:
            self.data = {**dict(self.data.items()), "seen": self._mark}
            self.add_error(None, forms.ValidationError(str(CHANGED.message), code=CHANGED.code))
        asked = [data.get(f"to_{item.key}") or data.get("to_all") for item in self.items]
        if not all(asked) and "to_all" not in self.errors:
            self.add_error("to_all", _("Choose to whom it goes, or that it stays as it is."))
        return data

    def choices(self) -> dict[WorkItem, Holder]:
        """The lines that pass to somebody, each with to whom."""
        found = {}
        for item in self.items:
            value = self.cleaned_data.get(f"to_{item.key}") or self.cleaned_data["to_all"]
            if value != KEEP:
                department, _colon, person = value.partition(":")
                found[item] = Holder(int(department), int(person) if person else None)
        return found

    def refuse(self, verdict: Verdict) -> None:
        """Show at each line why it does not pass; other refusals as every form does."""
        rows: Mapping[str, Verdict] = verdict.params.get("rows", {})
        if not rows:
            super().refuse(verdict)
        for key, why in rows.items():
            name = f"to_{key}" if f"to_{key}" in self.fields else "to_all"
            self.add_error(name, forms.ValidationError(str(why.message), code=why.code))


def _value(department: Department, person: User | None) -> str:
    return f"{department.pk}:{person.pk if person else ''}"


def _in_groups(offered: Offered) -> list[tuple[Any, Any]]:
    """A group a department: all of it, and its people."""
    groups: dict[int, tuple[str, list[tuple[str, Any]]]] = {}
    for department, person in offered:
        _name, its = groups.setdefault(department.pk, (department.local_name, []))
        words = person.get_full_name() if person else _whole(department)
        its.append((_value(department, person), words))
    return list(groups.values())


def _flat(offered: Offered) -> list[tuple[str, Any]]:
    return [(_value(department, None), department.local_name) for department, _none in offered]


def _whole(department: Department) -> str:
    return str(_("%(name)s, the whole department") % {"name": department.local_name})
