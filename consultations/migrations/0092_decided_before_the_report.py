from importlib import import_module

from django.db import migrations, models

# As 0086, and now also before there is a report: with a ground of the law, and marked on the
# consultation, whose pages show it at once.
HOLD = """
CREATE OR REPLACE FUNCTION consultations_decision_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    earliest date;
    reported timestamptz;
    is_marked boolean;
BEGIN
    SELECT reported_at, is_decided_early, GREATEST(
        (closes_at AT TIME ZONE 'Europe/Kyiv' - interval '1 microsecond')::date,
        (reported_at AT TIME ZONE 'Europe/Kyiv')::date
    ) INTO reported, is_marked, earliest
    FROM consultations_consultation WHERE id = NEW.consultation_id;
    IF (reported IS NULL OR NEW.decided_on < earliest) IS DISTINCT FROM (NEW.early_ground <> '')
    THEN
        RAISE EXCEPTION 'a decision before the report has a ground of the law, and no other has one'
            USING ERRCODE = 'check_violation';
    END IF;
    IF reported IS NULL AND NOT is_marked THEN
        RAISE EXCEPTION 'a decision before the report is marked on its consultation'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
_FORMER = import_module("consultations.migrations.0086_names_and_dates").HOLD
LET_GO = _FORMER.partition("CREATE TRIGGER")[0].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)


class Migration(migrations.Migration):
    dependencies = [("consultations", "0091_more_items")]

    operations = [
        migrations.AddField(
            model_name="consultation",
            name="is_decided_early",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.RunSQL(HOLD, LET_GO),
    ]
