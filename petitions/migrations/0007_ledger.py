import django.db.models.deletion
from django.db import migrations, models

# What was written stays: whoever wants to change a line or a day has to take these away first, and
# the chain tells of it then.
_KEEP = """
CREATE FUNCTION petitions_ledger_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is only ever added to' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER petitions_entry_is_kept BEFORE UPDATE OR DELETE ON petitions_entry
    FOR EACH ROW EXECUTE FUNCTION petitions_ledger_is_kept();
CREATE TRIGGER petitions_day_is_kept BEFORE UPDATE OR DELETE ON petitions_day
    FOR EACH ROW EXECUTE FUNCTION petitions_ledger_is_kept();
"""
_LET_GO = """
DROP TRIGGER petitions_day_is_kept ON petitions_day;
DROP TRIGGER petitions_entry_is_kept ON petitions_entry;
DROP FUNCTION petitions_ledger_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("petitions", "0006_defence")]

    operations = [
        migrations.AlterField(
            "entry",
            "petition",
            models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ledger",
                to="petitions.petition",
            ),
        ),
        migrations.AddIndex("entry", models.Index(fields=["at"], name="ledger_at")),
        migrations.RunSQL(_KEEP, _LET_GO),
    ]
