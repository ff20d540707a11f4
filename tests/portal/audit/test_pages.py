"""Pages of the audit log: the administrators' search, the public chain, a receipt."""

import csv
import io
import json
from hashlib import sha256

import pytest
from django.utils.timezone import localdate
from lxml import html

from accounts.models import DataAccess
from core.audit_log.chaining import chain_entries
from core.domain import clock as time
from core.models import AuditEntry, AuditLink
from discussions import actions
from discussions.speech.queries import find_receipt

pytestmark = pytest.mark.django_db
LOG, CSV = "/desk/audit/", "/desk/audit/audit.csv"
CHAIN, RECEIPT = "/ledger/audit/", "/ledger/receipt/"


@pytest.fixture
def inside(client, admin):
    client.force_login(admin)
    return client


def entry(event="PollChanged", **ids: int) -> AuditEntry:
    actor = ids.get("by_id")
    return AuditEntry.objects.create(event=event, actor=actor, ids=ids, at=time.now())


def found(page) -> list[int]:
    return [line.number for line in page.context["lines"]]


def test_administrators_alone_look(client, olena, mo, ofi):
    for person in (olena, mo, ofi):
        client.force_login(person)
        assert client.get(LOG).status_code == client.get(CSV).status_code == 403


def test_entries_are_found_by_object_person_time_and_event(inside, ofi, mo, clock):
    one = entry(poll_id=7, by_id=ofi.pk)
    other = entry("UserSuspended", user_id=ofi.pk, by_id=mo.pk)
    clock.advance(days=3)
    late = entry(poll_id=77, by_id=ofi.pk)
    today = localdate(time.now()).isoformat()

    assert found(inside.get(LOG, {"kind": "poll_id", "number": "7"})) == [one.pk]
    by_email = inside.get(LOG, {"person": ofi.email})
    assert found(by_email) == [late.pk, other.pk, one.pk]
    polls = {"person": str(ofi.pk), "event": "PollChanged"}
    assert found(inside.get(LOG, polls)) == [late.pk, one.pk]
    assert found(inside.get(LOG, {"event": "UserSuspended"})) == [other.pk]
    late_polls = inside.get(LOG, {"since": today, "event": "PollChanged"})
    assert found(late_polls) == [late.pk]
    until = inside.get(LOG, {"until": today, "person": str(ofi.pk)})
    assert late.pk in found(until)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"kind": "poll_id"}, "number"),
        ({"number": "5"}, "kind"),
        ({"kind": "salary", "number": "5"}, "kind"),
        ({"number": "five"}, "number"),
        ({"person": "nobody@viche.example"}, "person"),
        ({"person": "Оля"}, "person"),
        ({"since": "yesterday"}, "since"),
    ],
)
def test_what_makes_no_sense_is_told_at_its_field(inside, asked, field):
    page = inside.get(LOG, asked)
    assert page.status_code == 422
    assert field in page.context["form"].errors


def test_each_look_is_an_entry_and_is_read_by_whom_it_shows(inside, admin, ofi):
    entry(poll_id=7, by_id=ofi.pk)
    inside.get(LOG, {"kind": "poll_id", "number": "7"})
    looked = AuditEntry.objects.get(event="AuditRead")
    assert looked.actor == admin.pk
    assert (looked.ids["kind"], looked.ids["number"]) == ("poll_id", 7)
    assert DataAccess.objects.get(user=ofi).why == "audit.search"
    inside.get(CSV, {"person": str(ofi.pk)})
    assert AuditEntry.objects.filter(event="AuditRead", ids__is_download=True).count() == 1


def test_a_page_costs_the_same_however_long_the_log(inside, ofi, django_assert_max_num_queries):
    AuditEntry.objects.bulk_create(
        AuditEntry(event="PollChanged", actor=ofi.pk, ids={"poll_id": 5}, at=time.now())
        for _ in range(120)
    )
    with django_assert_max_num_queries(15):
        first = inside.get(LOG, {"kind": "poll_id", "number": "5"})
    assert len(first.context["lines"]) == 50
    second = inside.get(LOG + first.context["next_url"])
    third = inside.get(LOG + second.context["next_url"])
    numbers = found(first) + found(second) + found(third)
    assert len(set(numbers)) == 120
    assert third.context["next_url"] == ""


def test_the_file_holds_numbers_and_no_names(inside, ofi):
    made = entry(poll_id=7, by_id=ofi.pk)
    text = b"".join(inside.get(CSV, {"kind": "poll_id", "number": "7"}).streaming_content).decode()
    head, row = csv.reader(io.StringIO(text.lstrip("\ufeff")))
    assert head == ["number", "at", "event", "by", "ids"]
    assert row[0] == str(made.pk)
    assert row[3:] == [str(ofi.pk), f"by_id={ofi.pk}; poll_id=7"]
    assert "Остап" not in text


def test_anybody_reads_heads_and_lines(client):
    entry(poll_id=1)
    chain_entries()
    link = AuditLink.objects.get()
    assert link.hash in client.get(CHAIN).text
    lines = b"".join(client.get(f"{CHAIN}links.jsonl").streaming_content).decode().splitlines()
    assert [sha256(line.encode()).hexdigest() for line in lines] == [link.hash]
    assert b"".join(client.get(f"{CHAIN}links.jsonl?after=1").streaming_content) == b""
    assert client.get(f"{CHAIN}links.jsonl?after=x").status_code == 404
    shown = client.get(f"{CHAIN}links/1.json").json()
    digest = sha256("\n".join(shown["leaves"]).encode()).hexdigest()
    assert json.loads(shown["line"])["leaves"] == digest
    assert client.get(f"{CHAIN}links/2.json").status_code == 404


def test_a_receipt_leads_to_its_entry_and_to_a_proof(client, olena, mo):
    thread = actions.open_thread()
    comment = actions.post(thread.pk, by=olena, text="Тут бракує ліхтаря")
    receipt = find_receipt(comment)
    page = client.get(RECEIPT, {"receipt": receipt})
    assert (page.status_code, page.context["link"]) == (200, None)
    chain_entries()
    page = client.get(RECEIPT, {"receipt": receipt.replace(" ", "-")})
    line, leaf = page.context["line"], page.context["leaf"]
    assert sha256(line.encode()).hexdigest() == leaf
    assert leaf in client.get(f"{CHAIN}links/1.json").json()["leaves"]
    digits = receipt.replace(" ", "")
    said = json.loads(line)
    assert said["ids"]["receipt"] == sha256(digits.encode()).hexdigest()
    assert said["actor"] != olena.pk
    assert page.context["state"] == "shown"
    actions.hide(comment, by=mo, reason="spam", note="Порушує правила")
    page = client.get(RECEIPT, {"receipt": receipt})
    assert page.context["state"] == "hidden"
    assert "ліхтаря" not in page.text
    assert len(page.context["steps"]) == 2


def test_a_receipt_that_nobody_got_leads_to_nothing(client):
    page = client.get(RECEIPT, {"receipt": "1" * 24})
    assert page.status_code == 404
    assert client.get(RECEIPT, {"receipt": "123"}).status_code == 422
    assert client.get(RECEIPT).status_code == 200


def test_events_are_offered_in_groups(inside):
    page = html.fromstring(inside.get(LOG).text)
    [meetings] = page.xpath("//select[@name='event']/optgroup[@label='Засідання']")
    assert {"MeetingCalled", "AgendaChanged"} & set(meetings.xpath("./option/@value"))
    groups = page.xpath("//select[@name='event']/optgroup/@label")
    assert groups[-1] == "Інше"
    assert len(groups) > 10
