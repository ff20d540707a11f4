"""Anchors of the audit log: stamping by a job, seals at the desk, the pages, files and the feed."""

import logging
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from socket import create_connection
from threading import Event, Thread

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from lxml import etree

from core.audit_log.anchors import queries
from core.audit_log.anchors.storing import DAYS_TO_STAMP
from core.domain import clock as time
from core.domain.calendar import local_date
from core.models import AuditAnchor, AuditEntry
from notifications.channels import outgoing
from portal.audit import stamping
from tests.core.audit.days import past_head, sealed, stamped
from tests.core.audit.signing import DSTU, GOST, ORGANISATION, Signer, answer

pytestmark = pytest.mark.django_db
CHAIN = "/ledger/audit/"
ATOM = "{http://www.w3.org/2005/Atom}"


class Authority:
    """A time-stamp authority on the loopback address; ``how``: what is wrong with its answers."""

    def __init__(self) -> None:
        self.how: dict = {}
        self.status, self.location, self.body = 200, "", None
        self.asked: list[bytes] = []
        self.hang, self.slow = Event(), False
        self.signer = Signer("ec", is_authority=True)

    def answer(self, request: bytes) -> bytes:
        self.asked.append(request)
        return answer(request, self.signer, **self.how) if self.body is None else self.body


@pytest.fixture
def authority(settings, monkeypatch):
    own = Authority()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = own.answer(self.rfile.read(int(self.headers["Content-Length"])))
            if own.slow:
                own.hang.wait(10)
            self.send_response(own.status)
            if own.location:
                self.send_header("Location", own.location)
            self.end_headers()
            for begin in range(0, len(body), 500):  # as it comes over the network: in pieces
                self.wfile.write(body[begin : begin + 500])
                self.wfile.flush()

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    port = server.server_address[1]
    network = outgoing.Network(
        resolve=lambda _host, _port: ["93.184.215.14"],
        connect=lambda _address, *options: create_connection(("127.0.0.1", port), *options),
    )
    monkeypatch.setattr(stamping, "NETWORK", network)
    settings.TIMESTAMP_URL = "http://tsa.example/tsp"
    yield own
    own.hang.set()
    server.shutdown()
    server.server_close()
    thread.join(5)


def test_each_day_that_is_over_is_stamped_once(authority, clock):
    first, second = past_head(3), past_head(1)
    past_head(0)  # today may still grow
    assert len(stamping.stamp_heads()) == 2
    assert stamping.stamp_heads() == []
    assert len(authority.asked) == 2
    kept = {anchor.head: anchor for anchor in AuditAnchor.objects.all()}
    assert kept.keys() == {first.hash, second.hash}
    anchor = kept[second.hash]
    assert (anchor.verdict, anchor.day, anchor.number) == ("valid", second.day, second.number)
    assert bytes(anchor.request) in authority.asked
    clock.advance(days=1)
    assert len(stamping.stamp_heads()) == 1


def test_days_are_made_up_for_as_long_as_promised(authority):
    past_head(DAYS_TO_STAMP + 1)
    assert stamping.stamp_heads() == []
    last = past_head(DAYS_TO_STAMP)
    assert [anchor.head for anchor in stamping.stamp_heads()] == [last.hash]


def test_no_authority_no_request(authority, settings):
    settings.TIMESTAMP_URL = ""
    past_head()
    assert stamping.stamp_heads() == authority.asked == []


def test_a_root_that_was_set_is_trusted(authority, settings, tmp_path):
    root = Signer("root", is_ca=True)
    authority.signer = Signer("ec", is_authority=True, issuer=root)
    file = tmp_path / "roots.pem"
    file.write_bytes(root.certificate.public_bytes(Encoding.PEM))
    settings.TIMESTAMP_ROOTS = str(file)
    past_head()
    (anchor,) = stamping.stamp_heads()
    assert anchor.verdict == "trusted"


def test_wrong_answers_are_kept_and_three_are_enough(authority, client, admin):
    head = past_head()
    for authority.how in ({"nonce": 5}, {"broken": True}, {"status": "rejection"}):
        (anchor,) = stamping.stamp_heads()
        assert anchor.verdict == "wrong"
        assert bytes(anchor.request) == authority.asked[-1]
    authority.how = {}
    assert stamping.stamp_heads() == []
    reasons = AuditAnchor.objects.order_by("pk").values_list("reason", flat=True)
    assert list(reasons) == ["nonce", "signature", "refused"]
    assert client.get(reverse("audit:anchor", args=[anchor.pk])).status_code == 404
    assert "не має ні позначки часу" in client.get(reverse("audit:head", args=[head.day])).text
    client.force_login(admin)
    (shown,) = client.get(reverse("audit_desk:heads")).context["heads"]
    assert len(shown.wrong) == 3
    assert not shown.anchors


def test_a_stamp_that_cannot_be_checked_here_is_kept_and_not_asked_for_again(authority):
    past_head()
    authority.how = {"algorithm": DSTU}
    (anchor,) = stamping.stamp_heads()
    assert (anchor.verdict, anchor.reason) == ("unchecked", DSTU)
    assert stamping.stamp_heads() == []


def test_who_does_not_answer_is_asked_again_and_nothing_is_stored(
    authority, monkeypatch, settings, caplog
):
    past_head(), past_head(2)
    authority.status, authority.location = 302, "http://tsa.example/elsewhere"
    assert stamping.stamp_heads() == []
    assert len(authority.asked) == 1  # nobody follows, and no other day is tried
    authority.status, authority.location = 503, ""
    assert stamping.stamp_heads() == []
    authority.status, authority.body = 200, b"0" * (stamping.MOST_BYTES + 1)
    assert stamping.stamp_heads() == []
    authority.body, authority.slow = None, True
    monkeypatch.setattr(outgoing, "TIMEOUT", 0.2)
    assert stamping.stamp_heads() == []
    authority.hang.set()
    monkeypatch.setattr(stamping, "NETWORK", outgoing.Network(resolve=lambda *_: ["10.0.0.5"]))
    with caplog.at_level(logging.WARNING):
        assert stamping.stamp_heads() == []
    assert "may not be asked" in caplog.text
    assert not AuditAnchor.objects.exists()
    assert len(authority.asked) == 4


# --- Seals ----------------------------------------------------------------------------------------


def url_of_seal(head) -> str:
    return reverse("audit_desk:seal", args=[head.day])


def upload(content: bytes, name: str = "seal.p7s") -> dict:
    return {"file": SimpleUploadedFile(name, content)}


def test_an_administrator_brings_the_sealed_file_and_everybody_takes_it(client, admin):
    head = past_head()
    content = client.get(reverse("audit:head_file", args=[head.day])).content
    assert content == head.file
    made = Signer("rsa").p7s(content, is_attached=False)
    client.force_login(admin)
    page = client.post(url_of_seal(head), upload(made))
    assert page.url == reverse("audit:head", args=[head.day])
    anchor = AuditAnchor.objects.get()
    assert AuditEntry.objects.get(event="HeadSealed").ids == {
        "by_id": admin.pk,
        "anchor_id": anchor.pk,
    }
    client.logout()
    answer = client.get(reverse("audit:anchor", args=[anchor.pk]))
    assert (answer.content, answer["Content-Type"]) == (made, "application/pkcs7-signature")
    assert "attachment" in answer["Content-Disposition"]
    assert client.get(reverse("audit:anchor_request", args=[anchor.pk])).status_code == 404
    for url in (CHAIN, page.url):
        assert ORGANISATION in client.get(url).text


def test_a_refusal_stands_at_the_field(client, admin):
    head = past_head()
    client.force_login(admin)
    for content in (b"", b"nonsense", Signer("ec").p7s(b"another file")):
        page = client.post(url_of_seal(head), upload(content))
        assert page.status_code == 422
        assert page.context["form"].errors.keys() == {"file"}
    sealed_file = Signer("ec").p7s(head.file)
    assert client.post(url_of_seal(head), upload(sealed_file)).status_code == 302
    assert client.post(url_of_seal(head), upload(sealed_file)).status_code == 422
    assert AuditAnchor.objects.count() == 1


def test_administrators_alone_seal_days_that_are_over(client, admin, ofi, olena):
    head, today = past_head(), local_date(time.now())
    for person in (olena, ofi):
        client.force_login(person)
        assert client.get(url_of_seal(head)).status_code == 403
        assert client.post(url_of_seal(head), upload(b"x")).status_code == 403
    client.force_login(admin)
    assert client.get(reverse("audit_desk:seal", args=[today])).status_code == 404


# --- Pages and files ------------------------------------------------------------------------------


def test_without_anchors_the_page_says_what_the_proof_rests_on(client):
    head = past_head()
    page = client.get(CHAIN).text
    assert "хто володіє базою даних" in page
    assert head.hash in page
    stamped(head)
    page = client.get(CHAIN).text
    assert "хто володіє базою даних" not in page
    assert "підпис перевірено" in page


def test_what_is_not_checked_is_said_to_be_so(client):
    head = past_head()
    stamped(head, algorithm=DSTU)
    sealed(head, algorithm=DSTU)
    page = client.get(reverse("audit:head", args=[head.day])).text
    assert "підпис тут не перевірено" in page
    assert "czo.gov.ua" in page
    assert "підпис перевірено" not in page


def test_files_of_a_time_stamp_are_as_they_came(client):
    anchor = stamped(past_head())
    for name, field in (("audit:anchor", "content"), ("audit:anchor_request", "request")):
        assert client.get(reverse(name, args=[anchor.pk])).content == bytes(getattr(anchor, field))


def test_a_day_without_a_head_and_no_day_are_not_found(client):
    head = past_head()
    for day in (head.day - timedelta(days=1), head.day + timedelta(days=1)):
        assert client.get(f"{CHAIN}heads/{day}/").status_code == 404
        assert client.get(f"{CHAIN}heads/{day}.txt").status_code == 404
    for wrong in ("2026-02-30", "2026-13-01", "0001-01-01"):
        assert client.get(f"{CHAIN}heads/{wrong}/").status_code == 404


def test_the_feed_tells_each_head_once_its_day_is_over(client, clock):
    first, today = past_head(), past_head(0)
    found = etree.fromstring(client.get(f"{CHAIN}feed.atom").content)
    entries = found.findall(f"{ATOM}entry")
    (title,) = [each.findtext(f"{ATOM}title") for each in entries]
    assert title.endswith(f"{first.number}:{first.hash}")
    ids = {entries[0].findtext(f"{ATOM}id")}
    clock.advance(days=1)
    found = etree.fromstring(client.get(f"{CHAIN}feed.atom").content)
    entries = found.findall(f"{ATOM}entry")
    assert [each.findtext(f"{ATOM}title").endswith(str(today.hash)) for each in entries] == [
        True,
        False,
    ]
    assert ids < {each.findtext(f"{ATOM}id") for each in entries}


def test_pages_ask_as_much_for_a_month_as_for_a_day(client, django_assert_max_num_queries):
    for days in range(6, 0, -1):
        head = past_head(days)
        stamped(head)
        sealed(head)
    with django_assert_max_num_queries(10):
        client.get(CHAIN)
    with django_assert_max_num_queries(5):
        client.get(f"{CHAIN}feed.atom")


# --- What an anchor is for ------------------------------------------------------------------------


def verified() -> str:
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_audit", stdout=out, stderr=StringIO())
    return out.getvalue()


def test_a_chain_that_was_written_anew_is_found_by_its_anchors(client):
    head = past_head()
    stamped(head)
    assert list(queries.faults()) == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit.link SET hash = %s", ["f" * 64])
    assert f"link {head.number} had another hash when it was attested" in verified()
    assert "писали наново" in client.get(CHAIN).text
    # … and by the time-stamp itself, where the row was changed along with it.
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit.anchor SET head = %s", ["f" * 64])
    assert "its file is of something else, or not signed" in verified()


def test_rows_that_their_files_do_not_bear_out_are_found():
    head = past_head()
    rows = [stamped(head), sealed(head), stamped(head, algorithm=DSTU), sealed(head, digest=GOST)]
    other = past_head(2)
    assert list(queries.faults()) == []
    for made, change in (
        (rows[0], {"head": other.hash, "number": other.number}),
        (rows[1], {"day": other.day}),
        (rows[1], {"content": b"nothing"}),
        (rows[2], {"verdict": "trusted"}),
        (rows[3], {"verdict": "valid"}),
    ):
        row = AuditAnchor.objects.get(pk=made.pk)
        row.pk, row.sha256 = None, str(change)[:64]
        for name, value in change.items():
            setattr(row, name, value)
        row.save(force_insert=True)
        (fault,) = queries.faults()
        assert fault.startswith(f"anchor {row.pk}: ")
        row.delete()


def test_anchors_stay_when_their_days_are_cut(client):
    head = past_head()
    anchor = sealed(head)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit.link")
    assert client.get(reverse("audit:head_file", args=[head.day])).content == head.file
    assert client.get(reverse("audit:anchor", args=[anchor.pk])).status_code == 200
    assert list(queries.faults()) == []


@pytest.mark.parametrize("wrong", [{"kind": "promise"}, {"verdict": "good"}, {"verdict": "wrong"}])
def test_the_database_takes_no_other_kinds(wrong):
    anchor = sealed(past_head())
    for name, value in {**wrong, "pk": None, "sha256": "0"}.items():
        setattr(anchor, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        anchor.save(force_insert=True)
