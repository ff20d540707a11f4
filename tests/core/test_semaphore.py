"""A semaphore of one machine: at most so many slots at once, whoever dies meanwhile."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest
from django.conf import settings as project

from core.web.semaphore import Full, slot


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.SEMAPHORE_FOLDER = str(tmp_path)


def take(waiting: int = 0, patience: float = 0.0):
    return slot("test", at_once=2, waiting=waiting, patience=patience)


def test_the_third_finds_them_taken():
    with take(), take(), pytest.raises(Full), take():
        pass
    with take(), take():
        pass


def test_kinds_do_not_share():
    with take(), take(), slot("other", at_once=1, waiting=0, patience=0):
        pass


def test_an_error_gives_the_turn_back():
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), take():
            raise ZeroDivisionError
    with take(), take():
        pass


def test_who_waits_gets_the_next_turn():
    inside = threading.Event()
    with take():
        first = take()
        first.__enter__()
        waiter = threading.Thread(target=lambda: hold(inside))
        waiter.start()
        assert not inside.wait(0.1)
        first.__exit__(None, None, None)
        assert inside.wait(5)
        waiter.join()


def hold(inside: threading.Event) -> None:
    with take(waiting=1, patience=5):
        inside.set()


def test_waiting_ends():
    begun = time.monotonic()
    with take(), take(), pytest.raises(Full), take(waiting=1, patience=0.1):
        pass
    assert time.monotonic() - begun >= 0.1


def test_a_full_waiting_room_is_told_at_once():
    with take(), take():
        waiter = threading.Thread(target=wait_in_vain)
        waiter.start()
        busy_at_once = 0
        while waiter.is_alive():
            try:
                with take(waiting=1, patience=0):
                    pass
            except Full:
                busy_at_once += 1
        waiter.join()
    assert busy_at_once


def wait_in_vain() -> None:
    with pytest.raises(Full), take(waiting=1, patience=0.3):
        pass


def test_a_killed_process_gives_its_turns_back(settings):
    program = (
        "import django, sys, time; django.setup()\n"
        "from django.conf import settings; settings.SEMAPHORE_FOLDER = sys.argv[1]\n"
        "from core.web.semaphore import slot\n"
        "t = [slot('test', at_once=2, waiting=0, patience=0) for _ in range(2)]\n"
        "[one.__enter__() for one in t]\n"
        "print('held', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", program, settings.SEMAPHORE_FOLDER],
        cwd=project.BASE_DIR,
        env={"DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": ""},
        stdout=subprocess.PIPE,
    )
    try:
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(Full), take():
            pass
    finally:
        other.kill()
        other.wait()
    with take(), take():
        pass
