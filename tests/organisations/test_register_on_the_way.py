"""Registering a company on the way to a form: from little, and back to where the words wait."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import User
from consultations.models import WaitingRemark
from organisations.forms import RegisterForm
from organisations.models import Organisation
from organisations.registering.legal_forms import shorten_legal_form
from tests import factories

pytestmark = pytest.mark.django_db
#: What one has to fill in of a legal entity: its short name and its contact come by themselves,
#: sector and size are said when they are needed.
FILLED = {
    "code": "04053915",
    "name": "Товариство з обмеженою відповідальністю «Канарка»",
    "location": "50001, м. Рудногірськ, пл. Рудникова, буд. 2",
}


@pytest.fixture
def nameless(client, db):
    made = User.objects.create_user("canary@viche.example")
    client.force_login(made)
    return made


@pytest.fixture
def regulatory(department):
    return factories.consultation(department, procedure=factories.procedure("regulatory-act"))


def test_from_a_draft_there_and_back_with_the_words(client, nameless, regulatory):
    form = reverse("consultations:speak", args=[regulatory.pk])
    kept = client.post(form, {"kind": "remark", "text": "Це дорого.", "keep": "organisation"})
    assert kept["Location"] == f"{reverse('organisations:register')}?next={form}"
    page = client.get(kept["Location"])
    assert page.context["form"]["contact"].value() == nameless.email
    assert f'href="{form}"' in page.text  # Cancel
    sent = {
        **FILLED,
        "contact": nameless.email,
        "own_given_name": "Дарина",
        "own_family_name": "Січ",
    }
    back = client.post(kept["Location"], sent)
    assert back["Location"] == form
    made = Organisation.objects.get()
    assert (made.kind, made.short_name) == ("legal", "ТОВ «Канарка»")
    assert (made.sector, made.size) == ("", "")
    page = client.get(form)
    assert "Це дорого." in page.text and "ТОВ «Канарка»" in page.text
    assert page.context["form"]["organisation"].value() == made.pk
    said = {"kind": "remark", "text": "Це дорого.", "organisation": made.pk, "asked": "1"}
    assert client.post(form, said).status_code == 302
    assert WaitingRemark.objects.get().organisation == made


def test_its_page_asks_for_the_size_until_it_is_said(client, firm):
    made = factories.organisation("ТОВ «Тераса»", sector="", size="")
    factories.mandate(firm, made, is_head=True)
    client.force_login(firm)
    page = client.get(made.get_absolute_url())
    assert reverse("organisations:edit", args=[made.pk]) in page.text
    assert page.text.count("не вказано") == 2
    client.post(reverse("organisations:edit", args=[made.pk]), {"size": "micro", "contact": "7"})
    made.refresh_from_db()
    assert (made.sector, made.size) == ("", "micro")
    assert "Укажіть вид діяльності й розмір" not in client.get(made.get_absolute_url()).text
    public = client.get(reverse("portal:organisation", args=[made.pk])).text
    assert "мікро" in public and "Вид діяльності" not in public
    assert client.get(f"/api/v1/organisations/{made.pk}/").json()["sector"] == ""


def test_what_is_wrong_in_the_fold_opens_it(client, firm):
    client.force_login(firm)
    address = reverse("organisations:register")
    assert not client.get(address).context["form"].opens_later
    page = client.post(address, {**FILLED, "contact": "x@viche.example", "size": "huge"})
    assert page.status_code == 422 and page.context["form"].opens_later


def test_without_a_name_it_is_not_registered(client, nameless):
    page = client.post(reverse("organisations:register"), {**FILLED, "contact": nameless.email})
    assert page.status_code == 422 and 'name="own_given_name"' in page.text
    assert FILLED["location"] in page.text
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("wanted", ["", "https://evil.example/", "//evil.example"])
def test_to_its_page_where_nowhere_of_ours_is_asked_for(client, firm, wanted):
    client.force_login(firm)
    address = f"{reverse('organisations:register')}?next={wanted}"
    page = client.post(address, {**FILLED, "contact": "x@viche.example"})
    assert page["Location"] == reverse("organisations:detail", args=[Organisation.objects.get().pk])
    assert "Надсилати зауваження від її імені можна вже зараз" in client.get(page["Location"]).text


@pytest.mark.parametrize(
    ("code", "kind"), [("2530414071", "sole"), ("0405 3915", "legal"), ("123", "legal")]
)
def test_the_digits_of_the_code_say_what_it_is(code, kind):
    form = RegisterForm({**FILLED, "contact": "x@viche.example", "code": code})
    assert form.is_valid() is (code != "123")
    assert form.cleaned_data["kind"] == kind


def test_a_long_name_without_a_form_wants_a_short_one():
    form = RegisterForm({**FILLED, "contact": "x@viche.example", "name": "Дуже " * 40})
    assert "short_name" in form.errors


def test_legal_forms_are_shortened():
    assert shorten_legal_form("Приватне підприємство «Лан»") == "ПП «Лан»"
    assert shorten_legal_form("Фізична особа-підприємець Савчук І. П.") == "ФОП Савчук І. П."
    assert shorten_legal_form("ТОВ «Тераса»") == "ТОВ «Тераса»"
    shortened = shorten_legal_form("Об'єднання співвласників багатоквартирного будинку «Дім»")
    assert shortened == "ОСББ «Дім»"
