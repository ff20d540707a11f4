"""The text to a lawyer's Word and back: authored by remarks, matched, told what was accepted."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from consultations.dispositions.models import Disposition
from consultations.remarks import actions as remarks_actions
from consultations.text import actions
from core.domain import clock
from drafts.models import Version
from tests import factories
from tests.core.pieces import Page
from tests.drafts.tracked.resolve import ACCEPT, REJECT, authors, resolve

pytestmark = pytest.mark.django_db

SECOND = factories.DRAFT.replace("8:00", "9:00").replace("22:00", "21:00")


@pytest.fixture
def revised(opened, ofi):
    """An open consultation with a preview of its second version."""
    actions.import_text(opened, by=ofi, file=io.BytesIO(SECOND.encode()), name="n.txt")
    return opened


def download(client, consultation):
    return client.get(reverse("desk:tracked_docx", args=[consultation.pk]))


def lines(version: Version) -> list[str]:
    return [clause.printed for clause in version.outline()]


def test_officers_get_the_preview_with_its_changes_tracked(client, revised, ofi):
    client.force_login(ofi)
    answer = download(client, revised)
    assert answer.headers["Content-Disposition"].endswith(f'tracked-{revised.pk}-1-2.docx"')
    assert "no-store" in answer.headers["Cache-Control"]
    old, new = revised.draft.versions.order_by("number")
    assert resolve(answer.content, ACCEPT) == lines(new)
    assert resolve(answer.content, REJECT) == lines(old)
    assert set(authors(answer.content)) == {ofi.public_name}


def test_a_change_is_the_remarks_that_its_disposition_names(client, revised, ofi, olena):
    clause = revised.draft.versions.get(number=1).clauses.get(number="2")
    for number, kind in ((12, "accepted"), (13, "rejected"), (14, "partly")):
        remark = remarks_actions.remark(
            revised, by=olena, text=f"Слово {kind}", clause_id=clause.pk
        )
        remark.number = number
        remark.save(update_fields=["number"])
        Disposition.objects.create(
            remark=remark, kind=kind, resulting_key=clause.key, decided_at=clock.now()
        )
    client.force_login(ofi)
    made = download(client, revised).content
    assert authors(made) == {"зауваження № 12, 14": {"8", "9", "22", "21"}}


def test_others_get_nothing(client, revised, opened, stranger, mo, olena):
    for person, status in ((stranger, 403), (mo, 403), (olena, 403)):
        client.force_login(person)
        assert download(client, revised).status_code == status


def test_one_version_has_no_changes(client, opened, ofi):
    client.force_login(ofi)
    assert download(client, opened).status_code == 404
    page = client.get("/en" + reverse("desk:tracked", args=[opened.pk]).removeprefix("/en"))
    assert "only one version" in Page(page.content.decode()).words


def test_a_lawyers_file_comes_back_and_keeps_the_clauses(client, revised, ofi):
    client.force_login(ofi)
    keys = list(revised.draft.versions.get(number=2).outline().values_list("key", flat=True))
    sent = download(client, revised).content
    address = reverse("desk:tracked", args=[revised.pk])
    answer = client.post(address, {"file": SimpleUploadedFile("правки.docx", sent)}, follow=True)
    assert "4 відстежувані зміни" in Page(answer.content.decode()).words
    version = revised.draft.versions.get(number=2)
    assert version.tracked_changes == 4
    assert list(version.outline().values_list("key", flat=True)) == keys
    assert [clause.printed for clause in version.outline()] == resolve(sent, ACCEPT)
    assert version.source_name == "правки.docx"


def test_a_clause_that_was_new_in_the_preview_keeps_its_key(client, revised, ofi):
    with_one_more = SECOND + "\n9. Нове положення, якого досі не було."
    actions.import_text(revised, by=ofi, file=io.BytesIO(with_one_more.encode()), name="n.txt")
    key = revised.draft.versions.get(number=2).clauses.get(number="9").key
    client.force_login(ofi)
    sent = download(client, revised).content
    client.post(
        reverse("desk:tracked", args=[revised.pk]), {"file": SimpleUploadedFile("a.docx", sent)}
    )
    assert revised.draft.versions.get(number=2).clauses.get(number="9").key == key


def test_what_is_no_text_is_refused_in_words(client, revised, ofi):
    client.force_login(ofi)
    address = reverse("desk:tracked", args=[revised.pk])
    answer = client.post(address, {"file": SimpleUploadedFile("a.docx", b"%PDF-1.7")})
    assert answer.status_code == 422
    assert "govuk-error-message" in answer.text
    assert revised.draft.versions.get(number=2).source_name == "n.txt"


def test_queries(client, revised, ofi, django_assert_max_num_queries):
    client.force_login(ofi)
    with django_assert_max_num_queries(12):
        assert download(client, revised).status_code == 200
