"""Who of the council looked at somebody's data, when and why: written down, and shown to her."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.data.access_log import REASONS, record_access, shows_people
from accounts.models import DataAccess
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = "/account/data/journal/"
WHY = "people.registration"


def test_a_look_is_kept_with_the_office_and_the_role(resident, ofi, department):
    record_access(ofi, resident, "residence.check")
    kept = DataAccess.objects.get()
    assert (kept.user, kept.by, kept.department, kept.role, kept.why) == (
        *(resident, ofi, department),
        *("officer", "residence.check"),
    )


def test_looks_of_ten_minutes_for_one_reason_are_one(resident, mo, ofi, clock):
    for _ in range(3):
        record_access(mo, resident, WHY)
    assert DataAccess.objects.count() == 1
    record_access(mo, resident, "residence.check")
    record_access(ofi, resident, WHY)
    assert DataAccess.objects.count() == 3
    clock.advance(minutes=11)
    record_access(mo, resident, WHY)
    assert DataAccess.objects.count() == 4


def test_the_database_itself_keeps_one_a_slot(resident, mo):
    record_access(mo, resident, WHY)
    slot = DataAccess.objects.get().slot
    with pytest.raises(IntegrityError):
        DataAccess.objects.create(user=resident, by=mo, why=WHY, slot=slot)


def test_a_list_of_many_costs_two_statements(mo, django_assert_num_queries):
    people = [factories.user(f"p{number}") for number in range(20)]
    assert mo.grants_in_force
    with django_assert_num_queries(2):
        record_access(mo, people, WHY)
    assert DataAccess.objects.count() == 20


def test_ones_own_data_are_nobodys_business(mo):
    record_access(mo, mo, WHY)
    record_access(mo, [], WHY)
    assert not DataAccess.objects.exists()


def test_the_reason_is_one_of_the_list(resident, mo):
    with pytest.raises(ValueError, match="REASONS"):
        record_access(mo, resident, "curiosity")


def test_a_marked_view_that_tells_nothing_fails(resident, mo):
    @shows_people
    def silent(request: HttpRequest) -> HttpResponse:
        return HttpResponse("Ганна")

    @shows_people
    def honest(request: HttpRequest) -> HttpResponse:
        record_access(mo, resident, WHY)
        return HttpResponse("Ганна")

    @shows_people
    def refused(request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=403)

    with pytest.raises(RuntimeError, match="silent"):
        silent(HttpRequest())
    assert honest(HttpRequest()).status_code == 200
    assert refused(HttpRequest()).status_code == 403


#: Rooms of the desk where people's data are that are not public.
ROOMS = ("/desk/people/", "/desk/organisations/", "/desk/staff/")
#: Views there that show none.
SHOW_NOBODY: dict[str, str] = {
    "people:register": "an empty form; whom it makes, her own page shows",
    "staff:list": "names and roles of the council’s own people, which are public",
    **dict.fromkeys(
        ("staff:invite", "staff:invite_many", "staff:revoke_invitation"),
        "an address that an administrator typed; whose it is, nothing tells",
    ),
    "staff:cover": "names of the council’s own people and when one stands in for another",
    "staff:end_cover": "the same",
    "people:letters": "how many letters wait, and no name",
    "people:decline": "leads to the lists, which are marked",
    "organisations_desk:close": "the name of an organisation, which is public",
}


def test_every_view_of_the_desk_that_shows_people_is_marked():
    unmarked = {
        name
        for name, path, view in _routes()
        if path.startswith(ROOMS) and not getattr(view, "shows_people", False)
    }
    assert unmarked == set(SHOW_NOBODY)


def _routes(patterns=None, path="/", spaces=()):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _routes(pattern.url_patterns, here, inner)
        elif isinstance(pattern, URLPattern):
            yield ":".join((*spaces, pattern.name or "")), here, pattern.callback


# --- the page -------------------------------------------------------------------------------------


def test_she_reads_who_it_was_and_why(inside, resident, ofi, department):
    record_access(ofi, resident, "residence.check")
    page = inside.get(PAGE)
    assert page.status_code == 200
    for words in (ofi.get_full_name(), department.name, str(REASONS["residence.check"])):
        assert words in page.text
    assert page["Cache-Control"] == "private, no-store"


def test_nobody_reads_anothers(inside, bohdan, ofi):
    record_access(ofi, bohdan, "residence.check")
    assert ofi.get_full_name() not in inside.get(PAGE).text


def test_it_is_paged_in_few_queries(
    inside, resident, ofi, department, django_assert_max_num_queries
):
    DataAccess.objects.bulk_create(
        DataAccess(user=resident, by=ofi, why=WHY, role="officer", department=department, slot=slot)
        for slot in range(25)
    )
    inside.get(PAGE)
    with django_assert_max_num_queries(4):
        page = inside.get(PAGE)
    assert page.text.count("govuk-summary-list__row") == 20
    assert "after=" in page.text


def test_signed_out_one_signs_in_first(client):
    assert client.get(PAGE)["Location"].startswith("/account/login/")
