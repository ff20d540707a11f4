#!/usr/bin/env python3
"""Verify an evidence bundle: python3 verifying.py FILE. Nothing but Python 3.12 is needed.

Every file must be the one that the manifest names, the archive must hold nothing else, entries of
the audit log must be under their links, the links in one chain, and the words that are shown those
that were recorded when they were said. One line for each fault; exit code 1 where there is any.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

FORMAT = "viche-evidence/1"
MANIFEST, MANIFEST_HASH = "manifest.json", "manifest.sha256"
LINKS, ENTRIES, COMMENTS = "chain/links.jsonl", "chain/entries.jsonl", "comments.jsonl"
_CHUNK = 1 << 20


def main(arguments: list[str]) -> int:
    """Print what is wrong with the bundle, or its manifest's hash."""
    if len(arguments) != 1:
        print("usage: verifying.py FILE", file=sys.stderr)
        return 2
    try:
        found = verify(Path(arguments[0]))
    except OSError as error:
        print(f"{arguments[0]} cannot be read: {error.strerror}", file=sys.stderr)
        return 2
    for fault in found.faults:
        print(fault)
    if found.faults:
        return 1
    print(describe(found))
    return 0


class Found:
    """What a verification has found."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.manifest: dict[str, Any] = {}
        self.manifest_hash = ""
        self.entries = 0


def describe(found: Found) -> str:
    """What holds, in one line."""
    files, head = len(found.manifest["files"]), found.manifest["head"]
    return (
        f"{files} files and {found.entries} entries hold; manifest {found.manifest_hash};"
        f" head {head['number']}:{head['hash']}"
    )


def verify(path: Path) -> Found:
    """Read the whole bundle; OSError where it cannot be read at all."""
    found = Found()
    try:
        with zipfile.ZipFile(path) as bundle:
            found.faults.extend(_files(bundle, found))
            if not found.faults:
                found.faults.extend(_chain(bundle, found))
                found.faults.extend(_archive(bundle, path))
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError) as error:
        found.faults.append(f"the archive itself: it cannot be read ({error})")
    return found


def write_member(bundle: zipfile.ZipFile, name: str, chunks: Iterable[bytes]) -> tuple[str, int]:
    """Write a file into a bundle, always in the same way; returns its SHA-256 and its length."""
    member = zipfile.ZipInfo(name)  # of 1980, stored as it is
    member.create_system, member.external_attr = 3, 0o644 << 16
    digest, size = hashlib.sha256(), 0
    with bundle.open(member, "w") as target:
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
    return digest.hexdigest(), size


def _files(bundle: zipfile.ZipFile, found: Found) -> Iterator[str]:
    names = bundle.namelist()
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"{name}: it is there twice"
    try:
        text = bundle.read(MANIFEST)
        recorded = bundle.read(MANIFEST_HASH)
    except (KeyError, zipfile.BadZipFile) as error:
        yield f"{MANIFEST_HASH if 'sha256' in str(error) else MANIFEST}: missing or changed"
        return
    found.manifest_hash = hashlib.sha256(text).hexdigest()
    if recorded != f"{found.manifest_hash}  {MANIFEST}\n".encode():
        yield f"{MANIFEST}: it is not the one whose hash {MANIFEST_HASH} holds"
        return
    found.manifest = json.loads(text)
    if found.manifest.get("format") != FORMAT:
        yield f"{MANIFEST}: this program knows the format {FORMAT} alone"
        return
    files = found.manifest["files"]
    for name in sorted(set(names) - {*files, MANIFEST, MANIFEST_HASH}):
        yield f"{name}: it is not in the manifest"
    for name, said in files.items():
        if name not in names:
            yield f"{name}: it is missing"
        elif _read(bundle, name) != (said["sha256"], said["bytes"]):
            yield f"{name}: it was changed"


def _read(bundle: zipfile.ZipFile, name: str) -> tuple[str, int] | None:
    """SHA-256 and length of a file; None where the archive itself knows that it was changed."""
    digest, size = hashlib.sha256(), 0
    try:
        with bundle.open(name) as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError):
        return None
    return digest.hexdigest(), size


def _lines(bundle: zipfile.ZipFile, name: str) -> Iterator[dict[str, Any]]:
    if name in bundle.namelist():
        with bundle.open(name) as file:
            for line in file:
                yield json.loads(line)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _chain(bundle: zipfile.ZipFile, found: Found) -> Iterator[str]:
    leaves: dict[int, set[str]] = {}
    before: tuple[int, str] | None = None
    for link in _lines(bundle, LINKS):
        said = json.loads(link["line"])
        where = f"{LINKS}: link {said['number']}"
        if _hash(link["line"]) != link["hash"]:
            yield f"{where}: its line is not the one that was hashed"
        if "leaves" in link and _hash("\n".join(link["leaves"])) != said["leaves"]:
            yield f"{where}: its line says something else of its entries"
        if before and said["number"] == before[0] + 1 and said["previous"] != before[1]:
            yield f"{where}: it does not continue the link before"
        before = said["number"], link["hash"]
        leaves[said["number"]] = set(link.get("leaves", ()))
    head = found.manifest["head"]
    if before and before != (head["number"], head["hash"]):
        yield f"{LINKS}: it does not end with the head that the manifest names"
    recorded: dict[int, str] = {}
    for entry in _lines(bundle, ENTRIES):
        found.entries += 1
        said = json.loads(entry["line"])
        if _hash(entry["line"]) not in leaves.get(entry["link"], set()):
            yield f"{ENTRIES}: entry {said['id']} is not under link {entry['link']}"
        if "words" in said["ids"]:
            recorded[said["ids"]["comment_id"]] = said["ids"]["words"]
    yield from _words(bundle, recorded)


def _words(bundle: zipfile.ZipFile, recorded: dict[int, str]) -> Iterator[str]:
    """Whether the words are those of their last entry."""
    for comment in _lines(bundle, COMMENTS):
        where = f"{COMMENTS}: comment {comment['id']}"
        digest = recorded.get(comment["id"])
        if "key" in comment and digest is not None:
            words = {"proposal": comment["proposal"], "text": comment["text"]}
            text = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            key = bytes.fromhex(comment["key"])
            if hmac.new(key, text.encode(), hashlib.sha256).hexdigest() != digest:
                yield f"{where}: its words are not those that were recorded"
        elif comment.get("words") and digest is not None and comment["words"] != digest:
            yield f"{where}: its hash is not the one that was recorded"


def _archive(bundle: zipfile.ZipFile, path: Path) -> Iterator[str]:
    """Whether the archive holds its files and nothing besides: it is written anew and compared."""
    with tempfile.TemporaryFile() as anew:
        with zipfile.ZipFile(anew, "w") as copy:
            for name in bundle.namelist():
                write_member(copy, name, _chunks(bundle, name))
        place = _first_difference(anew, path)
    if place is None:
        return
    members = sorted(bundle.infolist(), key=lambda member: member.header_offset)
    within = [member.filename for member in members if member.header_offset <= place]
    end = bundle.start_dir
    yield f"{within[-1] if within and place < end else 'the archive itself'}: it was changed"


def _chunks(bundle: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with bundle.open(name) as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _first_difference(anew: IO[bytes], path: Path) -> int | None:
    anew.seek(0)
    at = 0
    with path.open("rb") as given:
        while True:
            one, other = anew.read(_CHUNK), given.read(_CHUNK)
            if one != other:
                pairs = enumerate(zip(one, other, strict=False))
                return at + next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))
            if not one:
                return None
            at += len(one)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
