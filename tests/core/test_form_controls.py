"""Forms: every control has its label, what is wrong is said beside it and summed up."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.utils import translation

from core.domain.rules import reject
from core.web import limits
from core.web.forms import FilterForm, RefusableForm
from tests.core.pieces import Page, Speech, whole


def rendered(form: forms.BaseForm) -> Page:
    with translation.override("en"):
        return whole(str(form))


def test_every_control_has_a_label_that_leads_to_it():
    page = rendered(Speech())
    labelled = {attrs.get("for") for attrs in page.all("label")}
    for tag in ("input", "textarea", "select"):
        for control in page.all(tag):
            if control.get("type") != "hidden":
                assert control["id"] in labelled
    assert len(page.all("fieldset")) == len(page.all("legend")) == 2


def test_what_describes_a_control_is_there():
    page = rendered(Speech({"name": ""}))
    described = [
        attrs["aria-describedby"] for _, attrs in page.tags if attrs.get("aria-describedby")
    ]
    assert len(described) == 5
    assert {one for ids in described for one in ids.split()} <= set(page.ids())


def test_what_is_said_of_a_checkbox_follows_it():
    words = str(Speech())
    assert words.index('type="checkbox" name="agree"') < words.index("Until you say otherwise")


@pytest.mark.parametrize("name", ["name", "kind", "agree"])
def test_markup_in_what_is_said_of_a_control_is_shown_as_text(name):
    form = Speech()
    form.fields[name].help_text = "As in <b>ТОВ «Назва»</b>"
    for language in ("uk", "en"):
        with translation.override(language):
            assert "As in &lt;b&gt;" in str(form)


def test_errors_are_summed_up_and_lead_to_their_fields():
    page = rendered(Speech({"name": "", "text": "x" * 51, "places": ["nowhere"], "theme": "1"}))
    (summary,) = [attrs for _, attrs in page.tags if "data-error-summary" in attrs]
    assert "autofocus" in summary
    assert summary["tabindex"] == "-1"
    targets = [a["href"] for a in page.all("a")]
    assert targets == ["#id_name", "#id_text", "#id_kind_0", "#id_places_0", "#id_agree"]
    assert {target[1:] for target in targets} <= set(page.ids())
    assert (
        len([1 for _, a in page.tags if "govuk-form-group--error" in (a.get("class") or "")]) == 5
    )
    assert page.all("input", id="id_name")[0]["aria-invalid"] == "true"


def test_errors_of_the_whole_form_and_of_hidden_fields_are_said():
    form = Speech({"secret": "x"})
    form.add_error(None, "The consultation is closed.")
    page = rendered(form)
    assert "The consultation is closed." in page.words
    assert "Enter a whole number." in page.words
    assert len(page.all("input", type="hidden", name="secret")) == 1


def test_form_without_errors_has_no_summary():
    assert not [1 for _, attrs in rendered(Speech()).tags if "data-error-summary" in attrs]


def test_what_a_later_step_asks_for_is_not_called_optional():
    class Later(Speech):
        needed_later = tuple(Speech.base_fields)

    assert "(optional)" not in rendered(Later()).words


def test_optional_fields_say_so_but_filters_do_not():
    class Filter(FilterForm):
        words = forms.CharField(label="Words", required=False)

    assert rendered(Speech()).words.count("(optional)") == 5
    assert "(optional)" not in rendered(Filter()).words


def test_long_text_is_counted_not_cut():
    page = rendered(Speech())
    (field,) = page.all("textarea")
    assert "maxlength" not in field
    assert "govuk-js-character-count" in field["class"]
    (group,) = page.all("div", data_module="govuk-character-count")
    assert group["data-maxlength"] == "50"
    assert group["data-i18n.characters-under-limit.one"] == "%{count} character left"
    assert "You can enter up to 50 characters." in page.words


def test_lines_count_alike_on_the_page_and_on_the_server():
    form = Speech({"text": "x" * 24 + "\r\n" + "y" * 25})
    form.is_valid()
    assert "text" not in form.errors
    assert form.cleaned_data["text"] == "x" * 24 + "\n" + "y" * 25


def test_a_widgets_own_class_stays():
    class Narrow(forms.Form):
        code = forms.CharField(widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}))

    classes = rendered(Narrow({})).all("input")[0]["class"]
    assert classes.split() == ["govuk-input", "govuk-input--width-5", "govuk-input--error"]


def test_dates_travel_as_iso_in_every_language():
    with translation.override("uk"):
        form = Speech(initial={"day": date(2026, 12, 7), "at": datetime(2026, 12, 7, 9, 5)})  # noqa: DTZ001 - a form's clock time
        page = whole(str(form))
        sent = Speech({"day": "2026-12-07", "at": "2026-12-07T09:05"})
        sent.is_valid()
    assert page.all("input", type="date")[0]["value"] == "2026-12-07"
    assert page.all("input", type="datetime-local")[0]["value"] == "2026-12-07T09:05"
    assert sent.cleaned_data["day"] == date(2026, 12, 7)
    assert sent.cleaned_data["at"] == datetime(2026, 12, 7, 7, 5, tzinfo=UTC)


def test_third_parties_forms_get_the_same_by_as_p():
    with translation.override("en"):
        assert Speech().as_p() == str(Speech())


class Wish(RefusableForm):
    refused_at = {"wish.too_big": "size"}
    size = forms.IntegerField()


@pytest.mark.parametrize(
    ("code", "place", "status"),
    [("wish.too_big", "size", 422), ("wish.closed", "__all__", 422), (limits.CODE, "__all__", 429)],
)
def test_what_is_attempted_and_refused_is_said_by_the_form(code, place, status):
    form = Wish({"size": "1"})
    assert form.is_valid()
    with form.attempt():
        reject(code, "Not today.")
    assert form.errors == {place: ["Not today."]}
    assert form.status == status


def test_what_succeeds_returns_and_what_breaks_breaks():
    def attempted(form: Wish) -> str:
        with form.attempt():
            return "done"
        return "refused"

    assert attempted(Wish({"size": "1"})) == "done"
    with pytest.raises(LookupError), Wish({"size": "1"}).attempt():
        raise LookupError
