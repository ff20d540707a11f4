"""A file becomes the preview of a version; its clauses keep their keys through versions."""

import hashlib

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction

from core.domain.rules import Refused
from core.models import AuditEntry
from drafts.models import Clause, Draft, Version
from drafts.versions import actions
from tests.drafts.files import DECISION

SECOND = DECISION.replace(
    "2.2. щороку до 1 березня звітувати про:",
    "2.2. позначити майданчики покажчиками;\n2.3. щороку до 1 квітня звітувати про:",
).replace("2) скарги жителів:", "2) звернення та скарги жителів:")


@pytest.fixture
def draft(ofi):
    version = actions.import_draft(DECISION.encode(), name="рішення.txt", by=ofi)
    actions.publish(version, by=ofi)
    return version.draft


def keys(version):
    return {clause.label: clause.key for clause in version.outline()}


def test_the_draft_takes_its_title_from_the_text(ofi):
    version = actions.import_draft(DECISION.encode(), name="рішення.txt", by=ofi)
    draft = version.draft
    assert (draft.title, draft.created_by) == ("Про правила вигулу собак", ofi)
    assert (version.number, version.is_published, version.source_name) == (1, False, "рішення.txt")
    assert version.source_sha256 == hashlib.sha256(DECISION.encode()).hexdigest()
    assert version.source_format == Version.Format.TEXT


def test_the_clauses_joined_are_the_text(draft):
    version = draft.versions.get()
    joined = " ".join(clause.printed for clause in version.outline())
    assert joined.split() == DECISION.split()
    assert [c.position for c in version.outline()] == list(range(version.clauses.count()))


def test_the_outline_is_one_query(draft, django_assert_num_queries):
    version = draft.versions.get()
    with django_assert_num_queries(1):
        clauses = list(version.outline())
    known = {clause.pk for clause in clauses}
    assert all(clause.parent_id is None or clause.parent_id in known for clause in clauses)


def test_clauses_keep_their_keys(draft, ofi):
    first = draft.versions.get()
    second = actions.import_version(draft, SECOND.encode(), name="друга.txt", by=ofi)
    was, now = keys(first), keys(second)
    assert second.number == 2
    assert now["п. 2.1"] == was["п. 2.1"]
    # Another number and other words, and still the same clause.
    assert now["п. 2.3"] == was["п. 2.2"]
    assert now["п. 2.3, підп. 2"] == was["п. 2.2, підп. 2"]
    assert now["дод. 1, п. 2"] == was["дод. 1, п. 2"]
    assert now["п. 2.2"] not in was.values()
    assert len(set(now.values())) == len(now)


def test_a_preview_is_replaced_by_the_next_import(draft, ofi):
    actions.import_version(draft, b"1. \xd0\x90.", by=ofi)
    second = actions.import_version(draft, SECOND.encode(), by=ofi)
    assert [v.number for v in draft.versions.all()] == [1, 2]
    # Keys come from what was published, not from the preview that is gone.
    assert keys(second)["п. 2.1"] == keys(draft.versions.first())["п. 2.1"]


def test_events_and_audit(ofi):
    version = actions.import_draft(DECISION.encode(), by=ofi)
    actions.publish(version, by=ofi)
    assert list(AuditEntry.objects.order_by("pk").values_list("event", "actor", "ids")) == [
        (name, ofi.pk, {"draft_id": version.draft_id, "version_id": version.pk, "by_id": ofi.pk})
        for name in ("VersionImported", "VersionPublished")
    ]


def test_only_officers_import(olena):
    with pytest.raises(Refused) as refused:
        actions.import_draft(DECISION.encode(), by=olena)
    assert refused.value.verdict.code == "draft.not_staff"
    assert not Draft.objects.exists()


def test_the_number_of_queries_does_not_grow_with_the_text(ofi, django_assert_max_num_queries):
    lines = "\n".join(f"{n}. Пункт номер {n}." for n in range(1, 900))
    with django_assert_max_num_queries(12):
        actions.import_draft(lines.encode(), by=ofi)


def test_everybody_sees_what_is_published_and_staff_the_rest(draft, ofi, olena, admin):
    from django.contrib.auth.models import AnonymousUser

    preview = actions.import_version(draft, SECOND.encode(), by=ofi)
    hidden = actions.import_draft("1. Інше.".encode(), by=ofi).draft
    for user in (olena, AnonymousUser()):
        assert list(Draft.objects.visible_to(user)) == [draft]
        assert preview not in Version.objects.visible_to(user)
        assert not Clause.objects.visible_to(user).filter(version=preview).exists()
    for user in (ofi, admin):
        assert set(Draft.objects.visible_to(user)) == {draft, hidden}
        assert preview in Version.objects.visible_to(user)


def test_a_published_version_is_frozen_in_the_database(draft):
    clause = draft.versions.get().clauses.first()
    for change in (
        lambda: Clause.objects.filter(pk=clause.pk).update(text="інше"),
        lambda: clause.delete(),
        lambda: draft.delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    clause.refresh_from_db()
    assert clause.text == "РУДНОГІРСЬКА МІСЬКА РАДА"


def test_a_draft_has_one_preview(draft):
    Version.objects.create(draft=draft, number=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.create(draft=draft, number=3)


def test_a_draft_that_is_gone(draft, ofi):
    gone = Draft(pk=draft.pk + 1_000)
    with pytest.raises(ObjectDoesNotExist):
        actions.import_version(gone, DECISION.encode(), by=ofi)


def test_what_is_published_has_distinct_labels(ofi):
    version = actions.import_draft("1. А.\n2. Б.\n1. В.".encode(), by=ofi)
    # As an earlier release left it.
    version.clauses.update(label="п. 1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(published_at=version.created_at)
    actions.publish(version, by=ofi)
    assert [c.label for c in version.outline()] == ["п. 1", "п. 2", "п. 1 (друга нумерація)"]


def test_clauses_that_are_told_apart_keep_their_keys(ofi):
    text = "1. Скликати раду.\n2. Звітувати.\n1. Скликати раду.\n2. Оприлюднити звіт."
    version = actions.import_draft(text.encode(), by=ofi)
    actions.publish(version, by=ofi)
    after = actions.import_version(
        version.draft, text.replace("Оприлюднити", "Відразу оприлюднити").encode(), by=ofi
    )
    assert keys(after) == keys(version)
