"""Whoever makes a token in somebody's account is not alone in knowing it."""

from __future__ import annotations

import pytest
from django.core import mail

from tokens import actions

pytestmark = pytest.mark.django_db


def test_the_owner_is_told_once_and_not_the_token_itself(olena, do):
    _token, plain = actions.create(olena, name="Читач <b>", scopes=["me:read"], days=30)
    assert do() == 1
    [sent] = mail.outbox
    assert sent.to == [olena.email]
    assert "Читач" in sent.body
    assert "/account/apps/" in sent.body
    whole = sent.message().as_string() + "".join(str(part) for part, _kind in sent.alternatives)
    assert plain not in whole
    assert "<b>" not in sent.alternatives[0][0].partition("Читач")[2][:20]
