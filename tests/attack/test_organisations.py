"""Organisations as an attacker names them, and mandates as they are raced."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.core import mail
from lxml import etree

from consultations.costs import actions as costs
from consultations.costs.models import Cost
from consultations.models import Remark, State
from consultations.remarks import actions
from core.domain.rules import Refused
from core.web.pages import forget_pages
from discussions import actions as discussion
from discussions.models import Comment
from organisations.mandates import actions as organisations
from organisations.models import Mandate
from organisations.registering import actions as organisations_registering
from realtime.drawing import draw
from tests import factories
from tests.attack.test_races import at_once, unexpected
from tests.attack.test_xss import POISON, assert_harmless
from tests.notifications.conftest import do, waiting

__all__ = ["do", "waiting"]


@pytest.fixture
def regulatory(department):
    return factories.consultation(department, procedure=factories.procedure("regulatory-act"))


@pytest.fixture
def poisoned(regulatory, olena, firm, ofi) -> Remark:
    """Poison in all that an organisation says of itself and in what is said in its name."""
    evil = factories.organisation(
        POISON, firm, name=f"<xss>{POISON}", location=POISON, contact=POISON
    )
    said = actions.remark(
        regulatory, by=firm, text=POISON, organisation_id=evil.pk, interest=POISON
    )
    actions.reply(said, by=firm, text="Так.", organisation_id=evil.pk, interest=POISON)
    actions.answer(said, by=ofi, text="Врахуємо.")
    actions.react(said, by=olena, value=1)
    costs.say_cost(regulatory, by=firm, organisation_id=evil.pk, hours_once=1, note=POISON)
    forget_pages()
    return said


@pytest.mark.django_db
def test_what_an_organisation_is_called_stays_words(poisoned, enter, mo):
    discussion.flag(poisoned.comment, by=mo, reason="spam")
    consultation, organisation = poisoned.consultation, poisoned.comment.organisation
    here = consultation.get_absolute_url()
    desk = f"/desk/consultations/{consultation.pk}"
    addresses = {
        "anon": [
            here,
            f"{here}remarks/?voice=organisation",
            f"{here}display/",
            f"{here}costs/",
            poisoned.get_absolute_url(),
            f"/organisations/{organisation.pk}/",
            "/search/?q=script",
            "/",
        ],
        "firm": [
            f"{here}speak/",
            f"{here}costs/say/?organisation={organisation.pk}",
            "/consultations/voices/",
            "/account/me/",
            poisoned.get_absolute_url(),
        ],
        "mo": ["/desk/moderation/", f"/desk/moderation/report/{poisoned.pk}/"],
        "ofi": [f"{desk}/remarks/?answered=all", f"{desk}/costs/"],
    }
    seen = 0
    for who, pages in addresses.items():
        client = enter(who)
        for address in pages:
            for prefix in ("", "/en"):
                page = client.get(f"{prefix}{address}")
                assert page.status_code in (200, 404), (who, address)
                assert_harmless(page.text, address)
                seen += "&lt;xss" in page.text
    assert seen > 20


@pytest.mark.django_db
def test_nor_does_a_frame_a_feed_or_a_mail_run_it(poisoned, enter, mo, do):
    consultation = poisoned.consultation
    changes = [("RemarkPosted", poisoned.pk), ("RemarkAnswered", poisoned.pk)]
    for face in ("page", "display"):
        view = ("uk", face)
        for operation in draw(consultation.topic, changes, [view])[view] or ():
            assert "&lt;xss" in operation["html"]
            assert_harmless(operation["html"], face)
    etree.fromstring(enter("anon").get("/consultations/feed.atom").content)
    discussion.hide(poisoned.comment, by=mo, reason="spam", note="Порушує правила")
    do()
    assert mail.outbox
    for message in mail.outbox:
        assert "\n" not in message.subject
        for body, _kind in message.alternatives:
            assert_harmless(body, message.subject)


@pytest.mark.django_db
def test_what_is_hidden_is_not_on_the_organisations_page(regulatory, firm, mo, enter):
    terrace = factories.organisation("ТОВ «Тераса»", firm)
    gone, hidden, shown = (
        actions.remark(regulatory, by=firm, text=text, organisation_id=terrace.pk)
        for text in ("чорногуз", "барвінок", "видиме слово")
    )
    discussion.hide(hidden.comment, by=mo, reason="spam", note="Порушує правила")
    actions.delete_remark(gone, by=firm)
    for who in ("anon", "firm", "mo"):
        page = enter(who).get(f"/organisations/{terrace.pk}/").text
        assert "видиме слово" in page
        assert "барвінок" not in page and "чорногуз" not in page
        assert terrace.contact not in page
    assert shown.pk


@pytest.mark.django_db
def test_what_nobody_confirmed_has_no_page(enter, firm):
    claimed = factories.organisation("ТОВ «Чуже»", firm, how="", confirmed_at=None)
    for who in ("anon", "firm"):
        assert enter(who).get(f"/organisations/{claimed.pk}/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.PREPARING])
def test_what_is_prepared_asks_nobody(department, firm, enter, state):
    prepared = factories.consultation(
        department, state, procedure=factories.procedure("regulatory-act")
    )
    for who in ("anon", "firm"):
        page = enter(who).get(f"{prepared.get_absolute_url()}costs/")
        assert page.status_code == 404


class TestAtOnce:
    pytestmark = pytest.mark.django_db(transaction=True)

    @pytest.fixture
    def terrace(self, olena, firm):
        made = factories.organisation("ТОВ «Тераса»", registered_by=olena)
        factories.mandate(olena, made, is_head=True)
        factories.mandate(firm, made)
        return made

    @pytest.mark.parametrize("how", ["revoke", "close", "narrow"])
    def test_nothing_is_said_for_it_after_the_mandate_ended(
        self, regulatory, terrace, olena, firm, how
    ):
        said: list[int] = []
        amid_the_others = threading.Event()

        def end() -> None:
            amid_the_others.wait(10)
            mandate = Mandate.objects.get(user=firm, revoked_at=None)
            if how == "revoke":
                organisations.revoke(mandate, by=olena)
            elif how == "close":
                organisations_registering.close(terrace, by=olena)
            else:
                organisations.change_mandate(mandate, by=olena, scopes=["vote"])
            said.append(Comment.objects.filter(organisation=terrace).count())

        def speak(number: int) -> Any:
            if number == 10:
                amid_the_others.set()
            return actions.remark(
                regulatory, by=firm, text=f"слово {number}", organisation_id=terrace.pk
            )

        deeds = [lambda n=n: speak(n) for n in range(60)]
        outcomes = at_once([end, *deeds], 4)
        assert unexpected(outcomes) == []
        made = [o for o in outcomes if isinstance(o, Remark)]
        assert len(made) == Comment.objects.filter(organisation=terrace).count() == said[0]
        codes = {o.verdict.code for o in outcomes if isinstance(o, Refused)}
        # Ended: who asked before the narrower one began, and was let in after.
        assert codes <= {
            *("mandate.revoked", "mandate.scope", "mandate.ended"),
            "organisation.closed",
        }
        with pytest.raises(Refused):
            speak(60)

    def test_fifty_answers_of_one_organisation_are_one(self, regulatory, terrace, firm):
        clause = regulatory.draft.versions.get().clauses.get(number="2")
        deeds = [
            lambda n=n: costs.say_cost(
                regulatory,
                by=firm,
                organisation_id=terrace.pk,
                clause_id=(None, clause.pk)[n % 2],
                hours_once=n,
            )
            for n in range(50)
        ]
        assert unexpected(at_once(deeds, 10)) == []
        assert Cost.objects.count() == 2
