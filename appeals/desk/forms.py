"""Forms of the desk of appeals. They gather; the rules judge."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from appeals.actions import About
from appeals.answers.models_saved import SavedAnswer
from appeals.desk.about_fields import department_field, offer_about, official_field
from appeals.models import Appeal, Category
from city.models import Department, Theme
from core.domain.rules import Verdict
from core.web.form_drafts import DeviceDrafts
from core.web.forms import (
    DateField,
    FilterForm,
    RefusableForm,
    TextField,
    offer,
    offer_choices,
    whole_number,
)
from core.web.optimistic_lock import OptimisticLockForm

#: Long texts that the device keeps until they are sent, by form.
DRAFTS = DeviceDrafts(
    "appeal",
    {
        "new": ("text",),
        "draft": ("text",),
        "note": ("text",),
        "return": ("note",),
        "leave": ("note",),
        "forward": ("note",),
        "move": ("note",),
        "extend": ("reason",),
        "ask_head": ("words",),
        "refuse": ("reason", "text", "part", "interest", "harm", "balance"),
        "postpone": ("reason",),
        "shorten": ("reason",),
        "send_back": ("words",),
    },
)


#: The longest period, in days, that is asked for at once.
LONGEST = 366


class AppealForm(RefusableForm):
    """A form that shows a refusal at the field that the rule names."""

    #: A rule's name of what is missing -> the field here, where it is another.
    asked_as: ClassVar[dict[str, str]] = {"department": "executor", "officer": "executor"}

    def refuse(self, verdict: Verdict) -> None:
        named = str(verdict.params.get("field", ""))
        field = named if named in self.fields else self.asked_as.get(named, "")
        if field not in self.fields:
            super().refuse(verdict)
            return
        error = forms.ValidationError(str(verdict.message), code=verdict.code)
        self.add_error(field, error)


class ListFilter(FilterForm):
    """Filter of the list."""

    q = forms.CharField(
        label=_("Number, name or words"), required=False, max_length=200, strip=True
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *Appeal.Kind.choices]
    )
    theme = forms.ModelChoiceField(
        Theme.objects.open(), label=_("Theme"), required=False, empty_label=_("All")
    )
    department = forms.ModelChoiceField(
        Department.objects.none(), label=_("Department"), required=False, empty_label=_("All")
    )

    def __init__(self, *args: Any, departments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "department", departments)


class PeriodForm(RefusableForm):
    """The first and the last day of a journal."""

    marks_optional: ClassVar[bool] = False

    since = DateField(label=_("From"))
    until = DateField(label=_("Until, with this day"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if since and until:
            if until < since:
                self.add_error("until", _("The last day must not be before the first."))
            elif (until - since).days >= LONGEST:
                self.add_error("until", _("Ask for one year at most."))
        return data

    def period(self) -> tuple[date, date]:
        return self.cleaned_data["since"], self.cleaned_data["until"]


class ExecutorField(forms.ChoiceField):
    """A department, or one of its people: «3» or «3:17». Cleans to (Department, User or None)."""

    def offer(self, executors: Iterable[tuple[Department, User | None]]) -> None:
        self.executors = {
            _key(department, user): (department, user) for department, user in executors
        }
        self.choices = [
            ("", _("Choose")),
            *(
                (key, f"{department.name}: {user.get_full_name()}" if user else department.name)
                for key, (department, user) in self.executors.items()
            ),
        ]

    def clean(self, value: Any) -> Any:
        return self.executors.get(super().clean(value))


def _key(department: Department, user: User | None) -> str:
    return f"{department.pk}:{user.pk}" if user else str(department.pk)


class AcceptForm(AppealForm):
    """As what it is taken to be considered, by whom and in which term."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Appeal.Kind, widget=forms.RadioSelect)
    term = forms.ChoiceField(
        label=_("Term"),
        choices=[
            ("", _("the usual one of its kind")),
            ("month", _("one month (393/96-ВР art. 20)")),
            ("simple", _("15 days: it needs no further study (393/96-ВР art. 20)")),
            ("request", _("5 working days, a request for information (2939-VI art. 20)")),
            ("urgent", _("48 hours, a request on life, freedom or dangers (2939-VI art. 20)")),
        ],
        required=False,
    )
    executor = ExecutorField(
        label=_("Who answers"),
        error_messages={"required": _("Choose the department that considers it.")},
        help_text=_(
            "Only the office and the executors can read the appeal; the head of the body, once "
            "asked."
        ),
    )
    about_department = department_field()
    about_person = official_field()
    category = forms.ModelChoiceField(
        Category.objects.filter(closed_at=None),
        label=_("Category of the classifier"),
        required=False,
    )
    theme = forms.ModelChoiceField(Theme.objects.open(), label=_("Theme"), required=False)
    privileged = forms.ChoiceField(
        label=_("Privileged category"),
        choices=[("", _("none")), *Appeal.Privileged.choices],
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        executors: Any,
        about: tuple[int | None, int | None] = (None, None),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer_executors(self, executors)
        offer_about(self, *about)

    def collect_arguments(self) -> dict[str, Any]:
        """The arguments of ``actions.accept``."""
        data = dict(self.cleaned_data)
        data["department"], data["officer"] = data.pop("executor")
        data["about"] = About(data.pop("about_department"), data.pop("about_person"))
        return data


def _offer_executors(form: forms.Form, executors: Any) -> None:
    field = form.fields["executor"]
    if isinstance(field, ExecutorField):
        field.offer(executors)


class AssignForm(AppealForm, OptimisticLockForm):
    """Form for the executors: one answers, others help."""

    executor = ExecutorField(label=_("Who answers"))
    others = forms.MultipleChoiceField(
        label=_("Who helps"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )
    resolution = TextField(
        label=_("Resolution"),
        max_length=2000,
        required=False,
        help_text=_("What they are asked to do. The applicant does not read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, executors: Any, departments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_executors(self, executors)
        self.departments = {str(each.pk): each for each in departments}
        offer_choices(self, "others", [(key, each.name) for key, each in self.departments.items()])

    def current_values(self, row: Appeal) -> dict[str, Any]:
        return values_of_executors(row)

    def submitted_values(self) -> dict[str, Any]:
        department, user = self.cleaned_data["executor"]
        return {"executor": _key(department, user), "others": self.cleaned_data["others"]}

    def collect_arguments(self) -> dict[str, Any]:
        """The arguments of ``actions.assign``."""
        department, officer = self.cleaned_data["executor"]
        others = [(self.departments[key], None) for key in self.cleaned_data["others"]]
        resolution = self.cleaned_data["resolution"]
        return {
            "department": department,
            "officer": officer,
            "others": others,
            "resolution": resolution,
        }


def values_of_executors(appeal: Appeal) -> dict[str, Any]:
    """The executors, as AssignForm has them."""
    rows = list(appeal.executors.select_related("department", "user"))
    main = next((each for each in rows if each.is_main), None)
    return {
        "executor": _key(main.department, main.user) if main else "",
        "others": [str(each.department_id) for each in rows if not each.is_main],
    }


class NoteForm(AppealForm):
    """An entry in the file of the appeal, which stays as long as the file does."""

    text = TextField(
        label=_("What belongs in the file"),
        max_length=4000,
        help_text=_(
            "A call, a visit, a document. It stays in the file; the applicant does not see it. To "
            "ask or tell a colleague something, write a note below the letter instead."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


def _text_field(label: Any, help_text: Any, *, required: bool = True) -> TextField:
    return TextField(
        label=label,
        max_length=2000,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ForwardForm(AppealForm):
    """To which body it is sent."""

    to = forms.CharField(
        label=_("To which body"),
        max_length=300,
        help_text=_(
            "Its full name, as it stands in the letter. Never to whom a complaint is about."
        ),
    )
    note = _text_field(
        _("What the applicant is told beside it"),
        _("Why it is that body’s matter."),
        required=False,
    )
    sheets = whole_number(
        _("Sheets of the appeal that go with the letter"),
        most=10_000,
        help_text=_("The letter to the body says so: «Додаток: копія звернення на … арк.»."),
        width=5,
    )


class ReturnForm(AppealForm):
    """Why it is returned, and what is missing."""

    ground = forms.ChoiceField(
        label=_("Ground"), choices=Appeal.ReturnedFor, widget=forms.RadioSelect
    )
    note = _text_field(
        _("What is missing"),
        _("The applicant reads it: say what to add, so that they can send it again."),
    )


class LeaveForm(AppealForm):
    """On which ground it is not considered."""

    ground = forms.ChoiceField(
        label=_("Ground"), choices=Appeal.RefusedFor, widget=forms.RadioSelect
    )
    note = _text_field(
        _("Reason"), _("The applicant reads it, where there is a way to reach them.")
    )


class MoveForm(AppealForm):
    """Why it is an administrative case."""

    note = _text_field(
        _("Reason"), _("The applicant reads it: which procedure it is, and who decides by when.")
    )


class ExtendForm(AppealForm):
    """Until when, and why."""

    until = DateField(label=_("The new last day"))
    reason = TextField(
        label=_("Reason"),
        max_length=900,
        help_text=_("The applicant reads it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AskHeadForm(AppealForm):
    """Form to ask the head of the body for a decision."""

    words = TextField(
        label=_("What is to be decided, and why"),
        max_length=2000,
        help_text=_(
            "To leave it without consideration, on which ground, or to extend its term, until "
            "when. The applicant does not read it."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ShortenForm(AppealForm):
    """Until when instead, and why."""

    until = DateField(label=_("The new last day"))
    reason = TextField(
        label=_("Reason"),
        max_length=900,
        help_text=_(
            "What the applicant has asked for in writing, and why. The applicant reads it."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SavedAnswerForm(AppealForm, OptimisticLockForm):
    """Words that a department writes often."""

    refused_at = {"appeal.saved_title_taken": "title"}

    department = forms.ModelChoiceField(Department.objects.none(), label=_("Department"))
    title = forms.CharField(label=_("Title"), max_length=120)
    text = TextField(label=_("Text"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 10}))

    def __init__(
        self, *args: Any, user: User, saved: SavedAnswer | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        kept = [saved.department_id] if saved else []
        rows = Department.objects.offered(kept)
        offer(
            self,
            "department",
            rows if user.is_administrator else rows.filter(pk__in=user.department_ids),
        )

    def current_values(self, row: SavedAnswer) -> dict[str, Any]:
        return {"department": row.department_id, "title": row.title, "text": row.text}
