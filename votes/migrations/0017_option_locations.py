import django.db.models.deletion
from django.db import migrations, models

# What is announced stays as it was read: not even a stray query moves an option elsewhere.
GUARD = """
CREATE FUNCTION votes_option_stays_in_its_location() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM votes_question AS question JOIN votes_poll AS poll ON poll.id = question.poll_id
        WHERE question.id = NEW.question_id AND poll.scheduled_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'an option of a poll that is announced stays where it is'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'option_stays_in_its_location';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER votes_option_stays_in_its_location
    AFTER UPDATE OF district_id, street_id ON votes_option
    FOR EACH ROW WHEN (
        (OLD.district_id, OLD.street_id) IS DISTINCT FROM (NEW.district_id, NEW.street_id)
    )
    EXECUTE FUNCTION votes_option_stays_in_its_location();
"""
UNGUARD = """
DROP TRIGGER votes_option_stays_in_its_location ON votes_option;
DROP FUNCTION votes_option_stays_in_its_location();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("city", "0009_dark_colour"),
        ("votes", "0016_voter_record_of_a_ballot"),
    ]

    operations = [
        migrations.AddField(
            model_name="option",
            name="district",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="city.district",
                verbose_name="district",
            ),
        ),
        migrations.AddField(
            model_name="option",
            name="street",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="city.street",
                verbose_name="street",
            ),
        ),
        migrations.AddConstraint(
            model_name="option",
            constraint=models.CheckConstraint(
                condition=models.Q(("district", None), ("street", None), _connector="OR"),
                name="option_in_a_street_or_a_district",
            ),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
