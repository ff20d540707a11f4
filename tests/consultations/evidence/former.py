"""Bundles of the format 1, as they were made until 0.5.0, and falsified ones."""

from __future__ import annotations

import hmac
import json
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from consultations.evidence.verifier import verify
from tests.consultations.evidence.bundle_builder import canonical, digest, key_of

Json = dict[str, Any]


class Former:
    """What such a bundle holds."""

    def __init__(self) -> None:
        self.comments: list[Json] = []
        self.entries: list[Json] = []
        leaves = []
        for number in (1, 2, 3):
            words = {"proposal": "", "text": f"Слова {number}"}
            key = key_of("comment", number, "words")
            recorded = hmac.new(bytes.fromhex(key), canonical(words).encode(), sha256).hexdigest()
            said = {
                "at": f"2026-11-02T08:0{number}:00.000000+00:00",
                "event": "CommentPosted",
                "id": 10 + number,
                "ids": {"comment_id": number, "words": recorded},
                "nonce": digest(f"nonce {number}"),
            }
            self.entries.append({"line": canonical(said), "link": 1})
            leaves.append(digest(canonical(said)))
            self.comments.append(
                {"at": "2026-11-02 08:00:00+00:00", "id": number, "key": key, **words}
            )
        hidden = self.comments[2]
        self.comments[2] = {"id": 3, "reason": "spam", "words": recorded, "at": hidden["at"]}
        self.links: list[Json] = []
        self._add_link(1, "0" * 64, leaves)
        self._add_link(2, self.links[0]["hash"], [])
        self.head = {"number": 2, "hash": self.links[1]["hash"]}

    def _add_link(self, number: int, previous: str, leaves: list[str]) -> None:
        line = canonical(
            {
                "at": "2026-11-02T10:10:00+02:00",
                "entries": len(leaves),
                "ids": [[11, 13]],
                "leaves": digest("\n".join(leaves)),
                "number": number,
                "previous": previous,
            }
        )
        self.links.append({"hash": digest(line), "line": line, "leaves": leaves})


FALSIFICATIONS: dict[str, Callable[[Former], Any]] = {
    "": lambda former: None,
    "words": lambda former: former.comments[0].update(text="Інші"),
    "hash of hidden words": lambda former: former.comments[2].update(words="0" * 64),
    "key dropped": lambda former: former.comments[0].pop("key"),
    "entry": lambda former: former.entries[0].update(link=2),
    "link": lambda former: former.links.pop(),
    "number": lambda former: former.comments[0].update(id=1.5),
}


def write(path: Path, change: Callable[[Former], Any]) -> str:
    """Write one, falsified; returns its manifest's hash."""
    former = Former()
    change(former)
    files: Json = {}
    contents = {
        "README.txt": b"",
        "comments.jsonl": _lines(former.comments),
        "chain/entries.jsonl": _lines(former.entries),
        "chain/links.jsonl": _lines(former.links),
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in contents.items():
            found, size = verify.write_member(archive, name, [content])
            files[name] = {"bytes": size, "sha256": found}
        manifest = {"consultation": 1, "files": files, "format": "viche-evidence/1"}
        text = canonical({**manifest, "head": former.head, "made_at": "", "site": ""}).encode()
        found, _size = verify.write_member(archive, "manifest.json", [text])
        verify.write_member(archive, "manifest.sha256", [f"{found}  manifest.json\n".encode()])
    return found


def _lines(rows: list[Json]) -> bytes:
    """As 0.5.0 wrote them: with spaces."""
    return "".join(
        f"{json.dumps(row, ensure_ascii=False, sort_keys=True)}\n" for row in rows
    ).encode()
