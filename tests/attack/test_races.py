"""Everybody at once on one thread: nothing is lost, nothing counts twice, nobody deadlocks."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.people import actions as people
from consultations.life import actions as life_actions
from consultations.life.forms import ConsultationForm
from consultations.models import Consultation, Remark, RemarkCount
from consultations.remarks import actions
from consultations.remarks.counts import counts_of
from core.domain.rules import Refused
from discussions import actions as discussion
from discussions.models import Comment, Flag, Reaction
from drafts.models import Clause
from tests import factories
from tests.crowds import at_once
from tests.editing import drawn
from tests.plugins.levels import level

pytestmark = pytest.mark.django_db(transaction=True)


def unexpected(outcomes: Iterable[Any]) -> list[Any]:
    return [o for o in outcomes if isinstance(o, Exception) and not isinstance(o, Refused)]


def assert_counts_equal_rows(consultation: Consultation) -> None:
    remarks = Remark.objects.filter(
        consultation=consultation, comment__hidden_at=None, comment__deleted_at=None
    )
    rows = Counter(remarks.exclude(clause=None).values_list("clause_key", flat=True))
    total, by_key = counts_of(consultation.pk)
    assert (total, by_key) == (remarks.count(), dict(rows))
    assert not RemarkCount.objects.filter(remarks__lt=0).exists()
    for comment in Comment.objects.filter(thread=consultation.thread_id):
        votes = Counter(Reaction.objects.filter(comment=comment).values_list("value", flat=True))
        shown = Comment.objects.filter(parent=comment, hidden_at=None, deleted_at=None)
        assert (comment.agrees, comment.disagrees) == (votes[1], votes[-1])
        assert comment.replies == shown.count()
        assert comment.is_answered == shown.filter(is_official=True).exists()


@pytest.fixture
def opened(department):
    return factories.consultation(department)


@pytest.fixture
def said(opened, olena):
    return actions.remark(opened, by=olena, text="слово")


def test_fifty_reactions_of_one_person_are_one(said, bohdan):
    deeds = [lambda v=v: actions.react(said, by=bohdan, value=v) for v in [1, -1] * 25]
    assert unexpected(at_once(deeds)) == []
    assert Reaction.objects.filter(comment=said.pk).count() == 1
    assert_counts_equal_rows(said.consultation)


def test_fifty_reports_of_one_person_are_one_and_the_rest_are_told(said, bohdan):
    deeds = [lambda: discussion.flag(said.comment, by=bohdan, reason="spam")] * 50
    outcomes = at_once(deeds)
    assert unexpected(outcomes) == []
    codes = Counter(o.verdict.code for o in outcomes if isinstance(o, Refused))
    assert codes == {"comment.flagged_already": 49}
    assert Flag.objects.count() == 1


def test_hidden_restored_and_deleted_at_once(said, olena, mo, admin):
    deeds = [
        *[
            lambda by=by: discussion.hide(
                said.comment, by=by, reason="spam", note="Порушує правила"
            )
            for by in (mo, admin)
        ],
        *[lambda by=by: discussion.restore(said.comment, by=by) for by in (mo, admin)],
        lambda: actions.delete_remark(said, by=olena),
    ] * 6
    assert unexpected(at_once(deeds)) == []
    assert_counts_equal_rows(said.consultation)


@pytest.mark.parametrize("how", ["withdraw", "close"])
def test_nothing_is_said_after_the_end(opened, olena, bohdan, ofi, how, clock):
    """Whatever is stored was there when the end came; whoever was late is told so."""
    ended: list[int] = []

    def end() -> None:
        time.sleep(0.05)  # amid the others
        if how == "withdraw":
            life_actions.withdraw(opened, by=ofi, reason="помилка")
        else:
            Consultation.objects.filter(pk=opened.pk).update(
                closes_at=opened.opens_at + timedelta(days=1)
            )
        ended.append(Comment.objects.filter(thread=opened.thread_id).count())

    deeds = [
        lambda n=n: actions.remark(opened, by=(olena, bohdan)[n % 2], text=f"слово {n}")
        for n in range(60)
    ]
    outcomes = at_once([end, *deeds])
    assert unexpected(outcomes) == []
    made = [o for o in outcomes if isinstance(o, Remark)]
    assert len(made) == Comment.objects.filter(thread=opened.thread_id).count() == ended[0]
    codes = {o.verdict.code for o in outcomes if isinstance(o, Refused)}
    assert codes <= {"consultation.withdrawn", "consultation.closed"}
    assert_counts_equal_rows(opened)


def test_a_person_may_speak_while_she_changes_her_name(opened, said, olena):
    """Foreign keys are checked at COMMIT, after the topics: the name's lock must not stop them."""

    def rename(number: int) -> None:
        people.change_profile(olena, fields={"given_name": f"Олена{number}"})

    deeds = [
        deed
        for n in range(40)
        for deed in (
            lambda n=n: rename(n),
            lambda n=n: actions.remark(opened, by=olena, text=f"слово {n}"),
            lambda n=n: actions.reply(said, by=olena, text=f"відповідь {n}"),
        )
    ]
    assert unexpected(at_once(deeds)) == []
    assert_counts_equal_rows(opened)


@pytest.mark.cpu(60)
def test_a_crowd_does_everything_at_once(request, opened):
    """Posting, replying, answering, reacting, reporting, hiding, restoring, deleting, editing,
    renaming and changing dates, through the pages: no 500, no deadlock, counts equal rows."""
    names = ("olena", "bohdan", "firm", "charlie", "mo", "admin", "ofi")
    users = {name: request.getfixturevalue(name) for name in names}
    clauses = list(Clause.objects.filter(version__draft=opened.draft).exclude(text="")[:4])
    for number, clause in enumerate(clauses):
        actions.remark(opened, by=users["olena"], text=f"{number}", clause_id=clause.pk)
    ends = time.monotonic() + (30 if level(request.config).long else 6)

    def crowd(seed: int) -> Counter[int]:
        dice = random.Random(seed)
        name = names[seed % len(names)]
        client = Client(raise_request_exception=False)
        client.force_login(users[name])
        seen: Counter[int] = Counter()
        while time.monotonic() < ends:
            ids = list(
                Comment.objects.filter(thread=opened.thread_id)
                .order_by("-replies", "-pk")
                .values_list("pk", "parent_id")[:8]
            )
            pk, parent = dice.choice(ids)
            page = reverse("consultations:remark", args=[opened.pk, parent or pk])
            clause = dice.choice(clauses)
            speak = reverse("consultations:speak", args=[opened.pk])
            words = {"kind": "remark", "text": f"слово {seed}", "clause": str(clause.key)}
            deeds = [
                (speak, words),
                (f"{page}reply/", {"text": "відповідь"}),
                (f"{page}react/", {"value": dice.choice([1, -1, 0])}),
                (f"{page}edit/", {"text": f"інакше {dice.random()}"}),
                (f"{page}delete/", {}),
                (reverse("moderation:report", args=[pk]), {"reason": "spam"}),
                ("/account/profile/", _names(dice)),
            ]
            if users[name].is_moderator:
                deeds += [
                    (
                        reverse("moderation:hide", args=[pk]),
                        {f"c{pk}-reason": "spam", f"c{pk}-note": "Ні"},
                    ),
                    (reverse("moderation:restore", args=[pk]), {}),
                    (reverse("moderation:approve", args=[pk]), {}),
                ] * 2
            if users[name].is_officer:
                desk = f"/desk/consultations/{opened.pk}"
                deeds += [(f"{desk}/remarks/{parent or pk}/answer/", _answer(parent or pk))] * 3
                deeds += [(f"{desk}/edit/", _description(opened, users[name], dice))] * 2
            address, data = dice.choice(deeds)
            seen[client.post(address, data).status_code] += 1
        return seen

    outcomes = at_once([lambda seed=seed: crowd(seed) for seed in range(10)])
    assert unexpected(outcomes) == []
    answers = sum(outcomes, Counter())
    assert not [status for status in answers if status >= 500], answers
    assert answers[302] > 20, answers
    assert_counts_equal_rows(opened)


def _names(dice: random.Random) -> dict[str, str]:
    return {
        "given_name": dice.choice(["Олена", "Оля"]),
        "family_name": "Коваль",
        "public_name_style": dice.choice(["full", "initial"]),
        "language": "uk",
    }


def _answer(pk: int) -> dict[str, str]:
    """An official reply, after whatever has been replied."""
    return {f"r{pk}-text": "офіційно", f"r{pk}-seen": "999999999"}


def _description(consultation: Consultation, by: User, dice: random.Random) -> dict[str, str]:
    consultation.refresh_from_db()
    return drawn(ConsultationForm(instance=consultation, by=by)) | {
        "title": f"Назва {dice.random()}",
        "summary": consultation.summary,
        "brief": consultation.brief,
        "contact_person": consultation.contact_person,
        "contact_details": consultation.contact_details,
    }
