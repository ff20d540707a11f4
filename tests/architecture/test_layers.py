"""Who may import whom: the contract in pyproject.toml holds, and holds for every app."""

import re
import tomllib

from django.conf import settings
from importlinter.cli import lint_imports


def test_contract_of_layers_is_kept(capsys):
    broken = lint_imports(config_filename=str(settings.BASE_DIR / "pyproject.toml"), no_cache=True)
    assert not broken, capsys.readouterr().out


def test_contract_names_every_app():
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
    named = set(project["tool"]["importlinter"]["root_packages"])
    apps = {path.parent.name for path in settings.BASE_DIR.glob("*/apps.py")}
    assert apps <= named


def test_only_realtime_uses_channels():
    """Sockets have one home; config/asgi.py alone mounts it."""
    users = {
        path.relative_to(settings.BASE_DIR).parts[0]
        for app in settings.BASE_DIR.glob("*/apps.py")
        for path in app.parent.rglob("*.py")
        if "import channels" in (text := path.read_text()) or "from channels" in text
    }
    assert users <= {"realtime"}


def test_one_file_uses_the_internals_of_allauth():
    """What allauth may change at any time has one home, with a contract test each."""
    own = {settings.BASE_DIR / "accounts/allauth_compat.py"}
    internals = re.compile(r"\ballauth[\w.]*\.internal\b|\bfrom allauth[\w.]* import \(?\s*_")
    users = {
        path
        for folder in ("*/apps.py", "tests/__init__.py")
        for app in settings.BASE_DIR.glob(folder)
        for path in app.parent.rglob("*.py")
        if internals.search(path.read_text())
    }
    assert users == own
