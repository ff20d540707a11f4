"""One petition's page at the desk: what it shows in every state, to whom, and what it keeps."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import DataAccess
from petitions.models import Answer, News, State, Step
from tests import factories as people
from tests.petitions import factories

pytestmark = pytest.mark.django_db
SENT = [state for state in State if state != State.DRAFT]
#: Session, the person and her grants, and what the page itself reads and writes.
BUDGET = 24


def made(olena, state, department):
    petition = factories.petition(olena, state, department=department)
    if state == State.ANSWERED:
        Answer.objects.create(
            petition=petition, asked="Доріжку.", decided="Буде.", signed_as="Голова", by=olena
        )
        for number in range(5):
            Step.objects.create(petition=petition, text=f"Крок {number}", by=olena)
    if petition.published_at:
        for number in range(5):
            News.objects.create(petition=petition, by=olena, title=f"Новина {number}", text="а")
    return petition


@pytest.mark.parametrize("state", SENT)
@pytest.mark.parametrize("language", ["uk", "en"])
def test_renders_in_every_state(client, olena, admin, department, to, state, language):
    petition = made(olena, state, department)
    client.force_login(admin)
    with translation.override(language):
        response = client.get(to("detail", petition))
    assert response.status_code == 200
    for words in (petition.title, petition.text, petition.author_name, olena.email):
        assert words in response.text


@pytest.mark.parametrize("state", SENT)
def test_budget(client, olena, admin, department, to, state, django_assert_max_num_queries):
    petition = made(olena, state, department)
    for number in range(6):
        factories.petition(olena, title=f"{petition.title} {number}")
    client.force_login(admin)
    with django_assert_max_num_queries(BUDGET):
        assert client.get(to("detail", petition)).status_code == 200


@pytest.mark.parametrize("state", SENT)
def test_labels_lead_to_one_field_each(client, olena, admin, department, to, state):
    client.force_login(admin)
    page = client.get(to("detail", made(olena, state, department))).text
    for found in Counter(re.findall(r'\sid="([^"]+)"', page)).most_common(1):
        assert found[1] == 1, found


def test_shows_similar_ones_that_wait_too(client, bohdan, mo, waiting, to):
    """Two who ask for the same at once are not both published unnoticed."""
    other = factories.petition(bohdan, State.MODERATION, title=waiting.title)
    factories.petition(bohdan, State.DRAFT, title=waiting.title)
    client.force_login(mo)
    page = client.get(to("detail", waiting))
    assert [each.petition for each in page.context["similar"]] == [other]
    assert to("detail", other) in page.content.decode()


def test_shows_similar_ones_with_where_they_stand(client, olena, mo, waiting, to):
    factories.petition(olena, State.SUPPORTED, title="Велодоріжка на проспекті Гірників")
    client.force_login(mo)
    (similar,) = client.get(to("detail", waiting)).context["similar"]
    assert similar.state == State.SUPPORTED


def test_looking_stands_in_the_authors_journal(client, olena, mo, waiting, to):
    client.force_login(mo)
    client.get(to("detail", waiting))
    look = DataAccess.objects.get()
    assert (look.user, look.by, look.why) == (olena, mo, "petition.work")
    client.force_login(olena)
    assert mo.get_full_name() in client.get(reverse("my_data_journal")).text


def test_who_may_see_it(client, olena, bohdan, mo, ofi, sec, stranger, department, to, waiting):
    published = factories.petition(olena, department=department)
    elsewhere = factories.petition(olena)
    statuses = {
        olena: (403, 403, 403),  # her own: the desk is not hers
        bohdan: (404, 403, 403),
        mo: (200, 200, 200),
        ofi: (404, 200, 403),
        sec: (404, 200, 403),
        stranger: (404, 403, 403),
    }
    for person, expected in statuses.items():
        client.force_login(person)
        found = [
            client.get(to("detail", each)).status_code for each in (waiting, published, elsewhere)
        ]
        assert tuple(found) == expected, person.email
    assert DataAccess.objects.filter(by__in=[olena, bohdan, stranger]).count() == 0


def test_a_draft_is_nobodys_but_its_authors(client, olena, admin, mo, to):
    draft = factories.petition(olena, State.DRAFT)
    for person in (admin, mo, people.user("author", role="moderator")):
        client.force_login(person)
        assert client.get(to("detail", draft)).status_code == 404
    own = factories.petition(mo, State.DRAFT)
    client.force_login(mo)
    assert client.get(to("detail", own)).status_code == 404


def test_is_kept_by_nobody_on_the_way(client, mo, waiting, to):
    client.force_login(mo)
    assert "no-store" in client.get(to("detail", waiting))["Cache-Control"]


def test_what_another_does_is_offered_to_nobody_else(client, olena, sec, ofi, department, to):
    """A secretary reads that the answer is an officer's, and is given no button for it."""
    decided = factories.petition(olena, State.SUPPORTED, department=department)
    answering = to("answer", decided)
    client.force_login(sec)
    page = client.get(to("detail", decided))
    assert answering not in page.text
    assert str(page.context["verdict"].message) in page.text
    client.force_login(ofi)
    assert answering in client.get(to("detail", decided)).text


def test_the_way_to_its_defence_is_shown_to_whom_it_is_open(client, olena, ofi, mo, department, to):
    petition = factories.petition(olena, State.COLLECTING, department=department)
    way = reverse("petitions_desk:defence", args=[petition.pk])
    for person, status in ((ofi, 403), (mo, 200)):
        client.force_login(person)
        assert (way in client.get(to("detail", petition)).text) is (status == 200)
        assert client.get(way).status_code == status
