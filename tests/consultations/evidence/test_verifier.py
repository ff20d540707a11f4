"""The verifier finds what is falsified, says where, and takes what is true for true."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from consultations.evidence.verifier import verify
from tests.consultations.evidence import falsifying, forging, former, spellings
from tests.consultations.evidence.bundle_builder import (
    GIVEN_OUT,
    VERIFIER,
    Bundle,
    Story,
    digest,
)
from tests.consultations.evidence.hostile import HOSTILE


def said_of(path: Path, **given: object) -> list[str]:
    return verify.verify(path, **given).faults  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def true(tmp_path_factory) -> tuple[Path, Bundle, str]:
    path, bundle = tmp_path_factory.mktemp("true") / "true.zip", Bundle(Story())
    return path, bundle, bundle.write(path)


def test_a_true_bundle_holds_and_says_what_is_not_provable(true):
    path, bundle, manifest = true
    head = (bundle.head["number"], bundle.head["hash"])
    middle = json.loads(bundle.links[3]["line"])["number"], bundle.links[3]["hash"]
    found = verify.verify(
        path, manifest=manifest, heads=[head, middle, (3, "0" * 64), (99, "0" * 64)]
    )
    assert found.faults == []
    assert found.lines("en") == [
        "The link 3 that you gave is before the first one here (20): not compared.",
        "The link 99 that you gave is later than the bundle (29): not compared.",
        "record/disposition.jsonl: disposition 392: not provable since 2026-11-23 14:03 UTC"
        " (words), because CommentHidden (entry 760)",
        "record/link.jsonl: link 1: not provable before 2026-11-02 07:30 UTC: older than the"
        " record",
        "record/remark.jsonl: remark 392: not provable since 2026-11-23 14:03 UTC (name, words),"
        " because CommentHidden (entry 760)",
        "record/remark.jsonl: remark 393: not provable since 2026-11-23 19:06 UTC (account, name),"
        " because AccountErased (entry 763)",
        "record/remark.jsonl: remark 394: no more since 2026-11-24 00:09 UTC (taken back),"
        " because CommentDeleted (entry 766)",
        "A bundle for everybody does not show: account, ground (16 in all); their hashes hold.",
        f"Read: {len(dict(bundle.files()))} files, 45 entries of the log, 10 links.",
        "Hold: 54. Not provable: 5. Faulty: 0. Faults: 0.",
        f"SHA-256 of the manifest: {manifest}",
        f"Head of the chain: 29:{bundle.head['hash']}",
        "Equal to what was given from outside: 3.",
    ]


@pytest.mark.parametrize("name", [*falsifying.HOLDER, *spellings.SPELT])
def test_who_holds_a_bundle_and_changes_it_is_found(name, true, tmp_path):
    change, line = {**falsifying.HOLDER, **spellings.SPELT}[name]
    bundle = Bundle(Story())
    change(bundle)
    bundle.write(tmp_path / "b.zip")
    faults = said_of(tmp_path / "b.zip", manifest=true[2])
    if "beside" not in name:  # such a file is told before all else
        other = "manifest.json: it is not the manifest whose hash you gave: not the bundle"
        assert faults[0].startswith(other)
        faults = faults[1:]
    assert line in faults if line else not faults, faults


@pytest.mark.parametrize("name", forging.FORGER)
def test_who_writes_the_whole_chain_anew_is_found_from_outside_alone(name, true, tmp_path):
    story = Story()
    forging.FORGER[name](story)
    Bundle(story, salt="another").write(tmp_path / "b.zip")
    number, link = json.loads(true[1].links[2]["line"])["number"], true[1].links[2]["hash"]
    faults = said_of(tmp_path / "b.zip", manifest=true[2], heads=[(number, link)])
    assert (
        faults
        == [
            "chain/links.jsonl: link 22 is not the one that you gave: the chain was written anew",
            "manifest.json: it is not the manifest whose hash you gave: not the bundle that was"
            " published",
        ][::-1]
    )


@pytest.mark.parametrize("name", forging.CONTRADICTIONS)
def test_a_chain_that_contradicts_itself_is_found_without_anything_from_outside(name, tmp_path):
    change, line = forging.CONTRADICTIONS[name]
    story = Story()
    change(story)
    Bundle(story).write(tmp_path / "b.zip")
    assert line in said_of(tmp_path / "b.zip")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_archives_are_refused_in_one_line(name, true, tmp_path):
    make, line = HOSTILE[name]
    path = tmp_path / "hostile.zip"
    make(true[0].read_bytes(), path)
    assert said_of(path) == [line]


def test_faults_of_one_check_are_told_to_a_thousand_and_counted(tmp_path):
    bundle = Bundle(Story(3))
    bundle.things["remark"] += [{**bundle.thing("remark", 391), "number": n} for n in range(1003)]
    bundle.links.pop()
    bundle.write(tmp_path / "b.zip")
    faults = said_of(tmp_path / "b.zip")
    assert faults[0].startswith("chain/links.jsonl: it does not end")
    assert (len(faults), faults[-1]) == (1002, "…and 3 more such faults")


def test_the_command_says_what_it_cannot_do(true, tmp_path):
    command = [sys.executable, "-I", str(VERIFIER / "verify.py")]

    def run(*arguments: str) -> tuple[int, str, str]:
        done = subprocess.run([*command, *arguments], capture_output=True, check=False)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    code, said, error = run(str(true[0]))
    assert (code, error) == (0, "")
    assert said.splitlines() == verify.verify(true[0]).lines("uk")
    assert "Доведено: 54. Не доводиться: 5. Хибних: 0. Порушень: 0." in said
    (tmp_path / "none.zip").write_bytes(b"PK")
    code, said, error = run(str(tmp_path / "none.zip"), "--lang", "en")
    assert (code, error) == (1, "")
    assert said.startswith("the archive itself: it cannot be read")
    code, said, error = run(str(tmp_path / "nowhere.zip"))
    assert (code, said, "Traceback" in error) == (2, "", False)
    assert run(str(true[0]), "--head", "12")[0] == 2
    assert run(str(true[0]), "--manifest", "12")[0] == 2
    assert run()[0] == 2


def table_of(name: str) -> dict[str, dict[str, str]]:
    """A table of verify.js, which is written as JSON."""
    text = (VERIFIER / "verify.js").read_text("utf-8")
    found = re.search(rf"^const {name} = (\{{.*?^\}});$", text, re.DOTALL | re.MULTILINE)
    assert found is not None
    return json.loads(found[1])


@pytest.mark.parametrize("name", ["SENTENCES", "KINDS", "TERMS"])
def test_both_programs_have_the_same_sentences(name):
    assert table_of(name) == getattr(verify, name)
    for each in getattr(verify, name).values():
        assert sorted(re.findall(r"\{\w+\}", each["uk"])) == sorted(
            re.findall(r"\{\w+\}", each["en"])
        )


def test_the_sums_are_those_of_what_is_given_out():
    assert sorted(path.name for path in VERIFIER.glob("verify.*")) == list(GIVEN_OUT)
    sums = [f"{digest((VERIFIER / name).read_bytes())}  {name}\n" for name in GIVEN_OUT]
    assert (VERIFIER / "SHA256SUMS").read_text() == "".join(sums)


FORMER = {
    "": [],
    "words": ["comments.jsonl: comment 1: its words are not those that were recorded"],
    "hash of hidden words": [
        "comments.jsonl: comment 3: its hash is not the one that was recorded"
    ],
    "key dropped": [],
    "entry": ["chain/entries.jsonl: entry 11 is not under link 2"],
    "link": ["chain/links.jsonl: it does not end with the head that the manifest names"],
    "number": ["comments.jsonl: line 1: it cannot be read as one JSON object in its one spelling"],
}


@pytest.mark.parametrize("name", former.FALSIFICATIONS)
def test_bundles_of_the_former_format_are_verified_and_it_says_how_little_that_is(name, tmp_path):
    former.write(tmp_path / "b.zip", former.FALSIFICATIONS[name])
    found = verify.verify(tmp_path / "b.zip")
    assert found.faults == FORMER[name]
    said = any(
        line.startswith("Format 1: files, chain and the words of") for line in found.lines("en")
    )
    assert said is not bool(FORMER[name])
