"""An e-mail as it is delivered: what Django's mail code would put on the envelope, or a refusal."""

from __future__ import annotations

import stringprep
import sys
from email import message_from_bytes, policy

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from hypothesis import example, given
from hypothesis import strategies as st

from core.domain.email_addresses import (
    UNDELIVERABLE,
    EmailField,
    is_sendable,
    to_comparable,
    to_delivered,
)
from core.domain.invisible_characters import DEFAULT_IGNORABLE

PLAIN = "olena@mail.viche.example"
IGNORABLE = [chr(code) for first, last in DEFAULT_IGNORABLE for code in range(first, last + 1)]
#: What the codec "idna" drops (RFC 3454, table B.1), and what Django's parser of addresses drops.
DROPPED = [sign for sign in map(chr, range(sys.maxunicode + 1)) if stringprep.in_table_b1(sign)]
SPACES = [sign for sign in map(chr, range(sys.maxunicode + 1)) if sign.isspace()]


def envelope(email: str) -> str:
    """The recipient that Django gives to the mail server."""
    local, _at, domain = EmailBackend.prep_address(None, email).rpartition("@")
    return f"{local}@{domain.lower()}"


def outcome(email: str) -> str:
    """The address as it is delivered, or the code of the refusal."""
    try:
        return to_delivered(email)
    except ValidationError as refused:
        return str(refused.code)


@pytest.mark.parametrize(
    ("typed", "delivered"),
    [
        (" Olena@Viche.Example ", "Olena@viche.example"),
        ('"olena"@viche.example', "olena@viche.example"),
        ('"ol\\ena"@viche.example', "olena@viche.example"),
        ("olena+tag@viche.example", "olena+tag@viche.example"),
        ("olena@gm\u200bail.com", "olena@gmail.com"),
        ("olena@gmail.com\u00ad", "olena@gmail.com"),
        ("olena@ｇｍａｉｌ.com", "olena@gmail.com"),
        ("olena@gmail。com", "olena@gmail.com"),
        ("olena@gmail．com", "olena@gmail.com"),
        ("olena@gmail｡com", "olena@gmail.com"),
        ("olena@gmail․com", "olena@gmail.com"),
        ("olena@ПОШТА.укр", "olena@xn--80a1acn3a.xn--j1amh"),
        ("olena@xn--80A1acn3a.XN--j1amh", "olena@xn--80a1acn3a.xn--j1amh"),
        # IDNA 2003: that is where Django sends it. Under IDNA 2008 it would be another domain.
        ("olena@straße.de", "olena@strasse.de"),
        ("olena@xn--strae-oqa.de", "olena@xn--strae-oqa.de"),
        ("olena@❤️.ws", "olena@xn--qei.ws"),
    ],
)
def test_spellings_are_taken_as_they_are_delivered(typed, delivered):
    assert to_delivered(typed) == delivered == to_delivered(delivered)
    assert delivered == envelope(typed.strip())


@pytest.mark.parametrize(
    "typed",
    [
        "олена@viche.example",
        "ｏlena@viche.example",
        "\ufeffolena@viche.example",
        "\u017folena@viche.example",  # long s, which EmailValidator takes for an S
        "\u212aolena@viche.example",  # and the Kelvin sign
        "olena@vi\u2063che.example",
        "olena@vi\u3164che.example",
        "olena@vi\u061cche.example",
        "olena@vi\u2003che.example",  # Django's parser drops it
        "olena@viche.example。",
        "olena@viche.example＠gmail.com",
        "olena@viche.example（x）",
        "olena@xn--viche-p83b.example",  # hides U+2063
        "olena@xn--\u00ad.example",
        "=?utf-8?q?olena?=@viche.example",
        "=?utf-8?B?b2xlbmE=?=.k@viche.example",
        '"=?utf-8?q?olena?="@viche.example',
        "k=?utf-8?q?olena?=@viche.example",
        "olena%gmail.com@viche.example",
        "gmail.com!olena@viche.example",
        "olena@[127.0.0.1]",
        "olena@[IPv6:::1]",
        "olena@localhost",
        '"a@b"@viche.example',
        "a" * 65 + "@viche.example",
        "olena@" + "a." * 130 + "example",
        "olena@" + "я" * 5000 + ".укр",
    ],
)
def test_what_no_mail_can_be_sent_to_is_refused_with_a_code(typed):
    assert outcome(typed) in (UNDELIVERABLE, "invalid")
    if not typed.isascii():
        assert outcome(typed) == UNDELIVERABLE


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "olena",
        "olena@",
        "@viche.example",
        "a b@viche.example",
        "olena@viche",
        "olena@viche.example.",
        "olena(x)@viche.example",
    ],
)
def test_what_is_no_address_is_refused_as_ever(typed):
    assert outcome(typed) == "invalid"


@pytest.mark.parametrize("step", [256, pytest.param(1, marks=pytest.mark.long)])
def test_every_character_that_is_not_seen_in_every_place(step):
    """One mailbox, or a coded refusal. Of the 4,096 tags and selectors of plane 14 every 256th in
    the everyday run."""
    few = [sign for sign in IGNORABLE if ord(sign) < 0xE0000 or ord(sign) % step == 0]
    hidden = {*few, *DROPPED, *SPACES} - {" "}
    assert {"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\ufe0f", "\u034f"} < hidden
    outcomes = {
        outcome(PLAIN[:place] + sign + PLAIN[place:])
        for sign in hidden
        for place in range(len(PLAIN) + 1)
    }
    assert outcomes == {PLAIN, UNDELIVERABLE, "invalid"}


def test_what_the_codec_drops_is_dropped():
    for sign in DROPPED:
        spelled = PLAIN.replace("viche", f"vi{sign}che")
        assert to_delivered(spelled) == PLAIN == envelope(spelled)


@pytest.mark.timeout(900)  # 42 CPU seconds by night, which took 300 s beside other work
@pytest.mark.parametrize(
    "step",
    [pytest.param(61, marks=pytest.mark.long), pytest.param(1, marks=pytest.mark.nightly)],
)
def test_every_character_there_is_goes_where_django_sends_it(step):
    for code in range(0x80, sys.maxunicode + 1, step):
        domain = f"vi{chr(code)}che.example"
        delivered = outcome(f"olena@{domain}")
        if delivered != UNDELIVERABLE:
            assert delivered.encode() == b"olena@" + domain.encode("idna").lower(), hex(code)


@given(
    st.text(max_size=12), st.sampled_from(["olena@{}.укр", "olena@vi{}che.example", "{}@x.example"])
)
def test_it_is_what_stands_on_the_envelope(part, around):
    typed = around.format(part)
    delivered = outcome(typed)
    if "@" in delivered:
        assert delivered == envelope(typed.strip()) == to_delivered(delivered)
        assert delivered.isascii()
        assert is_sendable(delivered)
    assert to_comparable(typed) == to_comparable(to_comparable(typed))


#: What a parser of addresses has a meaning for, and pieces of encoded words.
PIECES = ["olena", "a", ".", "=", "?", "=?", "?=", "?q?", "?b?", "utf-8", "=?utf-8?q?a?=", '"']
PIECES += [
    "\\",
    "(",
    ")",
    ",",
    ";",
    ":",
    "<",
    ">",
    "@",
    " ",
    "%",
    "+",
    "_",
    "'",
    "`",
    "=41",
    "YQ==",
]


@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join),
    st.sampled_from(["", '"']),
)
@example("=?utf-8?q?olena?=", "")
@example("a" * 64, "")
def test_a_mail_to_it_has_exactly_that_receiver(local, quote):
    delivered = outcome(f"{quote}{local}{quote}@viche.example")
    if "@" not in delivered:
        return
    mail = EmailMessage("Тема", "Текст", "viche@viche.example", [delivered]).message()
    assert (
        [str(to.addr_spec) for to in mail["To"].addresses] == [delivered] == [envelope(delivered)]
    )
    read = message_from_bytes(mail.as_bytes(), policy=policy.default)
    assert [to.addr_spec for to in read["To"].addresses] == [delivered]
    assert is_sendable(delivered)


@pytest.mark.parametrize("local", ["=?utf-8?q?olena?=", "=?utf-8?q?ol?=ena", '"=?utf-8?q?olena?="'])
def test_what_was_stored_as_an_encoded_word_is_not_sent(local):
    assert not is_sendable(f"{local}@viche.example")


def test_a_field_gives_it():
    field = EmailField()
    assert field.clean("Olena@GM\u00adAIL.com") == "Olena@gmail.com"
    assert EmailField(required=False).clean(" ") == ""
    with pytest.raises(ValidationError) as refused:
        field.clean("олена@gmail.com")
    assert refused.value.error_list[0].code == UNDELIVERABLE
