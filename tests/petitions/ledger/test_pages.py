"""The public ledger's pages and files, and that what they say of checking is true."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys

import pytest
from django.urls import reverse

from core.web.pages import forget_pages
from petitions.defence import actions as defence
from petitions.defence.signature_filter import SignatureFilter
from petitions.ledger import actions, hours
from petitions.models import Day, Hour, Signature, State
from tests.petitions.factories import petition, signatures
from tests.petitions.ledger.test_append import counted

pytestmark = pytest.mark.django_db
NETWORK = "198.51.100.0"


@pytest.fixture
def one(olena, mo, clock):
    """A petition with signatures, a removal and its reversal, on two days that are over."""
    one = petition(olena)
    signatures(one, 12, network="203.0.113.0")
    signatures(one, 3, network=NETWORK)
    signatures(one, 2, status=Signature.Status.CHECKING, suspicion="network", network=NETWORK)
    counted(one)
    removal = defence.remove(
        one,
        by=mo,
        rule="network",
        signature_filter=SignatureFilter(networks=(NETWORK,)),
        reason="Машина «з мережі» & <b>.",
        shown=5,
    )
    clock.advance(days=1)
    defence.reverse(removal, by=mo, reason="Помилка.")
    clock.advance(seconds=(hours.HOUR + actions.SETTLED).total_seconds())
    hours.close_hours()
    clock.advance(days=1)
    actions.close_days()
    forget_pages()
    return one


def text(response) -> str:
    return response.content.decode()


def test_anybody_reads_what_was_removed_and_why(client, one, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        page = text(client.get(reverse("petitions:ledger", args=[one.pk]), {"x": one.pk}))
    assert "Машина «з мережі» &amp; &lt;b&gt;." in page
    assert "Помилка." in page
    assert "+15" in page and "+2" in page
    assert "−3" in page and "−5" in page  # out of the count, and out of what was removed
    assert NETWORK not in page and "Мотря" not in page and "signer" not in page


def test_a_long_ledger_is_paged(client, olena, clock, django_assert_max_num_queries):
    one = petition(olena)
    for _ in range(35):
        signatures(one, 1)
        counted(one)
        clock.advance(minutes=2)
    with django_assert_max_num_queries(5):
        first = text(client.get(reverse("petitions:ledger", args=[one.pk])))
    assert 'id="line-35"' in first and 'id="line-5"' not in first
    (following,) = re.findall(r'href="(\?after=[^"]+)"[^>]*rel="next"', first)
    second = text(client.get(reverse("petitions:ledger", args=[one.pk]) + html.unescape(following)))
    assert 'id="line-5"' in second and 'id="line-35"' not in second


def test_a_petition_that_is_not_published_has_none(client, olena, mo):
    for state in (State.DRAFT, State.MODERATION, State.REFUSED):
        one = petition(olena, state)
        for who in (None, olena, mo):
            client.logout() if who is None else client.force_login(who)
            for name in ("ledger", "ledger_download"):
                assert client.get(reverse(f"petitions:{name}", args=[one.pk])).status_code == 404


def test_the_download_is_the_lines_as_they_were_hashed(client, one):
    response = client.get(reverse("petitions:ledger_download", args=[one.pk]))
    assert response["Content-Type"].startswith("application/jsonl")
    assert f'filename="petition-{one.pk}-ledger.jsonl"' in response["Content-Disposition"]
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert lines == list(one.ledger.order_by("number").values_list("body", flat=True))
    assert [json.loads(line)["what"] for line in lines] == ["signed", "removed", "reversed"]


def test_there_is_nobody_in_it(client, one):
    """Neither who removed, nor who signed, nor from where."""
    lines = b"".join(
        client.get(reverse("petitions:ledger_download", args=[one.pk])).streaming_content
    )
    for line in lines.splitlines():
        assert set(json.loads(line)) <= {
            "at",
            "change",
            "number",
            "petition",
            "previous",
            "total",
            "what",
            "removal",
            "rule",
            "reason",
        }


@pytest.fixture
def folder(client, one, tmp_path):
    """What somebody has downloaded: the files under their names, and the two programs."""
    for address in (
        reverse("petitions:ledger_download", args=[one.pk]),
        reverse("petitions:ledger_days"),
        reverse("petitions:ledger_hours"),
    ):
        response = client.get(address)
        name = re.findall('filename="(.+)"', response["Content-Disposition"])[0]
        (tmp_path / name).write_bytes(b"".join(response.streaming_content))
    page = text(client.get(reverse("petitions:how_to_check")))
    for kind, name in (("shell", "check.sh"), ("python", "check.py")):
        (written,) = re.findall(rf'<code id="check-{kind}">(.*?)</code>', page, re.S)
        program = html.unescape(written).replace("petition-12-", f"petition-{one.pk}-")
        (tmp_path / name).write_text(program, "utf-8")
    return tmp_path


def run(folder, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_programs_of_the_page_find_an_honest_ledger_whole(folder, one):
    last = one.ledger.latest("number").hash
    shell = run(folder, "sh", "check.sh")
    assert shell.stdout == f"last fingerprint: {last}\n"
    python = run(folder, sys.executable, "check.py")
    assert python.returncode == 0, python.stderr
    assert "All holds" in python.stdout and last in python.stdout


@pytest.mark.parametrize(
    "tamper",
    [
        lambda lines: [lines[0].replace('"counted":15', '"counted":16'), *lines[1:]],
        lambda lines: [lines[0], lines[2]],
        lambda lines: [lines[0], lines[2], lines[1]],
        lambda lines: lines[1:],
        lambda lines: [line.replace("Помилка", "Помилку") for line in lines],
        lambda lines: lines[:-1],
    ],
)
def test_the_programs_of_the_page_find_a_tampered_one(folder, one, tamper):
    file = folder / f"petition-{one.pk}-ledger.jsonl"
    lines = file.read_text("utf-8").splitlines()
    file.write_text("".join(f"{line}\n" for line in tamper(lines)), "utf-8")
    assert run(folder, sys.executable, "check.py").returncode != 0
    # The chain alone does not tell that its last lines are missing or others: the days do.
    shell = run(folder, "sh", "check.sh").stdout
    assert "does not follow" in shell or one.ledger.latest("number").hash not in shell


def test_a_tampered_day_is_found_by_the_program(folder):
    file = folder / "petitions-days.jsonl"
    days = file.read_text("utf-8").splitlines()
    file.write_text(days[0].replace('"number":2', '"number":1') + "\n", "utf-8")
    assert "says otherwise" in run(folder, sys.executable, "check.py").stderr


def test_a_tail_that_was_cut_within_its_day_is_found_by_the_hours(folder):
    """The days are those of before: only the hours tell."""
    (folder / "petitions-days.jsonl").write_text("", "utf-8")
    assert run(folder, sys.executable, "check.py").returncode == 0
    (file,) = folder.glob("petition-*-ledger.jsonl")
    lines = file.read_text("utf-8").splitlines()
    file.write_text("".join(f"{line}\n" for line in lines[:-1]), "utf-8")
    told = run(folder, sys.executable, "check.py").stderr
    assert re.search(r"hour \S+ says otherwise", told)


def test_the_heads_of_days_and_the_hours_are_public(client, one):
    page = text(client.get(reverse("petitions:how_to_check")))
    assert Hour.objects.latest("hour").hash in page
    for day in Day.objects.all():
        assert day.hash in page
