"""Who may give and take roles, and name a cover: role by role."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import Absence, Grant, StaffRole
from accounts.staff import rules
from tests.factories import person

NOW = timezone.now()

WHO = {
    "anon": AnonymousUser(),
    "resident": person(1),
    "suspended": person(2, "administrator", is_active=False),
    "moderator": person(3, "moderator"),
    "officer": person(4, "officer", department_id=7),
    "secretary": person(5, "secretary", department_id=7),
    "administrator": person(6, "administrator"),
}
OUTSIDERS = {"anon": "account.sign_in", "suspended": "account.suspended"}
STAFF = ("moderator", "officer", "secretary", "administrator")


def codes(rule) -> dict[str, str]:
    return {who: rule(user).code for who, user in WHO.items()}


def only(*allowed: str) -> dict[str, str]:
    refused = {who: OUTSIDERS.get(who, "account.not_administrator") for who in WHO}
    return refused | dict.fromkeys(allowed, "")


def test_administrators_alone_see_give_and_take():
    other = person(20)
    held = Grant(user=person(21, "moderator"), role="moderator")
    assert codes(rules.see) == only("administrator")
    assert codes(lambda by: rules.over(by, other)) == only("administrator")
    assert codes(lambda by: rules.grant(by, other, role="moderator", department_id=None)) == only(
        "administrator"
    )
    assert codes(lambda by: rules.revoke(by, held)) == only("administrator")


def test_one_sees_ones_own_page_when_one_works_for_the_council():
    for who in STAFF:
        assert rules.see_person(WHO[who], WHO[who])
    assert rules.see_person(WHO["resident"], WHO["resident"]).code == "account.not_administrator"
    assert rules.see_person(WHO["officer"], WHO["moderator"]).code == "account.not_administrator"
    assert rules.see_person(WHO["administrator"], WHO["resident"])


def test_nobody_gives_to_herself_or_takes_from_herself():
    admin = WHO["administrator"]
    verdict = rules.grant(admin, admin, role="moderator", department_id=None)
    assert verdict.code == "account.oneself"
    assert rules.revoke(admin, admin.grants_in_force[0]).code == "account.oneself"


def test_what_is_over_is_not_revoked_again():
    held = Grant(user=person(21), role="moderator", revoked_at=NOW)
    assert rules.revoke(WHO["administrator"], held).code == "staff.revoked_already"


def test_a_suspended_person_gets_no_role():
    verdict = rules.grant(
        WHO["administrator"], person(9, is_active=False), role="moderator", department_id=None
    )
    assert verdict.code == "staff.suspended"


@pytest.mark.parametrize("role", [*StaffRole.values, "king"])
@pytest.mark.parametrize("department_id", [None, 7])
@pytest.mark.parametrize("scope", ["", "consultation:1"])
def test_roles_departments_and_things_that_go_together(role, department_id, scope):
    expected = {
        "moderator": "staff.moderator_of_department" if department_id and not scope else "",
        "officer": "" if department_id or scope else "staff.department_missing",
        "secretary": "" if department_id or scope else "staff.department_missing",
        "head": "" if department_id or scope else "staff.department_missing",
        **dict.fromkeys(
            ("body_head", "body_deputy"),
            "staff.leader_of_everything" if department_id or scope else "",
        ),
        "administrator": "staff.administrator_of_everything" if department_id or scope else "",
        "king": "staff.no_such_role",
    }[role]
    assert rules.fits(role, department_id, scope).code == expected


@pytest.mark.parametrize(
    ("role", "post", "genitive", "code"),
    [
        ("body_head", "міський голова", "міського голови", ""),
        ("body_head", "", "", "staff.post_missing"),
        ("body_deputy", " ", "", "staff.post_missing"),
        ("officer", "", "", ""),
        ("officer", "спеціаліст", "", "staff.post_in_both_cases"),
        ("officer", "", "спеціаліста", "staff.post_in_both_cases"),
        ("head", "начальник", "начальника", ""),
    ],
)
def test_posts(role, post, genitive, code):
    """Letters print them; the head of the body and deputies have one."""
    assert rules.check_post(role, post, genitive).code == code


def test_terms():
    day = timedelta(days=1)
    assert rules.lasts(NOW, None, now=NOW)
    assert rules.lasts(NOW + day, NOW + 2 * day, now=NOW)
    assert rules.lasts(NOW + 2 * day, NOW + day, now=NOW).code == "staff.ends_too_early"
    assert rules.lasts(NOW - 2 * day, NOW - day, now=NOW).code == "staff.ends_too_early"
    assert rules.check_reason(" ").code == "staff.reason_missing"


class TestCover:
    COLLEAGUE = person(30, "officer", department_id=8)

    @pytest.mark.parametrize("who", STAFF)
    def test_ones_own_is_named_by_oneself_and_by_administrators(self, who):
        absent = WHO[who]
        got = codes(lambda by: rules.name_cover(by, absent, self.COLLEAGUE))
        assert got == only("administrator", who)

    def test_who_cannot_stand_in(self):
        officer = WHO["officer"]
        for cover, code in {
            "officer": "staff.covers_herself",
            "resident": "staff.not_a_colleague",
            "suspended": "staff.not_a_colleague",
        }.items():
            assert rules.name_cover(officer, officer, WHO[cover]).code == code

    def test_what_one_holds_only_as_a_cover_is_not_passed_on(self):
        eligibility_in = person(31, "officer", department_id=7)
        eligibility_in.grants_in_force = WHO["officer"].grants_in_force
        for by in (eligibility_in, WHO["administrator"]):
            verdict = rules.name_cover(by, eligibility_in, self.COLLEAGUE)
            assert verdict.code == "staff.nothing_to_cover"

    def test_ended_by_either_and_by_administrators(self):
        absence = Absence(absent_id=4, cover_id=3, ends_at=NOW + timedelta(days=1))
        got = codes(lambda by: rules.end_cover(by, absence, now=NOW))
        assert got == only("administrator", "officer", "moderator")
        absence.ended_at = NOW
        admin = WHO["administrator"]
        assert rules.end_cover(admin, absence, now=NOW).code == "staff.cover_over"
        late = Absence(absent_id=4, cover_id=3, ends_at=NOW)
        assert rules.end_cover(admin, late, now=NOW).code == "staff.cover_over"


@pytest.mark.parametrize(
    ("hours", "reason", "whom", "code"),
    [
        (4, "адміністратор у лікарні", "resident", ""),
        (24, "…", "officer", ""),
        (0, "…", "resident", "staff.hours"),
        (25, "…", "resident", "staff.hours"),
        (4, " ", "resident", "staff.reason_missing"),
        (4, "…", "administrator", "staff.administrator_already"),
        (4, "…", "suspended", "staff.suspended"),
    ],
)
def test_break_glass(hours, reason, whom, code):
    assert rules.break_glass(WHO[whom], hours=hours, reason=reason).code == code


@pytest.mark.parametrize(
    ("role", "speaks", "heads", "records"),
    [
        ("head", True, True, True),
        ("officer", True, False, True),
        ("secretary", False, False, True),
        ("moderator", False, False, False),
        ("administrator", True, True, True),
    ],
)
def test_a_head_may_do_what_officers_do_and_decide(role, speaks, heads, records):
    department_id = 7 if role in ("head", "officer", "secretary") else None
    user = person(1, role, department_id=department_id)
    assert (user.speaks_for(7), user.heads(7), user.keeps_record_of(7)) == (speaks, heads, records)
    assert user.speaking_department_ids == ({7} if role in ("head", "officer") else set())
    everything = role == "administrator"
    assert (user.speaks_for(8), user.heads(8)) == (everything, everything)
