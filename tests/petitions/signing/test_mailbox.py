"""Which spellings of an address are one mailbox, and which are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petitions.signing.mailbox import SIZE, canonical, is_one, key_of, keys_of, limit_key

_WORD = st.text("abcdefghijklmnopqrstuvwxyz0123456789_-", min_size=1, max_size=12)
_LOCAL = st.lists(_WORD, min_size=1, max_size=3).map(".".join)
_DOMAIN = st.lists(
    st.text("abcdefgijklmnopqrstuvwyz", min_size=2, max_size=9), min_size=2, max_size=3
).map(".".join)
_ABROAD = st.text("абвгдежзийклмнопрстуфхцчшщьюяєіїґàéößα-", min_size=2, max_size=12).map(
    "{}.укр".format
)
_DOTLESS = st.sampled_from(["gmail.com", "googlemail.com", "proton.me", "pm.me"])


@pytest.mark.parametrize(
    ("written", "mailbox"),
    [
        ("Olena@Example.ORG", "olena@example.org"),
        (" olena@example.org ", "olena@example.org"),
        ("olena+petitions@example.org", "olena@example.org"),
        ("olena+a+b@example.org", "olena@example.org"),
        ("+olena@example.org", "+olena@example.org"),
        ('"olena"@example.org', "olena@example.org"),
        ("o.le.na+x@GMAIL.com", "olena@gmail.com"),
        ("olena@googlemail.com", "olena@gmail.com"),
        ("olena@protonmail.com", "olena@proton.me"),
        ("o.lena@ukr.net", "o.lena@ukr.net"),
        ("olena@example.org.", "olena@example.org"),
        # A Cyrillic «а», written so and as ASCII; Greek «ο»; wide letters.
        ("olena@gmаil.com", "olena@gmail.com"),
        ("olena@xn--gmil-63d.com", "olena@gmail.com"),
        ("olena@gοοglemail.com", "olena@gmail.com"),
        ("olena@ｇｍａｉｌ.com", "olena@gmail.com"),
        # The Kelvin sign passes for a letter k.
        ("\u212ateam@example.org", "kteam@example.org"),
    ],
)
def test_spellings_of_one_mailbox(written, mailbox):
    assert canonical(written) == mailbox


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("o.koval@ukr.net", "ok.oval@ukr.net"),
        ("olena@ukr.net", "olena@i.ua"),
        ("olena@gmail.com", "olena@gmai1.com"),
        ("olena@gmail.com", "olena@gmail.com.ua"),
        ("olena@пошта.укр", "olena@пошти.укр"),
        ("olena@hotmail.com", "olena@outlook.com"),
        ("olena-x@example.org", "olena@example.org"),
    ],
)
def test_two_mailboxes(one, other):
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("o.lena+x@GMAIL.com", "olena@googlemail.com", True),
        ("olena@xn--80a1acn3a.укр", "olena@ПОШТА.xn--j1amh", True),
        ("olena@gmаil.com", "olena@gmail.com", False),
        ("olena@xn--gmil-63d.com", "olena@gmail.com", False),
        ("", "", False),
    ],
)
def test_what_looks_the_same_is_not_read_by_one_person(one, other, same):
    assert is_one(one, other) is same


@given(_LOCAL, _DOMAIN, _WORD)
def test_case_and_tags_change_nothing(local, domain, tag):
    address = f"{local}@{domain}"
    assert canonical(address.upper()) == canonical(address)
    assert canonical(f"{local}+{tag}@{domain}") == canonical(address)


@given(_LOCAL, _DOTLESS, st.data())
def test_dots_change_nothing_where_they_are_ignored(local, domain, data):
    plain = local.replace(".", "")
    places = data.draw(st.sets(st.integers(1, max(1, len(plain) - 1)), max_size=4))
    dotted = "".join(f".{c}" if n in places else c for n, c in enumerate(plain))
    assert canonical(f"{dotted}@{domain}") == canonical(f"{plain}@{domain}")


@given(_LOCAL, _LOCAL, _DOMAIN)
def test_dots_count_everywhere_else(one, other, domain):
    same = canonical(f"{one}@{domain}") == canonical(f"{other}@{domain}")
    assert same == (one == other)


@given(st.emails(domains=st.one_of(_DOMAIN, _ABROAD)))
def test_twice_is_once(written):
    mailbox = canonical(written)
    assert canonical(mailbox) == mailbox
    assert all(mailbox.rpartition("@"))


@given(st.text(max_size=30))
def test_whatever_somebody_writes(written):
    assert "@" in canonical(written)


@given(_LOCAL, _DOMAIN, st.integers(1, 10**9))
def test_a_key_is_the_mailboxs_in_one_petition(local, domain, petition_id):
    address = f"{local}@{domain}"
    key = key_of(petition_id, address)
    assert len(key) == SIZE
    assert key_of(petition_id, f"{local.upper()}+x@{domain}") == key
    assert key_of(petition_id + 1, address) != key
    assert keys_of(address, [petition_id]) == [(petition_id, key)]


def test_keys_need_the_secret(settings):
    before = key_of(1, "olena@example.org"), limit_key("olena@example.org")
    settings.PERSON_KEY_SECRET = "another"
    after = key_of(1, "olena@example.org"), limit_key("olena@example.org")
    assert not set(before) & set(after)
