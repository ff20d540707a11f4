"""What bin/check looks at."""

from cli import checking
from cli.clone import ROOT


def test_rules_and_actions_of_inner_rooms_are_typed_too():
    named = {str(path.relative_to(ROOT)) for path in checking.typed_files()}
    assert {
        "petitions/rules/life.py",
        "petitions/signing/rules.py",
        "votes/office_rules.py",
        "consultations/actions/life.py",
    } <= named
    written = {
        str(path.relative_to(ROOT))
        for app in checking.apps()
        for name in ("rules.py", "actions.py", "events.py")
        for path in (ROOT / app).rglob(name)
    }
    assert written <= named
    assert not [name for name in named if "/migrations/" in name]
