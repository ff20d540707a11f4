"""Kept mails: read by anybody with DEBUG, absent without."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest
from django.core.mail import EmailMultiAlternatives
from django.urls import clear_url_caches

from notifications.sending import mailbox

pytestmark = pytest.mark.django_db
LIST = "/dev/mail/"


@pytest.fixture
def kept(settings, tmp_path):
    """Keep mails in a folder of the test."""
    settings.MAIL_KEPT_AT = tmp_path
    settings.MAILERS = {"default": {"BACKEND": "notifications.sending.mailbox.KeptMail"}}
    return tmp_path


@pytest.fixture
def debug(settings):
    """The addresses as they are with DEBUG."""
    addresses = importlib.import_module("config.urls")
    settings.DEBUG = True
    importlib.reload(addresses)
    clear_url_caches()
    yield
    settings.DEBUG = False
    importlib.reload(addresses)
    clear_url_caches()


def write(subject: str = "Лист", html: str = "<p>Так.</p>") -> None:
    message = EmailMultiAlternatives(
        subject, "Дивіться https://viche.example/x/", to=["olena@viche.example"]
    )
    message.attach_alternative(html, "text/html")
    message.send()


def test_the_newest_first_and_links_can_be_followed(client, kept, debug):
    for number in (1, 2):
        write(f"Лист {number}")
    page = client.get(LIST)
    words = page.content.decode()
    assert words.index("Лист 2") < words.index("Лист 1")
    name = page.context["mails"][0].name
    detail = client.get(f"{LIST}{name}/").content.decode()
    assert '<a href="https://viche.example/x/"' in detail
    assert "olena@viche.example" in detail


def test_html_is_shown_without_what_could_act(client, kept, debug):
    write(html='<script>alert(1)</script><p onclick="x()">Ціле</p><a href="javascript:x">l</a>')
    name = client.get(LIST).context["mails"][0].name
    words = client.get(f"{LIST}{name}/").content.decode()
    assert "alert(1)" not in words
    assert "onclick" not in words
    assert "javascript:x" not in words
    assert "<p>Ціле</p>" in words


@pytest.mark.parametrize("name", ["x", "..", "%2e%2e%2fsettings.eml", "1.eml"])
def test_other_files_are_not_read(client, kept, debug, name):
    (kept / "1.eml").write_text("Subject: x\n\nx")
    assert client.get(f"{LIST}{name}/").status_code == 404


def test_only_so_many_are_kept(kept, settings):
    settings.MAILERS["default"]["OPTIONS"] = {"most": 3}
    for number in range(5):
        write(str(number))
    assert [mail.subject for mail in mailbox.load_mails()] == ["4", "3", "2"]
    assert not list(kept.glob("*.part"))


@pytest.mark.parametrize("address", ["/dev/mail/", "/dev/codes/"])
@pytest.mark.with_all
@pytest.mark.cpu(6)  # draws all routes anew
def test_without_debug_there_is_no_such_address(address):
    program = (
        "import django; django.setup()\n"
        "from django.urls import resolve, Resolver404\n"
        f"try: print(resolve('{address}'))\n"
        "except Resolver404: print('absent')"
    )
    environment = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": "x" * 60,
        "PERSON_KEY_SECRET": "y" * 60,
        "DEBUG": "0",
        "PATH": "",
    }
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True
    )
    assert done.stdout.strip() == "absent", done.stderr
