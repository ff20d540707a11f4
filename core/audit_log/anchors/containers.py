"""Containers of a signed file (ASiC-E): a ZIP with the file and its signature."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO

from asn1crypto import x509

from core.audit_log.anchors import signed_data, xml_signatures
from core.audit_log.anchors.verdicts import Wrong

MIME = "application/vnd.etsi.asic-e+zip"
#: A container of a seal has about five files, of some ten kilobytes.
MOST_FILES = 20
MOST_BYTES = 4 * 2**20
_META = "META-INF/"


@dataclass(frozen=True, slots=True)
class Container:
    """The files of a container by name; ``name`` is that of the one file that is signed."""

    name: str
    files: dict[str, bytes]

    @property
    def content(self) -> bytes:
        return self.files[self.name]


def read(data: bytes) -> Container:
    """Read a container with exactly one file to be signed.

    Raises Wrong: "unreadable"; "unsafe" for a bomb; "files" for other files in it than one.
    """
    files = _unpack(data)
    if files.pop("mimetype", MIME.encode()).strip() != MIME.encode():
        raise Wrong("unreadable")
    named = [name for name in files if not name.startswith(_META)]
    if len(named) != 1:
        raise Wrong("files")
    return Container(named[0], files)


def certificate_of(container: Container) -> x509.Certificate:
    """The certificate of the one who signed. Raises Wrong."""
    with signed_data.unreadable():
        in_xml, manifest = _signature_files(container)
        if in_xml:
            signature = xml_signatures.signature_of(xml_signatures.parse(in_xml))
            return xml_signatures.certificate_of(signature)
        signed = signed_data.load(container.files[_signed_by(container, manifest)])
        return signed_data.signer_of(signed)[1]


def check(container: Container) -> None:
    """Check digest and signature of the file. Raises Wrong and Unknown."""
    with signed_data.unreadable():
        in_xml, manifest = _signature_files(container)
        if in_xml:
            signature = xml_signatures.signature_of(xml_signatures.parse(in_xml))
            xml_signatures.check(signature, container.name, container.content)
            return
        _name, references = xml_signatures.manifest_references(xml_signatures.parse(manifest))
        if container.name not in references:
            raise Wrong("digest")
        xml_signatures.check_digest(references[container.name], container.content)
        signed = signed_data.load(container.files[_signed_by(container, manifest)])
        signed_data.check(signed, manifest)


def _signature_files(container: Container) -> tuple[bytes, bytes]:
    """The signature in XML, else the manifest that a .p7s signs; one of them. Raises Wrong."""
    in_xml, manifests = [], []
    for name, content in container.files.items():
        short = name.removeprefix(_META).lower()
        if not name.startswith(_META) or not short.endswith(".xml"):
            continue
        if "signatures" in short:
            in_xml.append(content)
        elif "asicmanifest" in short:
            manifests.append(content)
    if len(in_xml) + len(manifests) != 1:
        raise Wrong("signers")
    return (in_xml or [b""])[0], (manifests or [b""])[0]


def _signed_by(container: Container, manifest: bytes) -> str:
    name, _references = xml_signatures.manifest_references(xml_signatures.parse(manifest))
    if name not in container.files:
        raise Wrong("signers")
    return name


def _unpack(data: bytes) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    left = MOST_BYTES
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = [each for each in archive.infolist() if not each.is_dir()]
            if len(entries) > MOST_FILES:
                raise Wrong("unsafe")
            for entry in entries:
                if entry.filename in files or entry.flag_bits & 1:
                    raise Wrong("unreadable")
                with archive.open(entry) as packed:  # the size that it names may be a lie
                    content = packed.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise Wrong("unsafe")
                files[entry.filename] = content
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise Wrong("unreadable") from None
    except Exception as damaged:
        # zlib.error and the errors of other ways to pack share no class.
        if isinstance(damaged, Wrong):
            raise
        raise Wrong("unreadable") from None
    return files
