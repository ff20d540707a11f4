"""The public bundle: when it is made, what it holds, and how it goes."""

import json
import re
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.data import retention
from accounts.data.actions import erase
from accounts.people.actions import change_profile
from consultations.decisions import actions as decisions
from consultations.dispositions import actions as dispositions
from consultations.evidence import actions, making, writing
from consultations.evidence.bundle_format import ENTRIES
from consultations.evidence.kinds import Why
from consultations.evidence.models import EvidenceBundle
from consultations.evidence.queries import folder, path_of
from consultations.life import actions as life_actions
from consultations.models import Consultation
from consultations.papers import actions as papers_actions
from consultations.register.numbering import number_remarks
from consultations.remarks import actions as remarks_actions
from consultations.reports.files import make_files
from consultations.text import actions as texts
from core.audit_log.beginning import begin_record
from core.audit_log.comparing import find_all_faults
from core.domain.calendar import local_date
from core.domain.retention import period_of
from core.models import AuditEntry
from discussions import actions as discussion
from discussions.models import Comment
from tests import factories
from tests.consultations.evidence.bundles import faults, lines, make_public, standing, things

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def private(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path / "private"


@pytest.fixture
def begun(opened):
    begin_record()
    return opened


def waiting(consultation) -> list[str]:
    """Why bundles wait to be made."""
    rows = EvidenceBundle.objects.filter(consultation=consultation, ready_at=None)
    return list(rows.values_list("because", flat=True))


def jobs() -> int:
    tasks = ProcrastinateJob.objects.filter(task_name="consultations.jobs.make_public_evidence")
    return tasks.count()


def test_an_announcement_makes_the_first(preparing, ofi, client):
    made = life_actions.announce(preparing, by=ofi)
    assert (waiting(made), jobs()) == (["announced"], 1)
    assert client.get(f"/consultations/{made.pk}/evidence.zip").status_code == 404
    bundle = make_public(made)
    assert faults(path_of(bundle)) == []
    entry = AuditEntry.objects.get(event="EvidenceMade")
    assert entry.ids["manifest"] == bundle.manifest
    answer = client.get(f"/consultations/{made.pk}/evidence.zip")
    assert b"".join(answer.streaming_content) == path_of(bundle).read_bytes()
    etag = answer.headers["ETag"]
    assert bundle.manifest in etag
    again = client.get(f"/consultations/{made.pk}/evidence.zip", headers={"If-None-Match": etag})
    assert again.status_code == 304


def test_several_events_make_one_and_the_former_stays_listed(begun, ofi, client):
    actions.renew(begun.pk, Why.FIRST)
    first = make_public(begun)
    papers_actions.add_link(begun, by=ofi, title="Карта", url="https://viche.example/karta")
    before = jobs()
    dates = {"opens_on": begun.opens_on, "last_day": begun.last_day + timedelta(days=7)}
    life_actions.change_dates(begun, by=ofi, reason="Більше часу.", **dates)
    assert (waiting(begun), jobs()) == (["papers"], before)
    second = make_public(begun)
    first.refresh_from_db()
    assert (first.file, first.replaced_because) == ("", "papers")
    assert second.pk != first.pk
    page = client.get(f"/consultations/{begun.pk}/evidence/").text
    assert first.manifest in page
    assert second.manifest in page
    assert f"{second.head_number}:{second.head_hash}" in page


def decide(consultation, ofi):
    decisions.enter(
        consultation,
        by=ofi,
        fields={
            "outcome": "adopted",
            "decided_on": local_date(consultation.reported_at),
            "number": "12-5",
        },
    )


def test_each_step_of_a_procedure_asks_for_one(begun, olena, ofi, clock):
    made = remarks_actions.remark(begun, by=olena, text="Тут бракує ліхтаря")
    assert waiting(begun) == []
    number_remarks(of=begun.pk)
    clock.advance(days=40)
    life_actions.tell_what_passed()
    assert waiting(begun) == ["closed"]
    make_public(begun)
    dispositions.settle(made, by=ofi, kind="rejected", reason="Ліхтарі є.")
    edition = factories.publish_report(begun, by=ofi)
    assert waiting(begun) == ["report"]
    first = make_public(begun)
    (said,) = things(first, "edition").values()
    assert (said["number"], said["facts"]["manifest"]) == (edition.pk, edition.sha256)
    assert said["files"] == {"manifest": "reports/edition-1.manifest.jsonl"}
    make_files(edition.pk)
    assert waiting(begun) == ["report"]
    second = make_public(begun)
    with zipfile.ZipFile(path_of(second)) as archive:
        assert {"reports/edition-1.pdf", "reports/edition-1.docx"} <= set(archive.namelist())
    begun.refresh_from_db()
    decide(begun, ofi)
    assert waiting(begun) == ["decision"]
    assert faults(path_of(make_public(begun))) == []


def test_another_version_asks_for_one(begun, ofi):
    actions.renew(begun.pk, Why.FIRST)
    first = make_public(begun)
    clauses = BytesIO("1. Столи стоять надворі до 21:00.".encode())
    version = texts.import_text(begun, by=ofi, file=clauses, name="n.txt")
    assert waiting(begun) == []
    texts.publish_text(begun, by=ofi)
    assert waiting(begun) == ["version"]
    second = make_public(begun)
    assert faults(path_of(second)) == []
    assert set(things(second, "version")) - set(things(first, "version")) == {version.pk}


def test_declared_names_go_from_it_when_their_term_is_over(begun, olena, client, clock):
    """By the job of terms, which knows no event."""
    Consultation.objects.filter(pk=begun.pk).update(asks_full_name=True, names_with_proposals=True)
    begun.refresh_from_db()
    declared = {"full_name": "Коваль Олена Петрівна", "contact": "a@b.ua"}
    remarks_actions.remark(begun, by=olena, text="Тут бракує ліхтаря", **declared)
    erase(olena, by=olena)
    life_actions.withdraw(
        begun, by=factories.user("boss", role="administrator"), reason="Відкликано."
    )
    first = make_public(begun)
    assert declared["full_name"].encode() in b"".join(
        zipfile.ZipFile(path_of(first)).read(name) for name in ("record/declared.jsonl",)
    )
    clock.advance(days=period_of("report_names").days - 1)
    retention.sweep_all()
    assert client.get(f"/consultations/{begun.pk}/evidence.zip").status_code == 200
    clock.advance(days=2)
    retention.sweep_all()
    assert client.get(f"/consultations/{begun.pk}/evidence.zip").status_code == 404
    first.refresh_from_db()
    assert (first.file, first.replaced_because, waiting(begun)) == ("", "names", ["names"])
    retention.sweep_all()  # nothing is left to tell
    again = make_public(begun)
    with zipfile.ZipFile(path_of(again)) as archive:
        held = b"".join(archive.read(name) for name in archive.namelist())
    assert declared["full_name"].encode() not in held
    assert list(find_all_faults()) == []


@pytest.mark.parametrize("is_older", [True, False])
def test_its_page_says_since_when_the_record_is_kept(opened, preparing, ofi, client, is_older):
    begin_record()
    shown = opened if is_older else life_actions.announce(preparing, by=ofi)
    actions.renew(shown.pk, Why.FIRST)
    bundle = make_public(shown)
    assert bool(bundle.figures["begun_at"]) is is_older
    page = client.get(f"/consultations/{shown.pk}/evidence/").text
    for words in ("Ця консультація старша за протокол", "Листів, надісланих раніше"):
        assert (words in page) is is_older


#: What takes something off the pages, and the reason that is listed.
LESS = {
    "hidden": lambda said, mo, **_: discussion.hide(said, by=mo, reason="spam", note="Реклама"),
    "taken_back": lambda said, **_: discussion.delete(said, by=said.author),
    "names": lambda said, **_: erase(said.author, by=said.author),
    "renamed": lambda said, **_: change_profile(said.author, fields={"given_name": "Мавка"}),
    "unnamed": lambda said, **_: discussion.take_name_off(said, by=said.author),
    "words": lambda said, **_: discussion.edit(said, by=said.author, text="Тут темно"),
}


@pytest.mark.parametrize("name", LESS)
def test_what_is_no_longer_shown_is_no_longer_downloaded(begun, olena, mo, client, name):
    made = remarks_actions.remark(begun, by=olena, text="Тут бракує ліхтаря")
    actions.renew(begun.pk, Why.FIRST)
    bundle = make_public(begun)
    url = f"/consultations/{begun.pk}/evidence.zip"
    assert client.get(url).status_code == 200
    LESS[name](made.comment, mo=mo)
    assert client.get(url).status_code == 404
    bundle.refresh_from_db()
    why = "names" if name in ("renamed", "unnamed") else name
    assert (bundle.file, bundle.replaced_because, waiting(begun)) == ("", why, [why])
    again = make_public(begun)
    assert faults(path_of(again)) == []
    content = path_of(again).read_bytes()
    if name in ("hidden", "taken_back", "words"):
        assert "ліхтаря".encode() not in content
    else:
        assert olena.public_name.encode() not in content


def test_what_came_after_it_keeps_nobody_from_it(begun, olena, client):
    """Else whoever posts and takes back would."""
    actions.renew(begun.pk, Why.FIRST)
    make_public(begun)
    later = remarks_actions.remark(begun, by=olena, text="Тут бракує ліхтаря")
    discussion.delete(later.comment, by=olena)
    assert client.get(f"/consultations/{begun.pk}/evidence.zip").status_code == 200
    assert waiting(begun) == ["taken_back"]


def test_an_entry_names_one_comment_of_a_person(begun, olena, bohdan):
    """Several in one would say that one person had said them."""
    for person in (olena, olena, bohdan):
        remarks_actions.remark(begun, by=person, text="Тут бракує ліхтаря")
    erase(olena, by=olena)
    actions.renew(begun.pk, Why.FIRST)
    entries = [json.loads(each["line"]) for each in lines(make_public(begun), ENTRIES)]
    voices = [each["ids"] for each in entries if each["event"] == "VoiceChanged"]
    assert [set(ids) for ids in voices] == [{"comment_id", "consultation_id", "record"}] * 2


def test_one_that_was_overtaken_is_begun_anew(begun, olena, mo, monkeypatch):
    made = remarks_actions.remark(begun, by=olena, text="Тут бракує ліхтаря")
    actions.renew(begun.pk, Why.FIRST)
    real, told = writing.write_bundle, []

    def hide_meanwhile(*args, **kwargs):
        written = real(*args, **kwargs)
        if not told:
            told.append(discussion.hide(made.comment, by=mo, reason="spam", note="Реклама"))
        return written

    monkeypatch.setattr(making, "write_bundle", hide_meanwhile)
    bundle = make_public(begun)
    assert "ліхтаря".encode() not in path_of(bundle).read_bytes()
    assert [each.name for each in folder().iterdir()] == [bundle.file]


@pytest.fixture
def rich(begun, olena, bohdan, charlie, mo, ofi):
    """Things that are shown, and planted words that are not."""
    shown = remarks_actions.remark(begun, by=olena, text="Тут бракує ліхтаря")
    remarks_actions.answer(shown, by=ofi, text="Поставимо до зими")
    hidden = remarks_actions.remark(begun, by=bohdan, text="Прихована реклама")
    discussion.hide(hidden.comment, by=mo, reason="spam", note="Нотатка модератора")
    gone = remarks_actions.remark(begun, by=charlie, text="Забрані слова")
    discussion.delete(gone.comment, by=charlie)
    number_remarks(of=begun.pk)
    dispositions.settle(shown, by=ofi, kind="rejected", reason="Ліхтарі вже є.")
    dispositions.approve(shown, by=ofi)
    return begun


def test_the_public_bundle_holds_nothing_that_pages_do_not_show(rich, olena, bohdan, client):
    actions.renew(rich.pk, Why.FIRST)
    bundle = make_public(rich)
    path = path_of(bundle)
    assert faults(path) == []
    content = path.read_bytes().decode("utf-8", errors="replace")
    for planted in ("Прихована", "Нотатка", "Забрані", olena.email, bohdan.email):
        assert planted not in content, planted
    accounts = [f'"{name}":{pk}' for name in ("account", "by_id", "by") for pk in (olena.pk,)]
    assert not [each for each in accounts if each in content]
    assert not re.search(r'"(account|declared)":\{"key"', content)
    page = client.get(f"/consultations/{rich.pk}/").text
    opened = []
    for each in things(bundle, "remark").values():
        for name, text in each["texts"].items():
            if "value" in text:
                opened += [str(value) for value in text["value"].values() if value]
                assert name in ("words", "name", "interest", "organisation")
    assert {"Тут бракує ліхтаря", "Поставимо до зими", olena.public_name} <= set(opened)
    assert [each for each in opened if each not in page] == []
    (row,) = things(bundle, "disposition").values()
    assert row["texts"]["words"]["value"]["reason"] in page
    assert bundle.counts["remark"] == [2, 2], "one is hidden, one is gone"


def test_the_staffs_bundle_opens_more_but_hidden_words(rich, olena, ofi):
    asked = actions.ask(rich, by=ofi)
    making.make_bundle(asked.pk)
    asked.refresh_from_db()
    path = path_of(asked)
    assert faults(path) == []
    accounts = [
        each["texts"]["account"]["value"]["account"]
        for each in things(asked, "remark").values()
        if "value" in each["texts"].get("account", {})
    ]
    assert accounts == [olena.pk, ofi.pk]
    assert "Прихована" not in path.read_bytes().decode("utf-8", errors="replace")
    assert (asked.by_id, asked.audience) == (ofi.pk, "staff")


def test_a_falsified_row_is_not_what_was_recorded(rich):
    Comment.objects.filter(hidden_at=None, is_official=False).update(text="Усе гаразд")
    actions.renew(rich.pk, Why.FIRST)
    found = faults(path_of(make_public(rich)))
    assert len(found) == 1
    assert re.match("remark [0-9]+: not as recorded", found[0])


def test_the_database_refuses_states_that_cannot_be(begun, ofi):
    rows = EvidenceBundle.objects
    for values in (
        {"audience": "public", "because": ""},
        {"audience": "public", "because": "first", "by": ofi},
        {"audience": "staff"},
        {"audience": "staff", "by": ofi, "replaced_because": "hidden"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.create(consultation=begun, **values)
    actions.renew(begun.pk, Why.FIRST)
    bundle = make_public(begun)
    for change in ({"file": ""}, {"replaced_because": "hidden"}, {"head_hash": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.filter(pk=bundle.pk).update(**change)


def test_the_newest_file_stays_for_good(begun, clock):
    actions.renew(begun.pk, Why.FIRST)
    bundle = make_public(begun)
    clock.advance(days=400)
    making.sweep()
    assert path_of(standing(begun)) == path_of(bundle)
    assert path_of(bundle).is_file()


def test_those_announced_before_there_were_any_get_one(begun, preparing):
    assert actions.renew_missing() == 1
    assert (waiting(begun), waiting(preparing)) == (["first"], [])
    assert actions.renew_missing() == 0


def test_a_lost_job_is_deferred_again(begun, clock):
    actions.renew_missing()
    before = jobs()
    clock.advance(minutes=21)
    assert actions.renew_missing() == 1
    assert jobs() == before + 1


def test_its_page_asks_few_questions(begun, client, settings, django_assert_max_num_queries):
    actions.renew(begun.pk, Why.FIRST)
    make_public(begun)
    settings.SHARED_PAGE_SECONDS = 0
    url = f"/consultations/{begun.pk}/evidence/"
    client.get(url)
    with django_assert_max_num_queries(5):
        assert client.get(url).status_code == 200


def test_the_page_says_what_the_record_rests_on(begun, preparing, client, settings):
    url = f"/consultations/{begun.pk}/evidence/"
    settings.HAS_OWNER = False
    assert "одна роль" in client.get(url).text
    assert client.get(f"/consultations/{preparing.pk}/evidence/").status_code == 404
    assert connection.vendor == "postgresql"
