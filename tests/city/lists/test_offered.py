"""What is closed is offered for nothing new, and kept where it is named already."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django import forms
from django.db.models import QuerySet
from django.urls import get_resolver
from django.utils.timezone import now

from accounts.models import User
from city.models import Department, District, Named, Street, Theme
from consultations.acts.forms import UrgentActForm
from consultations.life.forms import ConsultationForm
from meetings.planning.forms import NoticeForm, PlanForm
from newsroom.articles.forms import ArticleForm, NewArticleForm
from petitions.desk.forms import SortForm
from petitions.models import State
from petitions.starting.forms import TextForm
from portal.city.forms import StreetForm
from records.documents.forms import DocumentForm
from records.services.forms import ServiceForm
from tests.newsroom import factories as news
from tests.petitions import factories as petitions
from tests.votes import factories as polls
from votes.desk.forms import PollForm
from votes.questions.forms import QuickForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(department) -> dict[type[Named], Named]:
    facts = {"slug": "closed", "closed_at": now()}
    return {
        model: model.objects.create(name=f"Закрите {model.__name__}", **facts)
        for model in (Department, Theme, District)
    }


def offered(form: type[forms.BaseForm] | forms.BaseForm) -> Iterator[tuple[str, QuerySet[Named]]]:
    fields = form.fields if isinstance(form, forms.BaseForm) else form.base_fields
    for name, field in fields.items():
        if isinstance(field, forms.ModelChoiceField) and issubclass(field.queryset.model, Named):
            yield name, field.queryset


def every_form(of: type = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    for form in of.__subclasses__():
        yield form
        yield from every_form(form)


#: Forms that take what they offer from the person or the thing, tested below.
BY_WHOM = {
    *("ConsultationForm", "PollForm", "QuickForm", "PlanForm", "NoticeForm"),
    *("ArticleForm", "NewArticleForm", "UrgentActForm", "ServiceForm", "EditServiceForm"),
    *("DocumentForm", "EditDocumentForm"),
}


def test_no_form_offers_what_is_closed(closed):
    get_resolver().url_patterns  # noqa: B018 - imports every view, and with it every form
    found = {
        f"{form.__qualname__}.{name}"
        for form in every_form()
        if form.__qualname__ not in BY_WHOM and not form.__module__.startswith("django")
        for name, rows in offered(form)
        if rows.all().filter(pk=closed[rows.model].pk).exists()
    }
    assert found == set()


def test_nor_does_the_notice_of_a_meeting(closed):
    shown = dict(offered(NoticeForm()))
    assert shown
    assert not [name for name, rows in shown.items() if closed[rows.model] in rows]


@pytest.mark.parametrize(
    "form",
    [ConsultationForm, PollForm, QuickForm, PlanForm, NewArticleForm, UrgentActForm, ServiceForm]
    + [DocumentForm],
)
def test_nor_does_a_form_of_an_administrator(admin, closed, form):
    administrator = User.objects.get(pk=admin.pk)
    administrator.second_factored = True
    shown = dict(offered(form(by=administrator)))
    assert shown
    assert not [name for name, rows in shown.items() if closed[rows.model] in rows]


def test_what_names_one_already_keeps_it(admin, olena, closed):
    admin.second_factored = True
    petition = petitions.petition(olena, State.COLLECTING, department=closed[Department])
    petition.themes.add(closed[Theme])
    poll = polls.poll(admin, closed[Department], district=closed[District])
    article = news.article(district=closed[District], themes=[closed[Theme]])
    for form in (
        ArticleForm(instance=article),
        SortForm(petition=petition),
        PollForm(by=admin, instance=poll),
        StreetForm(instance=Street(name="вулиця Рудна", district=closed[District])),
        TextForm(initial={"district": closed[District]}),
    ):
        for name, rows in offered(form):
            assert closed[rows.model] in rows, name
