"""Limits that mark: counted in one statement, per petition, and nobody honest is hit."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections

from core.web.client_ip import UNKNOWN, network_of
from core.web.limits import Try, spend_each
from petitions.defence import suspicions
from petitions.defence.networks import format_network, is_disposable, owner_of
from petitions.defence.suspicions import LANES, find_suspicion
from petitions.models import Signature

DAY = timedelta(days=1)


@pytest.fixture
def limits(monkeypatch):
    """Narrow limits, one at a time: ``limits(address=3)``."""

    def only(**most: int) -> None:
        names = ("address", "network", "domain", "petition")
        limits = {name: (most.get(name, 0), DAY) for name in names}
        monkeypatch.setattr(suspicions, "SIGNING_LIMITS", limits)

    return only


def marks(number: int, petition: int = 1, **facts: str) -> list[str]:
    facts = {"address": "198.51.100.7", "email": "a@school.example"} | facts
    return [find_suspicion(petition, **facts).suspicion for _ in range(number)]


@pytest.mark.django_db
def test_whoever_is_over_a_limit_is_marked_with_its_name(limits):
    limits(address=3)
    assert marks(5) == ["", "", "", "address", "address"]
    assert marks(1, address="198.51.100.8") == [""]
    limits(network=3)
    assert [*marks(3), *marks(1, address="198.51.100.200")] == ["", "", "", "network"]
    assert marks(1, address="198.51.101.200") == [""]
    limits(domain=2)
    assert marks(3) == ["", "", "domain"]
    assert marks(1, email="a@other.example") == [""]


@pytest.mark.django_db
def test_a_domain_is_not_multiplied_by_those_below_it(limits):
    limits(domain=2)
    below = [marks(1, email=f"a@x{number}.machine.example") for number in range(4)]
    assert below == [[""], [""], ["domain"], ["domain"]]


@pytest.mark.parametrize(
    ("domain", "owner"),
    [
        ("mail.machine.example", "machine.example"),
        ("a.b.machine.com", "machine.com"),
        ("Firm.com.ua", "firm.com.ua"),
        ("x.firm.com.ua", "firm.com.ua"),
        ("x.firm.kiev.ua", "firm.kiev.ua"),
        ("x.rozetka.ua", "rozetka.ua"),
        ("school1.edu.kr.ua", "school1.edu.kr.ua"),
        ("mail.school1.edu.kr.ua", "school1.edu.kr.ua"),
        ("kr.gov.ua", "kr.gov.ua"),
        ("edu.kr.ua", "edu.kr.ua"),
        ("com.ua", "com.ua"),
        ("localhost", "localhost"),
        ("", ""),
    ],
)
def test_what_somebody_registers(domain, owner):
    assert owner_of(domain) == owner


@pytest.mark.django_db
def test_each_petition_counts_by_itself(limits):
    limits(address=1)
    assert marks(2) == ["", "address"]
    assert marks(1, petition=2) == [""]


@pytest.mark.django_db
def test_a_marked_one_waits_and_the_others_count(limits):
    limits(address=1)
    facts = {"address": "198.51.100.7", "email": "Olena@School.example"}
    first, second = find_suspicion(1, **facts), find_suspicion(1, **facts)
    assert (first.status, second.status) == (Signature.Status.COUNTED, Signature.Status.CHECKING)
    assert first.network == second.network == "198.51.100.0"
    assert first.domain == "school.example"


@pytest.mark.django_db
def test_the_next_day_begins_anew(limits, clock):
    limits(address=1)
    assert marks(2) == ["", "address"]
    clock.advance(hours=25)
    assert marks(1) == [""]


@pytest.mark.django_db
def test_a_flood_of_one_petition_is_marked_whoever_sends_it(limits):
    limits(petition=2 * LANES)
    flood = [
        find_suspicion(1, address=f"10.{n // 200}.{n % 200}.1", email=f"a@d{n}.example").suspicion
        for n in range(10 * LANES)
    ]
    assert flood.count("") <= 2 * LANES
    assert flood[-1] in ("", "petition") and flood.count("petition") >= 8 * LANES


@pytest.mark.django_db
def test_a_school_of_150_is_not_hit_by_the_limits_of_the_settings():
    assert set(marks(150)) == {""}


@pytest.mark.django_db
def test_customers_of_a_mobile_provider_share_addresses_and_domains():
    found = [
        find_suspicion(
            1, address=f"198.51.{100 + n % 3}.{n % 250}", email=f"n{n}@ukr.net"
        ).suspicion
        for n in range(1200)
    ]
    assert set(found) == {""}


@pytest.mark.django_db
def test_a_mailbox_for_ten_minutes_is_marked(limits, settings, tmp_path):
    limits()
    assert marks(1, email="x@yopmail.com") == ["disposable"]
    assert marks(1, email="x@eu.yopmail.com") == ["disposable"]
    assert marks(1, email="x@notyopmail.com") == [""]
    listed = tmp_path / "listed.txt"
    listed.write_text("# ours\nOther.example # and its parts\n\n")
    settings.DISPOSABLE_DOMAINS_FILE = str(listed)
    assert is_disposable("a.other.example") and not is_disposable("yopmail.com")
    settings.DISPOSABLE_DOMAINS_FILE = ""
    assert not is_disposable("yopmail.com")


@pytest.mark.django_db
def test_an_address_that_is_unknown_is_nobodys(limits):
    limits(address=1, network=1)
    assert marks(3, address=UNKNOWN) == ["", "", ""]
    assert find_suspicion(1, address=UNKNOWN, email="a@b.example").network is None


@pytest.mark.django_db
def test_a_household_of_ipv6_is_one_client(limits):
    limits(address=1)
    assert marks(1, address="2001:db8:1:2::1") == [""]
    assert marks(1, address="2001:db8:1:2::2") == ["address"]
    assert marks(1, address="2001:db8:1:3::2") == [""]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2::1", "2001:db8:1::/48"),
    ],
)
def test_networks_as_people_write_them(address, network):
    assert format_network(network_of(address)) == network


@pytest.mark.django_db
def test_it_is_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        find_suspicion(1, address="198.51.100.7", email="a@school.example")


@pytest.mark.django_db
def test_nothing_of_personal_data_is_kept(limits):
    limits(address=5, network=5, domain=5)
    marks(1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(key, ' ') FROM core_limit")
        kept = cursor.fetchone()[0]
    assert "198.51" not in kept and "school" not in kept


@pytest.mark.django_db(transaction=True)
def test_parallel_tries_of_the_same_keys_are_all_counted_and_never_deadlock():
    keys = [Try(f"try:{n}", 90, DAY) for n in range(6)]

    def tries(order: int) -> int:
        mine = keys if order % 2 else keys[::-1]
        try:
            return sum(bool(spend_each(mine)) for _ in range(25))
        finally:
            connections.close_all()

    try:
        with ThreadPoolExecutor(8) as threads:
            assert sum(threads.map(tries, range(8))) == 200 - 90
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM core_limit")
