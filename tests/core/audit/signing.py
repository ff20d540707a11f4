"""Whoever signs in tests: a time-stamp authority, and the holder of a council's seal."""

from __future__ import annotations

import zipfile
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from io import BytesIO
from typing import Any

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from lxml import etree

#: ДСТУ 4145 with ГОСТ 34.311, and the digest alone.
DSTU = "1.2.804.2.1.1.1.1.3.1.1"
GOST = "1.2.804.2.1.1.1.1.2.1"
ORGANISATION = "Рудногірська міська рада"
DS = "http://www.w3.org/2000/09/xmldsig#"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
_SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"


@cache
def key_of(kind: str) -> Any:
    if kind == "rsa":
        return rsa.generate_private_key(65537, 2048)
    return ec.generate_private_key(ec.SECP256R1())


class Signer:
    """A key, its certificate, and signatures of it."""

    def __init__(
        self,
        kind: str = "ec",
        *,
        is_authority: bool = False,
        person: str = "",
        issuer: Signer | None = None,
        is_ca: bool = False,
        days: int = 9000,
    ) -> None:
        self.kind, self.key = kind, key_of(kind) if not is_ca else key_of("root")
        given = [x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, ORGANISATION)]
        if person:
            given.append(x509.NameAttribute(x509.NameOID.SURNAME, person))
        name = x509.Name([*given, x509.NameAttribute(x509.NameOID.COMMON_NAME, f"{is_ca}")])
        since = datetime(2020, 1, 1, tzinfo=UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(issuer.certificate.subject if issuer else name)
            .public_key(self.key.public_key())
            .serial_number(7 + is_ca)
            .not_valid_before(since)
            .not_valid_after(since + timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
        )
        if is_authority:
            usage = x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.TIME_STAMPING])
            builder = builder.add_extension(usage, critical=True)
        self.certificate = builder.sign(issuer.key if issuer else self.key, hashes.SHA256())
        self.der = self.certificate.public_bytes(serialization.Encoding.DER)

    def sign(self, content: bytes) -> bytes:
        if self.kind == "rsa":
            return self.key.sign(content, padding.PKCS1v15(), hashes.SHA256())
        return self.key.sign(content, ec.ECDSA(hashes.SHA256()))

    def signed_data(
        self,
        content: bytes,
        *,
        content_type: str = "data",
        is_attached: bool = True,
        broken: bool = False,
        digest_of: bytes | None = None,
        digest: str = "sha256",
        algorithm: str = "",
        bound: bytes | None = None,
        above: tuple[Signer, ...] = (),
        with_certificate: bool = True,
    ) -> cms.ContentInfo:
        """SignedData of some bytes; whatever is asked to be wrong in it is."""
        made = sha256(content if digest_of is None else digest_of).digest()
        bound = self.der if bound is None else bound
        v2 = {"certs": [{"cert_hash": sha256(bound).digest()}]}
        attributes = cms.CMSAttributes(
            [
                {"type": "content_type", "values": [content_type]},
                {"type": "message_digest", "values": [made]},
                {"type": "signing_certificate_v2", "values": [tsp.SigningCertificateV2(v2)]},
            ]
        )
        signature = self.sign(attributes.dump() + (b"!" if broken else b""))
        own = asn1_x509.Certificate.load(self.der)
        name = algorithm or ("rsassa_pkcs1v15" if self.kind == "rsa" else "sha256_ecdsa")
        info = cms.SignerInfo(
            {
                "version": "v1",
                "sid": cms.IssuerAndSerialNumber(
                    {"issuer": own.issuer, "serial_number": own.serial_number}
                ),
                "digest_algorithm": {"algorithm": digest},
                "signed_attrs": attributes,
                "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": name}),
                "signature": signature,
            }
        )
        chain = [own, *(asn1_x509.Certificate.load(each.der) for each in above)]
        inner: dict[str, Any] = {"content_type": content_type}
        if is_attached:
            if content_type == "data":
                inner["content"] = content
            else:
                inner["content"] = core.ParsableOctetString(content)
        return cms.ContentInfo(
            {
                "content_type": "signed_data",
                "content": cms.SignedData(
                    {
                        "version": "v3",
                        "digest_algorithms": [{"algorithm": digest}],
                        "encap_content_info": inner,
                        "certificates": chain if with_certificate else [],
                        "signer_infos": [info],
                    }
                ),
            }
        )

    def p7s(self, content: bytes, **how: Any) -> bytes:
        return bytes(self.signed_data(content, **how).dump())


def answer(
    request: bytes,
    signer: Signer,
    *,
    status: str = "granted",
    head: bytes | None = None,
    nonce: int | None = None,
    at: datetime | None = None,
    **how: Any,
) -> bytes:
    """What an authority answers; whatever is asked to be wrong in it is."""
    if status not in ("granted", "granted_with_mods"):
        refusal = bytes(tsp.PKIStatusInfo({"status": status}).dump())
        return b"0" + bytes([len(refusal)]) + refusal  # a sequence of it alone
    asked = tsp.TimeStampReq.load(request)
    imprint = asked["message_imprint"].copy()
    if head is not None:
        imprint["hashed_message"] = head
    info = {
        "version": "v1",
        "policy": "1.2.3.4",
        "message_imprint": imprint,
        "serial_number": 12,
        "gen_time": (at or datetime.now(UTC)).replace(microsecond=0),
    }
    if nonce != 0:
        info["nonce"] = asked["nonce"].native if nonce is None else nonce
    token = signer.signed_data(tsp.TSTInfo(info).dump(), content_type="tst_info", **how)
    return bytes(
        tsp.TimeStampResp({"status": {"status": status}, "time_stamp_token": token}).dump()
    )


def asice(files: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def xades(
    signer: Signer,
    name: str,
    content: bytes,
    *,
    broken: bool = False,
    canonical: str = C14N,
    inside: str = "",
    digest: str = _SHA256,
    method: str = "",
) -> bytes:
    """A signature in XML of a file beside it, and of its own properties.

    ``canonical``, ``inside``: how XML is made bytes, and what stands in that element.
    """
    kind = "rsa" if signer.kind == "rsa" else "ecdsa"
    method = method or f"http://www.w3.org/2001/04/xmldsig-more#{kind}-sha256"
    how = {"method": "c14n", "exclusive": "exc" in canonical}
    if inside:
        how["inclusive_ns_prefixes"] = ["u"]
    root = etree.fromstring(
        f"""<a:XAdESSignatures xmlns:a="urn:a" xmlns:u="urn:u"><ds:Signature xmlns:ds="{DS}">
        <ds:SignedInfo><ds:CanonicalizationMethod Algorithm="{canonical}">{inside}
        </ds:CanonicalizationMethod>
        <ds:SignatureMethod Algorithm="{method}"/>
        <ds:Reference URI="{name}"><ds:DigestMethod Algorithm="{digest}"/>
        <ds:DigestValue>{_digest(content)}</ds:DigestValue></ds:Reference>
        <ds:Reference URI="#props"><ds:Transforms>
        <ds:Transform Algorithm="{canonical}">{inside}</ds:Transform></ds:Transforms>
        <ds:DigestMethod Algorithm="{_SHA256}"/><ds:DigestValue/></ds:Reference>
        </ds:SignedInfo><ds:SignatureValue/><ds:KeyInfo><ds:X509Data>
        <ds:X509Certificate>{b64encode(signer.der).decode()}</ds:X509Certificate></ds:X509Data>
        </ds:KeyInfo><ds:Object><p:SignedProperties xmlns:p="urn:p" Id="props"><p:Of>2026</p:Of>
        </p:SignedProperties></ds:Object></ds:Signature></a:XAdESSignatures>"""
    )
    (signature,) = root
    properties = signature.find("*/{urn:p}SignedProperties")
    empty = [each for each in root.iter(f"{{{DS}}}DigestValue") if not each.text]
    empty[0].text = _digest(etree.tostring(properties, **how))
    value = signer.sign(etree.tostring(signature[0], **how) + (b"!" if broken else b""))
    if kind == "ecdsa":
        value = b"".join(each.to_bytes(32, "big") for each in decode_dss_signature(value))
    signature[1].text = b64encode(value).decode()
    return bytes(etree.tostring(root))


def manifest(name: str, content: bytes) -> bytes:
    return (
        f"<a:ASiCManifest xmlns:a='http://uri.etsi.org/02918/v1.2.1#' xmlns:ds='{DS}'>"
        "<a:SigReference URI='META-INF/signature1.p7s'/>"
        f"<a:DataObjectReference URI='{name}'><ds:DigestMethod Algorithm='{_SHA256}'/>"
        f"<ds:DigestValue>{_digest(content)}</ds:DigestValue></a:DataObjectReference>"
        "</a:ASiCManifest>"
    ).encode()


def _digest(content: bytes) -> str:
    return b64encode(sha256(content).digest()).decode()
