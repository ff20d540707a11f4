#!/usr/bin/env python3
"""Verify an evidence bundle of Viche. Nothing but Python 3.12 is needed.

    python3 verify.py FILE [--manifest SHA256] [--head NUMBER:HASH]... [--lang uk|en]

One line for each fault and each thing that is not provable, then counts. Exit code 0 without
faults, 1 with, 2 where nothing was verified. verify.js says the same lines of the same bundles:
whatever the two could read differently (numbers with a point, keys that stand twice, compressed
files) is a fault in both. The format and what is checked: docs/evidence.md of the source.
"""

from __future__ import annotations

import argparse
import bisect
import hashlib
import hmac
import io
import json
import re
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

FORMAT, FORMAT_1 = "viche-evidence/2", "viche-evidence/1"
MANIFEST, MANIFEST_HASH = "manifest.json", "manifest.sha256"
LINKS, ENTRIES, RECORDS = "chain/links.jsonl", "chain/entries.jsonl", "chain/records.jsonl"
COMMENTS = "comments.jsonl"  # of the format 1
BEGINNING = "0" * 64
#: The event of the entries under which things older than the record are written.
BEGUN = "RecordBegun"
#: Texts that a bundle for everybody leaves closed.
PRIVATE = {"account", "contact", "declared", "ground", "public_reason"}
#: Facts that say that what a thing says is hidden.
HIDDEN = ("hidden", "hidden_at", "is_hidden")
#: What is read at most: a hostile bundle must not fill the memory.
LARGEST, LARGEST_LINE, MOST_MEMBERS, LARGEST_DIRECTORY = 2**31 - 1, 2**22, 20_000, 2**23
MOST_LINKS = 5_000_000  # of ten years, one a minute
MOST_LINES, MOST_FAULTS, DEEPEST, LARGEST_KEPT = 300_000, 1000, 32, 2**25
LARGEST_PROPERTIES, LARGEST_ROW, MOST_NAMES = 2**20, 2**16, 200
#: Entries of a link, at most (core/audit_log/chaining.py).
FULL_LINK = 500
#: Microseconds by which moments may differ.
SECOND = 1_000_000
HOUR, MINUTE, APART = 3600 * SECOND, 60 * SECOND, 300 * SECOND

Json = dict[str, Any]
Line = tuple[str, str, Json]
Period = tuple[int | None, int | None]

# Each with the same words in verify.js; tests compare the two.
SENTENCES: dict[str, dict[str, str]] = {
    "archive_unreadable": {
        "uk": "сам архів: його не можна прочитати як ZIP, якими записують ці пакети",
        "en": "the archive itself: it cannot be read as a ZIP as these bundles are written",
    },
    "archive_large": {
        "uk": "сам архів: він більший за 2 ГіБ або має понад 20 000 файлів; таких не читаємо",
        "en": "the archive itself: larger than 2 GiB, or more than 20,000 files; not read",
    },
    "archive_name": {
        "uk": "сам архів: файл {n} за порядком має неприпустиму назву",
        "en": "the archive itself: its file number {n} has a name that is not allowed",
    },
    "archive_between": {
        "uk": "сам архів: поза файлами і змістом є зайві байти",
        "en": "the archive itself: there are bytes outside of its files and its directory",
    },
    "compressed": {
        "uk": "файл стиснуто; у таких пакетах усе зберігається як є",
        "en": "it is compressed; such bundles store everything as it is",
    },
    "header": {
        "uk": "його заголовок в архіві не такий, як записують завжди",
        "en": "its header in the archive is not as it is always written",
    },
    "twice": {"uk": "файл є двічі", "en": "it is there twice"},
    "missing": {"uk": "файлу немає", "en": "it is missing"},
    "changed": {"uk": "файл змінено", "en": "it was changed"},
    "extra": {"uk": "файлу немає в маніфесті", "en": "it is not in the manifest"},
    "manifest_hash": {
        "uk": "це не той маніфест, хеш якого записано в manifest.sha256",
        "en": "it is not the one whose hash manifest.sha256 holds",
    },
    "manifest_shape": {
        "uk": "маніфест не має потрібного вигляду",
        "en": "it has not the form of a manifest",
    },
    "manifest_format": {
        "uk": "ця програма знає лише формати viche-evidence/2 і viche-evidence/1",
        "en": "this program knows the formats viche-evidence/2 and viche-evidence/1 alone",
    },
    "stopped": {
        "uk": "Далі не перевіряли: файли не ті, які називає маніфест.",
        "en": "Nothing more was verified: the files are not those that the manifest names.",
    },
    "manifest_other": {
        "uk": "це не той маніфест, хеш якого ви вказали: пакет не той, що оприлюднено",
        "en": "it is not the manifest whose hash you gave: not the bundle that was published",
    },
    "head_other": {
        "uk": "ланка {number} не та, яку ви вказали: ланцюг переписано",
        "en": "link {number} is not the one that you gave: the chain was written anew",
    },
    "head_beyond": {
        "uk": "Вказана ланка {number} пізніша за пакет (його голова {head}): не порівняно.",
        "en": "The link {number} that you gave is later than the bundle ({head}): not compared.",
    },
    "head_before": {
        "uk": "Вказана ланка {number} раніша за першу в пакеті ({first}): не порівняно.",
        "en": "The link {number} that you gave is before the first one here ({first}): "
        "not compared.",
    },
    "line_unreadable": {
        "uk": "рядок {n}: не читається як один об'єкт JSON у єдиному написанні",
        "en": "line {n}: it cannot be read as one JSON object in its one spelling",
    },
    "line_shape": {
        "uk": "рядок {n}: не має потрібного вигляду",
        "en": "line {n}: it has not the form that it needs",
    },
    "lines_large": {
        "uk": "рядок {n} довший за 4 МіБ, або рядків понад 300 000: далі не читаємо",
        "en": "line {n} is longer than 4 MiB, or there are over 300,000: not read further",
    },
    "link_hash": {
        "uk": "ланка {number}: її рядок не той, з якого взято хеш",
        "en": "link {number}: its line is not the one that was hashed",
    },
    "link_gap": {
        "uk": "ланка {number}: перед нею немає ланки {before}",
        "en": "link {number}: the link {before} before it is missing",
    },
    "link_broken": {
        "uk": "ланка {number}: вона не продовжує попередньої",
        "en": "link {number}: it does not continue the link before",
    },
    "link_leaves": {
        "uk": "ланка {number}: її рядок каже про її записи інше",
        "en": "link {number}: its line says something else of its entries",
    },
    "links_head": {
        "uk": "ланцюг закінчується не тією головою, яку називає маніфест",
        "en": "it does not end with the head that the manifest names",
    },
    "entry_order": {
        "uk": "запис {entry}: він удруге або не за порядком",
        "en": "entry {entry}: it is there twice, or not in its order",
    },
    "entry_link": {
        "uk": "запис {entry}: його немає під ланкою {number}",
        "en": "entry {entry} is not under link {number}",
    },
    "entry_time": {
        "uk": "запис {entry}: його час не сходиться з часом ланки {number}",
        "en": "entry {entry}: its time does not fit that of link {number}",
    },
    "row_order": {
        "uk": "рядок запису {row}: він удруге або не за порядком",
        "en": "row {row}: it is there twice, or not in its order",
    },
    "row_of": {
        "uk": "рядок запису {row}: він не про цю консультацію",
        "en": "row {row}: it is not about this consultation",
    },
    "row_entry": {
        "uk": "рядок запису {row} ({kind} {number}): запис {entry} журналу його не називає",
        "en": "row {row} ({kind} {number}): entry {entry} of the log does not name it",
    },
    "row_missing": {
        "uk": "запис {entry} ({event}) називає {n} рядків запису, яких у пакеті немає",
        "en": "entry {entry} ({event}) names rows of record that are not in the bundle: {n}",
    },
    "no_announcement": {
        "uk": "немає оголошення: без нього це не докази процедури",
        "en": "there is no announcement: without it this is no evidence of a procedure",
    },
    "thing_twice": {"uk": "{kind} {number}: є двічі", "en": "{kind} {number}: it is there twice"},
    "thing_unrecorded": {
        "uk": "{kind} {number}: про це немає рядка запису",
        "en": "{kind} {number}: no row of record tells of it",
    },
    "thing_gone": {
        "uk": "{kind} {number}: його показано, хоча за записом {entry} ({event}) його вже немає",
        "en": "{kind} {number}: it is shown, though by entry {entry} ({event}) it is no more",
    },
    "thing_changed": {
        "uk": "{kind} {number}: не таке, як записано (запис {entry}, {event}): {what}",
        "en": "{kind} {number}: not as it was recorded (entry {entry}, {event}): {what}",
    },
    "thing_missing": {
        "uk": "{kind} {number}: записано (запис {entry}, {event}), а в пакеті немає",
        "en": "{kind} {number}: recorded (entry {entry}, {event}), and not in the bundle",
    },
    "thing_closed": {
        "uk": "{kind} {number}: не показано ({what}), і жоден запис цього не пояснює",
        "en": "{kind} {number}: not shown ({what}), and no entry accounts for that",
    },
    "file_other": {
        "uk": "{kind} {number} називає інший файл, ніж той, що в пакеті ({what})",
        "en": "{kind} {number} names another file than the one in the bundle ({what})",
    },
    "file_unnamed": {
        "uk": "жоден рядок запису не називає цього файлу",
        "en": "no row of record names this file",
    },
    "at_apart": {
        "uk": "{kind} {number}: дата не сходиться з часом запису {entry}",
        "en": "{kind} {number}: its date does not fit the time of entry {entry}",
    },
    "after_close": {
        "uk": "{kind} {number}: записано після закриття ({date})",
        "en": "{kind} {number}: recorded after the close ({date})",
    },
    "dates_apart": {
        "uk": "{kind} {number}: дати не продовжують попередніх",
        "en": "{kind} {number}: its dates do not continue those before",
    },
    "number_twice": {
        "uk": "номер {n} має і {kind} {number}, і ще одне",
        "en": "number {n} is that of {kind} {number} and of another",
    },
    "number_gap": {
        "uk": "пропущено номери від {n} до {to}: отже, чогось бракує",
        "en": "the numbers {n} to {to} are missing: so something is",
    },
    "report_early": {
        "uk": "{kind} {number}: оприлюднено до закриття ({date})",
        "en": "{kind} {number}: published before the close ({date})",
    },
    "names_other": {
        "uk": "у властивостях документа названо інший маніфест звіту",
        "en": "the document's properties name another manifest of the report",
    },
    "names_none": {
        "uk": "властивості документа не називають маніфесту звіту",
        "en": "the document's properties name no manifest of the report",
    },
    "more": {"uk": "…і ще {n} таких порушень", "en": "…and {n} more such faults"},
    "unproven_since": {
        "uk": "{kind} {number}: від {date} не доводиться ({what}), бо {event} (запис {entry})",
        "en": "{kind} {number}: not provable since {date} ({what}), because {event} "
        "(entry {entry})",
    },
    "unproven_gone": {
        "uk": "{kind} {number}: від {date} цього немає ({what}), бо {event} (запис {entry})",
        "en": "{kind} {number}: no more since {date} ({what}), because {event} (entry {entry})",
    },
    "unproven_before": {
        "uk": "{kind} {number}: не доводиться до {date}: старше за запис",
        "en": "{kind} {number}: not provable before {date}: older than the record",
    },
    "private": {
        "uk": "У пакеті для всіх не показують: {what} (усього {n}); їхні хеші звірено.",
        "en": "A bundle for everybody does not show: {what} ({n} in all); their hashes hold.",
    },
    "read": {
        "uk": "Прочитано: файлів {files}, записів журналу {entries}, ланок {links}.",
        "en": "Read: {files} files, {entries} entries of the log, {links} links.",
    },
    "counts": {
        "uk": "Доведено: {holds}. Не доводиться: {unproven}. Хибних: {faulty}. Порушень: {faults}.",
        "en": "Hold: {holds}. Not provable: {unproven}. Faulty: {faulty}. Faults: {faults}.",
    },
    "format_1": {
        "uk": "Формат 1: доведено файли, ланцюг і слова {n} зауважень; дати, авторів, рішення, "
        "тексти й сповіщення цей формат не охоплює.",
        "en": "Format 1: files, chain and the words of {n} remarks hold; dates, authors, "
        "dispositions, texts and notices are not covered by this format.",
    },
    "manifest_is": {"uk": "SHA-256 маніфесту: {hash}", "en": "SHA-256 of the manifest: {hash}"},
    "head_is": {
        "uk": "Голова ланцюга: {number}:{hash}",
        "en": "Head of the chain: {number}:{hash}",
    },
    "compared": {
        "uk": "Збіглося з указаним ззовні: {n}.",
        "en": "Equal to what was given from outside: {n}.",
    },
    "alone": {
        "uk": "Ні з чим ззовні не порівняно: звірте хеш маніфесту й голову ланцюга з тими, що "
        "збереглися не в того, хто дав пакет.",
        "en": "Compared with nothing from outside: compare the manifest's hash and the head with "
        "those kept by somebody else than who gave you the bundle.",
    },
    "words_1": {
        "uk": "зауваження {number}: слова не ті, що записані",
        "en": "comment {number}: its words are not those that were recorded",
    },
    "hash_1": {
        "uk": "зауваження {number}: хеш не той, що записаний",
        "en": "comment {number}: its hash is not the one that was recorded",
    },
}
KINDS: dict[str, dict[str, str]] = {
    "announcement": {"uk": "оголошення", "en": "announcement"},
    "dates": {"uk": "зміна дат", "en": "change of dates"},
    "version": {"uk": "редакція", "en": "version"},
    "remark": {"uk": "зауваження", "en": "remark"},
    "number": {"uk": "номер зауваження", "en": "number of remark"},
    "disposition": {"uk": "рішення щодо зауваження", "en": "disposition"},
    "edition": {"uk": "звіт", "en": "edition"},
    "edition_files": {"uk": "файли звіту", "en": "files of edition"},
    "notice": {"uk": "сповіщення", "en": "notice"},
    "attachment": {"uk": "додаток", "en": "attachment"},
    "picture": {"uk": "зображення", "en": "picture"},
    "link": {"uk": "посилання", "en": "link"},
    "decision": {"uk": "рішення", "en": "decision"},
    "step": {"uk": "етап", "en": "step"},
    "answers": {"uk": "відповіді про процедуру", "en": "answers about the procedure"},
    "declared": {"uk": "заявлене повне ім’я", "en": "declared full name"},
    "discussion": {"uk": "захід публічного обговорення", "en": "event of the public discussion"},
    "withdrawal": {"uk": "відкликання", "en": "withdrawal"},
    "act": {"uk": "акт", "en": "act"},
}
#: Names of texts, and why a thing is no more; names of facts are said as they are.
TERMS: dict[str, dict[str, str]] = {
    "words": {"uk": "слова", "en": "words"},
    "name": {"uk": "ім'я", "en": "name"},
    "account": {"uk": "обліковий запис", "en": "account"},
    "contact": {"uk": "контакт", "en": "contact"},
    "ground": {"uk": "підстава", "en": "ground"},
    "declared": {"uk": "повне ім'я", "en": "full name"},
    "explanation": {"uk": "пояснення", "en": "explanation"},
    "interest": {"uk": "заявлений інтерес", "en": "declared interest"},
    "organisation": {"uk": "організація", "en": "organisation"},
    "public_reason": {"uk": "обґрунтування для всіх", "en": "reason for everybody"},
    "not_public": {"uk": "не оприлюднено", "en": "not public"},
    "taken_back": {"uk": "забрано автором", "en": "taken back"},
    "removed": {"uk": "вилучено", "en": "removed"},
    "detached": {"uk": "відкріплено", "en": "detached"},
    "discarded": {"uk": "скасовано", "en": "discarded"},
}

_HEX = re.compile(r"[0-9a-f]{64}")
_PATH = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*){0,4}")
_THINGS = re.compile(r"record/([a-z][a-z_]{0,30})\.jsonl")
_OF_VERIFYING = re.compile(
    r"README\.txt|verify\.[a-z]{1,5}|chain/(links|entries|records)\.jsonl|staff/notices\.jsonl"
)
_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
_EVENT = re.compile(r"[A-Za-z][A-Za-z0-9]{0,80}")
_TIME = re.compile(
    r"((?:19|20|21)\d\d)-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{6}))?([+-])(\d\d):(\d\d)",
    re.ASCII,
)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_NAMED = re.compile(rb"sha256:([0-9a-f]{64})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CHUNK = 1 << 20


class Stop(Exception):
    """Nothing more can be verified."""


# --- What is found, and how it is said ------------------------------------------------------------


class Found:
    """Findings of a verification; ``lines`` prints them."""

    def __init__(self) -> None:
        self.manifest: Json = {}
        self.manifest_hash = ""
        self.entries = self.links = self.faulty = self.holds = self.unproven = self.compared = 0
        self.is_stopped = self.is_given = False
        self.private: dict[str, int] = {}
        self.notes: list[Line] = []
        self.verdicts: list[Line] = []
        self._faults: dict[int, list[Line]] = {}
        self._numbers: dict[int, int] = {}
        self.words_1 = 0

    def fault(self, check: int, place: str, code: str, **values: Any) -> None:
        """A fault of one of the nine checks."""
        self._numbers[check] = self._numbers.get(check, 0) + 1
        if self._numbers[check] <= MOST_FAULTS:
            self._faults.setdefault(check, []).append((place, code, values))

    @property
    def total(self) -> int:
        """Number of faults."""
        return sum(self._numbers.values())

    @property
    def faults(self) -> list[str]:
        """The faults' lines, in English."""
        return [render(line, "en") for line in self._fault_lines()]

    def _fault_lines(self) -> Iterator[Line]:
        for check in sorted(self._faults):
            yield from self._faults[check]
            if self._numbers[check] > MOST_FAULTS:
                yield "", "more", {"n": self._numbers[check] - MOST_FAULTS}

    def lines(self, lang: str = "uk") -> list[str]:
        """All that is said."""
        said = [*self._fault_lines(), *self.notes, *self.verdicts, *self._end()]
        return [render(line, lang) for line in said]

    def _end(self) -> Iterator[Line]:
        if self.is_stopped:
            yield "", "stopped", {}
        if not self.manifest:
            return
        if self.private:
            names = ", ".join(sorted(self.private))
            yield "", "private", {"what": names, "n": sum(self.private.values())}
        is_first = self.manifest["format"] == FORMAT_1
        if not self.is_stopped:
            files = len(self.manifest["files"])
            yield "", "read", {"files": files, "entries": self.entries, "links": self.links}
            if not is_first:
                counts = {"holds": self.holds, "unproven": self.unproven, "faulty": self.faulty}
                yield "", "counts", {**counts, "faults": self.total}
            elif not self.total:
                yield "", "format_1", {"n": self.words_1}
        yield "", "manifest_is", {"hash": self.manifest_hash}
        yield "", "head_is", self.manifest["head"]
        if self.compared:
            yield "", "compared", {"n": self.compared}
        elif not self.is_stopped and not self.is_given:
            yield "", "alone", {}


def render(line: Line, lang: str) -> str:
    """A line in a language."""
    place, code, values = line

    def fill(found: re.Match[str]) -> str:
        value = str(values[found[1]])
        if found[1] == "kind":
            return KINDS.get(value, {}).get(lang, value)
        if found[1] == "what":
            return ", ".join(TERMS.get(each, {}).get(lang, each) for each in value.split(", "))
        return value

    sentence = re.sub(r"\{(\w+)\}", fill, SENTENCES[code][lang])
    return f"{place}: {sentence}" if place else sentence


# --- What both programs read alike ----------------------------------------------------------------


def canonical(value: Any, *, is_spaced: bool = False) -> str:
    """The one spelling of a JSON value."""
    separators = (", ", ": ") if is_spaced else (",", ":")
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=separators)


def read_json(text: str, *, is_spaced: bool = False) -> Json | None:
    """An object that stands there in its one spelling; None for anything else."""
    if text.count("[") + text.count("{") > DEEPEST and _depth(text) > DEEPEST:
        return None
    try:
        value = json.loads(text, parse_float=_refuse, parse_constant=_refuse, parse_int=_whole)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    if canonical(value) != text and not (is_spaced and canonical(value, is_spaced=True) == text):
        return None
    return value


def inner(value: Json) -> tuple[str, Json | None]:
    """The line that stands in an object, and what it says."""
    line = value.get("line")
    return (line, read_json(line)) if isinstance(line, str) else ("", None)


def _refuse(_text: str) -> None:
    raise ValueError


def _whole(text: str) -> int:
    if len(text) > 17 or abs(number := int(text)) >= 2**53:
        raise ValueError
    return number


def _depth(text: str) -> int:
    depth = deepest = 0
    for sign in re.findall(r"[\[\]{}]", _STRING.sub("", text)):
        depth += 1 if sign in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def is_number(value: Any) -> bool:
    """A whole number from 0."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def is_hash(value: Any) -> bool:
    """64 hexadecimal digits."""
    return isinstance(value, str) and _HEX.fullmatch(value) is not None


def is_set(value: Any) -> bool:
    """Neither null nor false, zero or empty."""
    return value not in (None, False, 0, "")


def is_name(value: str) -> bool:
    return _NAME.fullmatch(value) is not None


def to_moment(value: Any) -> int | None:
    """Microseconds since 1970; None for what is no moment."""
    found = _TIME.fullmatch(value) if isinstance(value, str) else None
    if found is None or int(found[9]) > 23 or int(found[10]) > 59:
        return None
    try:
        day = datetime(*(int(found[at]) for at in range(1, 7)), tzinfo=UTC)  # type: ignore[arg-type, misc]
    except ValueError:
        return None
    offset = timedelta(hours=int(found[9]), minutes=int(found[10]))
    at = day - offset if found[8] == "+" else day + offset
    return (at - _EPOCH) // timedelta(microseconds=1) + int(found[7] or 0)


def to_date(moment: int) -> str:
    """A moment as lines say it."""
    return (_EPOCH + timedelta(microseconds=moment)).strftime("%Y-%m-%d %H:%M UTC")


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


# --- The archive ----------------------------------------------------------------------------------


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


class Archive:
    """A ZIP of stored members, one after the other, then their directory: nothing else is read."""

    def __init__(self, file: IO[bytes], found: Found) -> None:
        self.file = file
        self.members: dict[str, tuple[int, int, int]] = {}  # where, how long, CRC
        size = file.seek(0, 2)
        if size > LARGEST:
            found.fault(1, "", "archive_large")
            raise Stop
        tail = self._at(size - 22, 22) if size >= 22 else b""
        if tail[:4] != b"PK\x05\x06":
            found.fault(1, "", "archive_unreadable")
            raise Stop
        disk, first, here, number, length, start, comment = struct.unpack("<4H2LH", tail[4:])
        if number > MOST_MEMBERS or here > MOST_MEMBERS or length > LARGEST_DIRECTORY:
            found.fault(1, "", "archive_large")
            raise Stop
        if disk or first or here != number or comment or start + length + 22 != size:
            found.fault(1, "", "archive_unreadable")
            raise Stop
        self._read_directory(self._at(start, length), number, start, found)
        if found.total:
            raise Stop

    def _at(self, place: int, length: int) -> bytes:
        self.file.seek(place)
        return self.file.read(length)

    def _read_directory(self, directory: bytes, number: int, start: int, found: Found) -> None:
        place = at = 0
        for n in range(1, number + 1):
            if directory[at : at + 4] != b"PK\x01\x02" or len(directory) < at + 46:
                found.fault(1, "", "archive_unreadable")
                raise Stop
            (method,) = struct.unpack_from("<H", directory, at + 10)
            crc, packed, size, named = struct.unpack_from("<3LH", directory, at + 16)
            raw = directory[at + 46 : at + 46 + named]
            name = raw.decode("latin-1")
            if len(raw) != named or not _PATH.fullmatch(name):
                found.fault(1, "", "archive_name", n=n)
                raise Stop
            if method or packed != size:
                found.fault(1, name, "compressed")
                raise Stop
            local, central = _headers(raw, crc, size, place)
            is_there = place + len(local) + size <= start
            if directory[at : at + len(central)] != central or not is_there:
                found.fault(1, name, "header")
                raise Stop
            if self._at(place, len(local)) != local:
                found.fault(1, name, "header")
                raise Stop
            if name in self.members:
                found.fault(1, name, "twice")
                raise Stop
            self.members[name] = place + len(local), size, crc
            place += len(local) + size
            at += len(central)
        if place != start or at != len(directory):
            found.fault(1, "", "archive_between")

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a member."""
        place, size, _crc = self.members[name]
        for at in range(0, size, _CHUNK):
            yield self._at(place + at, min(_CHUNK, size - at))

    def read(self, name: str) -> bytes:
        return b"".join(self.chunks(name))

    def lines(self, name: str, check: int, found: Found) -> Iterator[tuple[int, str]]:
        """The lines of a member; what is no text, or too long, is a fault."""
        rest, n = b"", 0
        for chunk in self.chunks(name):
            pieces = (rest + chunk).split(b"\n")
            rest = pieces.pop()
            for piece in pieces:
                n += 1
                if len(piece) > LARGEST_LINE or n > (MOST_LINKS if name == LINKS else MOST_LINES):
                    found.fault(check, name, "lines_large", n=n)
                    return
                try:
                    yield n, piece.decode()
                except UnicodeDecodeError:
                    found.fault(check, name, "line_unreadable", n=n)
            if len(rest) > LARGEST_LINE:
                found.fault(check, name, "lines_large", n=n + 1)
                return
        if rest:
            found.fault(check, name, "line_unreadable", n=n + 1)

    def objects(
        self, name: str, check: int, found: Found, *, is_spaced: bool = False
    ) -> Iterator[tuple[int, Json, int]]:
        """The objects of a member, one a line, and how long each is; none where it is missing."""
        if name not in self.members:
            return
        for n, text in self.lines(name, check, found):
            value = read_json(text, is_spaced=is_spaced)
            if value is None:
                found.fault(check, name, "line_unreadable", n=n)
            else:
                yield n, value, len(text.encode())


def _headers(name: bytes, crc: int, size: int, place: int) -> tuple[bytes, bytes]:
    """The headers that write_member gives a member."""
    common = struct.pack("<HHHHH", 20, 0, 0, 0, 33) + struct.pack(
        "<3LHH", crc, size, size, len(name), 0
    )
    local = b"PK\x03\x04" + common + name
    central = b"PK\x01\x02" + struct.pack("<BB", 20, 3) + common
    return local, central + struct.pack("<3H2L", 0, 0, 0, 0o644 << 16, place) + name


def _check_files(archive: Archive, found: Found) -> None:
    """1: the members are those of the manifest, and as it says."""
    for name in (MANIFEST, MANIFEST_HASH):
        if name not in archive.members:
            found.fault(1, name, "missing")
            raise Stop
    if archive.members[MANIFEST][1] > LARGEST_LINE:
        found.fault(1, MANIFEST, "manifest_shape")
        raise Stop
    text = archive.read(MANIFEST)
    found.manifest_hash = hashlib.sha256(text).hexdigest()
    expected = f"{found.manifest_hash}  {MANIFEST}\n".encode()
    if (
        archive.members[MANIFEST_HASH][1] != len(expected)
        or archive.read(MANIFEST_HASH) != expected
    ):
        found.fault(1, MANIFEST, "manifest_hash")
        raise Stop
    found.manifest = _read_manifest(text, found)
    files = found.manifest["files"]
    for name in sorted(archive.members.keys() - files.keys() - {MANIFEST, MANIFEST_HASH}):
        found.fault(1, name, "extra")
    for name in sorted(files.keys() | {MANIFEST, MANIFEST_HASH}):
        if name not in archive.members:
            found.fault(1, name, "missing")
            continue
        digest, crc = hashlib.sha256(), 0
        for chunk in archive.chunks(name):
            digest.update(chunk)
            crc = zlib.crc32(chunk, crc)
        _place, size, said = archive.members[name]
        is_named = name not in files or files[name] == {"bytes": size, "sha256": digest.hexdigest()}
        if crc != said or not is_named:
            found.fault(1, name, "changed")
    if found.total:
        raise Stop


def _read_manifest(text: bytes, found: Found) -> Json:
    try:
        manifest = read_json(text.decode(), is_spaced=True)
    except UnicodeDecodeError:
        manifest = None
    if manifest is None:
        found.fault(1, MANIFEST, "manifest_shape")
        raise Stop
    if manifest.get("format") not in (FORMAT, FORMAT_1):
        found.fault(1, MANIFEST, "manifest_format")
        raise Stop
    files, head = manifest.get("files"), manifest.get("head")
    is_right = (
        isinstance(files, dict)
        and all(_PATH.fullmatch(name) for name in files)
        and all(_is_said(said) for said in files.values())
        and not {MANIFEST, MANIFEST_HASH} & files.keys()
        and isinstance(head, dict)
        and is_number(head.get("number"))
        and is_hash(head.get("hash"))
        and is_number(manifest.get("consultation"))
    )
    if manifest["format"] == FORMAT:
        is_right = is_right and manifest.get("audience") in ("public", "staff")
        is_right = is_right and canonical(manifest).encode() == text
    if not is_right:
        found.fault(1, MANIFEST, "manifest_shape")
        raise Stop
    return manifest


def _is_said(said: Any) -> bool:
    is_right = isinstance(said, dict) and said.keys() == {"bytes", "sha256"}
    return is_right and is_number(said["bytes"]) and is_hash(said["sha256"])


# --- The chain ------------------------------------------------------------------------------------


class Entry:
    """An entry of the audit log."""

    __slots__ = ("at", "event", "leaf", "link")

    def __init__(self, link: int, leaf: str, at: int, event: str) -> None:
        self.link, self.leaf, self.at, self.event = link, leaf, at, sys.intern(event)


class Chain:
    """The entries of the bundle, and which rows they name."""

    def __init__(self) -> None:
        self.entries: dict[int, Entry] = {}
        self.named: dict[tuple[int, str], int] = {}


def _read_entries(archive: Archive, found: Found) -> Chain:
    """4, but for what the links say of them."""
    chain, before = Chain(), 0
    for n, value, _size in archive.objects(ENTRIES, 4, found):
        line, said = inner(value)
        if said is None or not _is_entry(value, said):
            found.fault(4, ENTRIES, "line_shape", n=n)
            continue
        number = said["id"]
        if number <= before:
            found.fault(4, ENTRIES, "entry_order", entry=number)
            continue
        before = number
        at = to_moment(said["at"]) or 0
        chain.entries[number] = Entry(value["link"], sha256(line), at, said["event"])
        if len(chain.named) + len(said["ids"].get("record", ())) > MOST_LINES:
            found.fault(4, ENTRIES, "lines_large", n=n)
            break
        for digest in said["ids"].get("record", ()):
            chain.named[number, digest] = chain.named.get((number, digest), 0) + 1
    found.entries = len(chain.entries)
    return chain


def _is_entry(value: Json, said: Json) -> bool:
    is_right = value.keys() == {"line", "link"} and is_number(value["link"])
    is_right = is_right and is_number(said.get("id")) and to_moment(said.get("at")) is not None
    is_right = is_right and isinstance(said.get("event"), str)
    is_right = is_right and _EVENT.fullmatch(said["event"]) is not None
    ids = said.get("ids")
    if not is_right or not isinstance(ids, dict):
        return False
    record = ids.get("record", [])
    return isinstance(record, list) and all(is_hash(each) for each in record)


def _check_links(archive: Archive, chain: Chain, heads: dict[int, str], found: Found) -> None:
    """3, and of 2 and 4 what links say."""
    under: dict[int, list[int]] = {}
    for number, entry in chain.entries.items():
        under.setdefault(entry.link, []).append(number)
    first = before = None
    last = BEGINNING
    before_at: int | None = None
    for n, value, _size in archive.objects(LINKS, 3, found):
        line, said = inner(value)
        if said is None or not _is_link(value, said):
            found.fault(3, LINKS, "line_shape", n=n)
            continue
        number, leaves = said["number"], value.get("leaves")
        if sha256(line) != value["hash"]:
            found.fault(3, LINKS, "link_hash", number=number)
        if before is not None and number != before + 1:
            found.fault(3, LINKS, "link_gap", number=number, before=number - 1)
        elif (before is not None or number == 1) and said["previous"] != last:
            found.fault(3, LINKS, "link_broken", number=number)
        if leaves is not None and sha256("\n".join(leaves)) != said["leaves"]:
            found.fault(3, LINKS, "link_leaves", number=number)
        if number in heads:
            if heads[number] == value["hash"]:
                found.compared += 1
            else:
                found.fault(2, LINKS, "head_other", number=number)
        at = to_moment(said["at"]) or 0
        shown = set(leaves or ())
        for each in under.pop(number, ()):
            entry = chain.entries[each]
            if entry.leaf not in shown:
                found.fault(4, ENTRIES, "entry_link", entry=each, number=number)
            elif entry.at > at + MINUTE or (before_at is not None and entry.at < before_at - HOUR):
                found.fault(4, ENTRIES, "entry_time", entry=each, number=number)
        first = number if first is None else first
        before, last = number, value["hash"]
        # A full link tells of a backlog: what follows it may be older than the link itself.
        if said["entries"] < FULL_LINK:
            before_at = at
        found.links += 1
    for number in sorted(under):
        for each in under[number]:
            found.fault(4, ENTRIES, "entry_link", entry=each, number=number)
    head = found.manifest["head"]
    if (before or 0, last) != (head["number"], head["hash"]):
        found.fault(3, LINKS, "links_head")
    for number in sorted(heads):
        if number > (before or 0):
            found.notes.append(("", "head_beyond", {"number": number, "head": before or 0}))
        elif number < (first or 0):
            found.notes.append(("", "head_before", {"number": number, "first": first}))


def _is_link(value: Json, said: Json) -> bool:
    leaves = value.get("leaves", [])
    return (
        value.keys() - {"leaves"} == {"hash", "line"}
        and is_hash(value["hash"])
        and isinstance(leaves, list)
        and all(is_hash(each) for each in leaves)
        and is_number(said.get("number"))
        and is_number(said.get("entries"))
        and is_hash(said.get("previous"))
        and is_hash(said.get("leaves"))
        and to_moment(said.get("at")) is not None
    )


# --- Rows of record -------------------------------------------------------------------------------


class State:
    """State of one thing by its rows: its last row, and the way there."""

    __slots__ = (
        *("digest", "entry", "first", "gone", "hidden", "is_begun", "is_faulty", "is_shown"),
        *("line", "lost", "texts"),
    )

    def __init__(self, first: int) -> None:
        self.first = self.entry = first
        self.is_begun, self.is_faulty, self.is_shown = True, False, False
        self.digest, self.gone, self.line = "", "", b""
        self.hidden: int | None = None  # the entry since which it is
        self.texts: tuple[str, ...] = ()
        self.lost: dict[str, int] | None = None  # a text that is gone, and by which entry


class Record:
    """All rows, as the checks of things and dates need them."""

    def __init__(self) -> None:
        self.states: dict[tuple[str, int], State] = {}
        self.kept = 0
        #: In the order of rows: number of the thing, entry, and when it opens and closes.
        self.announcements: list[tuple[int, int, Period]] = []
        #: The same, with the period before and the one after.
        self.dates: list[tuple[int, int, Period, Period]] = []
        self.remarks: list[tuple[int, int, int | None]] = []
        self.editions: list[tuple[int, int]] = []
        self.numbers: dict[int, int] = {}
        self.numbers_begun = 0


def _check_records(archive: Archive, chain: Chain, found: Found) -> Record:
    """5; what 6 and 8 need is kept."""
    record, before = Record(), 0
    of = f"consultation:{found.manifest['consultation']}"
    for n, value, size in archive.objects(RECORDS, 5, found):
        line, said = inner(value)
        if said is None or size > LARGEST_ROW or not _is_row(value, said):
            found.fault(5, RECORDS, "line_shape", n=n)
            continue
        row, entry, digest = value["row"], value["entry"], sha256(line)
        if row <= before:
            found.fault(5, RECORDS, "row_order", row=row)
            continue
        before = row
        if said["of"] != of:
            found.fault(5, RECORDS, "row_of", row=row)
        left = chain.named.get((entry, digest), 0)
        if left > 1:
            chain.named[entry, digest] = left - 1
        elif left:
            del chain.named[entry, digest]
        else:
            what = {"kind": said["kind"], "number": said["number"]}
            found.fault(5, RECORDS, "row_entry", row=row, entry=entry, **what)
        known = chain.entries.get(entry)
        _take_row(record, said, entry, digest, known, found)
        if record.kept + size <= LARGEST_KEPT:
            record.kept += size
            record.states[said["kind"], said["number"]].line = line.encode()
    missing: dict[int, int] = {}
    for entry, _digest in chain.named:
        missing[entry] = missing.get(entry, 0) + 1
    for entry in sorted(missing):
        event = chain.entries[entry].event
        found.fault(5, ENTRIES, "row_missing", entry=entry, event=event, n=missing[entry])
    return record


def _is_row(value: Json, said: Json) -> bool:
    if value.keys() != {"entry", "line", "row"} or not is_number(value["entry"]):
        return False
    if not is_number(value["row"]) or not _is_named(said):
        return False
    if said.keys() == {"gone", "kind", "number", "of"}:
        return isinstance(said["gone"], str) and is_name(said["gone"])
    if said.keys() != {"facts", "kind", "number", "of", "texts"}:
        return False
    facts, texts = said["facts"], said["texts"]
    if not isinstance(facts, dict) or not isinstance(texts, dict):
        return False
    if len(facts) + len(texts) > MOST_NAMES:
        return False
    return all(map(is_name, (*facts, *texts))) and all(map(is_hash, texts.values()))


def _is_named(said: Json) -> bool:
    kind, of = said.get("kind"), said.get("of")
    is_right = isinstance(kind, str) and is_name(kind) and is_number(said.get("number"))
    return is_right and isinstance(of, str)


def _take_row(
    record: Record, said: Json, entry: int, digest: str, known: Entry | None, found: Found
) -> None:
    kind, number, facts = said["kind"], said["number"], said.get("facts")
    is_begun = known is not None and known.event == BEGUN
    state = record.states.get((kind, number))
    is_first = state is None
    if state is None:
        state = record.states[kind, number] = State(entry)
    state.is_begun = state.is_begun and is_begun
    state.entry, state.digest, state.line = entry, digest, b""
    state.gone = said.get("gone", "")
    if facts is None:
        return
    _take_texts(state, said["texts"], facts, entry)
    if is_first and known is not None and not is_begun and "at" in facts:
        at = to_moment(facts["at"])
        if at is None or abs(at - known.at) > APART:
            place = f"record/{kind}.jsonl"
            found.fault(8, place, "at_apart", kind=kind, number=number, entry=entry)
    if kind == "announcement":
        record.announcements.append((number, entry, _period(facts, "")))
    elif kind == "dates" and is_first:
        both = _period(facts, "old_"), _period(facts, "new_")
        record.dates.append((number, entry, *both))
    elif kind == "number" and is_number(facts.get("number")):
        _take_number(record, number, facts["number"], is_begun=is_begun, found=found)
    elif kind == "remark" and is_first and not is_begun:
        is_typed = facts.get("source") in ("page", "api") and not is_set(facts.get("official"))
        if is_typed and not is_set(facts.get("received")):
            record.remarks.append((number, entry, to_moment(facts.get("at"))))
    elif kind == "edition" and is_first and not is_begun:
        record.editions.append((number, entry))


def _take_texts(state: State, texts: Json, facts: Json, entry: int) -> None:
    for name in state.texts:
        if name not in texts:
            state.lost = {**(state.lost or {}), name: entry}
    for name in texts:
        if state.lost and name in state.lost:
            del state.lost[name]
    state.texts = tuple(map(sys.intern, texts))
    if not any(is_set(facts.get(name)) for name in HIDDEN):
        state.hidden = None
    elif state.hidden is None:
        state.hidden = entry


def _take_number(record: Record, thing: int, n: int, *, is_begun: bool, found: Found) -> None:
    if is_begun:
        record.numbers_begun = max(record.numbers_begun, n)
    if record.numbers.setdefault(n, thing) != thing:
        place = "record/number.jsonl"
        found.fault(8, place, "number_twice", kind="number", number=thing, n=n)


# --- Things ---------------------------------------------------------------------------------------


def _check_things(archive: Archive, chain: Chain, record: Record, found: Found) -> dict[str, bool]:
    """6 and 7; the files that things name, and whether these are older than the record."""
    named: dict[str, bool] = {}
    for name in sorted(archive.members):
        if kind := _THINGS.fullmatch(name):
            for n, thing, _size in archive.objects(name, 6, found):
                if _is_thing(thing) and thing["kind"] == kind[1]:
                    _check_thing(name, thing, chain, record, named, found)
                else:
                    found.fault(6, name, "line_shape", n=n)
                    found.faulty += 1
    for (each, number), state in record.states.items():
        if not state.is_shown:
            _say_absent(each, number, state, chain, found)
    if not any(kind == "announcement" for kind, _number in record.states):
        found.fault(6, "record/announcement.jsonl", "no_announcement")
    for name in sorted(found.manifest["files"].keys() - named.keys()):
        if not _THINGS.fullmatch(name) and not _OF_VERIFYING.fullmatch(name):
            found.fault(7, name, "file_unnamed")
    return named


def _is_thing(thing: Json) -> bool:
    if thing.keys() - {"files"} != {"facts", "kind", "number", "of", "texts"}:
        return False
    facts, texts, files = thing["facts"], thing["texts"], thing.get("files", {})
    if not _is_named(thing) or not all(isinstance(each, dict) for each in (facts, texts, files)):
        return False
    if not all(isinstance(path, str) and _PATH.fullmatch(path) for path in files.values()):
        return False
    return all(map(is_name, (*facts, *texts, *files))) and all(map(_is_text, texts.values()))


def _is_text(text: Any) -> bool:
    if not isinstance(text, dict):
        return False
    if text.keys() == {"digest"}:
        return is_hash(text["digest"])
    is_open = text.keys() == {"key", "value"}
    return is_open and is_hash(text["key"]) and isinstance(text["value"], dict)


def _check_thing(
    place: str,
    thing: Json,
    chain: Chain,
    record: Record,
    named: dict[str, bool],
    found: Found,
) -> None:
    kind, number = thing["kind"], thing["number"]
    label = {"kind": kind, "number": number}
    state = record.states.get((kind, number))
    _check_thing_files(place, thing, state, named, found)
    if state is None:
        found.fault(6, place, "thing_unrecorded", **label)
        found.faulty += 1
        return
    told = {**label, "entry": state.entry, "event": _event(chain, state.entry)}
    if state.is_shown:
        found.fault(6, place, "thing_twice", **label)
        found.faulty += 1
        return
    state.is_shown = True
    texts = {name: _digest_of(text) for name, text in thing["texts"].items()}
    said = {name: thing[name] for name in ("facts", "kind", "number", "of")}
    if state.gone:
        found.fault(6, place, "thing_gone", **told)
    elif sha256(canonical({**said, "texts": texts})) != state.digest:
        what = _what_differs(thing, texts, state.line)
        found.fault(6, place, "thing_changed", **told, what=what)
    else:
        _judge(place, thing, state, chain, record, found)
        return
    found.faulty += 1


def _event(chain: Chain, entry: int) -> str:
    return chain.entries[entry].event if entry in chain.entries else "?"


def _digest_of(text: Json) -> str:
    if "digest" in text:
        return str(text["digest"])
    value = canonical(text["value"]).encode()
    return hmac.digest(bytes.fromhex(text["key"]), value, "sha256").hex()


def _what_differs(thing: Json, texts: Json, line: bytes) -> str:
    """The names of facts and texts that are not as recorded."""
    said = read_json(line.decode()) if line else None
    if said is None:
        return "?"
    names = set()
    for given, recorded in ((thing["facts"], said["facts"]), (texts, said["texts"])):
        for name in given.keys() | recorded.keys():
            one = canonical({"": given.get(name)})
            is_in_both = name in given and name in recorded
            if not is_in_both or one != canonical({"": recorded.get(name)}):
                names.add(name)
    return ", ".join(sorted(names)) or "of"


def _check_thing_files(
    place: str, thing: Json, state: State | None, named: dict[str, bool], found: Found
) -> None:
    """7, of one thing."""
    files = found.manifest["files"]
    for fact, path in sorted(thing.get("files", {}).items()):
        if path in files:
            named[path] = named.get(path, True) and state is not None and state.is_begun
            if files[path]["sha256"] == thing["facts"].get(fact):
                continue
        label = {"kind": thing["kind"], "number": thing["number"]}
        found.fault(7, place, "file_other", **label, what=path)
        if state is not None:
            state.is_faulty = True


def _judge(
    place: str, thing: Json, state: State, chain: Chain, record: Record, found: Found
) -> None:
    """Say what of a thing that is as recorded is not provable."""
    label = {"kind": thing["kind"], "number": thing["number"]}
    since: dict[int, list[str]] = {}
    for name, entry in (state.lost or {}).items():
        since.setdefault(entry, []).append(name)
    closed = []
    for name in sorted(name for name, text in thing["texts"].items() if "digest" in text):
        if name in PRIVATE and found.manifest["audience"] == "public":
            found.private[name] = found.private.get(name, 0) + 1
        elif (by := _hidden_by(thing, state, record)) is not None:
            since.setdefault(by, []).append(name)
        else:
            closed.append(name)
    if closed:
        found.fault(6, place, "thing_closed", **label, what=", ".join(closed))
        state.is_faulty = True
    for entry in sorted(since):
        what = ", ".join(sorted(since[entry]))
        told = {**label, "entry": entry, **_when(chain, entry), "what": what}
        found.verdicts.append((place, "unproven_since", told))
    if state.is_begun and not since:
        told = {**label, **_when(chain, state.first)}
        found.verdicts.append((place, "unproven_before", told))
    if state.is_faulty:
        found.faulty += 1
    elif since or state.is_begun:
        found.unproven += 1
    else:
        found.holds += 1


def _hidden_by(thing: Json, state: State, record: Record) -> int | None:
    """The entry by which the thing, or the remark that it is about, is hidden."""
    if state.hidden is not None:
        return state.hidden
    about = thing["facts"].get("remark")
    remark = record.states.get(("remark", about if is_number(about) else thing["number"]))
    return remark.hidden if remark and not remark.gone else None


def _when(chain: Chain, entry: int) -> Json:
    known = chain.entries.get(entry)
    return {"date": to_date(known.at) if known else "?", "event": known.event if known else "?"}


def _say_absent(kind: str, number: int, state: State, chain: Chain, found: Found) -> None:
    """A thing that the bundle does not hold."""
    place, told = f"record/{kind}.jsonl", {"kind": kind, "number": number, "entry": state.entry}
    told |= _when(chain, state.entry)
    if state.gone:
        found.verdicts.append((place, "unproven_gone", {**told, "what": state.gone}))
        found.unproven += 1
    else:
        found.fault(6, place, "thing_missing", **told)
        found.faulty += 1


# --- Dates and numbers ----------------------------------------------------------------------------


def _check_dates(chain: Chain, record: Record, found: Found) -> None:
    """8, but for the dates of first rows, which _take_row has compared."""
    closings = _check_periods(chain, record, found)
    for number, entry, at in record.remarks:
        known, close = chain.entries.get(entry), _closing(closings, entry)
        if known is None or close is None:
            continue
        # The moment of the act decides; its entry may be written up to a minute later.
        if known.at >= close + MINUTE or (close <= known.at and (at is None or at >= close)):
            label = {"kind": "remark", "number": number, "date": to_date(close)}
            found.fault(8, "record/remark.jsonl", "after_close", **label)
    for number, entry in record.editions[:1]:
        known, close = chain.entries.get(entry), _closing(closings, entry)
        if known is not None and close is not None and known.at < close:
            label = {"kind": "edition", "number": number, "date": to_date(close)}
            found.fault(8, "record/edition.jsonl", "report_early", **label)
    before = record.numbers_begun
    for n in sorted(record.numbers):
        if n > before + 1:
            found.fault(8, "record/number.jsonl", "number_gap", n=before + 1, to=n - 1)
        before = max(before, n)


def _check_periods(chain: Chain, record: Record, found: Found) -> list[tuple[int, int]]:
    """Whether changes of dates continue one another; from which entry on which closing holds."""
    if not record.announcements:
        return []
    _thing, entry, period = record.announcements[0]
    changes = [(entry, period)]
    # One that was written when the record began tells the dates of that day.
    is_begun = _event(chain, entry) == BEGUN
    for number, entry, old, new in record.dates:
        if old != changes[-1][1] and not (is_begun and len(changes) == 1):
            label = {"kind": "dates", "number": number}
            found.fault(8, "record/dates.jsonl", "dates_apart", **label)
        changes.append((entry, new))
    changes.sort(key=_first)
    for number, entry, period in record.announcements[1:]:
        at = bisect.bisect_right(changes, entry, key=_first)
        if period != changes[max(at - 1, 0)][1] and not is_begun:
            label = {"kind": "announcement", "number": number}
            found.fault(8, "record/announcement.jsonl", "dates_apart", **label)
    return [(entry, closes) for entry, (_opens, closes) in changes if closes is not None]


def _first(pair: tuple[int, Any]) -> int:
    return pair[0]


def _period(facts: Json, before: str) -> Period:
    """When it opens and closes."""
    return to_moment(facts.get(f"{before}opens_at")), to_moment(facts.get(f"{before}closes_at"))


def _closing(closings: Sequence[tuple[int, int]], entry: int) -> int | None:
    """The closing that was in force when an entry was made."""
    at = bisect.bisect_right(closings, entry, key=_first)
    return closings[max(at - 1, 0)][1] if closings else None


# --- Reports --------------------------------------------------------------------------------------


def _check_reports(archive: Archive, named: dict[str, bool], found: Found) -> None:
    """9: the PDF and the DOCX of a report name its manifest."""
    files = found.manifest["files"]
    for name in sorted(files):
        stem, _, ending = name.rpartition(".")
        manifest = files.get(f"{stem}.manifest.jsonl")
        if manifest is None or ending not in ("pdf", "docx"):
            continue
        hashes = named_in_docx(archive, name) if ending == "docx" else named_in(archive, name)
        if not hashes and not named.get(name, False):
            found.fault(9, name, "names_none")
        elif hashes - {manifest["sha256"]}:
            found.fault(9, name, "names_other")


def named_in(archive: Archive, name: str) -> set[str]:
    """The hashes that stand in a file as it is, as in the properties of a PDF of ours."""
    hashes, rest = set(), b""
    for chunk in archive.chunks(name):
        text = rest + chunk
        hashes |= {each.decode() for each in _NAMED.findall(text)}
        rest = text[-70:]  # a name may stand in both chunks
    return hashes


def named_in_docx(archive: Archive, name: str) -> set[str]:
    """The hashes in docProps/core.xml, which a DOCX compresses."""
    place, size, _crc = archive.members[name]
    tail = archive._at(place + size - 22, 22) if size >= 22 else b""
    if tail[:4] != b"PK\x05\x06":
        return set()
    length, start = struct.unpack_from("<2L", tail, 12)
    if start + length + 22 != size or length > LARGEST_DIRECTORY:
        return set()
    directory, at = archive._at(place + start, length), 0
    while directory[at : at + 4] == b"PK\x01\x02" and len(directory) >= at + 46:
        (method,) = struct.unpack_from("<H", directory, at + 10)
        (packed,) = struct.unpack_from("<L", directory, at + 20)
        named, extra, comment = struct.unpack_from("<3H", directory, at + 28)
        (offset,) = struct.unpack_from("<L", directory, at + 42)
        if directory[at + 46 : at + 46 + named] == b"docProps/core.xml":
            head = archive._at(place + offset, 30) if offset + 30 <= start else b""
            if head[:4] != b"PK\x03\x04" or packed > LARGEST_PROPERTIES:
                return set()
            offset += 30 + sum(struct.unpack_from("<2H", head, 26))
            data = archive._at(place + offset, packed) if offset + packed <= start else b""
            data = _inflate(data) if method == 8 else data if method == 0 else b""
            return {each.decode() for each in _NAMED.findall(data)}
        at += 46 + named + extra + comment
    return set()


def _inflate(data: bytes) -> bytes:
    inflating = zlib.decompressobj(-15)
    try:
        made = inflating.decompress(data, LARGEST_PROPERTIES + 1)
    except zlib.error:
        return b""
    is_whole = inflating.eof and not inflating.unused_data
    return made if is_whole and len(made) <= LARGEST_PROPERTIES else b""


# --- The format 1 ---------------------------------------------------------------------------------


def _check_format_1(archive: Archive, heads: dict[int, str], found: Found) -> None:
    """Check the former format: links, entries under them, words."""
    leaves: dict[int, set[str]] = {}
    before: tuple[int, str] | None = None
    for n, value, _size in archive.objects(LINKS, 3, found, is_spaced=True):
        line, said = inner(value)
        if said is None or not _is_link(value, said):
            found.fault(3, LINKS, "line_shape", n=n)
            continue
        number = said["number"]
        if sha256(line) != value["hash"]:
            found.fault(3, LINKS, "link_hash", number=number)
        if "leaves" in value and sha256("\n".join(value["leaves"])) != said["leaves"]:
            found.fault(3, LINKS, "link_leaves", number=number)
        if before and number == before[0] + 1 and said["previous"] != before[1]:
            found.fault(3, LINKS, "link_broken", number=number)
        if number in heads:
            if heads[number] == value["hash"]:
                found.compared += 1
            else:
                found.fault(2, LINKS, "head_other", number=number)
        before = number, value["hash"]
        leaves[number] = set(value.get("leaves", ()))
        found.links += 1
    head = found.manifest["head"]
    if before and before != (head["number"], head["hash"]):
        found.fault(3, LINKS, "links_head")
    recorded: dict[int, str] = {}
    for n, value, _size in archive.objects(ENTRIES, 4, found, is_spaced=True):
        line, said = inner(value)
        if said is None or not _is_entry(value, said):
            found.fault(4, ENTRIES, "line_shape", n=n)
            continue
        found.entries += 1
        if sha256(line) not in leaves.get(value["link"], ()):
            found.fault(4, ENTRIES, "entry_link", entry=said["id"], number=value["link"])
        words, number = said["ids"].get("words"), said["ids"].get("comment_id")
        if is_number(number) and isinstance(words, str):
            recorded[number] = words
    _check_words_1(archive, recorded, found)


def _check_words_1(archive: Archive, recorded: dict[int, str], found: Found) -> None:
    for n, comment, _size in archive.objects(COMMENTS, 6, found, is_spaced=True):
        number, words = comment.get("id"), comment.get("words")
        if not is_number(number):
            found.fault(6, COMMENTS, "line_shape", n=n)
            continue
        digest = recorded.get(int(number or 0))
        if digest is not None and is_hash(comment.get("key")):
            said = {name: comment.get(name) for name in ("proposal", "text")}
            if _digest_of({"key": comment["key"], "value": said}) == digest:
                found.words_1 += 1
            else:
                found.fault(6, COMMENTS, "words_1", number=number)
        elif words and digest is not None and words != digest:
            found.fault(6, COMMENTS, "hash_1", number=number)


# --- All of it ------------------------------------------------------------------------------------


def verify(
    path: Path, *, manifest: str | None = None, heads: Sequence[tuple[int, str]] = ()
) -> Found:
    """Verify a bundle; OSError where the file cannot be read at all.

    ``manifest``: the hash that its manifest has to have; ``heads``: links that it has to hold.
    """
    found = Found()
    with path.open("rb") as file:
        try:
            _verify(Archive(file, found), manifest or "", dict(heads), found)
        except Stop:
            found.is_stopped = True
    return found


def _verify(archive: Archive, manifest: str, heads: dict[int, str], found: Found) -> None:
    found.is_given = bool(manifest or heads)
    _check_files(archive, found)
    if manifest:
        if manifest == found.manifest_hash:
            found.compared += 1
        else:
            found.fault(2, MANIFEST, "manifest_other")
    if found.manifest["format"] == FORMAT_1:
        _check_format_1(archive, heads, found)
        return
    chain = _read_entries(archive, found)
    _check_links(archive, chain, heads, found)
    record = _check_records(archive, chain, found)
    named = _check_things(archive, chain, record, found)
    _check_dates(chain, record, found)
    _check_reports(archive, named, found)


def _head(text: str) -> tuple[int, str]:
    number, _, digest = text.lower().partition(":")
    if not re.fullmatch(r"[0-9]{1,15}", number) or not _HEX.fullmatch(digest):
        raise argparse.ArgumentTypeError(f"{text!r} is not NUMBER:HASH")
    return int(number), digest


def _sha256(text: str) -> str:
    if not _HEX.fullmatch(text.lower()):
        raise argparse.ArgumentTypeError(f"{text!r} is not 64 hexadecimal digits")
    return text.lower()


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options besides the file."""
    parser.add_argument(
        "--manifest",
        type=_sha256,
        metavar="SHA256",
        help="the hash of manifest.json, as it was published or kept elsewhere",
    )
    parser.add_argument(
        "--head",
        type=_head,
        action="append",
        default=[],
        metavar="NUMBER:HASH",
        help="a head of the audit log's chain that was kept outside; may be given again",
    )
    parser.add_argument("--lang", choices=("uk", "en"), default="uk", help="of what is said")


def main(arguments: list[str]) -> int:
    """Verify the file that is named, and print what is found."""
    parser = argparse.ArgumentParser(prog="verify.py", description="Verify an evidence bundle.")
    parser.add_argument("file", type=Path)
    add_options(parser)
    given = parser.parse_args(arguments)
    try:
        found = verify(given.file, manifest=given.manifest, heads=given.head)
    except OSError as error:
        print(f"{given.file}: {error.strerror}", file=sys.stderr)
        return 2
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    print("\n".join(found.lines(given.lang)))
    return 1 if found.total else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
