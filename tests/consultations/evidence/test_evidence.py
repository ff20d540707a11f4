"""A bundle of evidence for staff holds what happened; whoever is named in it reads who saw it."""

import json
import shutil
import subprocess
import sys
import zipfile
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from accounts.models import DataAccess
from consultations.dispositions import actions as dispositions
from consultations.evidence import actions, making
from consultations.evidence.bundle_format import ENTRIES, TOLD
from consultations.evidence.models import EvidenceBundle
from consultations.evidence.notices import notices_of
from consultations.evidence.queries import path_of
from consultations.evidence.verifier import verify as verifying
from consultations.life import actions as life_actions
from consultations.register.numbering import number_remarks
from consultations.remarks import actions as remarks_actions
from core.audit_log.beginning import begin_record
from core.domain.retention import period_of
from core.domain.rules import Refused
from core.models import AuditEntry
from discussions import actions as discussion
from drafts.models import Clause
from moderation.contests import actions as contests
from notifications.models import Sent
from tests import factories
from tests.consultations.evidence.bundles import faults, lines, things
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
    begin_record()
    shown = remarks_actions.remark(opened, by=olena, text="Тут бракує ліхтаря", clause_id=clause.pk)
    hidden = remarks_actions.remark(opened, by=bohdan, text="Купуйте в мене")
    remarks_actions.answer(shown, by=ofi, text="Поставимо")
    discussion.hide(hidden.comment, by=mo, reason="spam", note="Реклама")
    number_remarks(of=opened.pk)
    dispositions.settle(shown, by=ofi, kind="accepted", reason="")
    dispositions.approve(shown, by=ofi)
    Sent.objects.create(user=olena, event=f"consultations/opened:consultation:{opened.pk}")
    Sent.objects.create(user=olena, event=f"consultations/opened:consultation:{opened.pk}0")
    asked = actions.ask(opened, by=ofi)
    making.make_bundle(asked.pk)
    return EvidenceBundle.objects.get(pk=asked.pk)


def test_it_holds_what_happened(bundle, olena, clause):
    assert faults(path_of(bundle)) == verifying.verify(path_of(bundle)).faults == []
    shown, _hidden, answer = things(bundle, "remark").values()
    assert shown["texts"]["words"]["value"]["text"] == "Тут бракує ліхтаря"
    assert shown["facts"]["clause"] == str(clause.key)
    assert (answer["facts"]["official"], answer["facts"]["parent"]) == (True, shown["number"])
    (row,) = things(bundle, "disposition").values()
    assert (row["number"], row["facts"]["kind"]) == (shown["number"], "accepted")
    (notice,) = lines(bundle, TOLD)
    assert (notice["account"], notice["event"].split(":")[0]) == (olena.pk, "consultations/opened")
    events = [json.loads(each["line"])["event"] for each in lines(bundle, ENTRIES)]
    assert {"CommentPosted", "CommentHidden", "RemarkAnswered", "EvidenceAsked"} <= set(events)
    assert any(each["text"] == clause.text for each in lines(bundle, "text/version-1.jsonl"))


def test_notices_are_those_of_this_consultation(opened, olena, bohdan, ofi):
    """Other dates and other decisions are numbered apart, and may have one number."""
    version = opened.draft.versions.get()
    mine = [f"consultations/text_changed:version:{version.pk}"]
    last_day = opened.last_day + timedelta(days=7)
    change = life_actions.change_dates(
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
    said = remarks_actions.remark(opened, by=olena, text="Тут бракує ліхтаря")
    elsewhere = remarks_actions.remark(
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


def test_of_hidden_words_it_holds_hashes_alone(bundle):
    _shown, hidden, _answer = things(bundle, "remark").values()
    assert hidden["facts"]["hidden"] == "hidden"
    closed = {name for name, text in hidden["texts"].items() if set(text) == {"digest"}}
    assert closed == {*hidden["texts"]} - {"ground"}
    posted = AuditEntry.objects.get(event="CommentPosted", ids__comment_id=hidden["number"])
    assert hidden["texts"]["words"]["digest"] == posted.ids["words"]
    with zipfile.ZipFile(path_of(bundle)) as archive:
        assert not any("Купуйте".encode() in archive.read(name) for name in archive.namelist())


def test_the_commands_verify_without_a_database(bundle, capsys, tmp_path):
    path = path_of(bundle)
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
    assert b"".join(answer.streaming_content) == path_of(bundle).read_bytes()
    assert DataAccess.objects.get(user=olena).why == "consultation.export"
    for person in (olena, mo):
        client.force_login(person)
        assert client.get(f"{url}{bundle.pk}.zip").status_code in (403, 404)


def test_its_file_goes_after_its_period_and_its_hash_stays(bundle, clock, settings):
    path = path_of(bundle)
    clock.advance(days=period_of("evidence").days - 1)
    assert making.sweep() == 0
    clock.advance(days=2)
    assert making.sweep() == 1
    bundle.refresh_from_db()
    assert (path.exists(), bundle.file, bool(bundle.manifest)) == (False, "", True)
