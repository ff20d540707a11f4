"""Join PDF files that typst made of the parts of one document into one tagged PDF (PDF/UA-1).

What typst lays out takes about 500 bytes of memory a letter, so that a report of thousands of rows
is set part by part. Pages, structure, parents of marked content, ids of header cells and bookmarks
become those of one document; everything else is taken over as it stands. Only files of our own
template are read: PDF 1.7 with a plain table of its objects. ValueError for any other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

_REFERENCE = re.compile(rb"(?<![\w.#])(\d+) 0 R\b")
_PARENT_KEY = re.compile(rb"/StructParent(s?) (\d+)")
_CELL_ID = re.compile(rb"\(U(\d+x\d+y\d+)\)")
_ENTRY = re.compile(rb"(\d{10}) \d{5} ([nf])")


@dataclass(slots=True)
class _File:
    """The objects of a file by their numbers, and the numbers of those that are joined."""

    objects: dict[int, bytes]
    trailer: bytes
    catalog: int
    pages: int
    root: int
    document: int
    outlines: int

    @classmethod
    def read(cls, data: bytes) -> _File:
        """The objects of a file."""
        if not data.startswith(b"%PDF-1.7") or b"/ObjStm" in data:
            raise ValueError("not a PDF of ours")
        start = int(data[data.rindex(b"startxref") + 9 :].split()[0])
        table, _, trailer = data[start:].partition(b"trailer")
        entries = _ENTRY.findall(table)
        places = {n: int(at) for n, (at, kind) in enumerate(entries) if kind == b"n"}
        ends = dict(
            zip(sorted(places.values()), [*sorted(places.values())[1:], start], strict=True)
        )
        objects = {}
        for number, at in places.items():
            body = data[at : ends[at]].partition(b" 0 obj\n")[2]
            objects[number] = body[: body.rindex(b"endobj")].rstrip(b"\n")
        catalog = _number(trailer, b"Root")
        root = _number(objects[catalog], b"StructTreeRoot")
        return cls(
            objects=objects,
            trailer=trailer,
            catalog=catalog,
            pages=_number(objects[catalog], b"Pages"),
            root=root,
            document=_references(_array(objects[root], b"K"))[0],
            outlines=_number(objects[catalog], b"Outlines"),
        )

    @property
    def page_count(self) -> int:
        return _integer(self.objects[self.pages], b"Count")


def count_pages(data: bytes) -> int:
    """Number of pages of a file."""
    return _File.read(data).page_count


def join(parts: Sequence[bytes], running: Sequence[int]) -> bytes:
    """One file of the parts, in their order; its properties are the first one's.

    ``running``: how many headings each part begins with that only say whose continuation it is.
    They become paragraphs.
    """
    first = _File.read(parts[0])
    joined = _Joined(first)
    for number, part in enumerate(parts[1:], start=2):
        joined.add(_File.read(part), number, running[number - 1])
    return joined.written()


class _Joined:
    def __init__(self, first: _File) -> None:
        self.file = first
        self.objects = dict(first.objects)
        self.next = max(first.objects) + 1
        root = first.objects[first.root]
        self.keys = _integer(root, b"ParentTreeNextKey")
        self.kids = _references(_array(first.objects[first.pages], b"Kids"))
        self.count = first.page_count
        self.structure = _references(_array(first.objects[first.document], b"K"))
        self.parents = [_array(root, b"Nums")]
        self.ids = _pairs(root)
        self.marks = [_number(first.objects[first.outlines], b"First")]

    def add(self, part: _File, number: int, running: int) -> None:
        """Take over the objects of a part under new numbers."""
        first = self.file
        kids = _references(_array(part.objects[part.document], b"K"))
        for heading in kids[:running]:
            part.objects[heading] = re.sub(rb"/S/H\d\b", b"/S/P", part.objects[heading], count=1)
        shared = {
            part.pages: first.pages,
            part.root: first.root,
            part.document: first.document,
            part.outlines: first.outlines,
        }
        info = _number(part.trailer, b"Info")
        left_out = {*shared, part.catalog, info, _number(part.objects[part.catalog], b"Metadata")}
        numbers = dict(shared)
        for old in sorted(part.objects.keys() - left_out):
            numbers[old] = self.next
            self.next += 1

        def renumber(body: bytes) -> bytes:
            return _outside_strings(
                body,
                lambda piece: _PARENT_KEY.sub(
                    lambda found: b"/StructParent%s %d" % (found[1], int(found[2]) + self.keys),
                    _REFERENCE.sub(lambda found: b"%d 0 R" % numbers[int(found[1])], piece),
                ),
                lambda string: _CELL_ID.sub(rb"(U%dp\1)" % number, string),
            )

        for old, new in numbers.items():
            if old in shared:
                continue
            head, stream, rest = part.objects[old].partition(b"stream\n")
            self.objects[new] = renumber(head) + stream + rest
        root = renumber(part.objects[part.root])
        self.parents.append(_shift_keys(_array(root, b"Nums"), self.keys))
        self.ids += _pairs(root)
        self.keys += _integer(root, b"ParentTreeNextKey")
        self.kids += _references(renumber(_array(part.objects[part.pages], b"Kids")))
        self.count += part.page_count
        self.structure += _references(renumber(_array(part.objects[part.document], b"K")))
        self.marks += _references(
            renumber(b"%d 0 R" % _number(part.objects[part.outlines], b"First"))
        )

    def written(self) -> bytes:
        """The file."""
        first = self.file
        root = self.objects[first.root]
        root = _replace_entry(root, b"Nums", b" ".join(self.parents))
        root = _replace_entry(
            root, b"Names", b"".join(name + ref for name, ref in sorted(self.ids))
        )
        root = re.sub(rb"/ParentTreeNextKey \d+", b"/ParentTreeNextKey %d" % self.keys, root)
        self.objects[first.root] = root
        document = self.objects[first.document]
        self.objects[first.document] = _replace_entry(
            document, b"K", _list_references(self.structure)
        )
        pages = _replace_entry(self.objects[first.pages], b"Kids", _list_references(self.kids))
        self.objects[first.pages] = re.sub(rb"/Count \d+", b"/Count %d" % self.count, pages)
        self._link_marks()
        out = BytesIO()
        _write(out, self.objects, first.trailer)
        return out.getvalue()

    def _link_marks(self) -> None:
        """Make the first bookmark of each part a neighbour of the others'."""
        for at, number in enumerate(self.marks):
            links = b""
            if at:
                links += b"/Prev %d 0 R" % self.marks[at - 1]
            if at + 1 < len(self.marks):
                links += b"/Next %d 0 R" % self.marks[at + 1]
            self.objects[number] = b"<<" + links + self.objects[number].removeprefix(b"<<")
        self.objects[self.file.outlines] = (
            b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>"
            % (
                self.marks[0],
                self.marks[-1],
                len(self.marks),
            )
        )


def _write(out: BinaryIO, objects: dict[int, bytes], trailer: bytes) -> None:
    out.write(b"%PDF-1.7\n%\x80\x80\x80\x80\n\n")
    places = {}
    for number in sorted(objects):
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, objects[number]))
    start = out.tell()
    size = max(objects) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f\r\n" % size)
    for number in range(1, size):
        # A number that a part left free.
        entry = (
            b"%010d 00000 n\r\n" % places[number] if number in places else b"0000000000 65535 f\r\n"
        )
        out.write(entry)
    head = trailer.partition(b"startxref")[0].strip()
    head = re.sub(rb"/Size \d+", b"/Size %d" % size, head)
    out.write(b"trailer\n%s\nstartxref\n%d\n%%%%EOF" % (head, start))


def _outside_strings(
    body: bytes, change: Callable[[bytes], bytes], string: Callable[[bytes], bytes]
) -> bytes:
    """The body with its tokens changed by one function and its strings by another: what stands in
    a title is no reference."""
    return b"".join(
        string(piece) if is_string else change(piece) for is_string, piece in _split(body)
    )


def _split(body: bytes) -> Iterator[tuple[bool, bytes]]:
    at = 0
    while (start := body.find(b"(", at)) >= 0:
        yield False, body[at:start]
        depth, end = 1, start + 1
        while depth:
            if body[end : end + 1] == b"\\":
                end += 1
            else:
                depth += {b"(": 1, b")": -1}.get(body[end : end + 1], 0)
            end += 1
        yield True, body[start:end]
        at = end
    yield False, body[at:]


def _number(body: bytes, name: bytes) -> int:
    """The number of the object that an entry refers to."""
    found = re.search(rb"/%s (\d+) 0 R" % name, body)
    if found is None:
        raise ValueError(f"no /{name.decode()}")
    return int(found[1])


def _integer(body: bytes, name: bytes) -> int:
    found = re.search(rb"/%s (\d+)" % name, body)
    return int(found[1]) if found else 0


def _array(body: bytes, name: bytes) -> bytes:
    """Content of an entry's array, which holds no other."""
    found = re.search(rb"/%s\[([^\]]*)\]" % name, body)
    return found[1] if found else b""


def _replace_entry(body: bytes, name: bytes, inner: bytes) -> bytes:
    return re.sub(rb"/%s\[[^\]]*\]" % name, lambda _: b"/%s[%s]" % (name, inner), body, count=1)


def _references(body: bytes) -> list[int]:
    return [int(number) for number in _REFERENCE.findall(body)]


def _list_references(numbers: Sequence[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _pairs(root: bytes) -> list[tuple[bytes, bytes]]:
    """The ids of elements and what they refer to."""
    return re.findall(rb"(\([^)]*\))\s*(\d+ 0 R)", _array(root, b"Names"))


def _shift_keys(nums: bytes, by: int) -> bytes:
    """Pairs of a key and a reference, their keys made greater."""
    return re.sub(
        rb"(\d+) (\d+ 0 R)", lambda found: b"%d %s" % (int(found[1]) + by, found[2]), nums
    )
