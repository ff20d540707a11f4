from django.db import migrations, models

#: Remarks that joined before there was a column for it: the audit log knows when.
JOINED = """
UPDATE consultations_remark AS remark SET joined_at = entry.at
FROM audit.entry
WHERE entry.event = 'RemarkJoined' AND (entry.ids->>'remark_id')::bigint = remark.comment_id
"""


class Migration(migrations.Migration):
    """What the rows of record need (docs/adr/0093-rows-of-record.md)."""

    dependencies = [("consultations", "0075_pictures"), ("core", "0007_rows_of_record")]

    operations = [
        migrations.AddField(
            "remark", "joined_at", models.DateTimeField(editable=False, null=True)
        ),
        migrations.RunSQL(JOINED, migrations.RunSQL.noop),
    ]
