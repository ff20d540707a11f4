"""The unit that tells of others: named by each that may fail, and as closed as its neighbours."""

from __future__ import annotations

from configparser import ConfigParser

from django.conf import settings

DEPLOY = settings.BASE_DIR / "deploy"
#: Units whose failure tells nothing: it holds no program, one document, or is the telling itself.
_SILENT = {"viche.service", "viche-convert@.service", "viche-tell@.service"}


def unit(name: str) -> ConfigParser:
    read = ConfigParser(strict=False, interpolation=None, allow_no_value=True)
    read.optionxform = str
    read.read(DEPLOY / name)
    return read


def test_each_unit_that_fails_is_told():
    for path in DEPLOY.glob("*.service"):
        told = unit(path.name)["Unit"].get("OnFailure")
        assert (told == "viche-tell@%n.service") is (path.name not in _SILENT), path.name


def test_it_is_as_closed_as_the_programs():
    programs, tells = unit("viche@.service")["Service"], unit("viche-tell@.service")["Service"]
    hardening = {
        key
        for key in programs
        if key.startswith(("Protect", "Private", "Restrict", "NoNew", "Capability", "Lock"))
        and not key.startswith("RestartS")
    }
    assert {key: tells.get(key) for key in hardening} == {key: programs[key] for key in hardening}
    assert "manage.py tell_state" in tells["ExecStart"]
    assert unit("viche-tell.timer")["Timer"]["Unit"] == "viche-tell@timer.service"
