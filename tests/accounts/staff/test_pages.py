"""The staff pages: who holds what, given and taken in a browser without scripts."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Absence, Grant, User
from accounts.staff import actions
from tests import factories

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def inside(client, admin):
    client.force_login(admin)
    return client


def test_who_holds_what_by_department(inside, admin, mo, ofi, department):
    page = inside.get("/desk/staff/").text
    for user in (admin, mo, ofi):
        assert user.get_full_name() in page
    of_department = inside.get(f"/desk/staff/?department={department.slug}").text
    assert ofi.get_full_name() in of_department
    assert f"/desk/staff/{mo.pk}/" not in of_department
    whole = inside.get("/desk/staff/?department=").text
    assert f"/desk/staff/{mo.pk}/" in whole
    assert f"/desk/staff/{ofi.pk}/" not in whole


def test_no_more_queries_for_many(inside, department):
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert inside.get("/desk/staff/").status_code == 200
        return len([q for q in captured if "SAVEPOINT" not in q["sql"]])

    factories.user("first", role="officer", department=department)
    few = asked()
    for number in range(60):
        factories.user(f"many{number}", role="officer", department=department)
    assert asked() == few <= 8
    page = inside.get("/desk/staff/")
    assert page.context["next_url"]
    assert inside.get(f"/desk/staff/{page.context['next_url']}").context["page"]


def test_a_role_is_given_in_a_department(inside, olena, department):
    place = f"/desk/staff/{olena.pk}/grant/?department={department.slug}"
    opened = factories.consultation(department, title="Про майданчики")
    anywhere = inside.get(f"/desk/staff/{olena.pk}/grant/").text
    assert f'href="?department={department.slug}"' in anywhere  # one press
    assert "Про майданчики" in inside.get(place).text
    given = inside.post(
        place, {"role": "officer", "scope": opened.topic, "reason": "Наказ № 7"}, follow=True
    )
    assert "Про майданчики" in given.text
    assert "Наказ №\u00a07" in given.text
    assert fresh(olena).speaks_for(department.pk, opened.topic)
    assert not fresh(olena).speaks_for(department.pk)


def test_what_is_wrong_stands_beside_it_and_nothing_is_lost(inside, olena, admin, department):
    place = f"/desk/staff/{olena.pk}/grant/"
    assert inside.post(place, {"role": "officer", "reason": "x"}).status_code == 422
    lost = inside.post(place, {"role": "moderator", "reason": "", "last_day": "2020-01-01"})
    assert lost.status_code == 422
    assert 'value="2020-01-01"' in lost.text
    past = inside.post(place, {"role": "moderator", "reason": "x", "last_day": "2020-01-01"})
    assert past.status_code == 422
    department_place = f"{place}?department={department.slug}"
    assert inside.post(department_place, {"role": "moderator", "reason": "x"}).status_code == 422
    assert inside.post("/desk/staff/", {"email": "nobody"}).status_code == 422
    assert inside.get(f"/desk/staff/{admin.pk}/grant/").status_code == 403
    assert not Grant.objects.filter(user=olena).exists()


def test_a_role_is_taken_back_with_a_reason(inside, mo):
    held = mo.grants.get()
    place = f"/desk/staff/grants/{held.pk}/revoke/"
    assert inside.get(place).status_code == 200
    assert inside.post(place, {"reason": ""}).status_code == 422
    done = inside.post(place, {"reason": "Перейшла до іншої ради"}, follow=True)
    assert "Перейшла до іншої ради" in done.text  # the history stays
    assert not fresh(mo).is_staff
    assert inside.post(place, {"reason": "ще"}).status_code == 422


def test_who_lost_everything_is_a_resident_at_her_next_click(client, mo, admin):
    client.force_login(mo)
    assert client.get("/desk/").status_code == 200
    actions.revoke(mo.grants.get(), by=admin, reason="…")
    assert client.get("/desk/").status_code == 403
    assert client.get("/account/me/").status_code == 200


def test_giving_and_taking_ask_for_a_fresh_proof(client, admin, olena, mo):
    client.force_login(admin, fresh=False)
    for place, data in {
        f"/desk/staff/{olena.pk}/grant/": {"role": "moderator", "reason": "…"},
        f"/desk/staff/grants/{mo.grants.get().pk}/revoke/": {"reason": "…"},
    }.items():
        assert client.get(place).status_code == 200
        asked = client.post(place, data)
        assert asked.status_code == 302
        assert asked["Location"].startswith("/account/confirm/")
    assert not fresh(olena).is_staff
    assert fresh(mo).is_staff


def test_without_a_second_factor_no_page_of_staff(client, admin, ofi):
    for user in (admin, ofi):
        client.force_login(user, second_factor=False)
        for place in ("/desk/staff/", f"/desk/staff/{user.pk}/"):
            assert client.get(place).status_code in (302, 403)


def test_one_names_ones_own_cover(client, ofi, mo, department):
    client.force_login(ofi)
    own = f"/desk/staff/{ofi.pk}/"
    assert client.get(own).status_code == 200
    data = {"cover": mo.pk, "first_day": "2026-01-01", "last_day": "2099-01-01"}
    backwards = client.post(f"{own}cover/", data | {"last_day": "2025-01-01"})
    assert backwards.status_code == 422
    page = client.post(f"{own}cover/", data | {"reason": "відпустка"}, follow=True).text
    assert mo.get_full_name() in page
    assert fresh(mo).speaks_for(department.pk)
    client.force_login(mo)
    assert ofi.get_full_name() in client.get(f"/desk/staff/{mo.pk}/").text
    absence = Absence.objects.get()
    place = f"/desk/staff/covers/{absence.pk}/end/"
    assert client.get(place).status_code == 200
    assert Absence.objects.in_force().exists()
    assert client.post(place).status_code == 302
    assert not fresh(mo).speaks_for(department.pk)
    assert client.post(place).status_code == 422


@pytest.mark.parametrize("who", [None, "olena", "mo", "ofi"])
def test_the_others_are_refused(client, request, who, admin, charlie):
    held = admin.grants.get()
    absent = factories.user("absent", role="moderator")
    if who:
        client.force_login(request.getfixturevalue(who))
    for place in (
        "/desk/staff/",
        f"/desk/staff/{admin.pk}/",
        f"/desk/staff/{charlie.pk}/grant/",
        f"/desk/staff/{absent.pk}/cover/",
        f"/desk/staff/{absent.pk}/factors/reset/",
        f"/desk/staff/grants/{held.pk}/revoke/",
    ):
        for response in (client.get(place), client.post(place, {"reason": "x"})):
            if who is None:
                assert response["Location"].startswith("/account/login/")
            else:
                assert response.status_code in (403, 405)
