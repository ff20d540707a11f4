"""The things of a procedure in a bundle, a file for each kind, and the files that they name."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from itertools import chain
from tempfile import TemporaryFile
from typing import IO, Any

from consultations.evidence import things
from consultations.evidence.bundle_format import Member
from consultations.evidence.notices import counted_things
from consultations.evidence.tally import PRIVATE, Tally
from consultations.evidence.things import Things
from core.domain.chain import canonical
from core.domain.records import Gone, Text, Thing

_CHUNK = 1 << 20
#: Kinds of files that have one ending, by their media type.
_ENDINGS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.text": ".odt",
}


class Record:
    """Writes the things, and remembers which files they name.

    ``is_public``: what everybody may read is open, all else a digest; else also accounts and
    declared names are open. Words that are hidden are open in no bundle: it cannot be called back.
    """

    def __init__(self, here: Things, tally: Tally, *, is_public: bool) -> None:
        self._here, self._tally, self._is_public = here, tally, is_public
        self._files: dict[str, Callable[[], Iterator[bytes]]] = {}
        self._editions: dict[int, int] = {}

    def members(self) -> Iterator[Member]:
        """A file for each kind, then the files that things name. To be read in this order.

        Things of several kinds may come in turn, so their lines wait in files of their own.
        """
        with ExitStack() as opened:
            lines: dict[str, IO[bytes]] = {}
            for thing in chain(self._here.all(), counted_things(self._here.of)):
                if isinstance(thing, Gone):
                    continue
                if thing.kind not in lines:
                    lines[thing.kind] = opened.enter_context(TemporaryFile())
                lines[thing.kind].write(f"{canonical(self._describe(thing))}\n".encode())
            for kind, file in lines.items():
                yield f"record/{kind}.jsonl", partial(_read, file)
        yield from self._files.items()

    def _describe(self, thing: Thing) -> dict[str, Any]:
        texts = {name: self._text(thing, name, text) for name, text in thing.texts.items()}
        closed = [name for name, text in texts.items() if "digest" in text]
        self._tally.add_thing(thing.kind, thing.number, closed)
        said: dict[str, Any] = {
            "facts": dict(thing.facts),
            "kind": thing.kind,
            "number": thing.number,
            "of": thing.of,
            "texts": texts,
        }
        if files := {fact: self._name(thing, fact) for fact in thing.files if thing.facts[fact]}:
            said["files"] = files
        return said

    def _text(self, thing: Thing, name: str, text: Text) -> dict[str, Any]:
        if text.is_public or self._is_for_staff(thing, name):
            return {"key": text.key.hex(), "value": dict(text.value)}
        return {"digest": text.digest}

    def _is_for_staff(self, thing: Thing, name: str) -> bool:
        is_hidden = bool(thing.facts.get("hidden"))
        return not self._is_public and name in PRIVATE and (name == "ground" or not is_hidden)

    def _name(self, thing: Thing, fact: str) -> str:
        """Name of the file whose hash is a fact; it is written after all things."""
        match thing.kind:
            case things.VERSION:
                name = f"text/version-{thing.facts['number']}.jsonl"
            case things.PICTURE:
                name = f"pictures/{thing.number}.webp"
            case things.EDITION:
                self._editions[thing.number] = thing.facts["number"]
                name = f"reports/edition-{thing.facts['number']}.manifest.jsonl"
            case things.EDITION_FILES:
                name = f"reports/edition-{self._editions[thing.number]}.{fact}"
            case _:
                media_type = str(thing.facts.get("media_type", ""))
                ending = _ENDINGS.get(media_type) or mimetypes.guess_extension(media_type) or ""
                name = f"files/{thing.kind}-{thing.number}{ending}"
        self._files[name] = thing.files[fact]
        return name


def _read(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(_CHUNK):
        yield chunk


def as_lines(rows: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    """Objects, one a line."""
    for row in rows:
        yield f"{canonical(row)}\n".encode()


def told_lines(rows: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    """Recipients of a notification, one a line."""
    for row in rows:
        text = json.dumps(row, ensure_ascii=False, sort_keys=True, default=str)
        yield f"{text}\n".encode()
