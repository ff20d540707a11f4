"""Bounces: whose address it is, which mails stop, how they start again."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.urls import reverse

from core.domain import clock as database
from core.domain.actions import action
from notifications.channels import jobs
from notifications.channels.bounces import actions, mailbox, reports, stopping, tokens
from notifications.models import BouncedAddress, Follower, Sent
from notifications.sending import mail
from notifications.sending.recipients import Recipient
from tests.notifications.channels.servers import imap_server

pytestmark = pytest.mark.django_db
PAGE = reverse("channels:address")

#: As Postfix writes it; and what Exchange leaves out is left out of others below.
DSN = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=us-ascii

<{address}>: host mx.example said: 550 {status} User unknown

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Sat, 28 Nov 2026 04:00:00 +0200

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} User unknown

--B
Content-Type: message/rfc822

From: rada@viche.example
Subject: News

Words
--B--
"""
REPLY = """\
From: olena@example.org
To: {to}
Subject: Re: News
Auto-Submitted: auto-replied

I am away until Monday. 5.1.1
"""
#: Parsed by a call within a call for each part.
NESTED = b"".join(
    b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (each, each)
    for each in range(700)
)


def dsn(to: str, address: str, status: str = "5.1.1", action: str = "failed") -> bytes:
    written = DSN.format(to=to, address=address, status=status, action=action)
    return written.replace("\n", "\r\n").encode()


@pytest.fixture(autouse=True)
def with_bounces(settings):
    settings.BOUNCE_ADDRESS = "bounces@viche.example"


@pytest.fixture
def box(settings):
    with imap_server() as mailbox_:
        settings.BOUNCE_IMAP = {
            "host": "127.0.0.1",
            "port": mailbox_.port,
            "user": "bounces",
            "password": mailbox_.password,
            "folder": "INBOX",
            "is_secure": False,
        }
        yield mailbox_


def test_each_mail_has_an_envelope_sender_that_names_nobody(olena, bohdan):
    sender = tokens.envelope_sender(olena.email)
    assert re.fullmatch(r"bounces\+[a-z0-9]{28}@viche\.example", sender)
    assert sender == tokens.envelope_sender(olena.email.upper())
    found = tokens.find_token(f"<{sender.upper()}>")
    assert found.is_of(olena.email)
    assert not found.is_of(bohdan.email)


def test_a_token_that_is_forged_or_old_counts_for_nothing(olena, clock):
    sender = tokens.envelope_sender(olena.email)
    changed = sender.replace(sender[8:12], "0001")
    assert tokens.find_token(changed) is None
    assert tokens.find_token("bounces+" + "a" * 28 + "@viche.example") is None
    clock.advance(days=31)
    assert tokens.find_token(sender) is None


def test_a_former_key_goes_on_counting(client, olena, settings):
    sender = tokens.envelope_sender(olena.email)
    actions.note_bounce(olena.email, "5.1.1")
    link = stopping.link_of(BouncedAddress.objects.get())
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another" * 10
    assert tokens.find_token(sender) is None
    assert client.get(link).status_code == 404
    settings.SECRET_KEY_FALLBACKS = [former]
    assert tokens.find_token(sender).is_of(olena.email)
    assert client.get(link).status_code == 200


def test_the_mailbox_is_read_and_reports_leave_it(olena, bohdan, box):
    follower = Follower.objects.create(email="stranger@example.org")
    own = Follower.objects.create(user=olena)
    to_olena, to_bohdan = map(tokens.envelope_sender, (olena.email, bohdan.email))
    box.add(dsn(to_olena, olena.email))
    # Forwarded: the report names another address, the token says whose it was.
    box.add(dsn(tokens.envelope_sender(follower.email), "elsewhere@example.net", "5.2.1"))
    box.add(dsn(to_bohdan, bohdan.email, "4.4.7", "delayed"))
    box.add(dsn(to_bohdan, bohdan.email, "5.7.1"))  # a policy against the sender
    box.add(dsn("bounces@viche.example", bohdan.email))  # without a token: anybody's
    box.add(REPLY.format(to=to_bohdan).replace("\n", "\r\n").encode())
    box.add(b"\xff\xfe not a mail at all")
    for hostile in (b"To: , :", b"To: @,:;)", b"To: =?utf-8?b?"):  # what parsers fail on
        box.add(hostile + b"\r\n" + dsn("x", bohdan.email))
    box.add(NESTED)
    assert mailbox.read_mailbox() == 2
    found = BouncedAddress.objects.values_list("email", "status")
    assert set(found) == {(olena.email, "5.1.1"), (follower.email, "5.2.1")}
    for row in (follower, own):
        row.refresh_from_db()
        assert row.bounced_at
    assert sorted(box.messages) == [3, 4, 6, 7, 11]  # what says nothing of an address stays
    assert mailbox.read_mailbox() == 0


def test_a_wrong_password_is_told_without_it(box, settings):
    settings.BOUNCE_IMAP = {**settings.BOUNCE_IMAP, "password": "hunter22"}
    with pytest.raises(mailbox.Unreadable) as error:
        mailbox.read_mailbox()
    assert "hunter22" not in str(error.value)
    assert error.value.__suppress_context__


@pytest.mark.parametrize(
    ("status", "is_one"),
    [
        *(("5.1.1", True), ("5.1.10", True), ("5.2.1", True), ("5.0.0", True), ("5.4.4", True)),
        *(("5.7.1", False), ("5.2.3", False), ("5.1.8", False), ("5.3.4", False)),
        *(("4.1.1", False), ("2.1.5", False), ("", False)),
    ],
)
def test_only_what_is_wrong_with_the_address_for_good(status, is_one):
    assert reports.is_about_address(status) is is_one


def test_nothing_but_codes_goes_there_until_its_owner_says_that_it_works(client, olena, do):
    recipient = Recipient.of_user(olena)
    actions.note_bounce(olena.email, "5.1.1")
    assert not mail.send_once("petitions/published", recipient, "x", {"petition_id": 1})
    with action():
        mail.defer("accounts/codes_made", user_id=olena.pk, about="factor:1")
    do()
    assert [sent.extra_headers["From"] for sent in outbox.outbox] == [mail.sender()]
    assert outbox.outbox[0].from_email == tokens.envelope_sender(olena.email)

    client.force_login(olena)
    for page in ("portal:me", "account_index"):
        assert PAGE in client.get(reverse(page)).text
    assert "5.1.1" in client.get(PAGE).text
    client.post(PAGE)
    do()
    path = re.search(r"/account/notifications/address/\d\S+", outbox.outbox[-1].body)[0]
    client.logout()
    assert client.get(path).status_code == 200
    assert BouncedAddress.objects.exists()
    client.post(path)
    assert not BouncedAddress.objects.exists()
    assert client.get(path).status_code == 404
    client.force_login(olena)
    assert PAGE not in client.get(reverse("portal:me")).text


def test_the_link_is_limited_and_counts_for_its_bounce_alone(client, olena, do):
    client.force_login(olena)
    actions.note_bounce(olena.email, "5.1.1")
    answers = [client.post(PAGE).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 429]
    do()
    path = re.search(r"/account/\S+", outbox.outbox[-1].body)[0]
    BouncedAddress.objects.update(at=database.now() + timedelta(minutes=1))
    assert client.get(path).status_code == 404


def test_a_server_that_knows_no_such_address_at_once_counts_too(olena, settings):
    settings.MAILERS = {"default": {"BACKEND": "tests.notifications.backends.NoSuchUser"}}
    assert not mail.hand_over(outbox.EmailMultiAlternatives("News", "Words", to=[olena.email]))
    assert BouncedAddress.objects.get().email == olena.email
    assert not Sent.objects.exists()


def test_of_an_address_that_somebody_typed_nothing_is_written_down(settings):
    typed = outbox.EmailMultiAlternatives("Code", "1234", to=["nobody@example.org"])
    assert mail.send_letter(mail.defer_letter(typed).pk)
    assert outbox.outbox[0].from_email == mail.sender()  # a bounce has no token
    settings.MAILERS = {"default": {"BACKEND": "tests.notifications.backends.NoSuchUser"}}
    assert not mail.send_letter(mail.defer_letter(typed).pk)
    assert not BouncedAddress.objects.exists()


def test_without_a_mailbox_nothing_is_read_or_asked(olena, settings, django_assert_num_queries):
    settings.BOUNCE_ADDRESS = ""
    with django_assert_num_queries(0):
        jobs.read_bounces.func(0)
        assert not tokens.envelope_sender(olena.email)
