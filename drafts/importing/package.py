"""The parts of a .docx: an archive of XML files that refer to each other.

Parts are found by their relations, as Word finds them: not every program names the main one
`word/document.xml`. They are parsed without entities, network, or documents that never end.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib

from lxml import etree

from drafts.importing.refusals import ImportRefused

MAX_PART = 24 * 1024 * 1024  # bytes of unpacked XML
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# The strict form of the standard names the same elements otherwise.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Package:
    """The document's main part and what it refers to. Raises `ImportRefused`."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._main = self._targets("").get("officeDocument", "word/document.xml")
        self._related = self._targets(self._main)

    def main(self) -> etree._Element:
        """Return the document itself."""
        part = self._parse(self._main)
        if part is None:
            raise ImportRefused("damaged")
        return part

    def related(self, kind: str) -> etree._Element | None:
        """Return the part of a kind (`styles`, `numbering`, `footnotes`…), None if absent."""
        name = self._related.get(kind)
        return self._parse(name) if name else None

    def _targets(self, source: str) -> dict[str, str]:
        """The parts that `source` refers to, by the last word of the relation's type."""
        folder, name = posixpath.split(source)
        relations = self._parse(posixpath.join(folder, "_rels", f"{name}.rels"))
        targets: dict[str, str] = {}
        if relations is None:
            return targets
        for relation in relations.iterfind(_RELATION):
            if relation.get("TargetMode") != "External":
                kind = relation.get("Type", "").rsplit("/", 1)[-1]
                path = posixpath.join("/", folder, relation.get("Target", ""))
                targets.setdefault(kind, posixpath.normpath(path).lstrip("/"))
        return targets

    def _parse(self, name: str) -> etree._Element | None:
        data = self._read(name)
        if data is None:
            return None
        head = data[:4096].replace(b"\x00", b"")
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise ImportRefused("entities")
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data.replace(_STRICT, _USUAL), parser)
        except etree.XMLSyntaxError as error:
            deep = "depth" in str(error) or "huge" in str(error).lower()
            raise ImportRefused("too_complex" if deep else "damaged") from error
        if root.getroottree().docinfo.doctype:
            raise ImportRefused("entities")
        return root

    def _read(self, name: str) -> bytes | None:
        try:
            with self._archive.open(name) as file:
                data = file.read(MAX_PART + 1)
        except KeyError:
            return None
        except UNREADABLE as error:
            raise ImportRefused("damaged") from error
        if len(data) > MAX_PART:
            raise ImportRefused("zip_bomb")
        return data


#: What reading a broken archive may raise.
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError),
    *(NotImplementedError, RuntimeError, IndexError),
)
