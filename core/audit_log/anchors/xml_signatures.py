"""Signatures in XML (XMLDSig, XAdES) beside the file that they sign, and manifests of ASiC."""

from __future__ import annotations

from base64 import b64decode
from typing import Any
from urllib.parse import unquote

from asn1crypto import pem, x509
from lxml import etree

from core.audit_log.anchors import signatures
from core.audit_log.anchors.verdicts import Unknown, Wrong

_DS = "{http://www.w3.org/2000/09/xmldsig#}"
_ASIC = "{http://uri.etsi.org/02918/v1.2.1#}"
_HASHES = {
    "http://www.w3.org/2001/04/xmlenc#sha256": "sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384": "sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
    "http://www.w3.org/2001/04/xmldsig-more#sha224": "sha224",
}
_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_SIGNED_BY = {
    f"{_MORE}{kind}-{algorithm}": (scheme, algorithm)
    for kind, scheme in (("rsa", "rsassa_pkcs1v15"), ("ecdsa", "ecdsa"))
    for algorithm in signatures.HASHES
}
#: How XML is written so that equal XML has equal bytes: (exclusive, with comments). C14N 1.1
#: differs from 1.0 in attributes of the namespace xml alone, which are refused.
_CANONICAL = {
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315": (False, False),
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments": (False, True),
    "http://www.w3.org/2006/12/xml-c14n11": (False, False),
    "http://www.w3.org/2006/12/xml-c14n11#WithComments": (False, True),
    "http://www.w3.org/2001/10/xml-exc-c14n#": (True, False),
    "http://www.w3.org/2001/10/xml-exc-c14n#WithComments": (True, True),
}
_USUAL = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
_EXCLUSIVE = "{http://www.w3.org/2001/10/xml-exc-c14n#}"
_XML = "{http://www.w3.org/XML/1998/namespace}"


def parse(content: bytes) -> Any:
    """The root of an XML file. Raises Wrong: "unsafe" for one with a DTD, whose entities could fill
    the memory or read files; "unreadable"."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Wrong("unsafe")
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Wrong("unreadable") from None
    if root.getroottree().docinfo.internalDTD is not None:  # in another encoding
        raise Wrong("unsafe")
    return root


def signature_of(root: Any) -> Any:
    """The one signature in a file. Raises Wrong("signers")."""
    found = list(root.iter(f"{_DS}Signature"))  # the root among them
    if len(found) != 1:
        raise Wrong("signers")
    return found[0]


def certificate_of(signature: Any) -> x509.Certificate:
    """The signer's certificate. Raises Wrong("certificate")."""
    path = f"{_DS}KeyInfo/{_DS}X509Data/{_DS}X509Certificate"
    element = signature.find(path)
    if element is None:
        raise Wrong("certificate")
    content = _decode(element)
    if pem.detect(content):
        raise Wrong("certificate")
    return x509.Certificate.load(content, strict=True)


def check(signature: Any, name: str, content: bytes) -> None:
    """Check that the signature signs the file ``name`` beside it with these bytes.

    The digests are compared first. Raises Wrong ("digest", "signature") and Unknown.
    """
    info = signature.find(f"{_DS}SignedInfo")
    if info is None:
        raise Wrong("unreadable")
    references = info.findall(f"{_DS}Reference")
    of_file = [each for each in references if unquote(each.get("URI") or "") == name]
    if len(of_file) != 1:
        raise Wrong("digest")
    unknown = ""
    try:
        check_digest(of_file[0], content)
    except Unknown as found:
        unknown = found.algorithm
    for reference in references:
        if reference is not of_file[0]:
            _check_within(signature, reference)
    if unknown:
        raise Unknown(unknown)
    method = info.find(f"{_DS}SignatureMethod").get("Algorithm", "")
    if method not in _SIGNED_BY:
        raise Unknown(method)
    scheme, algorithm = _SIGNED_BY[method]
    value = _decode(signature.find(f"{_DS}SignatureValue"))
    signatures.verify(
        certificate_of(signature).dump(),
        signatures.encode_ecdsa(value) if scheme == "ecdsa" else value,
        _canonical(info, info.find(f"{_DS}CanonicalizationMethod")),
        scheme=scheme,
        algorithm=algorithm,
    )


def _check_within(signature: Any, reference: Any) -> None:
    """Compare the digest of a part of the signature itself, as its properties."""
    try:
        check_digest(reference, _referred_bytes(signature, reference))
    except Wrong:
        raise Wrong("signature") from None


def check_digest(reference: Any, content: bytes) -> None:
    """Compare the digest of a Reference, or of a DataObjectReference of a manifest. Raises Wrong
    ("digest") and Unknown."""
    if reference.find(f"{_DS}Transforms") is not None and not _is_within(reference):
        raise Unknown("Transforms")
    method = reference.find(f"{_DS}DigestMethod").get("Algorithm", "")
    if method not in _HASHES:
        raise Unknown(method)
    if signatures.digest(_HASHES[method], content) != _decode(reference.find(f"{_DS}DigestValue")):
        raise Wrong("digest")


def manifest_references(root: Any) -> tuple[str, dict[str, Any]]:
    """The name of an ASiC manifest's signature, and the references by the file's name."""
    signed_by = root.find(f"{_ASIC}SigReference")
    found = root.findall(f"{_ASIC}DataObjectReference")
    if root.tag != f"{_ASIC}ASiCManifest" or signed_by is None:
        raise Wrong("unreadable")
    references = {unquote(each.get("URI") or ""): each for each in found}
    if len(references) != len(found):
        raise Wrong("unreadable")
    return unquote(signed_by.get("URI") or ""), references


def _is_within(reference: Any) -> bool:
    return (reference.get("URI") or "").startswith("#")


def _referred_bytes(signature: Any, reference: Any) -> bytes:
    """The bytes of the element that a Reference means, by its one transform."""
    if not _is_within(reference):
        raise Wrong("digest")
    wanted = reference.get("URI")[1:]
    root = signature.getroottree().getroot()
    found = [
        each
        for each in root.iter(etree.Element)
        if wanted in (each.get("Id"), each.get("ID"), each.get("id"))
    ]
    if len(found) != 1:
        raise Wrong("digest")
    transforms = reference.findall(f"{_DS}Transforms/{_DS}Transform")
    if len(transforms) > 1:
        raise Unknown("Transforms")
    return _canonical(found[0], transforms[0] if transforms else None)


def _canonical(element: Any, said: Any) -> bytes:
    """The bytes of an element; ``said``: the element that names how, None for the usual way."""
    algorithm = _USUAL if said is None else said.get("Algorithm", "")
    if algorithm not in _CANONICAL:
        raise Unknown(algorithm)
    root = element.getroottree().getroot()
    if any(key.startswith(_XML) for each in root.iter(etree.Element) for key in each.attrib):
        raise Unknown("xml:")
    exclusive, with_comments = _CANONICAL[algorithm]
    prefixes = None if said is None else said.find(f"{_EXCLUSIVE}InclusiveNamespaces")
    if prefixes is not None and "#default" in prefixes.get("PrefixList", ""):
        raise Unknown("#default")
    return bytes(
        etree.tostring(
            element,
            method="c14n",
            exclusive=exclusive,
            with_comments=with_comments,
            inclusive_ns_prefixes=None if prefixes is None else prefixes.get("PrefixList").split(),
        )
    )


def _decode(element: Any) -> bytes:
    if element is None:
        raise Wrong("unreadable")
    return b64decode("".join((element.text or "").split()), validate=True)
