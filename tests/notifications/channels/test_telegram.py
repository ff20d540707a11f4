"""The council's Telegram channel, by a server on the loopback address."""

from __future__ import annotations

import json
import logging

import pytest

from consultations.life.actions import tell_what_passed
from notifications.channels import outgoing
from notifications.channels.telegram import sending
from notifications.models import ChannelPost
from tests import factories
from tests.notifications.channels.servers import http_server

pytestmark = pytest.mark.django_db
TOKEN = "12345:abcdefghijklmnop"


@pytest.fixture
def telegram(settings):
    with http_server() as received:
        received.status = 200
        settings.TELEGRAM_BOT_TOKEN, settings.TELEGRAM_CHANNEL = TOKEN, "@rada"
        settings.TELEGRAM_API = f"http://127.0.0.1:{received.port}"
        yield received


def test_what_opens_is_told_once_with_its_link(telegram, department, do):
    opened = factories.consultation(department)
    tell_what_passed()
    do()
    assert not sending.tell_channel("consultation", opened.pk)
    ((path, _headers, body),) = telegram.requests
    assert path == f"/bot{TOKEN}/sendMessage"
    message = json.loads(body)
    assert message["chat_id"] == "@rada"
    assert message["text"].startswith("Відкрито консультацію: ")
    assert opened.title in message["text"]
    assert message["text"].endswith(opened.get_absolute_url())


def test_an_error_is_tried_again_and_tells_nobody_the_token(telegram, consultation, caplog):
    telegram.status = 500
    with caplog.at_level(logging.DEBUG), pytest.raises(sending.NotTaken) as error:
        sending.tell_channel("consultation", consultation.pk)
    assert not ChannelPost.objects.exists()
    telegram.status = 200
    assert sending.tell_channel("consultation", consultation.pk)
    assert TOKEN not in caplog.text + str(error.value)


def test_nobody_answers(telegram, consultation, settings):
    settings.TELEGRAM_API = "http://127.0.0.1:1"
    with pytest.raises(outgoing.Unreachable) as error:
        sending.tell_channel("consultation", consultation.pk)
    assert error.value.__suppress_context__  # the cause would name the address
    assert TOKEN not in str(error.value)


def test_what_is_not_public_is_not_told(telegram, department, settings):
    hidden = factories.consultation(department, "preparing")
    assert not sending.tell_channel("consultation", hidden.pk)
    settings.TELEGRAM_CHANNEL = ""
    assert not sending.tell_channel("consultation", factories.consultation(department).pk)
    assert not telegram.requests
