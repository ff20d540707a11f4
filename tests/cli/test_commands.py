"""What a person is told when a command cannot do its work: one sentence, exit code 1."""

import shutil
import socket
import subprocess

import pytest
from django.conf import settings

from .conftest import COUNCIL, environment, run

KEY = "0123456789-abcdefghijklmnopqrstuvwxyz-0123456789-ABCDEFGHIJ"
PRODUCTION = {
    "SECRET_KEY": KEY,
    "PERSON_KEY_SECRET": KEY[::-1],
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    "ALLOWED_HOSTS": "viche.example",
    "SITE_URL": "https://viche.example",
    "EMAIL_URL": "consolemail://",
    **COUNCIL,
}


def assert_told(done, *words: str) -> None:
    """The command failed with one sentence on standard error that holds the words."""
    assert done.returncode == 1, done.stdout + done.stderr
    sentences = done.stderr.strip().splitlines()
    assert len(sentences) == 1, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    for word in words:
        assert word in sentences[0]


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"DEBUG": "1"}, "DEBUG"),
        ({"DEBUG": "True"}, "DEBUG"),
        ({"DEMO": "yes"}, "DEMO"),
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "demo-key-that-bin/serve-refuses"}, "SECRET_KEY"),
        ({"PGBOUNCER": "1"}, "LIVE_DATABASE_URL"),
        ({"METRICS_ALLOWED": "10.0.0.5,monitor"}, "METRICS_ALLOWED"),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT"),
        ({"SECRET_KEY": "x" * 60}, "SECRET_KEY"),
        ({"SECRET_KEY": f"django-insecure-{KEY}"}, "SECRET_KEY"),
        ({"PERSON_KEY_SECRET": ""}, "PERSON_KEY_SECRET"),
        ({"PERSON_KEY_SECRET": KEY}, "PERSON_KEY_SECRET"),
        ({"DATABASE_URL": ""}, "DATABASE_URL"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"SITE_URL": ""}, "SITE_URL"),
        ({"SITE_URL": "viche.example"}, "SITE_URL"),
        ({"EMAIL_URL": ""}, "EMAIL_URL"),
        ({"OWNER_DATABASE_URL": "postgres://owner@127.0.0.1:1/none"}, "OWNER_DATABASE_URL"),
        ({"PORT": "eighty"}, "PORT"),
    ],
)
def test_serve_refuses_what_would_expose_a_council(changed, word):
    done = run("serve", "--no-prepare", env=environment(**PRODUCTION | changed))
    assert_told(done, word)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, "") for name in COUNCIL),
        ("CITY_NAME", "…"),
        ("CITY_NAME_LOCATIVE", "12"),
        ("CITY_COUNCIL", "<рада>"),
        ("CITY_ADDRESS", "$ADDRESS"),
        ("CITY_PHONE", "за запитом"),
        ("CITY_EMAIL", "rada"),
        ("CITY_EMAIL", "Рада <rada@viche.example>"),
        ("CITY_WEBSITE", "rada.viche.example"),
        ("CITY_ARMS", "img/nowhere.svg"),
        ("CITY_STYLESHEET", "css"),
    ],
)
def test_serve_refuses_to_name_no_council(monkeypatch, name, value):
    """In this process: a start takes longer than all of these."""
    monkeypatch.syspath_prepend(settings.BASE_DIR / "bin")
    from cli.clone import UserError
    from cli.council import require_council

    with pytest.raises(UserError, match=name):
        require_council(COUNCIL | {name: value})


def test_a_council_is_named_by_its_settings(monkeypatch):
    monkeypatch.syspath_prepend(settings.BASE_DIR / "bin")
    from cli.clone import UserError
    from cli.council import require_council

    require_council(COUNCIL)
    require_council(
        COUNCIL
        | {"CITY_WEBSITE": "https://rada.viche.example/", "CITY_COUNCIL": "П’ята рада"}
        | {"CITY_STYLESHEET": "css/tokens.css", "CITY_PHONE": "15-65", "CITY_ARMS": ""}
    )
    with pytest.raises(UserError, match="CITY_PHONE is not set"):
        require_council({name: value for name, value in COUNCIL.items() if name != "CITY_PHONE"})


def test_serve_says_which_setting_of_the_council_is_wrong():
    done = run("serve", "--prepare", env=environment(**PRODUCTION | {"CITY_COUNCIL": "<рада>"}))
    assert_told(done, "CITY_COUNCIL makes no sense")


def test_unknown_argument_is_refused():
    assert_told(run("demo", "--fast"), "PORT")
    assert_told(run("serve", "--fast", env=environment(**PRODUCTION)), "--no-prepare")


def test_a_command_needs_a_demo_city(bare_clone):
    assert_told(run("demo", "recount", "6", cwd=bare_clone), "no demo city")


def test_manage_needs_a_command_and_a_server():
    assert_told(run("manage"), "makemigrations")
    nowhere = environment(DATABASE_URL="postgres://nobody@127.0.0.1:1/none")
    assert_told(run("manage", "check", env=nowhere), "DATABASE_URL", "refused")


@pytest.mark.long
@pytest.mark.cpu(9)
def test_manage_makes_migrations_on_a_server_of_its_own():
    done = run("manage", "makemigrations", "votes", "--check", "--dry-run")
    assert (done.returncode, done.stderr) == (0, "")
    assert "No changes detected in app 'votes'" in done.stdout
    assert run("manage", "no_such_command").returncode == 1


@pytest.fixture
def bare_clone(tmp_path):
    """The commands alone, as before anything is installed."""
    shutil.copytree(settings.BASE_DIR / "bin", tmp_path / "clone" / "bin")
    return tmp_path / "clone"


def test_missing_python_is_told(bare_clone, tmp_path):
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("dirname", "sh"):
        (programs / name).symlink_to(shutil.which(name))
    old = programs / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")  # a Python that calls itself too old
    old.chmod(0o755)
    done = run("demo", cwd=bare_clone, env={"PATH": str(programs)})
    assert_told(done, "Python 3.12 or newer")


def test_taken_port_is_told_before_anything_is_installed(bare_clone):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run("demo", cwd=bare_clone, env=environment(PORT=str(port)))
    assert_told(done, f"Port {port}", "PORT=")
    assert not (bare_clone / ".venv").exists()


def test_full_disk_is_told_before_anything_is_installed(small_disk):
    disk = small_disk(60)
    shutil.copytree(settings.BASE_DIR / "bin", disk / "bin")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    done = run("demo", cwd=disk, env=environment(PORT=str(port)))
    assert_told(done, "The disk is full", "MB are needed")
    assert not (disk / ".venv").exists()


def test_commands_run_from_any_folder_and_through_a_link(bare_clone, tmp_path):
    done = subprocess.run(
        ["clone/bin/serve", "--fast"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert_told(done, "--no-prepare")
