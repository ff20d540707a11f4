"""Jobs that version 0.3 left in the queue are done after the upgrade: they go with the next one."""

from __future__ import annotations

import pytest
from django.core import mail
from procrastinate.contrib.django import app

from consultations.life import actions as consultations
from petitions.models import Signature
from tests import factories
from tests.petitions import factories as petitions
from tests.votes import factories as polls
from votes.electorate.actions import freeze
from votes.models import Invitation

pytestmark = pytest.mark.django_db


def run(name: str, **arguments) -> None:
    app.tasks[f"notifications.jobs.{name}"].func(**arguments)


def receivers() -> list[str]:
    return [message.to[0] for message in mail.outbox]


def test_participants(consultation, remark, ofi, olena, do, waiting):
    consultations.withdraw(consultation, by=ofi, reason="…")
    ids = {"consultation_id": consultation.pk}
    about = f"consultation:{consultation.pk}"
    told = {"template": "consultations/withdrawn", "about": about, "ids": ids}
    run("tell_participants", **told, consultation_id=consultation.pk, after=0)
    do()
    assert receivers() == [olena.email]


def test_signers(olena, bohdan, do):
    petition = petitions.petition(olena, petitions.State.REVIEW)
    signature = Signature.objects.create(petition=petition, user=bohdan, wants_news=True)
    told = {
        "audience": "listeners",
        "template": "petitions/review",
        "about": f"petition:{petition.pk}",
        "ids": {"petition_id": petition.pk},
    }
    run("tell_signers", **told, after=signature.pk)
    do()
    assert receivers() == []
    run("send_to_signer", **told, signature_id=signature.pk)
    run("tell_signers", **told, after=0)
    do()
    assert receivers() == [bohdan.email]


def test_invited(department):
    officer = factories.user("officer", role="officer", department=department)
    poll = polls.poll(officer, department, people=[("Соня Гай", "sonya@viche.example")])
    freeze(poll)
    line = Invitation.objects.get()
    run("tell_invited", poll_id=poll.pk, after=line.pk)
    run("send_to_invited", invitation_id=line.pk)
    run("send_to_invited", invitation_id=line.pk)
    assert receivers() == ["sonya@viche.example"]
