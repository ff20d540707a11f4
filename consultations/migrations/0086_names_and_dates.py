from django.conf import settings
from django.db import migrations, models

# What was decided before the report has a ground of the law, and nothing else has one. The report
# follows the last day (consultation_reported_after_closing). Of rows that are there already nothing
# is asked.
HOLD = """
CREATE FUNCTION consultations_decision_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    earliest date;
BEGIN
    SELECT GREATEST(
        (closes_at AT TIME ZONE 'Europe/Kyiv' - interval '1 microsecond')::date,
        (reported_at AT TIME ZONE 'Europe/Kyiv')::date
    ) INTO earliest FROM consultations_consultation WHERE id = NEW.consultation_id;
    IF (NEW.decided_on < earliest) IS DISTINCT FROM (NEW.early_ground <> '') THEN
        RAISE EXCEPTION 'a decision before the report has a ground of the law, and no other has one'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER consultations_decision_in_time
    BEFORE INSERT OR UPDATE OF decided_on, early_ground ON consultations_decision
    FOR EACH ROW EXECUTE FUNCTION consultations_decision_in_time();
"""
LET_GO = """
DROP TRIGGER consultations_decision_in_time ON consultations_decision;
DROP FUNCTION consultations_decision_in_time();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0084_checklist"),
        ("discussions", "0010_unnamed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="consultation",
            name="names_with_proposals",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name="decision",
            name="early_ground",
            field=models.CharField(
                blank=True,
                choices=[
                    (
                        "urgent",
                        "an urgent act: an emergency, or a threat to people (3841-IX art. 16)",
                    ),
                    ("martial_law", "martial law (law 389-VIII art. 9(10))"),
                ],
                db_default="",
                default="",
                max_length=12,
                verbose_name="decided before the report, on the ground",
            ),
        ),
        migrations.AddField(
            model_name="waitingremark",
            name="no_patronymic",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("names_with_proposals", False), ("asks_full_name", True), _connector="OR"
                ),
                name="consultation_names_that_were_asked_for",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("early_ground__in", ["", "urgent", "martial_law"])),
                name="decision_early_ground_of_the_law",
            ),
        ),
        migrations.RunSQL(HOLD, LET_GO),
    ]
