"""Work of somebody who leaves: listed, passed in one step, told, taken back where untouched."""

from __future__ import annotations

from collections import Counter

import pytest

from accounts.hand_overs import actions, leaving
from accounts.hand_overs.models import HandOver
from accounts.hand_overs.queries import show_rows, work_lost, work_of_person
from accounts.models import Grant, User
from accounts.staff.open_work import Holder
from appeals import actions as appeals
from appeals.models import Appeal, Executor
from consultations.dispositions import actions as table
from consultations.dispositions.models import Assignment
from consultations.models import Remark
from consultations.remarks import actions as remarks
from core.domain.rules import Refused
from core.models import AuditEntry
from tests import factories
from tests.accounts.staff import leaver
from tests.accounts.staff.leaver import give

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaving_officer(department, admin, olena):
    return leaver.leaver_with_work(department, admin, olena)


def everything(who, by) -> dict:
    work = work_of_person(who.officer, by)
    taker = Holder(who.department.pk, who.colleague.pk)
    return dict.fromkeys(work.items, taker)


def leave(who, by):
    grants = list(Grant.objects.unended().filter(user=who.officer))
    return leaving.revoke_all(
        grants, whose=who.officer, by=by, reason="Звільнення", chosen=everything(who, by)
    )


def terms(who):
    return (
        list(Appeal.objects.order_by("pk").values_list("pk", "due_at")),
        list(Assignment.objects.order_by("pk").values_list("pk", "due_on")),
    )


def test_twelve_things_pass_in_one_step_and_terms_do_not_move(leaving_officer, admin, mailbox):
    who = leaving_officer
    before = terms(who)
    items = work_of_person(who.officer, admin).items
    assert sum(len(item.objects) for item in items) == 12
    passed = leave(who, admin)
    assert passed.rows.count() == 12
    assert terms(who) == before
    assert Appeal.objects.filter(officer=who.colleague, department=who.department).count() == 7
    assert Executor.objects.filter(user=who.colleague, is_main=False).count() == 1
    assert Assignment.objects.filter(person=who.colleague).count() == 3
    assert not Grant.objects.unended().filter(user=who.officer).exists()
    held = Grant.objects.unended().get(user=who.colleague, scope=who.consultation.topic)
    assert held.role == "officer"
    assert work_of_person(who.officer, admin).items == []
    assert AuditEntry.objects.filter(event="WorkHandedOver", actor=admin.pk).count() == 1
    told = {mail.to[0]: mail.body for mail in mailbox() if "строки" in mail.body.lower()}
    assert set(told) == {who.officer.email, who.colleague.email, who.head.email}
    for body in told.values():
        assert "Коваль" not in body  # the applicant
    assert f"/desk/appeals/{who.mine[0].pk}/" in told[who.colleague.email]
    assert "/desk/appeals/" not in told[who.officer.email]  # who has left opens nothing


def test_back_goes_only_what_the_new_one_has_not_acted_on(leaving_officer, admin):
    who = leaving_officer
    before = terms(who)
    passed = leave(who, admin)
    colleague = User.objects.get(pk=who.colleague.pk)
    for appeal in who.mine[:2]:
        appeals.note(appeal, by=colleague, text="Подзвонила заявниці.")
    remark = Remark.objects.get(pk=who.rows[0])
    table.settle(remark, by=colleague, kind="accepted")
    factories.grant(who.officer, "officer", department=who.department)
    rows = show_rows(passed, admin)
    # Two appeals and a row; by the row the role for that consultation, too.
    acted_on = [shown.row.kind for shown in rows if shown.is_acted_on]
    assert sorted(acted_on) == ["appeal", "appeal", "disposition", "role"]
    # One has gone on to somebody else since.
    give(who.mine[2], who.department, who.head)
    result = actions.take_back(passed, by=admin)
    assert (len(result.back), len(result.left)) == (5, 7)
    # The former one may not fill the rows without that role.
    assert Counter(verdict.code for _row, verdict in result.left) == {
        "hand_over.acted_on": 4,
        "hand_over.changed": 1,
        "hand_over.no_role": 2,
    }
    assert Appeal.objects.filter(officer=who.officer).count() == 4
    assert Appeal.objects.filter(officer=who.colleague).count() == 2
    assert not Assignment.objects.filter(person=who.officer).exists()
    assert terms(who) == before
    # The second press changes nothing.
    again = actions.take_back(passed, by=admin)
    assert (len(again.back), len(again.left)) == (0, 7)
    assert AuditEntry.objects.filter(event="WorkTakenBack").count() == 1


def test_nothing_goes_back_to_who_may_not_do_it(leaving_officer, admin):
    passed = leave(leaving_officer, admin)
    result = actions.take_back(passed, by=admin)
    codes = {row.kind: verdict.code for row, verdict in result.left}
    assert codes["appeal"] == "hand_over.no_role"
    # The role for one consultation is theirs again, and the rows of it.
    assert {row.kind for row in result.back} == {"role", "disposition"}


def test_rows_go_back_to_a_secretary_and_the_mails_say_so(department, admin, olena, mailbox):
    consultation = factories.consultation(department)
    secretary = factories.user("sec", role="secretary", department=department)
    taker = factories.user("taker", role="officer", department=department)
    remark = remarks.remark(consultation, by=olena, text="Пропоную лавки.")
    table.assign(consultation, [remark.pk], by=admin, person_id=secretary.pk)
    chosen = dict.fromkeys(work_of_person(secretary, admin).items, Holder(department.pk, taker.pk))
    passed = actions.hand_over(chosen, by=admin, occasion="revoked", person=secretary)
    assert Assignment.objects.get().person == taker
    before = len(mailbox())
    [row] = actions.take_back(passed, by=admin).back
    assert row.kind == "disposition"
    assert Assignment.objects.get().person == secretary
    told = {mail.to[0]: mail for mail in mailbox()[before:]}
    assert set(told) == {secretary.email, taker.email}
    assert "повернули вам" in told[secretary.email].body
    assert "строки" in told[taker.email].body.lower()


def test_the_new_one_needs_a_role_there(leaving_officer, admin, stranger):
    who = leaving_officer
    [first, *_others] = work_of_person(who.officer, admin).items
    for taker, code in (
        (Holder(who.department.pk, stranger.pk), "hand_over.no_role"),
        (Holder(who.department.pk, who.officer.pk), "hand_over.same"),
    ):
        with pytest.raises(Refused) as refused:
            actions.hand_over(
                {first: taker}, by=admin, occasion=HandOver.Occasion.ABSENT, person=who.officer
            )
        assert refused.value.verdict.params["rows"][first.key].code == code
    with pytest.raises(Refused) as refused:
        actions.hand_over(
            {first: Holder(who.department.pk)},
            by=who.head,
            occasion=HandOver.Occasion.ABSENT,
            person=who.officer,
        )
    assert refused.value.verdict.code == "account.not_administrator"


def test_a_complaint_never_goes_to_whom_it_is_about(leaving_officer, admin):
    who = leaving_officer
    complaint = who.mine[0]
    Appeal.objects.filter(pk=complaint.pk).update(
        kind=Appeal.Kind.COMPLAINT, about_person=who.colleague
    )
    with pytest.raises(Refused) as refused:
        leave(who, admin)
    [(key, why)] = refused.value.verdict.params["rows"].items()
    assert key.startswith(f"appeal-{complaint.pk}-")
    assert why.code == "appeal.about_this_person"
    assert Appeal.objects.filter(officer=who.officer).count() == 7  # nothing has passed


def test_what_changed_since_is_not_passed(leaving_officer, admin):
    who = leaving_officer
    chosen = everything(who, admin)
    give(who.mine[3], who.department, who.head)
    with pytest.raises(Refused) as refused:
        leaving.revoke_all(
            [who.scoped], whose=who.officer, by=admin, reason="Звільнення", chosen=chosen
        )
    [key] = refused.value.verdict.params["rows"]
    assert key.startswith(f"appeal-{who.mine[3].pk}-")
    assert HandOver.objects.count() == 0


def test_only_what_goes_with_the_role_is_listed(leaving_officer, admin):
    who = leaving_officer
    of_department = Grant.objects.get(user=who.officer, scope="")
    kinds = {item.kind for item in work_lost(who.officer, admin, [of_department]).items}
    assert kinds == {"appeal", "appeal_help"}
    kinds = {item.kind for item in work_lost(who.officer, admin, [who.scoped]).items}
    assert kinds == {"role", "disposition"}


class TestPages:
    def test_one_choice_and_one_press(self, client, leaving_officer, admin):
        who = leaving_officer
        client.force_login(admin)
        address = f"/desk/staff/{who.officer.pk}/leave/"
        page = client.get(address)
        seen = page.context["form"]["seen"].value()
        taker = f"{who.department.pk}:{who.colleague.pk}"
        # Nothing is passed silently: to whom has to be said.
        asked = client.post(address, {"reason": "Звільнення", "seen": seen})
        assert asked.status_code == 422
        assert "to_all" in asked.context["form"].errors
        filled = {"reason": "Звільнення", "seen": seen, "to_all": taker}
        done = client.post(address, filled, follow=True)
        assert done.request["PATH_INFO"] == f"/desk/staff/hand-overs/{HandOver.objects.get().pk}/"
        assert "Остап Вишня" in done.text
        # Equal twice: the roles are revoked already, nothing passes again.
        again = client.post(address, filled)
        assert HandOver.objects.count() == 1
        assert "не має" in again.text

    def test_changed_since_it_was_shown(self, client, leaving_officer, admin):
        who = leaving_officer
        client.force_login(admin)
        address = f"/desk/staff/{who.officer.pk}/leave/"
        form = client.get(address).context["form"]
        taker = f"{who.department.pk}:{who.colleague.pk}"
        give(who.mine[3], who.department, who.head)
        sent = {"reason": "Звільнення", "seen": form["seen"].value(), "to_all": taker}
        page = client.post(address, sent)
        assert page.status_code == 422
        assert page.context["form"]["to_all"].value() == taker
        assert HandOver.objects.count() == 0
        sent["seen"] = page.context["form"]["seen"].value()
        assert client.post(address, sent).status_code == 302
        assert HandOver.objects.get().rows.count() == 11

    def test_nothing_open(self, client, admin, ofi):
        client.force_login(admin)
        held = ofi.grants.get()
        page = client.get(f"/desk/staff/grants/{held.pk}/revoke/")
        assert "to_all" not in page.context["form"].fields
        done = client.post(f"/desk/staff/grants/{held.pk}/revoke/", {"reason": "Звільнення"})
        assert done["Location"] == f"/desk/staff/{ofi.pk}/"
        assert HandOver.objects.count() == 0

    def test_back_by_one_press(self, client, leaving_officer, admin):
        who = leaving_officer
        passed = leave(who, admin)
        factories.grant(who.officer, "officer", department=who.department)
        client.force_login(admin)
        address = f"/desk/staff/hand-overs/{passed.pk}/"
        assert client.get(address).context["returnable"] == 12
        done = client.post(address, follow=True)
        assert done.context["returnable"] == 0
        assert passed.rows.filter(taken_back_by=admin).count() == 12

    def test_of_the_absent_it_stays_unless_it_is_passed(self, client, leaving_officer, admin):
        who = leaving_officer
        client.force_login(admin)
        address = f"/desk/staff/{who.officer.pk}/cover/"
        form = client.get(address).context["form"]
        assert form["to_all"].value() == "keep"
        sent = {
            "cover": who.head.pk,
            "first_day": "2031-01-01",
            "last_day": "2031-02-01",
            "seen": form["seen"].value(),
            "to_all": "keep",
        }
        assert client.post(address, sent).status_code == 302
        assert HandOver.objects.count() == 0
        assert Appeal.objects.filter(officer=who.officer).count() == 7
        taker = f"{who.department.pk}:{who.colleague.pk}"
        sent |= {"first_day": "2032-01-01", "last_day": "2032-02-01", "to_all": taker}
        assert client.post(address, sent).status_code == 302
        assert HandOver.objects.get().occasion == "absent"
        assert Appeal.objects.filter(officer=who.colleague).count() == 7
        assert Grant.objects.unended().filter(user=who.officer, scope="").exists()
