"""Time-stamps by RFC 3161: the request, and what is checked of the answer.

The imprint is the head itself, which is the SHA-256 of a link's line: `openssl ts -verify -digest`
takes it as it stands on the public page.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, core, tsp, x509
from cryptography import x509 as certificates
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from core.audit_log.anchors import signatures
from core.audit_log.anchors.signed_data import (
    attached_bytes,
    check,
    content_of,
    names_certificate,
    signer_of,
    unreadable,
)
from core.audit_log.anchors.verdicts import Unknown, Verdict, Wrong

QUERY = "application/timestamp-query"
REPLY = "application/timestamp-reply"
_GRANTED = frozenset({"granted", "granted_with_mods"})
_PURPOSE = "time_stamping"
#: Certificates from an authority's to a root.
_LONGEST_CHAIN = 6


@dataclass(frozen=True, slots=True)
class Stamp:
    """An authority's answer: its time, and the result of the check."""

    verdict: str
    reason: str = ""
    organisation: str = ""
    said_at: datetime | None = None


class _Answer(core.Sequence):  # type: ignore[misc]
    """TimeStampResp; without a token where the authority refuses."""

    _fields = [
        ("status", tsp.PKIStatusInfo),
        ("time_stamp_token", cms.ContentInfo, {"optional": True}),
    ]


def make_request(head: str) -> bytes:
    """A request for this head, with a new nonce, which asks for the certificate, too."""
    request = tsp.TimeStampReq(
        {
            "version": "v1",
            "message_imprint": _imprint(head),
            "nonce": 1 + secrets.randbits(63),
            "cert_req": True,
        }
    )
    return bytes(request.dump())


def check_answer(answer: bytes, *, request: bytes, roots: Sequence[bytes] = ()) -> Stamp:
    """Whether an answer stamps what was asked for.

    Checked: granted; imprint and nonce are those of the request; the certificate is for stamping
    and was valid at that time; the token names it; the signature. With ``roots`` (certificates in
    DER) also whether it leads to one of them: TRUSTED, else VALID. Never checked: whether a
    certificate was revoked. UNCHECKED: by an algorithm that is not known here.
    """
    said_at, organisation = None, ""
    try:
        token = _token(answer)
        with unreadable():
            if token["encap_content_info"]["content_type"].native != "tst_info":
                raise Wrong("unreadable")
            content = attached_bytes(token) or b""
            info = tsp.TSTInfo.load(content, strict=True)
            said_at = info["gen_time"].native
            _compare(info, tsp.TimeStampReq.load(request))
        _signer, certificate = signer_of(token)
        with unreadable():
            organisation = signatures.organisation_of(certificate)
            _check_purpose(certificate, said_at)
        check(token, content)
        if not names_certificate(token):
            raise Wrong("certificate")
    except Wrong as wrong:
        return Stamp(Verdict.WRONG, wrong.code, organisation, said_at)
    except Unknown as unknown:
        return Stamp(Verdict.UNCHECKED, unknown.algorithm, organisation, said_at)
    if not roots:
        return Stamp(Verdict.VALID, "", organisation, said_at)
    if not _leads_to_root(token, certificate, roots, said_at):
        return Stamp(Verdict.VALID, "chain", organisation, said_at)
    return Stamp(Verdict.TRUSTED, "", organisation, said_at)


def imprint_of(answer: bytes) -> str:
    """The head that a stored answer stamps. Raises Wrong."""
    token = _token(answer)
    with unreadable():
        info = tsp.TSTInfo.load(attached_bytes(token) or b"", strict=True)
        return bytes(info["message_imprint"]["hashed_message"].native).hex()


def _imprint(head: str) -> dict[str, object]:
    return {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": bytes.fromhex(head)}


def _token(answer: bytes) -> cms.SignedData:
    with unreadable():
        said = _Answer.load(answer, strict=True)
        if said["status"]["status"].native not in _GRANTED:
            raise Wrong("refused")
        return content_of(said["time_stamp_token"])


def _compare(info: tsp.TSTInfo, request: tsp.TimeStampReq) -> None:
    for name in ("hash_algorithm", "hashed_message"):
        said, asked = info["message_imprint"][name], request["message_imprint"][name]
        if name == "hash_algorithm":
            said, asked = said["algorithm"], asked["algorithm"]
        if said.native != asked.native:
            raise Wrong("imprint")
    if info["nonce"].native != request["nonce"].native:
        raise Wrong("nonce")


def _check_purpose(certificate: x509.Certificate, at: datetime) -> None:
    usage = certificate.extended_key_usage_value
    if usage is None or usage.native != [_PURPOSE]:
        raise Wrong("purpose")
    validity = certificate["tbs_certificate"]["validity"]
    if not validity["not_before"].native <= at <= validity["not_after"].native:
        raise Wrong("expired")


def _leads_to_root(
    token: cms.SignedData, certificate: x509.Certificate, roots: Sequence[bytes], at: datetime
) -> bool:
    """Whether certificates in the token, each signed by the next, lead from the authority's to a
    root, all valid at the time."""
    try:
        trusted = [certificates.load_der_x509_certificate(each) for each in roots]
        given = [
            certificates.load_der_x509_certificate(each.chosen.dump())
            for each in token["certificates"]
            if each.name == "certificate"
        ]
        now = certificates.load_der_x509_certificate(certificate.dump())
    except (UnsupportedAlgorithm, ValueError):
        return False
    for _step in range(_LONGEST_CHAIN):
        if now in trusted or any(_is_issued_by(now, root, at) for root in trusted):
            return True
        above = [each for each in given if each != now and _is_issued_by(now, each, at)]
        if not above:
            return False
        now = above[0]
    return False


def _is_issued_by(
    below: certificates.Certificate, above: certificates.Certificate, at: datetime
) -> bool:
    try:
        below.verify_directly_issued_by(above)
        constraints = above.extensions.get_extension_for_class(certificates.BasicConstraints)
    except (
        *(ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm),
        certificates.ExtensionNotFound,
    ):
        return False
    is_valid = above.not_valid_before_utc <= at <= above.not_valid_after_utc
    return constraints.value.ca and is_valid
