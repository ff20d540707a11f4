"""Who may do what with a comment: every role against every kind of comment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from discussions import rules
from discussions.models import EDIT_WINDOW, Comment
from tests.factories import person

NOW = timezone.now()

PEOPLE = {
    "anon": AnonymousUser(),
    "author": person(1),
    "other": person(2),
    "suspended": person(3, "moderator", is_active=False),
    "officer": person(4, "officer", department_id=7),
    "moderator": person(5, "moderator"),
    "administrator": person(6, "administrator"),
    "its moderator": person(7, "moderator", scope="consultation:1"),
    "another's moderator": person(8, "moderator", scope="consultation:2"),
    "secretary": person(9, "secretary", department_id=7),
}
ACTIVE = set(PEOPLE) - {"anon", "suspended"}
MODERATORS = {"moderator", "its moderator", "administrator"}
#: What the comments are about.
SCOPE = "consultation:1"

COMMENTS = {
    "shown": {},
    "reply": {"parent_id": 8},
    "official": {"parent_id": 8, "is_official": True},
    "hidden": {"hidden_at": NOW, "hidden_reason": "spam"},
    "undeclared": {"hidden_at": NOW, "hidden_reason": "undeclared"},
    "deleted": {"deleted_at": NOW},
    "old": {"created_at": NOW - EDIT_WINDOW - timedelta(seconds=1)},
}
SHOWN = {"shown", "reply", "official", "old"}

MATRIX = {
    "reply": (rules.reply, ACTIVE, {"shown", "old"}),
    "edit": (lambda u, c: rules.edit(u, c, now=NOW), {"author"}, SHOWN - {"old", "official"}),
    "correct": (lambda u, c: rules.correct(u, c, Comment(pk=8)), ACTIVE, {"official"}),
    "correct below what is hidden": (
        lambda u, c: rules.correct(u, c, Comment(pk=8, hidden_at=NOW)),
        set(),
        set(),
    ),
    "delete": (rules.delete, {"author"}, SHOWN - {"official"}),
    "take_name_off": (
        rules.take_name_off,
        {"author"},
        {"shown", "reply", "hidden", "undeclared", "old"},
    ),
    "react": (rules.react, ACTIVE - {"author"}, SHOWN),
    "flag": (rules.flag, ACTIVE - {"author"}, SHOWN),
    "hide": (lambda u, c: rules.hide(u, c, scope=SCOPE), MODERATORS, SHOWN - {"official"}),
    "restore": (lambda u, c: rules.restore(u, c, scope=SCOPE), MODERATORS, {"hidden"}),
    "moderate": (lambda u, _c: rules.moderate(u, scope=SCOPE), MODERATORS, set(COMMENTS)),
    "moderate everything": (
        lambda u, _c: rules.moderate(u),
        {"moderator", "administrator"},
        set(COMMENTS),
    ),
    "use_queue": (
        lambda u, _c: rules.use_queue(u),
        MODERATORS | {"another's moderator"},
        set(COMMENTS),
    ),
}


def comment(kind: str) -> Comment:
    return Comment(**({"pk": 9, "author_id": 1, "created_at": NOW} | COMMENTS[kind]))


@pytest.mark.parametrize("kind", COMMENTS)
@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("rule", MATRIX)
def test_matrix(rule, who, kind):
    call, people, kinds = MATRIX[rule]
    verdict = call(PEOPLE[who], comment(kind))
    assert bool(verdict) == (who in people and kind in kinds), verdict
    if not verdict:
        assert verdict.code
        assert str(verdict.message)


@pytest.mark.parametrize(
    ("who", "code"), [("anon", "account.sign_in"), ("suspended", "account.suspended")]
)
def test_who_may_not_speak_may_do_nothing(who, code):
    for call, _people, _kinds in MATRIX.values():
        assert call(PEOPLE[who], comment("shown")).code == code


def test_fifteen_minutes_to_the_moment():
    fresh = comment("shown")
    author = PEOPLE["author"]
    assert rules.edit(author, fresh, now=NOW + EDIT_WINDOW - timedelta(microseconds=1))
    assert not rules.edit(author, fresh, now=NOW + EDIT_WINDOW)


@pytest.mark.parametrize("rule", ["edit", "delete"])
def test_an_organisations_words_are_changed_by_their_author_while_she_speaks_for_it(rule):
    def verdict(who: str, **facts):
        now = {"now": NOW} if rule == "edit" else {}
        said = Comment(pk=9, author_id=1, created_at=NOW, organisation_id=5)
        return getattr(rules, rule)(PEOPLE[who], said, **now, **facts)

    assert verdict("author", has_mandate=True)
    assert verdict("author").code == "comment.mandate_over"
    assert verdict("other", has_mandate=True).code == "comment.not_yours"
    assert verdict("administrator", has_mandate=True).code == "comment.not_yours"
