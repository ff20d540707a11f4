"""The files an administrator copies: what they say is what the programs read."""

import inspect
import ipaddress
import itertools
import os
import re
import shutil
import subprocess

import pytest
from django.conf import settings
from django.urls import URLResolver, get_resolver, reverse
from django.utils import translation

from core.export import conversion, converter
from core.web.client_ip import client_groups

DEPLOY = settings.BASE_DIR / "deploy"
DOCS = (settings.BASE_DIR / "docs/deploy.md").read_text()
VARIABLES = (settings.BASE_DIR / "docs/environment.md").read_text()


def read_by_shell() -> dict[str, str]:
    """The settings of env.example as a shell takes them that nobody has set up."""
    done = subprocess.run(
        ["sh", "-euc", "set -a; . ./env.example; exec env -0"],
        cwd=DEPLOY,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    assert not done.stderr
    return dict(line.split("=", 1) for line in done.stdout.split("\0") if line)


def test_the_example_of_settings_is_read_by_the_shell_as_by_systemd():
    lines = [line for line in (DEPLOY / "env.example").read_text().splitlines() if "=" in line]
    by_systemd = {
        name: value.removeprefix("'").removesuffix("'")
        for name, value in (line.split("=", 1) for line in lines if not line.startswith("#"))
    }
    by_shell = read_by_shell()
    assert {name: by_shell[name] for name in by_systemd} == by_systemd


def test_each_setting_of_the_example_is_explained():
    names = set(read_by_shell()) - {"PATH", "PWD", "SHLVL", "OLDPWD", "_"}
    assert {name for name in names if f"| `{name}` |" not in VARIABLES} == set()
    assert {"SECRET_KEY", "DATABASE_URL", "MEDIA_ROOT"} <= names


@pytest.mark.parametrize("name", ["viche", "backup", "upgrade"])
def test_scripts_are_posix_shell(name):
    subprocess.run(["sh", "-n", DEPLOY / name], check=True)
    assert (DEPLOY / name).stat().st_mode & 0o111


def test_nightly_copies_with_sealed_ballots_go_before_their_term():
    """35 days after the publication at the latest (ADR 118)."""
    (days,) = re.findall(r"-mtime \+(\d+) -delete", (DEPLOY / "backup").read_text())
    assert int(days) + 1 < 35
    assert f"keeps {days} days" in DOCS


def directives(name: str) -> dict[str, str]:
    """What a unit says, the last of each kind."""
    lines = (DEPLOY / name).read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if re.match(r"[A-Z]\w+=", line))


def test_the_unit_that_converts_is_shut_in_and_ends_before_the_proxy_gives_up():
    unit = directives("viche-convert@.service")
    (program,) = re.findall(r"/srv/viche/(\S+)", unit["ExecStart"])
    assert (settings.BASE_DIR / program).samefile(converter.__file__)
    assert {"PrivateNetwork", "DynamicUser", "NoNewPrivileges", "RestrictNamespaces"} <= {
        name for name, value in unit.items() if value == "yes"
    }
    assert unit["TemporaryFileSystem"].startswith("/:ro")
    assert unit["MemoryMax"] and "EnvironmentFile" not in unit
    assert int(unit["RuntimeMaxSec"]) > converter.SECONDS
    assert directives("viche-convert.socket")["ListenStream"] == settings.CONVERTER_SOCKET
    (proxy, *_) = re.findall(r"proxy_read_timeout (\d+)s", (DEPLOY / "nginx.conf").read_text())
    assert int(proxy) > conversion._PATIENCE + conversion._SECONDS
    assert directives("viche@.service")["RestrictNamespaces"] == "yes"


def test_units_and_containers_run_each_program_of_serve(monkeypatch):
    monkeypatch.syspath_prepend(settings.BASE_DIR / "bin")
    from cli.serve import PROGRAMS

    unit = directives("viche@.service")
    assert directives("viche.service")["Wants"].split() == [f"viche@{n}.service" for n in PROGRAMS]
    assert unit["ExecStart"] == "/srv/viche/bin/serve %i"
    assert unit["PartOf"] == unit["Requires"] == "viche.service"
    assert "viche.service" in unit["After"]  # so a stop of it waits for them
    assert (unit["Restart"], unit["StartLimitIntervalSec"]) == ("always", "0")
    folder = f"/run/{directives('viche.service')['RuntimeDirectory']}"
    assert unit["ReadWritePaths"] == folder
    assert f"PROMETHEUS_MULTIPROC_DIR={folder}" in unit["Environment"]
    compose = (DEPLOY / "compose.yaml").read_text()
    assert re.findall(r"command: \[bin/serve, (\w+)\]", compose) == list(PROGRAMS)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_finds_nothing_wrong_in_the_units(tmp_path):
    for path in DEPLOY.glob("viche*.service"):
        text = path.read_text().replace("/srv/viche/", f"{settings.BASE_DIR}/")
        (tmp_path / path.name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / "viche.service", tmp_path / "viche@pages.service"],
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"], "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
    )
    assert [line for line in done.stderr.splitlines() if "viche" in line] == []


def test_the_proxy_keeps_pages_in_a_folder_that_debian_has():
    (folder,) = re.findall(r"proxy_cache_path (\S+)", (DEPLOY / "nginx.conf").read_text())
    assert folder.startswith("/var/lib/nginx/")


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize(
    "name", ["votes:vote", "votes:code", "votes:check", "api:ballot", "api:secret_ballot"]
)
def test_the_proxy_notes_down_no_ballot(name, language):
    """A line of its log has the client's address, the time and the answer's size, and the page that
    is read before one casts a ballot is as long as what was chosen. Whoever looks at once where the
    receipt is checked has just voted."""
    conf = (DEPLOY / "nginx.conf").read_text()
    places = re.findall(r"location ~ (\S+) {\n(.*?)\n    }", conf, re.DOTALL)
    with translation.override(language):
        address = reverse(name, args=[12])
    taken = [body for pattern, body in places if re.search(pattern, address)]
    assert taken and "access_log off;" in taken[0]
    assert "proxy_pass http://viche_pages;" in taken[0]


def takers(patterns, before="/"):
    """The address of each view that reads files, with 1 for what it is about."""
    for pattern in patterns:
        route = before + re.sub(r"<[^>]+>", "1", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from takers(pattern.url_patterns, route)
        elif "request.FILES" in inspect.getsource(inspect.unwrap(pattern.callback)):
            yield route


def test_the_proxy_takes_the_files_of_every_form():
    """What the forms themselves take: 10 MB as a photograph of a petition, 20 MB elsewhere."""
    conf = (DEPLOY / "nginx.conf").read_text()
    places = re.findall(r"location ~ (\S+) {\n(.*?)\n    }", conf, re.DOTALL)
    addresses = set(takers(get_resolver().url_patterns))
    photos = "/petitions/start/1/photos/"
    assert {photos, "/appeals/new/"} < addresses
    for address in addresses:
        for path in (address, f"/en{address}"):
            body = next(body for pattern, body in places if re.search(pattern, path))
            (most,) = re.findall(r"client_max_body_size (\d+)m;", body)
            assert int(most) >= (12 if address == photos else 22), path
            assert "proxy_pass http://viche_pages;" in body


def test_the_proxy_says_in_plain_words_that_a_file_is_too_large(proxy):
    status, words = proxy.ask("/desk/consultations/1/text/import/", b"0" * (3 * 2**20))
    assert status == 413
    assert "<h1>Файл завеликий</h1>" in words
    assert "Нічого не збережено" in words
    assert proxy.ask("/desk/consultations/1/text/import/", b"0" * 2**20)[0] == 204


def test_the_proxy_reads_bodies_whole_and_drops_names_with_underscores():
    """What a thread would wait for, and what WSGI cannot tell from X-Forwarded-For."""
    written = (DEPLOY / "nginx.conf").read_text()
    assert not re.search(
        r"^\s*(proxy_request_buffering\s+off|underscores_in_headers\s+on)", written, re.M
    )


def test_the_proxy_counts_an_ipv6_client_by_its_64_as_the_application_does():
    """A client of its own with each of 2^64 addresses it was."""
    written = (DEPLOY / "nginx.conf").read_text()
    assert set(re.findall(r"^limit_(?:req|conn)_zone (\S+)", written, re.M)) == {"$viche_client"}
    (pattern,) = re.findall(r'map \$binary_remote_addr \$viche_client \{[^}]*"~(.+)"', written)
    network = re.compile(pattern.encode())

    def client(address: str) -> bytes:
        packed = ipaddress.ip_address(address).packed
        found = network.fullmatch(packed)
        return found["viche_network"] if found else packed

    addresses = [
        "203.0.113.7",
        "203.0.113.8",
        "10.10.10.10",
        "2001:db8:0:a::a0a",
        "2001:db8:0:a::1",
    ]
    addresses += ["2001:db8:0:b::1", "a0a:a0a:a0a:a0a:a0a:a0a:a0a:a0a", "::1"]
    for one, other in itertools.combinations(addresses, 2):
        is_one = client_groups_of(one)[0] == client_groups_of(other)[0]
        assert (client(one) == client(other)) is is_one, (one, other)


def client_groups_of(address: str) -> tuple[str, ...]:
    return client_groups({"client": (address, 1), "headers": []})
