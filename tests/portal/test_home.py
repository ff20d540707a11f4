"""The first page: what is open, what is live, what was answered; and what machines ask for."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import OperationalError, connection

from consultations.models import Consultation, State
from consultations.remarks import actions
from core.db import unapplied
from core.domain import heartbeat
from core.web.pages import forget_pages
from portal.home.pages import context
from tests import factories

pytestmark = pytest.mark.django_db


def test_shows_each_consultation_where_it_stands(department):
    made = {state: factories.consultation(department, state) for state in State}
    shown = context()
    assert _consultations(shown["open"]) == [made[State.OPEN]]
    assert _consultations(shown["soon"]) == [made[State.ANNOUNCED]]
    assert _consultations(shown["reported"]) == [made[State.REPORTED]]


def _consultations(shown):
    return [each.consultation for each in shown]


def test_the_soonest_to_close_stands_first(department, clock):
    late = factories.consultation(department, State.OPEN)
    Consultation.objects.filter(pk=late.pk).update(closes_at="2099-01-01T00:00:00Z")
    soon = factories.consultation(department, State.OPEN)
    assert _consultations(context()["open"]) == [soon, late]


def test_is_live_where_people_speak_today(opened, olena, bohdan):
    other = factories.consultation(opened.department)
    old = actions.remark(other, by=olena, text="Учора.").comment
    old.created_at -= timedelta(hours=25)
    old.save(update_fields=["created_at"])
    for text in ("Раз.", "Два."):
        actions.remark(opened, by=bohdan, text=text)
    assert [(each.pk, count) for each, count in context()["live"]] == [(opened.pk, 2)]


def test_shows_what_was_answered_lately(client, opened, olena, ofi):
    remark = actions.remark(opened, by=olena, text="Зробіть пандус.")
    actions.answer(remark, by=ofi, text="Пандус буде.")
    page = client.get("/").content.decode()
    assert "Зробіть пандус." in page
    assert "Пандус буде." in page
    assert olena.public_name in page


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_leads_to_appeals_by_the_menu_and_beside_the_ways_to_speak(client, prefix):
    page = client.get(f"{prefix}/").content.decode()
    assert page.count(f'href="{prefix}/appeals/"') == 2
    below = client.get(f"{prefix}/appeals/answers/").content.decode()
    assert f'href="{prefix}/appeals/" aria-current="true"' in below


@pytest.mark.parametrize("path", ["/", "/en/"])
def test_is_shared_without_cookies_in_few_queries(
    client, opened, olena, ofi, django_assert_max_num_queries, path
):
    for number in range(8):
        each = factories.consultation(opened.department, list(State)[number % 5 + 1])
        actions.answer(actions.remark(opened, by=olena, text=f"{number}"), by=ofi, text="Так.")
    with django_assert_max_num_queries(14):
        answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=0, s-maxage=1"
    assert not answer.cookies
    assert each.pk


def test_healthz_answers_while_the_database_does(client, monkeypatch):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (
        200,
        {"status": "ok", "version": settings.VERSION},
    )
    assert not answer.cookies

    def away(*args):
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", away)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers


def test_healthz_waits_for_the_migrations(client):
    unapplied._seen.clear()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'drafts'")
    assert client.get("/healthz").status_code == 503
    unapplied._seen.clear()


def test_healthz_of_jobs_tells_a_dead_worker(client):
    def says():
        answer = client.get("/healthz/jobs")
        return answer.status_code, answer.json()["status"]

    assert says() == (503, "no worker")
    with connection.cursor() as cursor:
        cursor.execute("SELECT procrastinate_register_worker_v1()")
        assert says() == (200, "ok")
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 min'")
        assert says() == (503, "no worker")


def test_healthz_of_writes_tells_that_nothing_was_written_for_two_minutes(client, clock):
    def says():
        answer = client.get("/healthz/writes")
        return answer.status_code, answer.json()["status"]

    assert says() == (503, "nothing written yet")
    heartbeat.write_heartbeat()
    heartbeat.write_heartbeat()  # the next minute's
    assert says() == (200, "ok")
    clock.advance(minutes=1, seconds=55)
    assert says() == (200, "ok")
    clock.advance(seconds=10)
    assert says() == (503, "nothing written")
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/healthz/jobs", "/healthz/writes"])
def test_healthz_is_one_query(client, django_assert_num_queries, path):
    client.get(path)
    with django_assert_num_queries(1):
        client.get(path)


def test_the_sitemap_names_what_is_public(client, opened, department):
    hidden = factories.consultation(department, State.PREPARING)
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own
    places = [element.text for element in tree.iter() if element.tag.endswith("}loc")]
    for prefix in ("", "/en"):
        assert any(place.endswith(f"8000{prefix}/consultations/{opened.pk}/") for place in places)
        for page in ("", "founding/", "visits/", "trust/", "petitions/"):
            assert any(place.endswith(f"8000{prefix}/insights/{page}") for place in places), page
    assert not any(place.endswith(f"/consultations/{hidden.pk}/") for place in places)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/robots.txt", "Disallow: /account/"),
        ("/robots.txt", "Sitemap: "),
        ("/.well-known/security.txt", "Contact: mailto:"),
        ("/.well-known/security.txt", "Expires: 20"),
    ],
)
def test_what_machines_ask_for(client, path, words):
    answer = client.get(path)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert words in answer.content.decode()
    assert not answer.cookies
    forget_pages()


@pytest.mark.parametrize("query", ["theme=%00", "state=%00", "after=%00", "theme=%27%22%3C", "x=1"])
def test_a_senseless_filter_of_the_list_is_no_error(client, opened, query):
    assert client.get(f"/consultations/?{query}").status_code == 200
