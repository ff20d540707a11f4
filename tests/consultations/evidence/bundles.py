"""Bundles of evidence read in a small way: what the format promises, without the verifier."""

from __future__ import annotations

import hmac
import json
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

from consultations.evidence import making
from consultations.evidence.bundle_format import ENTRIES, LINKS, MANIFEST, RECORDS, TOLD
from consultations.evidence.kinds import Audience
from consultations.evidence.models import EvidenceBundle
from consultations.evidence.queries import path_of
from core.domain.chain import canonical

type Json = dict[str, Any]


def make_public(consultation) -> EvidenceBundle:
    """What the job does for the bundle that waits."""
    making.make_public_bundle(consultation.pk)
    return standing(consultation)


def standing(consultation) -> EvidenceBundle:
    """The public bundle that can be downloaded."""
    public = EvidenceBundle.objects.filter(audience=Audience.PUBLIC, replaced_at=None)
    return public.exclude(ready_at=None).get(consultation=consultation)


def lines(bundle: EvidenceBundle, name: str) -> list[Json]:
    with zipfile.ZipFile(path_of(bundle)) as archive:
        return [json.loads(line) for line in archive.read(name).splitlines()]


def things(bundle: EvidenceBundle, kind: str) -> dict[int, Json]:
    """The things of a kind, by number."""
    return {each["number"]: each for each in lines(bundle, f"record/{kind}.jsonl")}


def faults(path: Path) -> list[str]:
    """What of a bundle's record does not hold, a few words each."""
    found = []
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}

    def read(name: str) -> list[Json]:
        return [json.loads(line) for line in content.get(name, b"").splitlines()]

    manifest = json.loads(content[MANIFEST])
    for name, said in manifest["files"].items():
        if sha256(content[name]).hexdigest() != said["sha256"]:
            found.append(f"{name}: changed")
    links = {json.loads(each["line"])["number"]: each for each in read(LINKS)}
    numbers = sorted(links)
    if numbers != list(range(numbers[0], numbers[-1] + 1)):
        found.append("links: a gap")
    if {"number": numbers[-1], "hash": links[numbers[-1]]["hash"]} != manifest["head"]:
        found.append("links: another head")
    entries = {}
    for each in read(ENTRIES):
        said = json.loads(each["line"])
        entries[said["id"]] = said
        if sha256(each["line"].encode()).hexdigest() not in links[each["link"]].get("leaves", ()):
            found.append(f"entry {said['id']}: not under its link")
    last: dict[tuple[str, int], str] = {}
    named = {(pk, each) for pk, said in entries.items() for each in said["ids"].get("record", ())}
    for row in read(RECORDS):
        digest = sha256(row["line"].encode()).hexdigest()
        if (row["entry"], digest) not in named:
            found.append(f"row {row['row']}: no entry names it")
        named.discard((row["entry"], digest))
        said = json.loads(row["line"])
        last[said["kind"], said["number"]] = row["line"]
    found += [f"entry {pk}: a row is missing" for pk, _digest in named]
    files = set()
    for name in content:
        if name.startswith("record/"):
            for thing in read(name):
                files |= set(thing.get("files", {}).values())
                key = thing["kind"], thing["number"]
                where = f"{thing['kind']} {thing['number']}"
                if _line(thing) != last.pop(key, ""):
                    found.append(f"{where}: not as recorded")
                for fact, path in thing.get("files", {}).items():
                    if manifest["files"][path]["sha256"] != thing["facts"][fact]:
                        found.append(f"{where}: {path} is another file")
    found += [
        f"{kind} {number}: missing"
        for (kind, number), line in last.items()
        if "gone" not in json.loads(line)
    ]
    beside = ("README.txt", "verify.", "record/", "chain/", TOLD)
    unnamed = {name for name in manifest["files"] if not name.startswith(beside)} - files
    found += [f"{name}: named by no thing" for name in sorted(unnamed)]
    return found


def _line(thing: Json) -> str:
    """The line of record, rebuilt from a thing."""
    texts = {}
    for name, text in thing["texts"].items():
        if "digest" in text:
            texts[name] = text["digest"]
        else:
            value = canonical(text["value"]).encode()
            texts[name] = hmac.new(bytes.fromhex(text["key"]), value, sha256).hexdigest()
    said = {name: thing[name] for name in ("facts", "kind", "number", "of")}
    return canonical({**said, "texts": texts})
