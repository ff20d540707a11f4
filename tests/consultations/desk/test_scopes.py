"""Officers and secretaries of one consultation, and secretaries of a department, at the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.staff.grant_targets import choices_for_department, titles_of
from accounts.staff.queries import holders
from consultations.life import actions as life_actions
from consultations.models import Consultation, Link, State
from consultations.remarks import actions
from consultations.reports import actions as reports
from core.domain.rules import Refused
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def hers(department):
    return factories.consultation(department, State.PREPARING, title="Її")


@pytest.fixture
def other(department):
    return factories.consultation(department, State.PREPARING, title="Не її")


@pytest.fixture
def officer(hers):
    """Of one consultation alone."""
    return factories.user("one", role="officer", scope=hers.topic)


@pytest.fixture
def secretary(department):
    return factories.user("sec", role="secretary", department=department)


def test_what_is_seen_before_it_is_announced(hers, other, officer, secretary, olena):
    visible = Consultation.objects.visible_to
    working = Consultation.objects.worked_on_by
    assert set(visible(officer)) == set(working(officer)) == {hers}
    assert set(visible(secretary)) == set(working(secretary)) == {hers, other}
    assert set(visible(olena)) == set(working(olena)) == set()


def test_the_officer_of_one_works_on_it_alone(client, hers, other, officer):
    client.force_login(officer)
    listed = client.get("/desk/consultations/").text
    assert "Її" in listed
    assert "Не її" not in listed
    assert client.get(f"/desk/consultations/{hers.pk}/edit/").status_code == 200
    assert client.get(f"/desk/consultations/{other.pk}/").status_code == 404
    assert client.get("/desk/consultations/new/").status_code == 403
    life_actions.revise(hers, by=officer, fields={"title": "Її, інакше"})
    with pytest.raises(Refused):
        life_actions.revise(other, by=officer, fields={"title": "Чуже"})


def test_the_officer_of_one_takes_it_to_no_other_department(hers, officer):
    elsewhere = factories.department("Департамент освіти", slug="education")
    with pytest.raises(Refused) as refused:
        life_actions.revise(hers, by=officer, fields={"department": elsewhere})
    assert refused.value.verdict.code == "consultation.officers_only"


def test_a_secretary_keeps_papers_dates_and_the_report(client, department, secretary):
    opened = factories.consultation(department)
    closed = factories.consultation(department, State.CLOSED)
    client.force_login(secretary)
    place = f"/desk/consultations/{opened.pk}/papers/link/"
    added = client.post(place, {"link-title": "Протокол", "link-url": "https://a.example/"})
    assert added.status_code == 302
    assert Link.objects.get().title == "Протокол"
    later = opened.last_day + timedelta(days=5)
    life_actions.change_dates(
        opened, by=secretary, opens_on=opened.opens_on, last_day=later, reason="Прохання"
    )
    reports.save(closed, by=secretary, texts={"outcome": "Ухвалено"})
    reported = client.post(f"/desk/consultations/{closed.pk}/report/publish/")
    assert reported.status_code == 302
    assert Consultation.objects.get(pk=closed.pk).outcome == "Ухвалено"


def test_a_secretary_does_nothing_else(client, department, secretary, hers, olena):
    opened = factories.consultation(department)
    remark = actions.remark(opened, by=olena, text="Слово")
    before = list(Consultation.objects.order_by("pk").values())
    client.force_login(secretary)
    for place in ("", "edit/", "text/", "papers/", "remarks/"):
        assert client.get(f"/desk/consultations/{opened.pk}/{place}").status_code == 200
    file = SimpleUploadedFile("a.txt", "1. Чуже.".encode())
    for pk, place, data in (
        (hers.pk, "edit/", {"title": "Інша"}),
        (hers.pk, "announce/", {}),
        (opened.pk, "withdraw/", {"reason": "x"}),
        (opened.pk, "text/import/", {"file": file}),
        (opened.pk, f"remarks/{remark.pk}/answer/", {f"r{remark.pk}-text": "Так."}),
    ):
        response = client.post(f"/desk/consultations/{pk}/{place}", data)
        assert response.status_code in (403, 422), place
    assert client.get("/desk/moderation/").status_code == 403
    assert client.get("/desk/consultations/new/").status_code == 403
    assert list(Consultation.objects.order_by("pk").values()) == before
    assert not remark.comment.answers.exists()


def test_who_is_told_that_it_has_opened(department, hers, officer, secretary, ofi):
    assert holders("officer", department_id=department.pk, scope=hers.topic) == sorted(
        [ofi.pk, officer.pk]
    )
    assert holders("officer", department_id=department.pk) == [ofi.pk]


def test_consultations_are_offered_by_title(department, hers, other):
    assert choices_for_department(department.pk) == [(other.topic, "Не її"), (hers.topic, "Її")]
    assert titles_of([hers.topic, "consultation:999999", "nothing:1", ""]) == {hers.topic: "Її"}
