"""Evidence bundles made from scratch, for the verifier alone: nothing of the product makes them.

A ``Story`` is what happened, act by act; ``Bundle`` what a ZIP of it holds, as lists that a test
may falsify; ``Bundle.write`` takes the manifest anew, as whoever holds a bundle can.
"""

from __future__ import annotations

import hmac
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from consultations.evidence.verifier import FOLDER as VERIFIER
from consultations.evidence.verifier import GIVEN_OUT, verify

Json = dict[str, Any]
OF = "consultation:10"
BEGUN = datetime(2026, 11, 2, 8, tzinfo=UTC)
CLOSES = "2026-11-25T22:00:00+00:00"
MOVED_TO = "2026-11-30T22:00:00+00:00"


def canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(value: str | bytes) -> str:
    return sha256(value.encode() if isinstance(value, str) else value).hexdigest()


def key_of(kind: str, number: int, name: str) -> str:
    return digest(f"key of {kind} {number} {name}")


@dataclass
class Row:
    """What an act says of a thing; ``gone`` in place of facts."""

    kind: str
    number: int
    facts: Json = field(default_factory=dict)
    texts: Json = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    gone: str = ""

    def line(self) -> str:
        named = {"kind": self.kind, "number": self.number, "of": OF}
        if self.gone:
            return canonical({"gone": self.gone, **named})
        texts = {name: self.digest(name) for name in self.texts}
        return canonical({"facts": self.facts, "texts": texts, **named})

    def digest(self, name: str) -> str:
        key = bytes.fromhex(key_of(self.kind, self.number, name))
        return hmac.new(key, canonical(self.texts[name]).encode(), sha256).hexdigest()

    def thing(self, closed: set[str]) -> Json:
        texts: Json = {}
        for name, value in self.texts.items():
            key = key_of(self.kind, self.number, name)
            is_closed = name in closed
            texts[name] = (
                {"digest": self.digest(name)} if is_closed else {"key": key, "value": value}
            )
        thing = {"facts": self.facts, "kind": self.kind, "number": self.number, "of": OF}
        return {**thing, "texts": texts, **({"files": self.files} if self.files else {})}


@dataclass
class Act:
    """An entry of the audit log and its rows."""

    event: str
    at: datetime
    rows: list[Row]


class Story:
    """What happened: ``acts`` in their order, and files by their paths."""

    def __init__(self, remarks: int = 14, words: str = "Тут бракує ліхтаря") -> None:
        self.files: dict[str, bytes] = {}
        self.acts: list[Act] = []
        self.closed: dict[tuple[str, int], set[str]] = {}
        self.words = words
        self._announce()
        for n in range(1, remarks + 1):
            self._remark(390 + n, n, timedelta(days=1 + 20 * n / remarks))
        self._talk()
        self._dispose(remarks)
        self._finish()

    def act(self, event: str, after: timedelta, *rows: Row) -> None:
        at = BEGUN + after
        for row in rows:
            if row.facts and row.kind != "link":
                row.facts.setdefault("at", at.isoformat(timespec="microseconds"))
        self.acts.append(Act(event, at, list(rows)))

    def row(self, kind: str, number: int) -> Row:
        """The first row of a thing."""
        return next(
            row for act in self.acts for row in act.rows if (row.kind, row.number) == (kind, number)
        )

    def _file(self, path: str, content: bytes) -> str:
        self.files[path] = content
        return digest(content)

    def _announce(self) -> None:
        text = canonical({"key": "a", "text": "Тихий час – з 22 години."}).encode() + b"\n"
        first = self._file("text/version-1.jsonl", text)
        annex = self._file("files/5.pdf", b"%PDF-1.7 annex")
        cover = self._file("pictures/3.webp", b"RIFF cover")
        self.act(
            "RecordBegun",
            timedelta(minutes=-30),
            Row("link", 1, {"place": 1}, {"words": {"title": "Проєкт", "url": "https://e.ua/"}}),
        )
        opens = "2026-11-02T22:00:00+00:00"
        dates = {"asks_full_name": False, "closes_at": CLOSES, "opens_at": opens}
        words = {"summary": "Про тишу вночі.", "title": "Правила благоустрою «Тиша»"}
        self.act(
            "ConsultationAnnounced",
            timedelta(),
            Row("announcement", 10, dates, {"words": words}),
            Row("version", 17, {"sha256": first}, files={"sha256": "text/version-1.jsonl"}),
            Row("attachment", 5, {"sha256": annex}, files={"sha256": "files/5.pdf"}),
            Row("picture", 3, {"sha256": cover}, files={"sha256": "pictures/3.webp"}),
        )
        told = {"count": 120, "event": "consultations/announced", "hour": "2026-11-02T09:00Z"}
        self.act("NoticesCounted", timedelta(hours=2), Row("notice", 1, told))

    def _remark(self, number: int, n: int, after: timedelta, **facts: Any) -> None:
        said = {"clause": "3", "official": False, "source": "page", **facts}
        texts = {
            "account": {"account": 40 + n},
            "name": {"name": f"Олена {n}-ва"},
            "words": {"proposal": "", "text": f"{self.words} № {n}"},
        }
        rows = [Row("remark", number, said, texts)]
        if n:
            rows.append(Row("number", number, {"number": n}))
        self.closed["remark", number] = {"account"}
        self.act("CommentPosted", after, *rows)

    def _talk(self) -> None:
        days = timedelta(days=21, hours=1)
        self._remark(9001, 0, days, official=True, parent=391)
        self._remark(9002, 0, days + timedelta(minutes=5), parent=391)
        self._change("CommentHidden", days * 1.01, 392, {"hidden": True}, ground={"ground": "spam"})
        self.closed["remark", 392] = {"account", "ground", "words", "name"}
        self._change("AccountErased", days * 1.02, 393, {}, without=("name", "account"))
        self.act("CommentDeleted", days * 1.03, Row("remark", 394, gone="taken_back"))
        moved = {
            "old_opens_at": "2026-11-02T22:00:00+00:00",
            "old_closes_at": CLOSES,
            "new_opens_at": "2026-11-02T22:00:00+00:00",
            "new_closes_at": MOVED_TO,
        }
        reason = {"words": {"reason": "Більше часу."}}
        self.act("DatesChanged", days * 1.04, Row("dates", 4, moved, reason))
        text = canonical({"key": "a", "text": "Тихий час – з 23 години."}).encode() + b"\n"
        second = self._file("text/version-2.jsonl", text)
        version = Row("version", 18, {"sha256": second}, files={"sha256": "text/version-2.jsonl"})
        self.act("VersionPublished", days * 1.05, version)
        step = Row("step", 2, {"place": 2}, {"words": {"title": "Слухання"}})
        self.act("StepsChanged", days * 1.06, step)
        self._remark(9003, 0, timedelta(days=26), parent=391)  # after the first closing

    def _change(
        self,
        event: str,
        after: timedelta,
        number: int,
        facts: Json,
        without: Any = (),
        **texts: Any,
    ) -> None:
        old = self.row("remark", number)
        kept = {name: value for name, value in old.texts.items() if name not in without}
        self.act(event, after, Row("remark", number, {**old.facts, **facts}, {**kept, **texts}))

    def _dispose(self, remarks: int) -> None:
        after = timedelta(days=30)
        for n in range(1, remarks + 1):
            number = 390 + n
            facts = {"disposition": "rejected" if n % 3 else "accepted"}
            row = Row("disposition", number, facts, {"words": {"reason": f"Закон, {n}."}})
            if number == 392:
                self.closed["disposition", number] = {"words"}
            self.act("DispositionApproved", after + timedelta(seconds=n), row)

    def _finish(self) -> None:
        manifest = canonical({"format": "viche-report-1", "number": 1}).encode() + b"\n"
        named = self._file("reports/edition-1.manifest.jsonl", manifest)
        pdf = self._file("reports/edition-1.pdf", a_pdf(named))
        docx = self._file("reports/edition-1.docx", a_docx(named))
        edition = Row(
            "edition",
            2,
            {"manifest": named, "number": 1},
            files={"manifest": "reports/edition-1.manifest.jsonl"},
        )
        files = Row(
            "edition_files",
            2,
            {"docx": docx, "pdf": pdf},
            files={"docx": "reports/edition-1.docx", "pdf": "reports/edition-1.pdf"},
        )
        self.act("EditionPublished", timedelta(days=31), edition)
        self.act("EditionFilesMade", timedelta(days=31, minutes=1), files)
        told = {"count": 14, "event": "consultations/reported", "hour": "2026-12-03T09:00Z"}
        self.act("NoticesCounted", timedelta(days=31, hours=1), Row("notice", 2, told))
        decided = {"decided_on": "2026-12-10", "outcome": "adopted"}
        decision = Row("decision", 10, decided, {"words": {"number": "123", "url": ""}})
        self.act("DecisionEntered", timedelta(days=38), decision)
        act = Row("act", 7, {"in_force_from": "2026-12-11"}, {"words": {"title": "Правила"}})
        self.act("ActEntered", timedelta(days=39), act)


def a_pdf(named: str) -> bytes:
    return f"%PDF-1.7\n1 0 obj\n<</Keywords (sha256:{named})>>\nendobj\n%%EOF".encode()


def a_docx(named: str) -> bytes:
    kept = BytesIO()
    core = f"<cp:coreProperties><cp:keywords>sha256:{named}</cp:keywords></cp:coreProperties>"
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (("word/document.xml", "<w:document/>"), ("docProps/core.xml", core)):
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return kept.getvalue()


class Bundle:
    """What the ZIP holds. Lists of objects may be falsified; ``texts`` are files as they are."""

    def __init__(self, story: Story, *, per_link: int = 5, salt: str = "") -> None:
        self.things: dict[str, list[Json]] = {}
        self.records: list[Json] = []
        self.entries: list[Json] = []
        self.links: list[Json] = []
        self.texts: dict[str, bytes] = dict(story.files)
        self.extra: dict[str, bytes] = {}  # not in the manifest
        self.manifest: Json = {}
        self._fill(story, per_link, salt)

    def _fill(self, story: Story, per_link: int, salt: str) -> None:
        entry, row, last, number = 700, 50, "ab" * 32, 19
        shown: dict[tuple[str, int], Row] = {}
        for start in range(0, len(story.acts), per_link):
            acts = story.acts[start : start + per_link]
            number += 1
            leaves = [digest(f"of others {number}")]
            for act in acts:
                entry += 3
                lines = [each.line() for each in act.rows]
                line = self._entry(entry, act, lines, salt)
                leaves.append(digest(line))
                self.entries.append({"line": line, "link": number})
                for each, written in zip(act.rows, lines, strict=True):
                    row += 2
                    self.records.append({"entry": entry, "line": written, "row": row})
                    shown[each.kind, each.number] = each
            last = self._link(number, acts[-1].at, leaves, last)
        last = self._link(number + 1, acts[-1].at, None, last)
        self.head = {"hash": last, "number": number + 1}
        for each in shown.values():
            if not each.gone:
                closed = story.closed.get((each.kind, each.number), set())
                self.things.setdefault(each.kind, []).append(each.thing(closed))

    @staticmethod
    def _entry(entry: int, act: Act, lines: list[str], salt: str) -> str:
        return canonical(
            {
                "actor": digest(f"actor {entry}"),
                "at": act.at.isoformat(timespec="microseconds"),
                "event": act.event,
                "id": entry,
                "ids": {"consultation_id": 10, "record": sorted(map(digest, lines))},
                "nonce": digest(f"nonce {entry} {salt}"),
            }
        )

    def _link(self, number: int, at: datetime, leaves: list[str] | None, previous: str) -> str:
        said = leaves or [digest("nobody's")]
        line = canonical(
            {
                "at": (at + timedelta(seconds=40)).isoformat(timespec="seconds"),
                "entries": len(said),
                "ids": [[number * 10, number * 10 + len(said) - 1]],
                "leaves": digest("\n".join(said)),
                "number": number,
                "previous": previous,
            }
        )
        link: Json = {"hash": digest(line), "line": line}
        self.links.append({**link, "leaves": leaves} if leaves else link)
        return str(link["hash"])

    # --- What falsifiers need ---

    def thing(self, kind: str, number: int) -> Json:
        return next(each for each in self.things[kind] if each["number"] == number)

    def remove_thing(self, kind: str, number: int) -> None:
        self.things[kind].remove(self.thing(kind, number))

    def remove_rows(self, kind: str, number: int) -> list[int]:
        """Remove the rows of a thing; returns their entries."""
        gone = [
            each
            for each in self.records
            if (said := json.loads(each["line"]))["kind"] == kind and said["number"] == number
        ]
        self.records = [each for each in self.records if each not in gone]
        return [each["entry"] for each in gone]

    def remove_entries(self, numbers: list[int]) -> None:
        self.entries = [
            each for each in self.entries if json.loads(each["line"])["id"] not in numbers
        ]

    # --- Writing ---

    def files(self) -> Iterator[tuple[str, bytes]]:
        """All files but the manifest."""
        yield "README.txt", "ДОКАЗИ ПРОЦЕДУРИ".encode()
        for name in GIVEN_OUT:
            yield name, (VERIFIER / name).read_bytes()
        for kind, things in sorted(self.things.items()):
            yield f"record/{kind}.jsonl", _lines(things)
        yield "chain/records.jsonl", _lines(self.records)
        yield "chain/entries.jsonl", _lines(self.entries)
        yield "chain/links.jsonl", _lines(self.links)
        yield from self.texts.items()

    def write(self, path: Path) -> str:
        """Write the ZIP, with a manifest of what it holds now; returns its hash."""
        files: Json = {}
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in self.files():
                found, size = verify.write_member(archive, name, [content])
                files[name] = {"bytes": size, "sha256": found}
            for name, content in self.extra.items():
                verify.write_member(archive, name, [content])
            said = {
                "audience": "public",
                "consultation": 10,
                "files": files,
                "format": "viche-evidence/2",
                "head": self.head,
                "made_at": "2026-12-12T10:00:00+00:00",
                "site": "https://viche.example",
                "version": "0.6.0",
            }
            text = canonical({**said, **self.manifest}).encode()
            found, _size = verify.write_member(archive, "manifest.json", [text])
            verify.write_member(archive, "manifest.sha256", [f"{found}  manifest.json\n".encode()])
        return found


def _lines(values: list[Any]) -> bytes:
    """Objects, one a line; a string is a line as it is."""
    lines = (each if isinstance(each, str) else canonical(each) for each in values)
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass")
