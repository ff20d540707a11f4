"""The order of locks and of erasure is the written list, whatever is imported first."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from accounts.data.register import (
    OnErasure,
    PersonalData,
    Purpose,
    all_entries,
    in_order_of_erasure,
    register,
)
from accounts.locks import LOCK_ORDER, guards, ordered_guards
from accounts.models import Agreement
from drafts.models import Draft

FACTS = {"purpose": Purpose.ACCOUNT, "title": "", "shown": {}, "on_erasure": OnErasure.DELETED}

# Django with its apps in the order that is given, and the two orders that come out.
LOADED_IN_ORDER = """
import sys
import django
from django.conf import settings
settings.INSTALLED_APPS = sys.argv[1].split(",")
django.setup()
from accounts.data.register import in_order_of_erasure
from accounts.locks import ordered_guards
print([label for label, _guard in ordered_guards()])
print([entry.name for entry in in_order_of_erasure()])
"""


def test_every_app_of_the_list_takes_part():
    """Those that do and are not in it fail at startup, see below."""
    taking_part = {label for label, _guard in ordered_guards()}
    taking_part |= {entry.model._meta.app_label for entry in all_entries()}
    assert set(LOCK_ORDER) == taking_part
    assert len(set(LOCK_ORDER)) == len(LOCK_ORDER)


@pytest.mark.cpu(7)  # a process loads all apps: 2 s, and 4.7 where nothing is compiled yet
def test_the_order_does_not_depend_on_that_of_imports():
    own = [name for name in settings.INSTALLED_APPS if (settings.BASE_DIR / name).is_dir()]
    others = [name for name in settings.INSTALLED_APPS if name not in own]
    turned = subprocess.run(
        [sys.executable, "-c", LOADED_IN_ORDER, ",".join(others[::-1] + own[::-1])],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    locks = [label for label, _guard in ordered_guards()]
    erasure = [entry.name for entry in in_order_of_erasure()]
    assert turned.stdout.splitlines() == [str(locks), str(erasure)]


def test_an_app_that_is_not_in_the_list_fails():
    def guard(people):
        """Of drafts, which have none."""

    guard.__module__ = "drafts.handlers"
    with pytest.raises(ImproperlyConfigured, match="drafts"):
        guards(guard)
    with pytest.raises(ImproperlyConfigured, match="drafts"):
        register(PersonalData(model=Draft, **FACTS))


def test_the_order_within_an_app_is_written_in_one_place():
    _label, guard = next(ordered_guards())
    with pytest.raises(ImproperlyConfigured, match="already"):
        guards(guard)
    with pytest.raises(ImproperlyConfigured, match="already"):
        register(PersonalData(model=Agreement, **FACTS))
