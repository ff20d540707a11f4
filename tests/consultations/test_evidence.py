"""A bundle of evidence holds what happened, and tells by the file's name what was changed."""

import json
import shutil
import subprocess
import sys
import zipfile
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from accounts.models import DataAccess
from consultations.actions import life, remarks
from consultations.evidence import actions, making
from consultations.evidence.models import EvidenceBundle
from consultations.evidence.notices import notices_of
from consultations.evidence.verifier import verify as verifying
from consultations.models import Disposition
from core.domain.chain import canonical
from core.domain.rules import Refused
from core.models import AuditEntry
from discussions import actions as discussion
from drafts.models import Clause
from moderation.contests import actions as contests
from notifications.models import Sent
from tests import factories
from tests.notifications.conftest import do, waiting  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


@pytest.fixture
def private(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path / "private"


@pytest.fixture
def clause(opened):
    clauses = Clause.objects.filter(version__draft=opened.draft_id).exclude(label="")
    return clauses.order_by("position").first()


@pytest.fixture
def bundle(private, opened, olena, bohdan, mo, ofi, clause):
    shown = remarks.remark(opened, by=olena, text="Тут бракує ліхтаря", clause_id=clause.pk)
    hidden = remarks.remark(opened, by=bohdan, text="Купуйте в мене")
    remarks.answer(shown, by=ofi, text="Поставимо")
    discussion.hide(hidden.comment, by=mo, reason="spam", note="Реклама")
    Disposition.objects.create(
        remark=shown, kind="accepted", by=ofi, decided_at=shown.comment.created_at
    )
    Sent.objects.create(user=olena, event=f"consultations/opened:consultation:{opened.pk}")
    Sent.objects.create(user=olena, event=f"consultations/opened:consultation:{opened.pk}0")
    asked = actions.ask(opened, by=ofi)
    making.make_bundle(asked.pk)
    return EvidenceBundle.objects.get(pk=asked.pk)


def lines(bundle, name: str) -> list[dict]:
    with zipfile.ZipFile(making.path_of(bundle)) as archive:
        return [json.loads(line) for line in archive.read(name).splitlines()]


def verified(path) -> list[str]:
    return verifying.verify(path).faults


def test_it_holds_what_happened(bundle, olena, clause):
    assert verified(making.path_of(bundle)) == []
    shown, _hidden, answer = lines(bundle, "comments.jsonl")
    assert (shown["text"], shown["clause"]) == ("Тут бракує ліхтаря", clause.label)
    assert (answer["is_official"], answer["parent"]) == (True, shown["id"])
    (row,) = lines(bundle, "dispositions.jsonl")
    assert (row["remark"], row["disposition"]) == (shown["id"], "accepted")
    (notice,) = lines(bundle, "notices.jsonl")
    assert (notice["account"], notice["event"].split(":")[0]) == (olena.pk, "consultations/opened")
    events = [json.loads(each["line"])["event"] for each in lines(bundle, "chain/entries.jsonl")]
    assert {"CommentPosted", "CommentHidden", "RemarkAnswered", "EvidenceAsked"} <= set(events)
    assert any(each["text"] == clause.text for each in lines(bundle, "text/version-1.jsonl")[1:])


def test_notices_are_those_of_this_consultation(opened, olena, bohdan, ofi):
    """Other dates and other decisions are numbered apart, and may have one number."""
    version = opened.draft.versions.get()
    mine = [f"consultations/text_changed:version:{version.pk}"]
    last_day = opened.last_day + timedelta(days=7)
    change = life.change_dates(
        opened, by=ofi, opens_on=opened.opens_on, last_day=last_day, reason="Більше часу."
    )
    mine.append(f"consultations/dates_changed:change:{change.pk}")
    for event in mine:
        Sent.objects.create(user=olena, event=event)
    Sent.objects.create(user=bohdan, event=f"consultations/decided:change:{change.pk}")
    assert [(each.event, each.user_id) for each in notices_of(opened.pk)] == [
        (event, olena.pk) for event in mine
    ]


def test_notices_tell_of_hiding_and_showing_again(opened, olena, bohdan, mo, admin, do):  # noqa: F811
    said = remarks.remark(opened, by=olena, text="Тут бракує ліхтаря")
    elsewhere = remarks.remark(
        factories.consultation(opened.department), by=bohdan, text="Купуйте насіння"
    )
    for remark in (said, elsewhere):
        discussion.hide(remark.comment, by=mo, reason="spam", note="Порушує правила")
    do()
    contest = contests.make(said.comment, by=olena, words="Це не реклама.")
    contests.decide(contest, by=admin, is_upheld=True, reason="Реклама.")
    do()
    discussion.restore(said.comment, by=admin)
    do()
    told = [(each.event.split(":")[0], each.user_id) for each in notices_of(opened.pk)]
    assert told == [
        ("consultations/remark_hidden", olena.pk),
        ("moderation/contest_decided", olena.pk),
        ("consultations/remark_restored", olena.pk),
    ]


def test_of_hidden_words_it_holds_hash_and_reason_alone(bundle):
    _shown, hidden, _answer = lines(bundle, "comments.jsonl")
    assert hidden["reason"] == "spam"
    assert set(hidden) <= {"id", "at", "number", "kind", "source", "hidden_at", "reason", "words"}
    posted = AuditEntry.objects.get(event="CommentPosted", ids__comment_id=hidden["id"])
    assert hidden["words"] == posted.ids["words"]
    with zipfile.ZipFile(making.path_of(bundle)) as archive:
        assert not any("Купуйте".encode() in archive.read(name) for name in archive.namelist())


def test_one_changed_byte_is_refused_by_the_name_of_its_file(bundle, tmp_path):
    whole = making.path_of(bundle).read_bytes()
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(making.path_of(bundle)) as archive:
        members = {each.filename: each for each in archive.infolist() if each.file_size}
    assert len(members) > 8
    for name, member in members.items():
        place = member.header_offset + 30 + len(name) + member.file_size // 2
        broken.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        found = verified(broken)
        assert len(found) == 1, found
        assert found[0].startswith(f"{name}:") or name == verifying.MANIFEST_HASH, found


def test_no_byte_of_it_can_be_changed(bundle, tmp_path):
    """Of the archive's own structure, too: a byte in every hundred, and all of the directory's."""
    whole = making.path_of(bundle).read_bytes()
    broken = tmp_path / "broken.zip"
    places = [*range(0, len(whole), 97), *range(len(whole) - 600, len(whole), 7)]
    for place in places:
        broken.write_bytes(whole[:place] + bytes([whole[place] ^ 32]) + whole[place + 1 :])
        assert verified(broken), place
    broken.write_bytes(whole[:-100])
    assert verified(broken)
    broken.write_bytes(whole + b"more")
    assert verified(broken)


def rewritten(bundle, target, **changes: bytes | None) -> list[str]:
    """The faults of a bundle that somebody has written anew with a manifest of its own."""
    with zipfile.ZipFile(making.path_of(bundle)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for name, content in changes.items():
        found = next(each for each in files if name in each)
        files[found] = content
    manifest = json.loads(files[verifying.MANIFEST])
    with zipfile.ZipFile(target, "w") as archive:
        for name in manifest["files"]:
            digest, size = verifying.write_member(archive, name, [files[name]])
            manifest["files"][name] = {"sha256": digest, "bytes": size}
        text = canonical(manifest).encode()
        said, _size = verifying.write_member(archive, verifying.MANIFEST, [text])
        line = f"{said}  {verifying.MANIFEST}\n".encode()
        verifying.write_member(archive, verifying.MANIFEST_HASH, [line])
    return verified(target)


def test_words_that_were_rewritten_with_their_manifest_do_not_fit_the_chain(bundle, tmp_path):
    target = tmp_path / "anew.zip"
    with zipfile.ZipFile(making.path_of(bundle)) as archive:
        comments = archive.read("comments.jsonl")
        links = archive.read("chain/links.jsonl").splitlines(keepends=True)
        entries = archive.read("chain/entries.jsonl")
    assert rewritten(bundle, target) == []
    forged = comments.replace("Тут бракує ліхтаря".encode(), "Тут усе гаразд".encode())
    (fault,) = rewritten(bundle, target, comments=forged)
    assert "its words are not those that were recorded" in fault
    (fault,) = rewritten(
        bundle, target, entries=entries.replace(b"CommentHidden", b"CommentEdited")
    )
    assert fault.startswith("chain/entries.jsonl: entry ")
    faults = rewritten(bundle, target, links=b"".join(links[:-1]))
    assert any("chain/" in each for each in faults)


def test_the_commands_verify_without_a_database(bundle, capsys, tmp_path):
    path = making.path_of(bundle)
    call_command("verify_bundle", path, "--lang", "en")
    assert f"SHA-256 of the manifest: {bundle.manifest}\n" in capsys.readouterr().out
    alone = tmp_path / "verify.py"
    shutil.copy(verifying.__file__, alone)
    run = [sys.executable, "-I", alone]
    done = subprocess.run([*run, path], capture_output=True, text=True, cwd=tmp_path)
    assert (done.returncode, bundle.manifest in done.stdout) == (0, True)
    (tmp_path / "none.zip").write_bytes(b"PK")
    done = subprocess.run([*run, "none.zip"], capture_output=True, text=True, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("сам архів: ")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify_bundle", tmp_path / "nowhere.zip")


def test_its_manifest_stands_in_the_audit_log(bundle):
    made = AuditEntry.objects.get(event="EvidenceMade")
    assert made.ids["manifest"] == bundle.manifest


def test_officers_ask_for_one_at_a_time_and_others_for_none(private, opened, ofi, olena, mo):
    for person in (olena, mo):
        with pytest.raises(Refused):
            actions.ask(opened, by=person)
    actions.ask(opened, by=ofi)
    with pytest.raises(Refused) as refusal:
        actions.ask(opened, by=ofi)
    assert refusal.value.verdict.code == "evidence.under_way"


def test_officers_download_it_and_those_it_names_read_that(client, bundle, opened, ofi, olena, mo):
    url = f"/desk/consultations/{opened.pk}/evidence/"
    client.force_login(ofi)
    page = client.get(url)
    assert bundle.manifest in page.text
    answer = client.get(f"{url}{bundle.pk}.zip")
    assert b"".join(answer.streaming_content) == making.path_of(bundle).read_bytes()
    assert DataAccess.objects.get(user=olena).why == "consultation.export"
    for person in (olena, mo):
        client.force_login(person)
        assert client.get(f"{url}{bundle.pk}.zip").status_code in (403, 404)


def test_its_file_goes_after_its_period_and_its_hash_stays(bundle, clock, settings):
    path = making.path_of(bundle)
    clock.advance(days=settings.RETENTION["evidence"].days - 1)
    assert making.sweep() == 0
    clock.advance(days=2)
    assert making.sweep() == 1
    bundle.refresh_from_db()
    assert (path.exists(), bundle.file, bool(bundle.manifest)) == (False, "", True)
