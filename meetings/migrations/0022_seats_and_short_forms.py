"""Numbers of seats in the hall, and short forms of titles and questions for displays."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.expressions
from django.db import migrations, models

FREEZE = """
CREATE FUNCTION meetings_short_question_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a closed roll-call never changes (rollcall_frozen)'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'rollcall_frozen';
END
$$;
CREATE TRIGGER rollcall_short_question_frozen BEFORE UPDATE OF short_question ON meetings_rollcall
    FOR EACH ROW WHEN (OLD.closed_at IS NOT NULL AND NEW.short_question <> OLD.short_question)
    EXECUTE FUNCTION meetings_short_question_frozen();
"""
THAW = """
DROP TRIGGER rollcall_short_question_frozen ON meetings_rollcall;
DROP FUNCTION meetings_short_question_frozen();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0020_amendments'),
    ]

    operations = [
        migrations.AddField(
            model_name='item',
            name='short_title',
            field=models.CharField(blank=True, db_default='', default='', max_length=140, verbose_name='short form for displays'),
        ),
        migrations.AddField(
            model_name='rollcall',
            name='short_question',
            field=models.CharField(blank=True, db_default='', default='', max_length=140, verbose_name='short form for displays'),
        ),
        migrations.AddField(
            model_name='seat',
            name='number',
            field=models.PositiveSmallIntegerField(null=True, verbose_name='number of the seat in the hall'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('number__isnull', False)), expressions=[('body', '='), ('number', '='), (django.db.models.expressions.Func('since', 'until', models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='seat_number_once_at_a_time'),
        ),
        migrations.RunSQL(FREEZE, THAW),
    ]
