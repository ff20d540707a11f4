"""Removing by a named rule: what it takes, who may, what everybody reads of it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from core.domain import clock
from petitions.defence import actions, guarding
from petitions.defence.signature_filter import SignatureFilter
from petitions.events import SignaturesRemoved, ThresholdLost
from petitions.ledger.checking import faults
from petitions.models import Removal, Signature, State
from tests import factories
from tests.petitions.factories import petition, signatures

pytestmark = pytest.mark.django_db
Status = Signature.Status
MACHINE = SignatureFilter(networks=("198.51.100.0",))
REASON = "60 підписів за хвилину з однієї мережі."


def remove(one, by, signature_filter=MACHINE, *, shown=60, reason=REASON, rule="network"):
    return actions.remove(
        one, by=by, rule=rule, signature_filter=signature_filter, reason=reason, shown=shown
    )


def test_it_takes_what_it_means_and_nothing_else(flooded, mo):
    removal = remove(flooded, mo)
    assert removal.number == removal.signatures.count() == 60
    assert flooded.signatures.filter(status=Status.COUNTED).count() == 300
    assert not flooded.signatures.filter(status=Status.CHECKING).exists()
    assert removal.asked == {"networks": ["198.51.100.0"]}


def test_everybody_reads_how_many_by_which_rule_and_why(flooded, mo):
    removal = remove(flooded, mo)
    line = json.loads(flooded.ledger.latest("number").body)
    assert line["what"] == "removed"
    assert line["change"] == {"counted": -40, "checking": -20, "removed": 60, "withdrawn": 0}
    assert (line["removal"], line["rule"], line["reason"]) == (removal.pk, "network", REASON)
    assert "198.51" not in str(list(flooded.ledger.values_list("body", flat=True)))
    assert list(faults(flooded.pk)) == []


def test_the_number_is_another_at_once_and_the_threshold_is_settled(flooded, mo, emitted):
    assert flooded.reached_at
    removal = remove(flooded, mo)
    flooded.refresh_from_db()
    flooded.total.refresh_from_db()
    assert flooded.total.counted == 300 and flooded.total.removed == 60
    assert flooded.reached_at is None
    assert emitted == [
        SignaturesRemoved(flooded.pk, mo.pk, removal.pk),
        ThresholdLost(flooded.pk, None),
    ]


def test_a_single_signature_goes_the_same_way(flooded, mo):
    one = flooded.signatures.first()
    removal = remove(flooded, mo, SignatureFilter(signature=one.pk), shown=1, rule="single")
    one.refresh_from_db()
    assert one.status == Status.REMOVED and one.removal == removal


@pytest.mark.parametrize(
    ("signature_filter", "number"),
    [
        (SignatureFilter(domains=("machine.example",)), 60),
        (SignatureFilter(waiting=True), 20),
        (SignatureFilter(mark="network"), 20),
        (SignatureFilter(networks=("198.51.100.0", "203.0.0.0")), 110),
        (SignatureFilter(networks=("198.51.100.0",), domains=("ukr.net",)), 0),
        (SignatureFilter(mask="signer##@viche.example"), 90),
        (SignatureFilter(mask="Підписантка 35#"), 10),
        (SignatureFilter(mask="*@viche.example"), 360),
        (SignatureFilter(mask="signer.@viche.example"), 0),
        (SignatureFilter(mask="(a+)+"), 0),
    ],
)
def test_what_each_kind_of_rule_means(flooded, signature_filter, number):
    assert signature_filter.of(flooded).count() == number


def test_a_rule_may_mean_hours(flooded):
    now = clock.now()
    signature_filter = SignatureFilter(
        since=now - timedelta(days=2, minutes=5), until=now - timedelta(minutes=5)
    )
    assert signature_filter.of(flooded).count() == 100


def test_addresses_of_accounts_are_known_to_a_mask(flooded, bohdan, mo):
    signatures(flooded, 1, user=bohdan, email="", name="", mailbox=b"x" * 16)
    signature_filter = SignatureFilter(mask=bohdan.email.upper())
    assert signature_filter.of(flooded).count() == 1
    assert remove(flooded, mo, signature_filter, shown=1).signatures.get().user == bohdan


def test_what_came_after_the_dry_run_is_not_taken(flooded, mo):
    newest = flooded.signatures.latest("pk").pk
    signatures(flooded, 5, network="198.51.100.0")
    remove(flooded, mo, SignatureFilter(networks=("198.51.100.0",), up_to=newest))
    assert flooded.signatures.filter(network="198.51.100.0", status=Status.COUNTED).count() == 5


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"reason": " "}, "petition.reason_missing"),
        ({"signature_filter": SignatureFilter()}, "petition.rule_empty"),
        ({"signature_filter": SignatureFilter(up_to=10**9)}, "petition.rule_empty"),
        (
            {"signature_filter": SignatureFilter(domains=("nobody.example",)), "shown": 0},
            "petition.nothing_found",
        ),
        ({"shown": 59}, "petition.found_others"),
    ],
)
def test_it_refuses(flooded, mo, refused, asked, code):
    with refused(code):
        remove(flooded, mo, **asked)
    assert not Removal.objects.exists()
    assert not flooded.signatures.filter(status=Status.REMOVED).exists()


def test_who_does_not_moderate_may_not(flooded, ofi, olena, refused):
    for person in (ofi, olena):
        with refused("petition.moderators_only"):
            remove(flooded, person)


def test_nobody_decides_about_the_signatures_of_her_own(mo, admin, olena, refused):
    """Not to count what waits or to bring back what was removed either: that serves her most."""
    one = petition(mo)
    signatures(one, 1, network="198.51.100.0")
    signatures(one, 1, status=Status.CHECKING, suspicion="network", user=olena)
    with refused("petition.not_ones_own"):
        remove(one, mo, shown=2)
    with refused("petition.not_ones_own"):
        actions.count_waiting(one, by=mo, signature_filter=SignatureFilter(waiting=True))
    with refused("petition.not_ones_own"):
        guarding.raise_guard(one, by=mo)
    removal = remove(one, admin, shown=1)
    made = actions.object_to(one.signatures.get(removal=removal), is_own=True, text="Моя.")
    with refused("petition.not_ones_own"):
        actions.decide(made, by=mo, upheld=True, answer="Так.")
    with refused("petition.not_ones_own"):
        actions.reverse(removal, by=mo, reason="Помилка.")


def test_a_moderator_of_this_one_alone_may(flooded, refused):
    factories.user("only", role="moderator", scope=flooded.topic)
    only = factories.user("only2", role="moderator", scope="petition:0")
    with refused("petition.moderators_only"):
        remove(flooded, only)


@pytest.mark.parametrize("state", [State.REVIEW, State.ANSWERED, State.WITHDRAWN])
def test_once_the_review_has_begun_the_number_stands(olena, mo, refused, state):
    one = petition(olena, state)
    signatures(one, 1, network="198.51.100.0")
    with refused("petition.numbers_are_final"):
        remove(one, mo, shown=1)


def test_any_number_costs_as_many_statements(flooded, mo, django_assert_max_num_queries):
    with django_assert_max_num_queries(32):
        remove(flooded, mo, SignatureFilter(waiting=True), shown=20)
    with django_assert_max_num_queries(32):
        remove(flooded, mo, SignatureFilter(networks=("198.51.100.0",)), shown=40)
