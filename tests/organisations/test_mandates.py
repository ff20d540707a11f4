"""Mandates given, changed, revoked, left: history stays, and somebody always runs it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from core.domain import clock as database_clock
from organisations.events import (
    MandateChanged,
    MandateGranted,
    MandateRevoked,
    OrganisationClosed,
)
from organisations.mandates import actions, queries
from organisations.models import Mandate
from organisations.registering import actions as registering_actions
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_head_gives_a_mandate(company, head, olena, firm, emitted):
    made = actions.grant(company, by=olena, user=firm, scopes=["vote", "comment", "vote"])
    assert made.scopes == ["comment", "vote"]
    assert emitted == [MandateGranted(made.pk, company.pk, firm.pk, olena.pk)]


def test_nobody_else_does(company, colleague, firm, ofi, charlie, refused):
    for person in (firm, ofi, charlie):
        with refused("mandate.heads_only"):
            actions.grant(company, by=person, user=charlie)


def test_with_everything_nothing_is_named_besides(company, head, olena, firm):
    assert actions.grant(company, by=olena, user=firm, scopes=["all", "vote"]).scopes == ["all"]


def test_revoked_at_once(company, head, colleague, olena, firm, emitted):
    assert queries.of(firm)
    made = actions.revoke(colleague, by=olena)
    assert queries.of(firm) == []
    assert (made.revoked_by, made.revoked_at is not None) == (olena, True)
    assert emitted == [MandateRevoked(colleague.pk, company.pk, firm.pk, olena.pk)]


def test_not_by_colleagues_nor_twice(company, head, colleague, olena, firm, charlie, refused):
    other = factories.mandate(charlie, company, scopes=["all"])
    with refused("mandate.heads_only"):
        actions.revoke(other, by=firm)
    actions.revoke(colleague, by=olena)
    with refused("mandate.revoked_already"):
        actions.revoke(colleague, by=olena)
    with refused("mandate.revoked_already"):
        actions.change_mandate(colleague, by=olena, scopes=["all"])


def test_a_head_of_another_organisation_revokes_nothing(colleague, charlie, refused):
    elsewhere = factories.organisation("ТОВ «Інше»")
    factories.mandate(charlie, elsewhere, is_head=True)
    with refused("mandate.heads_only"):
        actions.revoke(colleague, by=charlie)


def test_leaving(company, colleague, firm, emitted):
    actions.revoke(colleague, by=firm)
    assert emitted == [MandateRevoked(colleague.pk, company.pk, firm.pk, firm.pk)]


def test_the_last_head_neither_leaves_nor_steps_down(company, head, colleague, olena, refused):
    with refused("mandate.last_head"):
        actions.revoke(head, by=olena)
    with refused("mandate.last_head"):
        actions.change_mandate(head, by=olena, scopes=["all"], is_head=False)
    actions.change_mandate(colleague, by=olena, scopes=["all"], is_head=True)
    assert actions.revoke(head, by=olena).revoked_at


def test_a_suspended_head_counts_for_nothing(company, head, olena, firm, refused):
    factories.mandate(firm, company, is_head=True)
    firm.is_active = False
    firm.save(update_fields=["is_active"])
    with refused("mandate.last_head"):
        actions.revoke(head, by=olena)


def test_changed_it_ends_and_another_begins(company, head, colleague, olena, firm, emitted):
    until = database_clock.now() + timedelta(days=5)
    made = actions.change_mandate(colleague, by=olena, scopes=["vote"], ends_at=until)
    colleague.refresh_from_db()
    assert colleague.revoked_at == made.starts_at
    assert queries.mandate_of(firm, company.pk, "vote") == made
    assert queries.mandate_of(firm, company.pk, "comment") is None
    assert emitted == [MandateChanged(made.pk, company.pk, firm.pk, olena.pk, colleague.pk)]


def test_changed_to_the_same_nothing_happens(colleague, head, olena, emitted):
    assert actions.change_mandate(colleague, by=olena, scopes=["comment"]) == colleague
    assert emitted == []


def test_it_ends_by_itself(company, head, olena, firm, clock):
    until = database_clock.now() + timedelta(hours=1)
    actions.grant(company, by=olena, user=firm, ends_at=until)
    assert queries.of(firm)
    clock.advance(hours=1)
    assert queries.of(firm) == []


def test_closing_ends_all(company, head, colleague, olena, firm, ofi, emitted, refused):
    for person in (firm, factories.user("nobody")):
        with refused("mandate.heads_only"):
            registering_actions.close(company, by=person)
    registering_actions.close(company, by=olena)
    assert queries.of(olena) == queries.of(firm) == []
    assert emitted == [OrganisationClosed(company.pk, olena.pk)]
    with refused("organisation.closed"):
        registering_actions.close(company, by=ofi)


def test_an_officer_may_close_it(company, ofi):
    assert registering_actions.close(company, by=ofi).closed_by == ofi


def test_the_last_head_of_a_closed_one_may_leave(company, head, olena):
    registering_actions.close(company, by=olena)
    assert actions.revoke(head, by=olena).revoked_at


@pytest.mark.parametrize("scope", ["comment", "sign", "vote"])
def test_whom_one_may_speak_for_in_order(olena, scope, django_assert_num_queries):
    for name in ("ТОВ «Яр»", "ТОВ «Ґанок»", "ТОВ «Їдальня»"):
        factories.organisation(name, olena)
    factories.organisation("ТОВ «Ангар»", olena, scopes=("sign",))
    with django_assert_num_queries(1):
        found = [mandate.organisation.short_name for mandate in queries.of(olena, scope)]
    rest = ["ТОВ «Ґанок»", "ТОВ «Їдальня»", "ТОВ «Яр»"]
    assert found == (["ТОВ «Ангар»", *rest] if scope == "sign" else rest)


def test_budgets(company, head, colleague, olena, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        made = actions.change_mandate(colleague, by=olena, scopes=["vote"])
    with django_assert_max_num_queries(12):
        actions.revoke(made, by=olena)


# --- pages ----------------------------------------------------------------------


def test_history_is_shown_to_heads_and_to_nobody_else(
    client, company, head, colleague, olena, firm
):
    actions.change_mandate(colleague, by=olena, scopes=["vote"])
    page = company.get_absolute_url()
    client.force_login(olena)
    shown = client.get(page).text
    assert firm.get_full_name() in shown and 'id="history"' in shown
    client.force_login(firm)
    shown = client.get(page)
    assert shown.status_code == 200
    assert olena.get_full_name() not in shown.text and 'id="history"' not in shown.text


def test_each_page_is_for_its_people(client, company, head, colleague, olena, firm, charlie):
    pages = ["detail", "edit", "amend", "invite", "close"]
    addresses = [reverse(f"organisations:{page}", args=[company.pk]) for page in pages]
    for verb in ("change", "revoke"):
        addresses.append(reverse(f"organisations:{verb}", args=[company.pk, head.pk]))
    for address in addresses:
        assert client.get(address)["Location"].startswith(reverse("account_login"))
    for person, statuses in [
        (olena, [200] * 7),
        (firm, [200, 403, 403, 403, 403, 403, 403]),
        (charlie, [404] * 7),
    ]:
        client.force_login(person)
        assert [client.get(address).status_code for address in addresses] == statuses
    client.force_login(firm)
    own = reverse("organisations:revoke", args=[company.pk, colleague.pk])
    assert client.get(own).status_code == 200


def test_a_mandate_is_changed_under_its_own_organisation_alone(client, company, head, olena):
    elsewhere = factories.organisation("ТОВ «Інше»")
    theirs = factories.mandate(factories.user("theirs"), elsewhere)
    client.force_login(olena)
    for verb in ("change", "revoke"):
        address = reverse(f"organisations:{verb}", args=[company.pk, theirs.pk])
        assert client.post(address, {"scopes": ["all"]}).status_code == 404


def test_revoking_is_asked_about_first(client, company, head, colleague, olena, firm):
    client.force_login(olena)
    address = reverse("organisations:revoke", args=[company.pk, colleague.pk])
    client.get(address)
    assert queries.of(firm)
    assert client.post(address)["Location"] == company.get_absolute_url()
    assert queries.of(firm) == []
    last = reverse("organisations:revoke", args=[company.pk, head.pk])
    assert client.post(last).status_code == 422


def test_changing_on_the_page(client, company, head, colleague, olena):
    client.force_login(olena)
    address = reverse("organisations:change", args=[company.pk, colleague.pk])
    data = {"scopes": ["sign"], "until": "2099-01-31"}
    assert client.post(address, {**data, "scopes": []}).status_code == 422
    assert client.post(address, data).status_code == 302
    made = Mandate.objects.get(organisation=company, user=colleague.user, revoked_at=None)
    assert (made.scopes, made.last_day.isoformat()) == (["sign"], "2099-01-31")
    page = client.get(reverse("organisations:change", args=[company.pk, made.pk])).text
    assert 'value="2099-01-31"' in page


def test_pages_cost_the_same_with_many(client, company, head, olena, django_assert_max_num_queries):
    for number in range(25):
        mandate = factories.mandate(factories.user(f"p{number}"), company)
        if number % 2:
            actions.revoke(mandate, by=olena)
    client.force_login(olena)
    with django_assert_max_num_queries(14):
        assert client.get(company.get_absolute_url()).status_code == 200
    with django_assert_max_num_queries(10):
        assert client.get(reverse("organisations:mine")).status_code == 200
