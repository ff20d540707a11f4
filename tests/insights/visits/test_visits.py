"""Visits: counted by a beacon, merged over processes, and nothing of anybody left."""

from __future__ import annotations

import stat
from datetime import date

import pytest
from datasketches import hll_sketch, tgt_hll_type
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from core.domain.calendar import kyiv
from insights.models import VisitorSketch
from insights.visits import jobs, salts
from insights.visits.counting import LG_K, Counter, pack, visits
from insights.visits.queries import RELATIVE_ERROR, month_visitors, months_with_visitors
from tests.crowds import at_once
from tests.insights.readers import visits_of
from tests.meetings import factories

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
DAY = date(2026, 11, 28)


@pytest.fixture(autouse=True)
def private(settings, tmp_path):
    """The folder of salts of a machine that has counted nothing yet."""
    settings.PRIVATE_ROOT = tmp_path
    visits.forget()
    yield tmp_path
    visits.forget()


def count_all(seen, *machines):
    """Each visit by one of the machines in turn; the number of distinct pairs."""
    pairs = set()
    for number, (address, browser, day) in enumerate(seen):
        machines[number % len(machines)].count(address, browser, day)
        pairs.add((address, browser))
    for machine in machines:
        machine.flush()
    return len(pairs)


def test_a_month_of_30_000_is_within_two_percent_over_three_processes(db):
    pairs = count_all(
        visits_of(30_000, year=2026, month=11, seed=1), *(Counter(), Counter(), Counter())
    )
    found = month_visitors(2026, 11)
    assert found is not None and not found.per_machine
    assert abs(found.count - pairs) <= 0.02 * pairs
    assert len(found.days) == 28
    assert all(each.count < found.count for each in found.days)
    print(f"{found.count} counted, {pairs} pairs, of 30,000 people")


def test_whoever_returns_is_counted_once_a_month_and_once_a_day(db):
    for day in (DAY, DAY, date(2026, 11, 27)):
        visits.count("10.0.0.1", FIREFOX, day)
        visits.flush()
    found = month_visitors(2026, 11)
    assert found is not None and found.count == 1
    assert [(each.day.day, each.count) for each in found.days] == [(27, 1), (28, 1)]
    assert month_visitors(2026, 10) is None


def test_flushing_costs_few_statements_and_none_without_visits(db, django_assert_num_queries):
    visits.count("10.0.0.1", FIREFOX, DAY)
    with django_assert_num_queries(5):  # begin, rows, lock, registers, release
        visits.flush()
    visits.count("10.0.0.1", FIREFOX, DAY)
    with django_assert_num_queries(4):  # whoever returns changes nothing
        visits.flush()
    with django_assert_num_queries(0):
        visits.flush()


@pytest.mark.django_db(transaction=True)
def test_processes_that_flush_at_once_lose_nothing():
    counters = [Counter() for _ in range(4)]
    for number, counter in enumerate(counters):
        for reader in range(25):
            counter.count(f"10.{number}.0.{reader}", FIREFOX, DAY)
    assert at_once([counter.flush for counter in counters]) == [None] * 4
    found = month_visitors(2026, 11)
    assert found is not None and found.count == 100


def test_what_could_not_be_written_waits(db, monkeypatch):
    visits.count("10.0.0.1", FIREFOX, DAY)
    with connection.execute_wrapper(_fail), pytest.raises(RuntimeError):
        visits.flush()
    visits.count("10.0.0.2", FIREFOX, DAY)
    visits.flush()
    assert month_visitors(2026, 11).count == 2


def _fail(execute, sql, params, many, context):
    raise RuntimeError("away")


# --- the salt -------------------------------------------------------------------------------------


def test_machines_with_one_salt_merge_and_those_with_others_say_so(db, settings, tmp_path):
    def machine(name):
        settings.PRIVATE_ROOT = tmp_path / name
        counter = Counter()
        counter.count("10.0.0.1", FIREFOX, DAY)
        counter.flush()
        return salts.path_of(salts.first_of_month(DAY))

    first = machine("first")
    handed = tmp_path / "second" / "visits" / first.name
    handed.parent.mkdir(parents=True)
    handed.write_bytes(first.read_bytes())
    machine("second")
    assert (month_visitors(2026, 11).count, month_visitors(2026, 11).per_machine) == (1, False)
    machine("third")
    assert (month_visitors(2026, 11).count, month_visitors(2026, 11).per_machine) == (2, True)


def test_the_salt_is_the_servers_alone_and_gone_after_its_month(db, clock, tmp_path):
    visits.count("10.0.0.1", FIREFOX, DAY)
    path = salts.path_of(date(2026, 11, 1))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    key = path.read_bytes()
    clock.set(kyiv(date(2026, 11, 30)))
    jobs.delete_past_salts(0)
    assert path.read_bytes() == key
    clock.set(kyiv(date(2026, 12, 1)))
    jobs.delete_past_salts(0)
    assert not path.exists()


def test_a_machine_without_a_worker_deletes_it_with_the_next_months_first_visit(db):
    visits.count("10.0.0.1", FIREFOX, DAY)
    visits.count("10.0.0.1", FIREFOX, date(2026, 12, 1))
    assert [each.name for each in salts.folder().iterdir()] == ["salt-2026-12"]


def test_the_command_tells_the_file_and_the_digest_but_not_the_salt(db, capsys):
    call_command("visits_salt", "--next")
    path, digest = capsys.readouterr().out.split()
    (made,) = salts.folder().iterdir()
    assert path == str(made)
    assert digest not in made.read_bytes().hex() and len(digest) == 16


def test_nobody_is_counted_while_the_salt_cannot_be_read(db, client, caplog):
    salts.path_of(salts.first_of_month(DAY)).write_bytes(b"short")
    visits.count("10.0.0.1", FIREFOX, DAY)
    visits.count("10.0.0.2", FIREFOX, DAY)
    visits.flush()
    assert not VisitorSketch.objects.exists()
    assert len(caplog.records) == 1


def test_the_database_links_nothing_to_an_address(db):
    """Of last month there are registers alone, and no guess can be tested without the salt."""
    visits.count("10.0.0.1", FIREFOX, DAY)
    visits.flush()
    salt = salts.load_salt(date(2026, 11, 1))
    (row,) = VisitorSketch.objects.filter(period="month")
    fields = {field.name for field in VisitorSketch._meta.get_fields()}
    assert fields == {"id", "period", "begins_on", "salt", "registers"}
    dump = "".join(_rows_of(table) for table in connection.introspection.table_names())
    assert bytes(row.registers).hex() in dump
    for secret in (salt.key.hex(), "10.0.0.1", "Firefox"):
        assert secret not in dump
    # With the salt the guess is right: the same registers. With any other it is not.
    known = salts.load_salt(date(2026, 11, 1))
    salts.delete_past(date(2026, 12, 1))
    guessed = salts.load_salt(date(2026, 11, 1))
    assert _registers_of(known) == bytes(row.registers)
    assert guessed.key != known.key and _registers_of(guessed) != bytes(row.registers)


def _rows_of(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT string_agg(t::text, E'\\n') FROM \"{table}\" t")  # noqa: S608
        return cursor.fetchone()[0] or ""


def _registers_of(salt):
    sketch = hll_sketch(LG_K, tgt_hll_type.HLL_8)
    sketch.update(salt.hash_visitor("10.0.0.1", FIREFOX))
    return pack(sketch)


# --- the beacon and the page ----------------------------------------------------------------------


def beacon(client, address="10.0.0.1", browser=FIREFOX, **headers):
    return client.get(reverse("seen"), REMOTE_ADDR=address, HTTP_USER_AGENT=browser, **headers)


def counted():
    visits.flush()
    latest = months_with_visitors()
    return latest[0].count if latest else 0


def test_the_beacon_counts_a_pair_of_address_and_browser(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = beacon(client)
    assert answer.headers["Content-Type"] == "image/gif"
    assert answer.headers["Cache-Control"].startswith("private")  # no proxy keeps it
    assert not answer.cookies
    beacon(client, "2001:db8::1")
    beacon(client, "2001:db8::2")  # the same /64
    beacon(client, browser=FIREFOX.replace("140", "141"))
    assert counted() == 3


@pytest.mark.parametrize(
    "asked",
    [
        {"browser": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"browser": ""},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_DEST": "document"},
    ],
    ids=["robot", "nameless", "other site", "opened by itself"],
)
def test_the_beacon_counts_no(client, db, asked):
    assert beacon(client, **asked).status_code == 200
    assert counted() == 0


def test_pages_carry_the_beacon_and_displays_do_not(client, db):
    assert client.get("/en/insights/visits/").content.count(b"/insights/seen.gif") == 1
    display = client.get(reverse("meetings:display", args=[factories.meeting().pk]))
    assert display.status_code == 200 and b"seen.gif" not in display.content


def test_the_page_says_the_number_its_error_and_what_it_cannot_tell(client, db):
    count_all(visits_of(300, year=2026, month=11, seed=2), visits)
    found = month_visitors(2026, 11)
    page = client.get(reverse("insights:visits_month", args=[2026, 11])).content.decode()
    assert f"<strong>{found.count}</strong>" in page
    assert f"± {found.margin}" in page
    assert 'id="how"' in page
    assert page.count('class="chart__bar"') == len(found.days)
    lines = b"".join(
        client.get(reverse("insights:visits_csv", args=[2026, 11])).streaming_content
    ).decode()
    assert f"month,2026-11-01,{found.count},{round(RELATIVE_ERROR, 4)},0" in lines
    assert lines.count("\r\n") == 2 + len(found.days)
    for month in ("2026/10", "2026/13", "1/1"):
        assert client.get(f"/insights/visits/{month}/").status_code == 404
