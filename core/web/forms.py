"""Forms and fields of the site, in the markup of GOV.UK Frontend by Django's FORM_RENDERER.

`{{ form }}` renders a whole form (error summary, fields, hidden fields),
`{{ field.as_field_group }}` one field; templates are in `templates/django/forms/`. Forms of third
parties (allauth) get the same, because the renderer also brings the bound field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import QuerySet
from django.forms.boundfield import BoundField as DjangoBoundField
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from core.domain.rules import Refused, Verdict
from core.web import limits

#: Days beyond these are slips of the finger; near the ends of the calendar they break what reckons
#: with them.
_YEARS = range(2000, 2101)
# The first class that fits decides; order matters where Django's widgets inherit from each other.
_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Textarea, "textarea"),
    (forms.PasswordInput, "password"),
    (forms.FileInput, "file"),
    (forms.Select, "select"),
)
_CLASSES = {
    "checkboxes": "govuk-checkboxes",
    "radios": "govuk-radios",
    "checkbox": "govuk-checkboxes__input",
    "textarea": "govuk-textarea",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "file": "govuk-file-upload",
    "select": "govuk-select",
    "input": "govuk-input",
}
#: By the code of a refusal, the id of the field that it is about, where that stands in the page
#: beside the form's own ones: summaries of errors lead there.
BESIDE: dict[str, str] = {}
# What has a red edge when it is wrong; groups of options show it by the bar at their side.
_MARKED_WRONG = {
    "textarea": "govuk-textarea--error",
    "password": "govuk-input--error",
    "file": "govuk-file-upload--error",
    "select": "govuk-select--error",
    "input": "govuk-input--error",
}


class BoundField(DjangoBoundField):
    """A field on a form that knows its GOV.UK kind, classes, and what describes it.

    A widget's own `attrs["class"]` is kept beside ours, so "govuk-input--width-5" or
    "govuk-radios--inline" work as in GOV.UK's documentation.
    """

    @property
    def kind(self) -> str:
        """One of checkboxes, radios, checkbox, textarea, password, file, select, input."""
        return _kind(self.field.widget)

    @property
    def character_limit(self) -> int | None:
        """The most characters a long text may have; the page counts them aloud, nothing cuts."""
        limit = self.field.widget.attrs.get("maxlength")
        return int(limit) if limit and self.kind == "textarea" else None

    @property
    def first_id(self) -> str:
        """The id that an error's link leads to: the control, or the first of several."""
        if self.kind in ("radios", "checkboxes"):
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id

    @property
    def newer(self) -> Any:
        """The field's newer value, after a conflict (core.web.optimistic_lock); else None."""
        return getattr(self.form, "newer", {}).get(self.name)

    @property
    def is_optional(self) -> bool:
        """Whether the label says so. A lone checkbox is optional by its nature; fields of which one
        has to be filled (``one_of`` of the form), or that another answer or a later step asks for
        (``needed_later``), are not optional."""
        marks = getattr(self.form, "marks_optional", True)
        needed = (*getattr(self.form, "one_of", ()), *getattr(self.form, "needed_later", ()))
        if self.name in needed:
            return False
        return marks and not self.field.required and self.kind != "checkbox"

    @property
    def aria_describedby(self) -> str | None:
        described = super().aria_describedby
        if described is None or not self.auto_id:
            return described
        if self.newer:
            described = f"{described} {self.auto_id}_newer"
        if self.character_limit:
            described = f"{described} {self.auto_id}-info"
        return described.strip()

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if widget.is_hidden:
            return attrs
        kind = _kind(widget)
        classes = [_CLASSES[kind], str(attrs.get("class") or widget.attrs.get("class", ""))]
        if self.errors:
            classes.append(_MARKED_WRONG.get(kind, ""))
        if kind == "textarea" and self.character_limit:
            classes.append("govuk-js-character-count")
        attrs["class"] = " ".join(filter(None, classes))
        if kind == "textarea":
            # A browser silently cuts pasted text at maxlength; people should see what is too much.
            attrs["maxlength"] = False
        return attrs


class Renderer(TemplatesSetting):
    """settings.FORM_RENDERER: the project's templates first, Django's for what we leave alone."""

    bound_field_class = BoundField


class TextField(forms.CharField):
    """A long text. Line ends become one character, so that the limit on the page and the limit on
    the server count alike (browsers send CR LF)."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return value.replace("\r\n", "\n").replace("\r", "\n") if value else value


class LinesField(TextField):
    """A list, one item a line."""

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = (" ".join(line.split()) for line in (super().to_python(value) or "").splitlines())
        return [line for line in lines if line]

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")


class DateInput(forms.DateInput):
    """The browser's own date picker; the value travels as ISO in every language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """Date and time of the council's clock (Europe/Kyiv), to the minute."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")


def within_reach(moment: date) -> None:
    """Refuse a day that nothing here can have: a slip at the year, and the last day there is, after
    which no other comes."""
    if moment.year not in _YEARS:
        raise forms.ValidationError(_("Look at the year: it has to lie between 2000 and 2100."))


class DateField(forms.DateField):
    """A day within reach, by the browser's own date picker."""

    widget = DateInput
    default_validators = [within_reach]


class DateTimeField(forms.DateTimeField):
    """A moment within reach, by the council's clock."""

    widget = DateTimeInput
    default_validators = [within_reach]


def whole_number(
    label: Any, *, most: int, least: int = 1, width: int = 3, **more: Any
) -> forms.IntegerField:
    """A field of a number from ``least`` to ``most``; ``width``: one of GOV.UK's, in digits."""
    widget = forms.NumberInput(attrs={"class": f"govuk-input--width-{width}"})
    return forms.IntegerField(label=label, min_value=least, max_value=most, widget=widget, **more)


class FilterForm(forms.Form):
    """A form of filters in an address (GET): everything is optional and nothing says so."""

    marks_optional: ClassVar[bool] = False
    use_required_attribute = False


def posted_data(request: HttpRequest) -> QueryDict | None:
    """Submitted data of a form, be it empty; None when the page is only asked for."""
    return request.POST if request.method == "POST" else None


def offer_choices(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let these be chosen in a field of the form."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} offers no choices")
    field.choices = list(choices)


def _kind(widget: forms.Widget) -> str:
    return next((kind for cls, kind in _KINDS if isinstance(widget, cls)), "input")


class RefusableForm(forms.Form):
    """A form that can say why an action refused what it holds."""

    #: The field that a refusal of this code is about, by the code.
    refused_at: ClassVar[Mapping[str, str]] = {}

    def refuse(self, verdict: Verdict) -> None:
        """Show the refusal at its field, or above the form; nothing typed is lost."""
        error = forms.ValidationError(str(verdict.message), code=verdict.code)
        self.add_error(self.refused_at.get(verdict.code), error)

    def attempt(self) -> AbstractContextManager[None, bool]:
        """``with form.attempt(): …``: if an action within is refused, the form says why, and what
        stands after the block goes on."""
        return _Attempt(self)

    @property
    def status(self) -> int:
        """The HTTP status of its page: 429 (too often), 422 (something is wrong) or 200."""
        if self.has_error(NON_FIELD_ERRORS, limits.CODE):
            return 429
        return 422 if self.errors else 200


class _Attempt(AbstractContextManager[None, bool]):
    """A generator would do, but for mypy: it has to know that a refusal ends here."""

    def __init__(self, form: RefusableForm) -> None:
        self.form = form

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: Any, error: BaseException | None, _trace: Any) -> bool:
        if isinstance(error, Refused):
            self.form.refuse(error.verdict)
        return isinstance(error, Refused)


def offer(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> forms.ModelChoiceField[Any]:
    """Let these rows be chosen in a field of the form; returns the field."""
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(f"{name} offers no rows")
    field.queryset = rows
    return field
