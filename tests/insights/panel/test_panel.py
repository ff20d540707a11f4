"""Panels: prepared, listed, drawn, answered, closed; who was asked what stays unknown."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.data import actions as data
from accounts.identity.events import AccountsMerged
from accounts.models import Residence, User
from core.domain import clock as database_clock
from core.domain.rules import Refused
from core.models import AuditEntry
from insights.models import Panel, PanelConsent, PanelMember, PanelStratum, PanelTally
from insights.panel import actions, jobs
from insights.panel.events import PanelClosed, PanelDrawn, PanelListed, PanelPrepared
from insights.panel.handlers import accounts_merged
from insights.panel.queries import show_panels
from insights.panel.seeds import RULE
from notifications.jobs import send
from tests.crowds import at_once
from tests.insights.panels import LINK, SEED, drawn, listed, make_known, prepared, willing


def members(panel):
    return list(PanelMember.objects.filter(panel=panel, is_drawn=True).select_related("user"))


# --- who may be drawn -----------------------------------------------------------------------------


def test_only_who_agreed_and_whose_residence_is_checked_is_listed(admin, olena):
    people = willing("zarichchia", 18, 25)
    PanelConsent.objects.filter(user=people[0]).delete()
    Residence.objects.filter(user=people[1]).update(expires_at=database_clock.now())
    User.objects.filter(pk=people[2].pk).update(is_active=False)
    panel = listed(admin)
    assert PanelMember.objects.filter(panel=panel).count() == 22
    keys = set(PanelMember.objects.values_list("key", flat=True))
    assert len(keys) == 22 and all(key in panel.list_text for key in keys)
    assert f"# {RULE}" in panel.list_text.splitlines()


def test_nobody_is_drawn_by_default_and_consent_is_taken_back(client, olena, emitted):
    client.force_login(olena)
    page = reverse("panel_account:consent")
    assert not PanelConsent.objects.exists()
    client.post(page, {"agrees": "on"})
    assert PanelConsent.objects.get().user == olena
    client.post(page, {})
    assert not PanelConsent.objects.exists()


def test_whoever_takes_it_back_has_no_key_any_more(admin):
    person = willing("zarichchia", 18, 25)[0]
    panel = listed(admin)
    actions.take_back(person)
    assert PanelMember.objects.filter(panel=panel).count() == 24
    make_known(panel)
    actions.draw(panel, seed=SEED, seed_link=LINK, by=admin)  # and the published list stands
    assert panel.list_hash == Panel.objects.get().list_hash


# --- the steps ------------------------------------------------------------------------------------


def test_each_step_is_an_event(admin, emitted):
    willing("zarichchia", 18, 25)
    panel = drawn(admin)
    actions.close(panel, by=admin)
    pk = panel.pk
    assert emitted == [
        PanelPrepared(pk, admin.pk),
        PanelListed(pk, admin.pk),
        PanelDrawn(pk, admin.pk),
        PanelClosed(pk, admin.pk),
    ]


def test_steps_are_refused_out_of_turn_and_to_others(admin, ofi, refused):
    people = willing("zarichchia", 18, 25)
    now = database_clock.now()
    with refused("account.not_administrator"):
        prepared(ofi)
    with refused("panel.seed_too_soon"):
        prepared(admin, seed_at=now + timedelta(minutes=5))
    with refused("panel.closes_too_soon"):
        prepared(admin, closes_at=now + timedelta(hours=2))
    panel = prepared(admin)
    with refused("panel.once"):
        prepared(admin)
    with refused("panel.not_listed"):
        actions.draw(panel, seed=SEED, seed_link=LINK, by=admin)
    with refused("panel.not_drawn_yet"):
        actions.close(panel, by=admin)
    PanelConsent.objects.filter(user__in=people[:10]).delete()
    with refused("panel.too_few"):
        actions.publish_list(panel, by=admin)
    willing("zarichchia", 18, 10)
    actions.publish_list(panel, by=admin)
    with refused("panel.listed"):
        actions.publish_list(panel, by=admin)
    with refused("panel.too_early"):
        actions.draw(panel, seed=SEED, seed_link=LINK, by=admin)
    make_known(panel)
    with refused("panel.no_seed"):
        actions.draw(panel, seed="  ", seed_link=LINK, by=admin)
    actions.draw(panel, seed=SEED, seed_link=LINK, by=admin)
    with refused("panel.drawn"):
        actions.draw(panel, seed=SEED + "1", seed_link=LINK, by=admin)


def test_a_list_is_public_an_hour_before_its_seed(admin, clock, refused):
    willing("zarichchia", 18, 25)
    panel = prepared(admin)
    clock.advance(hours=1, minutes=1)
    with refused("panel.too_late"):
        actions.publish_list(panel, by=admin)


def test_the_database_holds_the_order_of_steps(admin):
    willing("zarichchia", 18, 25)
    panel = listed(admin)
    for wrong in (
        {"seed_at": panel.listed_at},
        {"drawn_at": panel.listed_at, "seed": SEED},
        {"closed_at": panel.closes_at},
        {"list_hash": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Panel.objects.filter(pk=panel.pk).update(**wrong)


# --- answers --------------------------------------------------------------------------------------


def test_who_was_drawn_is_asked_by_mail_and_answers_once(client, admin, refused):
    willing("zarichchia", 18, 30)
    panel = drawn(admin)
    assert len(members(panel)) == 20
    member = members(panel)[0]
    send("insights/drawn", member.user_id, f"panel:{panel.pk}", {"panel_id": panel.pk})
    (letter,) = mail.outbox
    assert reverse("insights:panel_answer", args=[panel.pk]) in letter.body
    client.force_login(member.user)
    page = reverse("insights:panel_answer", args=[panel.pk])
    assert client.get(page).status_code == 200
    assert client.post(page, {"value": "7"}).status_code == 422
    entries = AuditEntry.objects.count()
    assert client.post(page, {"value": "4"}).status_code == 302
    assert AuditEntry.objects.count() == entries  # an answer is no event
    assert PanelTally.objects.get(value=4).number == 1
    with refused("panel.answered"):
        actions.answer(panel, by=member.user, value=1)
    send("insights/drawn", member.user_id, f"panel:{panel.pk}:2", {"panel_id": panel.pk})
    assert mail.outbox == [letter]  # who has answered is not asked again


def test_each_who_was_drawn_has_a_job_of_their_mail(admin):
    willing("zarichchia", 18, 30)
    panel = drawn(admin)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (args->>'user_id')::bigint FROM procrastinate_jobs"
            " WHERE args->>'template' = 'insights/drawn'"
        )
        assert {row[0] for row in cursor.fetchall()} == {each.user_id for each in members(panel)}


def test_others_and_late_ones_cannot_answer(client, admin, olena, clock, refused):
    willing("zarichchia", 18, 30)
    panel = drawn(admin)
    client.force_login(olena)
    assert client.get(reverse("insights:panel_answer", args=[panel.pk])).status_code == 404
    with refused("panel.not_drawn"):
        actions.answer(panel, by=olena, value=5)
    clock.advance(days=15)
    with refused("panel.closed"):
        actions.answer(panel, by=members(panel)[0].user, value=5)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_count_once_and_all_are_counted(admin):
    willing("zarichchia", 18, 30)
    panel = drawn(admin)
    first, second, third, *_others = (member.user for member in members(panel))
    deeds = [
        lambda user=user, value=value: actions.answer(panel, by=user, value=value)
        for user, value in ((first, 5), (first, 1), (second, 5), (third, 0))
    ]
    outcomes = at_once(deeds)
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    assert sum(PanelTally.objects.values_list("number", flat=True)) == 3


@pytest.mark.django_db(transaction=True)
def test_one_draw_of_two_at_once(admin):
    willing("zarichchia", 18, 30)
    panel = listed(admin)
    make_known(panel)
    outcomes = at_once(
        [
            lambda seed=seed: actions.draw(panel, seed=seed, seed_link=LINK, by=admin)
            for seed in ("1", "2")
        ]
    )
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    assert PanelMember.objects.filter(panel=panel).count() == 20


def test_no_row_says_which_answer_was_given_last(admin):
    """All tallies are of the transaction of the last answer, whatever it was."""
    willing("zarichchia", 18, 30)
    panel = drawn(admin)
    for member, value in zip(members(panel), (5, 5, 0), strict=False):
        actions.answer(panel, by=member.user, value=value)
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT xmin::text FROM insights_paneltally")
        assert len(cursor.fetchall()) == 1


# --- the end --------------------------------------------------------------------------------------


def test_keys_are_dropped_with_the_draw_and_at_the_end(admin, clock):
    willing("zarichchia", 18, 30)
    panel = listed(admin)
    assert PanelMember.objects.count() == 30
    make_known(panel)
    actions.draw(panel, seed=SEED, seed_link=LINK, by=admin)
    assert PanelMember.objects.count() == 20
    clock.advance(days=15)
    assert actions.close_ended() == 1
    panel.refresh_from_db()
    assert panel.closed_at and not PanelMember.objects.exists()


def test_keys_of_a_panel_that_is_never_drawn_are_dropped_too(admin, clock):
    willing("zarichchia", 18, 30)
    listed(admin)
    clock.advance(days=15)
    jobs.close_ended_panels(0)
    assert not PanelMember.objects.exists()


def test_results_are_public_after_the_end_and_small_numbers_stand_together(client, admin):
    willing("zarichchia", 18, 60)
    panel = drawn(admin, seats=40)
    values = [5] * 9 + [4] * 8 + [3] * 6 + [2] * 2 + [1] * 3
    for member, value in zip(members(panel), values, strict=False):
        actions.answer(panel, by=member.user, value=value)
    page = reverse("insights:panel", args=[panel.pk])
    assert "hard" not in client.get(f"/en{page}").content.decode()
    [shown] = show_panels([actions.close(panel, by=admin)])
    assert (shown.drawn, shown.answered, shown.response_percent) == (40, 28, 70)
    assert shown.trusting_percent == 61
    assert all(row.number >= 5 for row in shown.rows)
    assert sum(row.number for row in shown.rows) == 28
    assert client.get(f"/en{page}").content.decode().count("I trust it fully") == 1
    assert client.get(reverse("insights:trust")).content.count(b'class="chart__bar"') == 1
    csv = b"".join(client.get(reverse("insights:trust_csv")).streaming_content).decode()
    assert "2026-Q4,40,28,5,9" in csv


def test_results_by_stratum_add_up_to_the_whole(client, admin):
    for place in (("centre", 18), ("zarichchia", 18), ("zarichchia", 16), ("vokzal", 18)):
        willing(*place, 20)
    panel = drawn(admin, seats=80)
    trusting = {"centre:18": 12, "zarichchia:18": 8, "zarichchia:16": 2, "vokzal:18": 6}
    for member in members(panel):
        label = member.stratum.label
        trusting[label] -= 1
        values = (5, 4) if trusting[label] >= 0 else (3, 2, 1, 0)
        actions.answer(panel, by=member.user, value=values[trusting[label] % len(values)])
    page = reverse("insights:panel", args=[panel.pk])
    assert "By district" not in client.get(f"/en{page}").text
    [shown] = show_panels([actions.close(panel, by=admin)])
    # Of the younger ones of one district too few trust: the district stands as one.
    assert [(part.labels, part.answered, part.trusting) for part in shown.by_strata] == [
        (("centre:18",), 20, 12),
        (("vokzal:18",), 20, 6),
        (("zarichchia:16", "zarichchia:18"), 40, 10),
    ]
    assert (shown.answered, shown.trusting_percent) == (80, 35)
    text = client.get(f"/en{page}").text
    assert "By district and age" in text and "zarichchia" in text
    csv = b"".join(client.get(reverse("insights:strata_csv")).streaming_content).decode()
    assert "2026-Q4,zarichchia:16+zarichchia:18,40,10" in csv


def test_a_panel_of_a_former_version_goes_on_and_has_no_strata(client, admin):
    willing("centre", 18, 20)
    willing("vokzal", 18, 20)
    panel = drawn(admin, seats=40)
    PanelTally.objects.all().delete()
    PanelStratum.objects.update(group="")
    PanelTally.objects.bulk_create(
        PanelTally(panel=panel, value=value) for value in PanelTally.Value.values
    )
    for number, member in enumerate(members(panel)):
        actions.answer(panel, by=member.user, value=5 if number < 30 else 1)
    [shown] = show_panels([actions.close(panel, by=admin)])
    assert (shown.answered, shown.by_strata) == (40, ())


def test_a_former_version_gets_one_tally_of_an_answer(client, admin):
    willing("centre", 18, 20)
    panel = prepared(admin)
    for group, number in (("one", 3), ("two", 4)):
        PanelTally.objects.create(panel=panel, group=group, value=5, number=number)
    PanelTally.objects.create(panel=panel, group="one", value=1, number=2)
    migration = import_module("insights.migrations.0004_tallies_by_stratum")
    migration.sum_groups(apps, None)
    assert sorted(PanelTally.objects.values_list("value", "number")) == [(1, 2), (5, 7)]


def test_that_few_answered_is_said_without_their_number(client, admin):
    willing("zarichchia", 18, 30)
    panel = drawn(admin)
    for member in members(panel)[:4]:
        actions.answer(panel, by=member.user, value=5)
    actions.close(panel, by=admin)
    page = client.get(f"/en{reverse('insights:panel', args=[panel.pk])}").text
    assert "Answered: fewer than five." in page and "20 %" not in page
    assert "fewer than five</td>" in client.get(f"/en{reverse('insights:trust')}").text


def test_an_erased_account_leaves_no_place_in_a_panel(admin):
    person = willing("zarichchia", 18, 30)[0]
    listed(admin)
    data.erase(person, by=person)
    assert not PanelConsent.objects.filter(user=person).exists()
    assert PanelMember.objects.count() == 29


def test_accounts_that_are_joined_have_one_place(admin):
    kept, gone, other = willing("zarichchia", 18, 30)[:3]
    panel = listed(admin)
    PanelMember.objects.filter(user=kept).delete()
    for away in (gone, other):  # one place is moved, the other goes
        accounts_merged(AccountsMerged(kept.pk, away.pk))
    assert PanelMember.objects.filter(panel=panel).count() == 28
    assert PanelMember.objects.filter(user=kept).count() == 1
    assert not PanelConsent.objects.filter(user__in=[gone, other]).exists()


def test_who_answered_by_either_of_two_joined_accounts_has_answered(admin, refused):
    willing("zarichchia", 18, 30)
    panel = drawn(admin)
    kept, gone, *_others = (member.user for member in members(panel))
    actions.answer(panel, by=gone, value=5)
    accounts_merged(AccountsMerged(kept.pk, gone.pk))
    with refused("panel.answered"):
        actions.answer(panel, by=kept, value=5)


def test_staff_see_no_member(client, admin):
    willing("zarichchia", 18, 30)
    panel = drawn(admin)
    client.force_login(admin)
    page = client.get(reverse("panel_desk:panel", args=[panel.pk])).content.decode()
    for member in members(panel):
        assert member.user.email not in page and member.key not in page


def test_pages_cost_few_queries(client, admin, django_assert_max_num_queries):
    willing("zarichchia", 18, 30)
    panel = drawn(admin)
    with django_assert_max_num_queries(6):
        client.get(reverse("insights:trust"))
    with django_assert_max_num_queries(6):
        client.get(reverse("insights:panel", args=[panel.pk]))
