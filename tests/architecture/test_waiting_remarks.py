"""Only these modules know of remarks that wait for an organisation; nothing public does."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
#: Module -> what it needs the rows for. Whoever adds one says here why no words can leave by it.
KNOWN = {
    "consultations/models.py": "the model's place",
    "consultations/remarks/models.py": "a sentence that tells a remark from one that waits",
    "consultations/remarks/views.py": "the author's own page",
    "consultations/remarks/views_speak.py": "the author's own answer",
    "consultations/personal_data.py": "the author's download and erasure, how long they are kept",
    "consultations/published_fields.py": "that no document tells of them",
    "consultations/checklist/queries.py": "how many are not public in time; no words",
    "consultations/reports/queries.py": "a count and a date, before the report",
    "consultations/desk/queries.py": "a count, for officers",
    "notifications/mails/audiences.py": "ids of authors, who hear of new dates and of the report",
    "notifications/mails/organisations.py": "the author's mail, with titles of consultations",
    "notifications/following/actions.py": "whether who stops mails took part themselves",
    "notifications/activities/told_otherwise.py": "ids of authors, who get a mail of their own",
    "portal/me.py": "the author's own page",
}
NAMES = re.compile(r"\bWaitingRemark\b|\bwaiting_remarks\b")


def test_nothing_public_knows_of_waiting_remarks():
    apps = ROOT.glob("*/apps.py")
    found = {
        str(path.relative_to(ROOT))
        for app in apps
        for path in app.parent.rglob("*.py")
        if "migrations" not in path.parts and NAMES.search(path.read_text())
    }
    assert {path for path in found if not path.startswith("consultations/waiting/")} == set(KNOWN)
