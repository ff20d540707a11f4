"""CMS SignedData (RFC 5652, CAdES): who signed which bytes, and whether the signature holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from asn1crypto import algos, cms, core, tsp, x509

from core.audit_log.anchors import signatures
from core.audit_log.anchors.verdicts import Unknown, Wrong

#: Beside the names of asn1crypto: ECDSA as some write it, its hash being that of the digest.
_BARE = frozenset({"rsassa_pkcs1v15", "ecdsa", "1.2.840.10045.2.1"})


@contextmanager
def unreadable() -> Iterator[None]:
    """Whatever a parser says of damaged bytes is Wrong("unreadable"): it reads them only when they
    are asked for, and says it in many ways."""
    try:
        yield
    except (
        *(ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError),
        *(RecursionError, MemoryError, NotImplementedError),
    ):
        raise Wrong("unreadable") from None


def load(data: bytes) -> cms.SignedData:
    """The SignedData in DER or BER. Raises Wrong."""
    with unreadable():
        return content_of(cms.ContentInfo.load(data, strict=True))


def content_of(info: cms.ContentInfo) -> cms.SignedData:
    """Signed data of a ContentInfo. Raises Wrong where that is nothing signed."""
    if info["content_type"].native != "signed_data":
        raise Wrong("unreadable")
    return info["content"]


def attached_bytes(signed: cms.SignedData) -> bytes | None:
    """The bytes that stand in it; None for a detached signature."""
    with unreadable():
        content = signed["encap_content_info"]["content"]
        return None if isinstance(content, core.Void) else bytes(content)


def signer_of(signed: cms.SignedData) -> tuple[cms.SignerInfo, x509.Certificate]:
    """The one who signed, with their certificate. Raises Wrong: "signers", "certificate"."""
    with unreadable():
        infos = list(signed["signer_infos"])
        if len(infos) != 1:
            raise Wrong("signers")
        for choice in signed["certificates"] or ():
            if choice.name == "certificate" and _is_meant(infos[0]["sid"], choice.chosen):
                return infos[0], choice.chosen
    raise Wrong("certificate")


def check(signed: cms.SignedData, content: bytes) -> None:
    """Check that the signer signed these bytes.

    The digest is compared first, so that signatures of algorithms that are not known here are at
    least of these bytes where the digest is known. Raises Wrong and Unknown.
    """
    info, certificate = signer_of(signed)
    with unreadable():
        algorithm = str(info["digest_algorithm"]["algorithm"].native)
        made = signatures.digest(algorithm, content)
        attributes = _attributes(info)
        if attributes:
            if attributes.get("message_digest") != [made]:
                raise Wrong("digest")
            if attributes.get("content_type") != [
                signed["encap_content_info"]["content_type"].native
            ]:
                raise Wrong("digest")
            content = info["signed_attrs"].untag().dump()
        _check_certificate(info, certificate)
        scheme, signed_by, salt = _algorithm(info["signature_algorithm"], algorithm)
        signatures.verify(
            certificate.dump(),
            info["signature"].native,
            content,
            scheme=scheme,
            algorithm=signed_by,
            salt_length=salt,
        )


def names_certificate(signed: cms.SignedData) -> bool:
    """Whether the signed attributes name the signer's certificate (RFC 3161 asks for it)."""
    info, _certificate = signer_of(signed)
    with unreadable():
        return bool({"signing_certificate", "signing_certificate_v2"} & _attributes(info).keys())


def _attributes(info: cms.SignerInfo) -> dict[str, list[Any]]:
    """The signed attributes: each once, or they could be read in two ways."""
    found: dict[str, list[Any]] = {}
    for attribute in info["signed_attrs"] or ():
        name = attribute["type"].native
        if name in found:
            raise Wrong("unreadable")
        found[name] = [each.native for each in attribute["values"]]
    return found


def _is_meant(sid: cms.SignerIdentifier, certificate: x509.Certificate) -> bool:
    if sid.name == "issuer_and_serial_number":
        return bool(
            sid.chosen["serial_number"].native == certificate.serial_number
            and sid.chosen["issuer"].dump() == certificate.issuer.dump()
        )
    return bool(sid.native == certificate.key_identifier)


def _check_certificate(info: cms.SignerInfo, certificate: x509.Certificate) -> None:
    """The attribute that binds the certificate, where there is one, names this one."""
    attributes = _attributes(info)
    for name, usual in (("signing_certificate", "sha1"), ("signing_certificate_v2", "sha256")):
        if name not in attributes:
            continue
        named = attributes[name][0]["certs"][0]
        algorithm = (named.get("hash_algorithm") or {"algorithm": usual})["algorithm"]
        made = certificate.sha1 if algorithm == "sha1" else None
        if (made or signatures.digest(algorithm, certificate.dump())) != named["cert_hash"]:
            raise Wrong("certificate")


def _algorithm(
    said: algos.SignedDigestAlgorithm, digest_algorithm: str
) -> tuple[str, str, int | None]:
    """Scheme, hash and length of the salt of the signature."""
    name = str(said["algorithm"].native)
    if name in _BARE:
        return ("ecdsa" if name.startswith("1.2") else name), digest_algorithm, None
    try:
        scheme, made = said.signature_algo, said.hash_algo
    except ValueError:
        raise Unknown(name) from None
    salt = said["parameters"]["salt_length"].native if scheme == "rsassa_pss" else None
    return scheme, made, salt


#: Importing it teaches asn1crypto what stands in time-stamps, and the attributes of certificates.
TSTInfo = tsp.TSTInfo
