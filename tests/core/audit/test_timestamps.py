"""Time-stamps: an authority's answers, right and wrong in each way."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from core.audit_log.anchors import timestamps
from core.audit_log.anchors.timestamps import check_answer, imprint_of, make_request
from tests.core.audit.signing import DSTU, GOST, ORGANISATION, Signer, answer

HEAD = sha256(b"a link's line").hexdigest()


@pytest.fixture(scope="module")
def authority() -> Signer:
    return Signer("ec", is_authority=True)


@pytest.mark.parametrize("kind", ["rsa", "ec"])
@pytest.mark.parametrize("status", ["granted", "granted_with_mods"])
def test_a_stamp_on_what_was_asked_for_is_valid(kind, status):
    request = make_request(HEAD)
    given = answer(request, Signer(kind, is_authority=True), status=status)
    stamp = check_answer(given, request=request)
    assert (stamp.verdict, stamp.reason, stamp.organisation) == ("valid", "", ORGANISATION)
    assert abs((stamp.said_at - datetime.now(UTC)).total_seconds()) < 60
    assert imprint_of(given) == HEAD


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"status": "rejection"}, "refused"),
        ({"head": sha256(b"another").digest()}, "imprint"),
        ({"nonce": 5}, "nonce"),
        ({"nonce": 0}, "nonce"),  # none at all
        ({"broken": True}, "signature"),
        ({"digest_of": b"another"}, "digest"),
        ({"bound": b"another certificate"}, "certificate"),
        ({"with_certificate": False}, "certificate"),
        ({"at": datetime(2019, 12, 31, tzinfo=UTC)}, "expired"),
    ],
)
def test_a_wrong_answer_is_told_by_what_is_wrong(authority, wrong, reason):
    request = make_request(HEAD)
    stamp = check_answer(answer(request, authority, **wrong), request=request)
    assert (stamp.verdict, stamp.reason) == ("wrong", reason)


def test_a_certificate_for_something_else_stamps_nothing():
    request = make_request(HEAD)
    stamp = check_answer(answer(request, Signer("ec")), request=request)
    assert (stamp.verdict, stamp.reason) == ("wrong", "purpose")


@pytest.mark.parametrize("how", [{"algorithm": DSTU}, {"digest": GOST}])
def test_what_cannot_be_checked_here_is_said_to_be_so(authority, how):
    request = make_request(HEAD)
    stamp = check_answer(answer(request, authority, **how), request=request)
    assert (stamp.verdict, stamp.reason) == ("unchecked", *how.values())
    other = answer(request, authority, head=sha256(b"another").digest(), **how)
    assert check_answer(other, request=request).reason == "imprint"


@pytest.mark.parametrize("given", [b"", b"<html>", b"0\x80", b"0" * 1000, b"\x30\x03\x02\x01\x05"])
def test_what_is_no_answer_is_unreadable(given):
    stamp = check_answer(given, request=make_request(HEAD))
    assert (stamp.verdict, stamp.reason) == ("wrong", "unreadable")


def test_each_byte_counts(authority):
    """Changed anywhere, an answer is valid no more, or says what it said."""
    request = make_request(HEAD)
    given = answer(request, authority)
    for place in range(0, len(given), 7):
        changed = bytearray(given)
        changed[place] ^= 0x55
        stamp = check_answer(bytes(changed), request=request)
        if stamp.verdict == "valid":
            assert imprint_of(bytes(changed)) == HEAD


def test_a_chain_leads_to_a_root_that_was_set_or_does_not():
    root = Signer("root", is_ca=True)
    below = Signer("ec", is_authority=True, issuer=root)
    request = make_request(HEAD)
    given = answer(request, below)
    assert check_answer(given, request=request, roots=[root.der]).verdict == "trusted"
    other = Signer("ec", is_authority=True)
    stamp = check_answer(answer(request, other), request=request, roots=[root.der])
    assert (stamp.verdict, stamp.reason) == ("valid", "chain")


def test_nonces_differ():
    assert make_request(HEAD) != make_request(HEAD)
    assert timestamps.QUERY == "application/timestamp-query"
