"""The format of a bundle of evidence, viche-evidence/2, and how its files are written.

docs/evidence.md describes it; the verifier in the bundle reads it without any of this.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Iterator

FORMAT = "viche-evidence/2"
MANIFEST, MANIFEST_HASH, README = "manifest.json", "manifest.sha256", "README.txt"
LINKS, ENTRIES, RECORDS = "chain/links.jsonl", "chain/entries.jsonl", "chain/records.jsonl"
#: Who was told and when, by account: in the bundle of staff alone.
TOLD = "staff/notices.jsonl"

#: A file of a bundle: its name, and what reads it.
type Member = tuple[str, Callable[[], Iterator[bytes]]]


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
