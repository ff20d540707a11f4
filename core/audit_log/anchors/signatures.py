"""Signatures and digests that can be checked here: RSA and ECDSA over the SHA-2 family."""

from __future__ import annotations

import hashlib
from typing import Any

from asn1crypto import x509
from cryptography import x509 as certificates
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from core.audit_log.anchors.verdicts import Unknown, Wrong

#: Digests that nobody can make a second text for. SHA-1 is none of them.
HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "sha224": hashes.SHA224,
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
_SMALLEST_RSA = 2048
_LONGEST_NAME = 200


def digest(algorithm: str, content: bytes) -> bytes:
    """The digest of some bytes. Raises Unknown for ГОСТ 34.311, Купина and others."""
    if algorithm not in HASHES:
        raise Unknown(algorithm)
    return hashlib.new(algorithm, content).digest()


def verify(
    certificate: bytes,
    signature: bytes,
    content: bytes,
    *,
    scheme: str,
    algorithm: str,
    salt_length: int | None = None,
) -> None:
    """Check a signature by the key in a certificate (DER).

    ``scheme``: rsassa_pkcs1v15, rsassa_pss or ecdsa. Raises Unknown for a key, curve or algorithm
    that is not known here, and Wrong("signature").
    """
    if algorithm not in HASHES:
        raise Unknown(algorithm)
    made: hashes.HashAlgorithm = HASHES[algorithm]()
    key = _key(certificate)
    try:
        if isinstance(key, rsa.RSAPublicKey) and scheme.startswith("rsassa"):
            if key.key_size < _SMALLEST_RSA:
                raise Unknown(f"RSA {key.key_size}")
            filled: padding.AsymmetricPadding = padding.PKCS1v15()
            if scheme == "rsassa_pss":
                filled = padding.PSS(
                    padding.MGF1(made), padding.PSS.AUTO if salt_length is None else salt_length
                )
            key.verify(signature, content, filled, made)
        elif isinstance(key, ec.EllipticCurvePublicKey) and scheme == "ecdsa":
            key.verify(signature, content, ec.ECDSA(made))
        else:
            raise Unknown(scheme)
    except InvalidSignature:
        raise Wrong("signature") from None


def encode_ecdsa(raw: bytes) -> bytes:
    """A signature of XML (two numbers one after the other) as certificates have it."""
    half = len(raw) // 2
    return encode_dss_signature(
        int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big")
    )


def organisation_of(certificate: x509.Certificate) -> str:
    """The organisation in the certificate's subject, else its common name; never a person's."""
    said = _subject(certificate)
    found = said.get("organization_name") or ""
    if not found and not is_of_person(certificate):
        found = said.get("common_name") or ""
    first = found[0] if isinstance(found, list) else found
    return "".join(sign for sign in str(first) if sign.isprintable()).strip()[:_LONGEST_NAME]


def is_of_person(certificate: x509.Certificate) -> bool:
    """Whether it names a person: such a key signs, a seal is an organisation's."""
    said = _subject(certificate)
    return bool(said.get("surname") or said.get("given_name"))


def _subject(certificate: x509.Certificate) -> dict[str, Any]:
    return certificate.subject.native or {}


def _key(certificate: bytes) -> Any:
    try:
        return certificates.load_der_x509_certificate(certificate).public_key()
    except (UnsupportedAlgorithm, ValueError):
        named = x509.Certificate.load(certificate).public_key["algorithm"]["algorithm"]
        raise Unknown(str(named.native)) from None
