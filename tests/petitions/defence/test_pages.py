"""The desk's pages of defence: whom they let in, what they show, what they cost."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from accounts.models import DataAccess
from petitions.models import Removal, Signature, State
from tests.petitions.factories import petition, signatures

pytestmark = pytest.mark.django_db
Status = Signature.Status
REASON = "60 підписів за хвилину з однієї мережі."


def at(name: str, one, *more: int) -> str:
    return reverse(f"petitions_desk:{name}", args=[one.pk, *more])


def text(response) -> str:
    return html.unescape(response.content.decode())


def hidden(page: str) -> dict[str, str]:
    return {
        name: re.findall(rf'name="{name}" value="([^"]+)"', page)[-1] for name in ("tried", "shown")
    }


@pytest.fixture
def desk(client, mo):
    client.force_login(mo)
    return client


def test_only_moderators_and_administrators_come_in(client, flooded, olena, ofi, charlie, admin):
    for who, status in ((ofi, 403), (charlie, 403), (olena, 403), (admin, 200)):
        client.force_login(who)
        for name in ("defence", "defence_rule"):
            assert client.get(at(name, flooded)).status_code == status
    client.logout()
    assert client.get(at("defence", flooded)).status_code == 302


def test_what_is_not_published_has_none(desk, olena):
    assert desk.get(at("defence", petition(olena, State.MODERATION))).status_code == 404


def test_the_overview_says_what_is_unusual_and_where_to_look(
    desk, flooded, django_assert_max_num_queries
):
    with django_assert_max_num_queries(17):
        page = text(desk.get(at("defence", flooded)))
    assert "198.51.100.0/24" in page
    (first,) = set(re.findall(r'href="([^"]*networks=198\.51[^"]*)"', page))
    tried = text(desk.get(first))
    assert hidden(tried)["shown"] == "60"


def test_trying_shows_whom_it_hits_and_changes_nothing(
    desk, flooded, bohdan, django_assert_max_num_queries
):
    signatures(flooded, 1, user=bohdan, mailbox=None, email="", name="", network="198.51.100.0")
    with django_assert_max_num_queries(19):
        page = text(desk.post(at("defence_rule", flooded), {"networks": "198.51.100.7"}))
    assert hidden(page)["shown"] == "61"
    assert "198.51.100.0/24" in page
    assert not Removal.objects.exists()
    assert flooded.signatures.filter(status=Status.REMOVED).count() == 0
    seen = bohdan.get_full_name() in page
    assert DataAccess.objects.filter(user=bohdan, why="petition.defence").exists() is seen


def test_an_address_in_the_address_bar_is_not_asked_by(desk, flooded):
    page = text(desk.get(at("defence_rule", flooded), {"mask": "signer1*"}))
    assert "signer1*" not in page and "tried" not in page


def test_trying_removing_and_reversing(desk, flooded):
    page = text(desk.post(at("defence_rule", flooded), {"networks": "198.51.100.0/24"}))
    sent = {**hidden(page), "rule": "network", "reason": REASON}
    assert desk.post(at("defence_remove", flooded), sent).status_code == 302
    removal = Removal.objects.get()
    assert (removal.number, removal.reason) == (60, REASON)
    page = text(desk.get(at("defence_removal", flooded, removal.pk)))
    assert "198.51.100.0/24" in page and REASON in page
    assert desk.post(at("defence_removal", flooded, removal.pk), {"reason": ""}).status_code == 422
    desk.post(at("defence_removal", flooded, removal.pk), {"reason": "Це школа."})
    removal.refresh_from_db()
    assert removal.reversed_at
    assert flooded.signatures.filter(status=Status.CHECKING).count() == 20
    assert desk.get(at("defence_removal", flooded, removal.pk)).status_code == 200


def test_what_came_meanwhile_is_not_removed_with_them(desk, flooded):
    page = text(desk.post(at("defence_rule", flooded), {"networks": "198.51.100.0/24"}))
    signatures(flooded, 3, network="198.51.100.0")
    desk.post(at("defence_remove", flooded), {**hidden(page), "rule": "network", "reason": REASON})
    assert Removal.objects.get().number == 60


def test_without_a_reason_nothing_is_lost_and_nothing_removed(desk, flooded):
    page = text(desk.post(at("defence_rule", flooded), {"domains": "machine.example"}))
    sent = {**hidden(page), "rule": "domain", "reason": ""}
    answer = desk.post(at("defence_remove", flooded), sent)
    assert answer.status_code == 422
    assert "data-error-summary" in text(answer)
    assert hidden(text(answer))["shown"] == "60"
    assert not Removal.objects.exists()


def test_when_others_are_meant_meanwhile_one_looks_again(desk, flooded):
    page = text(desk.post(at("defence_rule", flooded), {"networks": "198.51.100.0/24"}))
    Signature.objects.filter(network="198.51.100.0").first().delete()
    sent = {**hidden(page), "rule": "network", "reason": REASON}
    answer = desk.post(at("defence_remove", flooded), sent)
    assert answer.status_code == 422 and REASON in text(answer)
    assert hidden(text(answer))["shown"] == "59"
    assert not Removal.objects.exists()


@pytest.mark.parametrize("tried", ["", "nonsense", "eyJhIjoxfQ:1:2"])
def test_what_was_not_tried_is_not_done(desk, flooded, tried):
    for name in ("defence_remove", "defence_count"):
        sent = {"tried": tried, "shown": 60, "rule": "network", "reason": REASON}
        assert desk.post(at(name, flooded), sent).status_code == 400


def test_what_was_tried_elsewhere_is_not_done_here(desk, flooded, olena):
    other = petition(olena)
    page = text(desk.post(at("defence_rule", flooded), {"networks": "198.51.100.0/24"}))
    sent = {**hidden(page), "rule": "network", "reason": REASON}
    assert desk.post(at("defence_remove", other), sent).status_code == 400


def test_what_waits_is_counted(desk, flooded):
    page = text(desk.get(at("defence", flooded)))
    (link,) = re.findall(r'href="([^"]*waiting=on[^"]*)"', page)
    assert parse_qs(urlsplit(link).query) == {"waiting": ["on"], "mark": ["network"]}
    tried = text(desk.get(link))
    desk.post(at("defence_count", flooded), hidden(tried))
    assert flooded.signatures.filter(status=Status.COUNTED).count() == 360
    assert desk.post(at("defence_count", flooded), hidden(tried)).status_code == 422


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"networks": "nonsense"},
        {"networks": "198.51.0.0/16"},
        {"since": "tomorrow"},
        {"mark": "nonsense"},
    ],
)
def test_a_rule_that_makes_no_sense_is_told(desk, flooded, asked):
    answer = desk.post(at("defence_rule", flooded), {"sent": "", **asked})
    assert answer.status_code == 422
    assert "data-error-summary" in text(answer)


def test_a_single_signature_is_removed_with_a_reason(desk, flooded):
    one = flooded.signatures.first()
    address = at("defence_signature", flooded, one.pk)
    assert one.name in text(desk.get(address))
    assert desk.post(address, {"reason": " "}).status_code == 422
    desk.post(address, {"reason": "Підписано за іншу людину."})
    assert Removal.objects.get().rule == "single"
    assert desk.get(address).status_code == 404


def test_the_guard_is_raised_and_lowered(desk, flooded):
    desk.post(at("defence_guard", flooded), {"raise": "yes"})
    flooded.refresh_from_db()
    assert flooded.guarded_since
    desk.post(at("defence_guard", flooded), {"raise": "no"})
    flooded.refresh_from_db()
    assert flooded.guarded_since is None
    assert desk.get(at("defence_guard", flooded)).status_code == 405


def test_honest_people_among_them_are_pointed_out(desk, flooded, bohdan):
    from accounts.models import User

    User.objects.filter(pk=bohdan.pk).update(date_joined="2020-01-01T00:00Z")
    signatures(flooded, 1, user=bohdan, mailbox=None, email="", name="", network="198.51.100.0")
    page = text(desk.post(at("defence_rule", flooded), {"networks": "198.51.100.0/24"}))
    assert "notice--warning" in page
