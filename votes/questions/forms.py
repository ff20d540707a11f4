"""Forms of the desk for questions with their options and pictures, and for quick polls."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from city.models import Department, District
from city.streets.field import StreetField
from core.web.forms import RefusableForm, TextField, offer, whole_number
from votes.desk.forms import EditedPollForm, departments_of
from votes.models import Option, Question

Kind = Question.Kind
#: Asked without options of their own.
WITHOUT_OPTIONS = frozenset({Kind.YES_NO, Kind.TEXT})
#: Several options may be chosen.
SEVERAL = frozenset({Kind.MULTIPLE, Kind.APPROVAL})
_COLUMNS_OF_QUESTION = (
    *("text", "details", "kind", "method", "most", "budget"),
    *("in_hryvnias", "none_of_these", "is_required"),
)
_MOST_OPTIONS = 50
_LONGEST_OPTION = 200
#: In hryvnias, and the digits that it may have.
_DIGITS_OF_COST = 15


class OptionsField(TextField):
    """Options, one a line; a line «name | description | cost» says more of it."""

    def clean(self, value: Any) -> list[dict[str, Any]]:
        lines = [line.strip() for line in (super().clean(value) or "").splitlines()]
        options = [self._option(line) for line in lines if line][: _MOST_OPTIONS + 1]
        names = [option["text"] for option in options]
        for name in names:
            if names.count(name) > 1:
                raise forms.ValidationError(
                    _("«%(name)s» stands in the list twice."), params={"name": name}
                )
        return options

    @staticmethod
    def written(options: Iterable[Option]) -> str:
        """The lines that give these options again."""
        return "\n".join(" | ".join([option.text, *_rest(option)]) for option in options)

    @staticmethod
    def written_again(described: Iterable[dict[str, Any]]) -> str:
        """The same of what ``clean`` has understood."""
        return OptionsField.written(Option(**each) for each in described)

    def _option(self, line: str) -> dict[str, Any]:
        text, _bar, rest = line.partition("|")
        details, _bar, cost = rest.partition("|")
        digits = "".join(cost.split())
        is_cost = not digits or (digits.isdecimal() and len(digits) <= _DIGITS_OF_COST)
        if not 0 < len(text.strip()) <= _LONGEST_OPTION or not is_cost:
            raise forms.ValidationError(
                _("Not understood: «%(line)s». Write: name | description | cost in hryvnias."),
                params={"line": line[:80]},
            )
        option: dict[str, Any] = {"text": text.strip(), "details": details.strip()}
        return option | ({"cost": int(digits)} if digits else {})


def _rest(option: Option) -> list[str]:
    details = " ".join(option.details.split())
    if option.cost is not None:
        return [details, str(option.cost)]
    return [details] if details else []


class QuestionForm(EditedPollForm):
    """One question with its options."""

    text = forms.CharField(label=_("Question"), max_length=300)
    details = TextField(
        label=_("Explanation"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    kind = forms.ChoiceField(
        label=_("How it is answered"), choices=Kind.choices, widget=forms.RadioSelect
    )
    options = OptionsField(
        label=_("Options, one a line"),
        required=False,
        help_text=_(
            "Not for yes or no and for texts. After a bar you may add a description and a cost: "
            "«Lights | 40 lamps | 620000»."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    method = forms.ChoiceField(
        label=_("How an order of preference is counted"),
        choices=[choice for choice in Question.Method.choices if choice[0]],
        widget=forms.RadioSelect,
        required=False,
    )
    least = whole_number(
        _("Minimum number of options"),
        help_text=_("Where several options are chosen."),
        most=_MOST_OPTIONS,
        required=False,
    )
    most = whole_number(_("Maximum number of options"), most=_MOST_OPTIONS, required=False)
    budget = whole_number(_("Points to share out"), most=10**9, width=10, required=False)
    in_hryvnias = forms.BooleanField(label=_("The points are hryvnias"), required=False)
    none_of_these = forms.BooleanField(label=_("Offer «none of these»"), required=False)
    is_required = forms.BooleanField(
        label=_("The question has to be answered"), required=False, initial=True
    )

    @classmethod
    def of(cls, question: Question, options: list[Option], data: Any) -> QuestionForm:
        """The form of a question that is there already."""
        return cls(data, initial=cls._values(question, options))

    @staticmethod
    def _values(question: Question, options: Iterable[Option]) -> dict[str, Any]:
        initial = {name: getattr(question, name) for name in _COLUMNS_OF_QUESTION}
        return initial | {
            "least": question.least or None,
            "options": OptionsField.written(options),
        }

    def current_values(self, row: Question) -> dict[str, Any]:
        return self._values(row, row.options.order_by("place"))

    def submitted_values(self) -> dict[str, Any]:
        """Only what belongs to the kind of question is stored; the rest counts as it is stored."""
        described = self.described()
        return described | {
            "least": described["least"] or None,
            "options": OptionsField.written_again(described["options"]),
        }

    def saved_key(self, fresh: Any) -> int:
        return int(fresh.poll_id)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, options = cleaned.get("kind"), cleaned.get("options") or []
        if kind not in WITHOUT_OPTIONS and not self.has_error("options") and len(options) < 2:
            self.add_error("options", _("Every question needs two options at least."))
        if len(options) > _MOST_OPTIONS:
            self.add_error("options", _("These are too many options: 50 at most."))
        if kind == Kind.RANKED and not cleaned.get("method"):
            self.add_error("method", _("Say how the order of preference is counted."))
        if kind == Kind.POINTS and not cleaned.get("budget") and not self.has_error("budget"):
            self.add_error("budget", _("Say how many points there are to share out."))
        if kind in SEVERAL and not self.has_error("options"):
            self._compare(cleaned.get("least") or 0, cleaned.get("most"), len(options))
        return cleaned

    def _compare(self, least: int, most: int | None, options: int) -> None:
        """Whether so many options can be chosen."""
        if (most or 0) > options:
            self.add_error("most", _("More options are to be chosen than there are."))
        elif least > options:
            self.add_error("least", _("More options are to be chosen than there are."))
        elif most and least > most:
            self.add_error("most", _("This is less than the least number."))

    def described(self) -> dict[str, Any]:
        """Arguments of the action: only what belongs to this kind of question."""
        cleaned, kind = self.cleaned_data, self.cleaned_data["kind"]
        several = kind in SEVERAL
        return {
            "text": cleaned["text"],
            "details": cleaned["details"],
            "kind": kind,
            "method": cleaned["method"] if kind == Kind.RANKED else "",
            "least": (cleaned["least"] or 0) if several else 0,
            "most": cleaned["most"] if several else None,
            "budget": cleaned["budget"] if kind == Kind.POINTS else None,
            "in_hryvnias": cleaned["in_hryvnias"] and kind == Kind.POINTS,
            "none_of_these": cleaned["none_of_these"] and kind not in WITHOUT_OPTIONS,
            "is_required": cleaned["is_required"],
            "options": [] if kind in WITHOUT_OPTIONS else cleaned["options"],
        }


class AskHereForm(RefusableForm):
    """A question for those who are here, in ten seconds: typed, sent by Enter, open."""

    text = forms.CharField(
        label=_("Question"), max_length=200, widget=forms.TextInput(attrs={"autofocus": True})
    )
    options = OptionsField(
        label=_("Options, one a line"),
        required=False,
        help_text=_("Leave it empty for yes, no or abstain."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    minutes = whole_number(_("Open for, in minutes"), most=120, initial=3)
    results_while_open = forms.BooleanField(
        label=_("Show the bars while people vote"), required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:  # the summary of its errors takes the focus
            del self.fields["text"].widget.attrs["autofocus"]

    def question(self) -> dict[str, Any]:
        options = self.cleaned_data["options"]
        kind = Kind.SINGLE if options else Kind.YES_NO
        return {"text": self.cleaned_data["text"], "kind": kind, "options": options}

    @property
    def lasts(self) -> timedelta:
        return timedelta(minutes=self.cleaned_data["minutes"])


class QuickForm(AskHereForm):
    """The same at the desk, in the name of a department."""

    department = forms.ModelChoiceField(label=_("Department"), queryset=Department.objects.none())

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = departments_of(by)
        department = offer(self, "department", mine)
        department.initial = mine.first()
        if len(mine) == 1:
            department.widget = forms.HiddenInput()


class LocationForm(EditedPollForm):
    """The street or district in which an option is."""

    refused_at: ClassVar[dict[str, str]] = {"option.two_locations": "district"}

    street = StreetField(
        label=_("Street or square"),
        help_text=_("From the council’s list. Leave both fields empty if the option has no place."),
        required=False,
        must_be_known=True,
    )
    district = forms.ModelChoiceField(
        District.objects.none(),
        label=_("Or a district"),
        help_text=_("Where it is about a whole district."),
        required=False,
    )

    def __init__(self, *args: Any, option: Option, **kwargs: Any) -> None:
        super().__init__(*args, initial=self.current_values(option), **kwargs)
        offer(self, "district", District.objects.offered([option.district_id]))
        street = self.fields["street"]
        if isinstance(street, StreetField):
            street.current = option.street

    def current_values(self, row: Option) -> dict[str, Any]:
        return {"street": row.street, "district": row.district_id}

    def saved_key(self, fresh: Any) -> int:
        return int(fresh.question.poll_id)

    def location(self) -> dict[str, Any]:
        """Arguments of the action."""
        cleaned = self.cleaned_data
        return {"street": cleaned["street"].street, "district": cleaned["district"]}


class PictureForm(EditedPollForm):
    """A picture of an option, in the place of the one that is shown."""

    refused_at = dict.fromkeys(
        (
            "file.empty",
            "file.damaged",
            "file.too_large",
            "file.too_many_pixels",
            "file.type",
            "file.busy",
        ),
        "file",
    )

    file = forms.FileField(
        label=_("Picture"),
        help_text=_("PNG or JPEG, up to 10 MB. It is shown with the option’s name for its words."),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,image/png,image/jpeg"}),
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, option: Option, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.option = option

    def current_values(self, row: Option) -> dict[str, Any]:
        return {"_picture": row.picture.name}

    def seen_values(self) -> dict[str, Any]:
        return self.current_values(self.option)

    def saved_key(self, fresh: Any) -> int:
        return int(fresh.question.poll_id)
