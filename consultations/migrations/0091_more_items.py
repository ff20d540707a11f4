"""Procedures that ask for what the report of law 3841-IX holds get the items that were left out:
the body (19(1)1), the participants (19(1)3), and what art. 16(2) asks of an urgent act.

Consultations keep the checklist with which they were announced.
"""

from django.db import migrations

#: New item -> the one after which it stands.
AFTER = {
    "report_body": "proposals_public",
    "report_participants": "report_subject",
    "urgent_act": "report_published",
}


def fill(apps, schema_editor):
    for procedure in apps.get_model("consultations", "Procedure").objects.exclude(checklist=[]):
        found = list(procedure.checklist)
        if "report_subject" not in found:
            continue
        for code, former in AFTER.items():
            if code not in found:
                at = found.index(former) + 1 if former in found else len(found)
                found.insert(at, code)
        if found != procedure.checklist:
            procedure.checklist = found
            procedure.save(update_fields=["checklist"])


class Migration(migrations.Migration):
    dependencies = [("consultations", "0090_outages")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
