"""Seals on the head file of a day: .p7s and .asice, right, of something else, and hostile."""

import zipfile
from datetime import date
from io import BytesIO

import pytest

from core.audit_log.anchors.containers import MIME, MOST_BYTES
from core.audit_log.anchors.seals import accept
from core.audit_log.heads import DayHead
from core.domain.rules import Refused
from tests.core.audit.signing import (
    DSTU,
    GOST,
    ORGANISATION,
    Signer,
    asice,
    manifest,
    xades,
)

HEAD = DayHead(date(2026, 11, 30), 12, "ab" * 32)
FILE = HEAD.file
OTHER = DayHead(date(2026, 11, 29), 11, "cd" * 32).file
NAME = "viche-audit-2026-11-30.txt"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
XML = "META-INF/signatures001.xml"


@pytest.fixture(params=["ec", "rsa"])
def signer(request) -> Signer:
    return Signer(request.param)


@pytest.fixture
def ec() -> Signer:
    return Signer("ec")


def in_xml(signer: Signer, content: bytes = FILE, **how) -> bytes:
    signature = xades(signer, NAME, how.pop("of", content), **how)
    return asice({"mimetype": MIME.encode(), NAME: content, XML: signature})


def in_cms(signer: Signer, content: bytes = FILE, of: bytes | None = None, **how) -> bytes:
    made = manifest(NAME, content if of is None else of)
    signature = signer.p7s(made, is_attached=False, **how)
    return asice(
        {NAME: content, "META-INF/ASiCManifest.xml": made, "META-INF/signature1.p7s": signature}
    )


def verdict(content: bytes) -> tuple[str, str]:
    seal = accept(content, head_file=FILE)
    assert (seal.content, seal.organisation) == (content, ORGANISATION)
    return seal.format, seal.verdict


def code(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        accept(content, head_file=FILE)
    assert str(refused.value)
    return refused.value.verdict.code


def test_a_head_file_is_the_same_bytes_for_ever():
    assert FILE == b"viche-audit-head-1\nday: 2026-11-30\nlink: 12\n" + b"ab" * 32 + b"\n"


def test_seals_that_hold(signer):
    assert verdict(signer.p7s(FILE)) == ("p7s", "valid")
    assert verdict(signer.p7s(FILE, is_attached=False)) == ("p7s", "valid")
    assert verdict(in_xml(signer)) == ("asice", "valid")
    assert verdict(in_cms(signer)) == ("asice", "valid")


@pytest.mark.parametrize(
    ("canonical", "inside"),
    [
        (EXCLUSIVE, ""),
        (EXCLUSIVE, f"<e:InclusiveNamespaces xmlns:e='{EXCLUSIVE}' PrefixList='u'/>"),
        ("http://www.w3.org/2006/12/xml-c14n11", ""),
    ],
)
def test_ways_in_which_xml_is_made_bytes(ec, canonical, inside):
    assert verdict(in_xml(ec, canonical=canonical, inside=inside)) == ("asice", "valid")


def test_changed_properties_are_no_seal_any_more(ec):
    files = {NAME: FILE, XML: xades(ec, NAME, FILE).replace(b"Of>2026", b"Of>2025")}
    assert code(asice(files)) == "seal.broken"


def test_a_seal_of_something_else_is_refused(ec):
    changed = FILE.replace(b"12", b"13")
    for content in (OTHER, changed, b"", FILE[:-1]):
        assert code(ec.p7s(content)) == "seal.other_bytes"
        assert code(ec.p7s(content, is_attached=False)) == "seal.other_bytes"
        assert code(in_xml(ec, content)) == "seal.other_bytes"
        assert code(in_cms(ec, content)) == "seal.other_bytes"
        # The right file, beside a signature of another one.
        assert code(in_xml(ec, of=content)) == "seal.other_bytes"
        assert code(in_cms(ec, of=content)) == "seal.other_bytes"
    assert code(ec.p7s(FILE, digest_of=OTHER)) == "seal.other_bytes"


def test_a_broken_signature_is_refused(signer):
    assert code(signer.p7s(FILE, broken=True)) == "seal.broken"
    assert code(in_xml(signer, broken=True)) == "seal.broken"
    assert code(in_cms(signer, broken=True)) == "seal.broken"
    assert code(signer.p7s(FILE, bound=b"another")) == "seal.certificate"
    assert code(signer.p7s(FILE, with_certificate=False)) == "seal.certificate"


def test_what_cannot_be_checked_here_is_kept_and_said_to_be_so(ec):
    for how in ({"algorithm": DSTU}, {"digest": GOST}):
        assert verdict(ec.p7s(FILE, **how)) == ("p7s", "unchecked")
        assert verdict(ec.p7s(FILE, is_attached=False, **how)) == ("p7s", "unchecked")
        assert verdict(in_cms(ec, **how)) == ("asice", "unchecked")
        # The bytes are compared all the same, where they stand there or their digest is known.
        assert code(ec.p7s(OTHER, **how)) == "seal.other_bytes"
    assert code(ec.p7s(OTHER, is_attached=False, algorithm=DSTU)) == "seal.other_bytes"
    assert verdict(in_xml(ec, method="urn:dstu4145")) == ("asice", "unchecked")
    assert verdict(in_xml(ec, digest="urn:gost34311")) == ("asice", "unchecked")
    assert code(in_xml(ec, of=OTHER, method="urn:dstu4145")) == "seal.other_bytes"


def test_a_persons_signature_is_no_seal():
    person = Signer("ec", person="Шевченко")
    for content in (person.p7s(FILE), in_xml(person), in_cms(person)):
        assert code(content) == "seal.person"


def bomb() -> bytes:
    return asice({NAME: FILE, XML: b"\0" * (MOST_BYTES + 1)})


def many() -> bytes:
    return asice({f"META-INF/{number}": b"" for number in range(30)})


def twice() -> bytes:
    made = BytesIO()
    with pytest.warns(UserWarning), zipfile.ZipFile(made, "w") as archive:
        archive.writestr(NAME, FILE)
        archive.writestr(NAME, OTHER)
    return made.getvalue()


def entities() -> bytes:
    laughs = "".join(
        f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" if n else "<!ENTITY a0 'ha'>" for n in range(9)
    )
    return asice({NAME: FILE, XML: f"<!DOCTYPE x [{laughs}]><x>&a8;</x>".encode()})


def entities_in_utf_16() -> bytes:
    text = "<?xml version='1.0' encoding='UTF-16'?><!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"
    return asice({NAME: FILE, XML: text.encode("utf-16")})


@pytest.mark.parametrize(
    ("made", "refusal"),
    [
        (lambda: b"", "file.empty"),
        (lambda: b"0" * (10 * 2**20), "file.too_large"),
        (lambda: b"no ASN.1", "seal.damaged"),
        (lambda: b"\x30\x84\xff\xff\xff\xff", "seal.damaged"),
        (lambda: b"\x30\x80" * 5000, "seal.damaged"),
        (lambda: b"PK\x03\x04 no ZIP", "seal.damaged"),
        (bomb, "seal.unsafe"),
        (many, "seal.unsafe"),
        (twice, "seal.damaged"),
        (entities, "seal.unsafe"),
        (entities_in_utf_16, "seal.unsafe"),
        (lambda: asice({NAME: FILE, XML: b"<x/>"}), "seal.signers"),
        (lambda: asice({NAME: FILE, XML: b"<x"}), "seal.damaged"),
        (lambda: asice({NAME: FILE}), "seal.signers"),
        (lambda: asice({NAME: FILE, "more.docx": b"", XML: b"<x/>"}), "seal.files"),
        (lambda: asice({NAME: FILE, "mimetype": b"application/zip"}), "seal.damaged"),
    ],
)
def test_a_hostile_file_is_refused_with_a_sentence(made, refusal):
    assert code(made()) == refusal
