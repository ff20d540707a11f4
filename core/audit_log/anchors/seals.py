"""The council's electronic seal on the head file of a day: what an uploaded file is.

Whoever holds the key seals the head file with a program of their own (law 2155-VIII); what is
checked here is that the signed bytes are those of the head file, and the signature where RSA or
ECDSA made it. ДСТУ 4145 is not checked here.
"""

from __future__ import annotations

from dataclasses import dataclass

from asn1crypto import x509
from django.utils.translation import gettext_lazy as _

from core.audit_log.anchors import containers, signatures, signed_data
from core.audit_log.anchors.verdicts import Unknown, Verdict, Wrong
from core.domain.rules import Verdict as Answer
from core.domain.rules import refuse, reject, require

#: A seal with its certificates and the answers of their authorities has some ten kilobytes.
MOST_BYTES = 2 * 2**20
P7S, ASICE = "p7s", "asice"

REFUSALS: dict[str, Answer] = {
    "unreadable": refuse("seal.damaged", _("This is no .asice or .p7s file, or it is damaged.")),
    "unsafe": refuse(
        "seal.unsafe",
        _("The file unpacks to far more than a seal, or holds XML that could load something."),
    ),
    "files": refuse(
        "seal.files", _("The container must hold one file alone: the head file of this day.")
    ),
    "signers": refuse("seal.signers", _("The file must hold exactly one signature.")),
    "certificate": refuse(
        "seal.certificate",
        _("The signer’s certificate is missing in the file, or is not the one that signed."),
    ),
    "digest": refuse(
        "seal.other_bytes",
        _("What was sealed is not the head file of this day, byte for byte."),
    ),
    "signature": refuse("seal.broken", _("The signature does not fit what it signs.")),
    "person": refuse(
        "seal.person",
        _(
            "This is a person’s signature, not a seal: their name and number would be published. "
            "Seal the file with the key of the organisation."
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Seal:
    """An accepted seal: how it is packed, whose it is, and what came of the check."""

    format: str
    content: bytes
    organisation: str
    verdict: str
    reason: str = ""


def accept(content: bytes, *, head_file: bytes) -> Seal:
    """The seal in an upload, whose signed bytes are ``head_file``.

    Refuses by ``file.empty``, ``file.too_large`` and REFUSALS. UNCHECKED: the digest or the
    signature is by an algorithm that is not known here.
    """
    if not content:
        reject("file.empty", _("The file is empty."))
    if len(content) > MOST_BYTES:
        reject("file.too_large", _("The file is larger than 2 MB."))
    try:
        return _accept(content, head_file)
    except Wrong as wrong:
        require(REFUSALS[wrong.code])
        raise


def _accept(content: bytes, head_file: bytes) -> Seal:
    """Raises Wrong."""
    made = ASICE if content.startswith(b"PK") else P7S
    if made == ASICE:
        container = containers.read(content)
        if container.content != head_file:
            raise Wrong("digest")
        certificate = containers.certificate_of(container)
    else:
        signed = signed_data.load(content)
        inside = signed_data.attached_bytes(signed)
        if inside is not None and inside != head_file:
            raise Wrong("digest")
        certificate = signed_data.signer_of(signed)[1]
    organisation = _organisation(certificate)
    try:
        if made == ASICE:
            containers.check(container)
        else:
            signed_data.check(signed, head_file)
    except Unknown as unknown:
        return Seal(made, content, organisation, Verdict.UNCHECKED, unknown.algorithm)
    return Seal(made, content, organisation, Verdict.VALID)


def _organisation(certificate: x509.Certificate) -> str:
    with signed_data.unreadable():
        if signatures.is_of_person(certificate):
            raise Wrong("person")
        return signatures.organisation_of(certificate)
