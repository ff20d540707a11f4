"""Somebody who shows less of her name is shown so on every page, kept ones too."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.people import actions as accounts
from consultations.remarks import actions
from core.domain.topics import seq_of
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_pages_she_wrote_on_are_drawn_anew(olena, bohdan, department):
    olena = accounts.change_profile(olena, fields={"public_name_style": "full"})
    written, silent = factories.consultation(department), factories.consultation(department)
    actions.remark(written, by=olena, text="Так.")
    actions.remark(silent, by=bohdan, text="Ні.")
    address = written.get_absolute_url()
    assert "Олена Коваль" in Client().get(address).content.decode()
    seqs = [seq_of(consultation.topic) for consultation in (written, silent)]

    accounts.change_profile(olena, fields={"public_name_style": "initial"})
    assert seq_of(written.topic) > seqs[0]
    assert seq_of(silent.topic) == seqs[1]
    words = Client().get(address).content.decode()
    assert "Олена Коваль" not in words
    assert "Олена К." in words
