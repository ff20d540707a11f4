"""Anybody signed in reports a comment, once, with a reason; without a script too."""

from __future__ import annotations

import pytest
from django.urls import reverse

from consultations.remarks import actions as consultations
from discussions import actions
from discussions.models import Flag
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def remark(department, olena):
    return consultations.remark(factories.consultation(department), by=olena, text="Слово")


@pytest.fixture
def address(remark):
    return reverse("moderation:report", args=[remark.pk])


def test_reports_with_a_reason_and_goes_back(client, remark, address, bohdan):
    client.force_login(bohdan)
    page = client.get(address).text
    assert "Слово" in page
    response = client.post(address, {"reason": "off_topic", "details": "Не про це"})
    assert response.status_code == 302
    assert response["Location"] == remark.get_absolute_url()
    flag = Flag.objects.get()
    assert (flag.comment_id, flag.user, flag.reason, flag.details) == (
        remark.pk,
        bohdan,
        "off_topic",
        "Не про це",
    )


def test_a_reason_must_be_chosen_and_nothing_typed_is_lost(client, address, bohdan):
    client.force_login(bohdan)
    response = client.post(address, {"details": "Не про це"})
    assert response.status_code == 422
    assert "Не про це" in response.text
    assert not Flag.objects.exists()


def test_a_second_report_is_refused_in_words(client, address, bohdan):
    client.force_login(bohdan)
    client.post(address, {"reason": "spam"})
    response = client.post(address, {"reason": "spam"})
    assert response.status_code == 422
    assert Flag.objects.count() == 1


def test_ones_own_words_cannot_be_reported(client, address, olena):
    client.force_login(olena)
    assert "<form" not in client.get(address).text.split("<main")[1].split("</main>")[0]
    assert client.post(address, {"reason": "spam"}).status_code == 422
    assert not Flag.objects.exists()


def test_one_signs_in_first_and_comes_back(client, address):
    assert client.get(address)["Location"] == f"{reverse('account_login')}?next={address}"


def test_what_is_hidden_or_deleted_is_not_there(client, remark, address, bohdan, mo, olena):
    client.force_login(bohdan)
    actions.hide(remark.comment, by=mo, reason="spam", note="Порушує правила")
    assert client.get(address).status_code == 404
    actions.restore(remark.comment, by=mo)
    assert client.get(address).status_code == 200
    consultations.delete_remark(remark, by=olena)
    assert client.get(address).status_code == 404


def test_too_many_reports_are_slowed(client, remark, bohdan, olena):
    client.force_login(bohdan)
    address = reverse("moderation:report", args=[remark.pk])
    statuses = [client.post(address, {"reason": "spam"}).status_code for _ in range(31)]
    assert statuses[:2] == [302, 422]
    assert statuses[-1] == 429


def test_budget(client, address, bohdan, django_assert_max_num_queries):
    client.force_login(bohdan)
    with django_assert_max_num_queries(5):
        client.get(address)
