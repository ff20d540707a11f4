"""Forms of grants and cover. They gather; the rules judge."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.hand_overs.forms import KEEP, HandOverForm
from accounts.models import StaffRole, User
from accounts.people.fields import AccountEmailField
from accounts.staff import grant_targets, rules
from accounts.staff.models import LEADERS, OF_DEPARTMENTS
from city.models import Department
from core.domain.calendar import end_of_day, kyiv
from core.web.forms import DateField, DateInput, RefusableForm, TextField, offer, offer_choices

_SHORT = {"class": "govuk-input--width-10"}


if TYPE_CHECKING:
    _UserField = forms.ModelChoiceField[User]
else:
    _UserField = forms.ModelChoiceField


class _Colleagues(_UserField):
    def label_from_instance(self, user: User) -> str:
        return user.get_full_name()


class FindForm(RefusableForm):
    """Form to find a colleague by their e-mail address, or to invite it."""

    email = AccountEmailField(
        label=_("E-mail of the person"),
        help_text=_("A colleague’s page opens; anybody else you invite by mail."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class _DaysMixin(forms.Form):
    """From a day until a day, both whole, in Kyiv."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day comes before the first one."))
        return data


class GrantForm(_DaysMixin, RefusableForm):
    """A role, where it holds, for how long, and why.

    ``department``: the one that was chosen on the page, whose things are offered; None: the whole
    council.
    """

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    scope = forms.ChoiceField(
        label=_("For what"),
        required=False,
        help_text=_("All that the department does, or one thing alone."),
    )
    post = forms.CharField(
        label=_("Post"),
        max_length=200,
        required=False,
        help_text=_(
            "As in the order of appointment, with the department; letters print it: «начальник "
            "загального відділу»."
        ),
    )
    post_genitive = forms.CharField(
        label=_("Post, in the genitive"),
        max_length=200,
        required=False,
        help_text=_("For who stands in: «в. о. начальника загального відділу»."),
    )
    patronymic = forms.CharField(
        label=_("Patronymic"),
        max_length=80,
        required=False,
        help_text=_(
            "A refusal of a request for information names it (2939-VI art. 22). Empty: there is "
            "none."
        ),
    )
    first_day = DateField(
        label=_("First day"),
        required=False,
        help_text=_("Leave this empty to begin at once."),
        widget=DateInput(attrs=_SHORT),
    )
    last_day = DateField(
        label=_("Last day"),
        required=False,
        help_text=_("Leave this empty to last until it is revoked."),
        widget=DateInput(attrs=_SHORT),
    )
    reason = TextField(
        label=_("Reason"),
        max_length=500,
        help_text=_("For example, the order of appointment. It stays in the history."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, department: Department | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.department = department
        if department is None:
            roles = [*LEADERS, StaffRole.MODERATOR, StaffRole.ADMINISTRATOR]
            del self.fields["scope"]
        else:
            roles = [*OF_DEPARTMENTS, StaffRole.MODERATOR]
            everything = ("", _("Everything that the department does"))
            targets = grant_targets.choices_for_department(department.pk)
            offer_choices(self, "scope", [everything, *targets])
        offer_choices(self, "role", [(role.value, role.label) for role in roles])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        role, scope = data.get("role"), data.get("scope", "")
        if role and self.department is not None:
            verdict = rules.fits(role, self.department.pk, scope)
            if not verdict:
                self.add_error("scope", forms.ValidationError(str(verdict.message)))
        verdict = rules.check_post(role or "", data.get("post", ""), data.get("post_genitive", ""))
        if not verdict:
            field = str(verdict.params["field"])
            self.add_error(field, forms.ValidationError(str(verdict.message), code=verdict.code))
        return data

    def facts(self) -> dict[str, Any]:
        """The keyword arguments of actions.grant."""
        data = self.cleaned_data
        return {
            "role": data["role"],
            "department": self.department,
            "scope": data.get("scope", ""),
            "starts_at": _morning_of(data["first_day"]),
            "ends_at": _evening_of(data["last_day"]),
            "reason": data["reason"],
            "post": data["post"],
            "post_genitive": data["post_genitive"],
            "patronymic": data["patronymic"],
        }


class RevokeForm(HandOverForm):
    """Why a role is taken back, and to whom open work goes."""

    reason = TextField(
        label=_("Reason"),
        max_length=500,
        help_text=_("It stays in the history."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ResetFactorsForm(RefusableForm):
    """Why second factors may be taken away: how it is known that their owner asks for it."""

    known_by = forms.ChoiceField(
        label=_("How you know who asks for it"),
        help_text=_("A letter or a telephone call is not enough: that is how factors are stolen."),
        choices=[
            ("document", _("The person came with a document")),
            ("video", _("A colleague who knows the person saw them in a video call")),
        ],
        widget=forms.RadioSelect,
    )


class CoverForm(_DaysMixin, HandOverForm):
    """Form for a stand-in and the days, and to whom open work goes of somebody who is long away."""

    cover = _Colleagues(
        label=_("Who stands in"), queryset=User.objects.none(), empty_label=_("Choose a colleague")
    )
    first_day = DateField(label=_("First day"), widget=DateInput(attrs=_SHORT))
    last_day = DateField(label=_("Last day"), widget=DateInput(attrs=_SHORT))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        help_text=_("For example: leave. Colleagues see it."),
    )

    def __init__(self, *args: Any, absent: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = User.objects.filter(is_staff=True, is_active=True).exclude(pk=absent.pk)
        offer(self, "cover", colleagues.order_by("family_name", "given_name", "pk"))
        if self.items:  # the stand-in may do it in the absent person's name
            self.fields["to_all"].initial = KEEP

    def facts(self) -> dict[str, Any]:
        """The keyword arguments of actions.name_cover."""
        data = self.cleaned_data
        return {
            "cover": data["cover"],
            "starts_at": kyiv(data["first_day"]),
            "ends_at": end_of_day(data["last_day"]),
            "reason": data["reason"],
        }


def _morning_of(day: date | None) -> datetime | None:
    return kyiv(day) if day else None


def _evening_of(day: date | None) -> datetime | None:
    return end_of_day(day) if day else None
