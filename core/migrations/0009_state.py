import django.contrib.postgres.fields
import django.db.models.functions.datetime
from django.db import migrations, models

# What is over stays over: a fault that comes again is another row.
OVER_ONCE = """
CREATE FUNCTION core_fault_over_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a fault is over once' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER fault_over_once BEFORE UPDATE ON core_statefault FOR EACH ROW
    WHEN (OLD.over_at IS NOT NULL AND NEW.over_at IS DISTINCT FROM OLD.over_at)
    EXECUTE FUNCTION core_fault_over_once();
"""
OVER_ONCE_BACK = """
DROP TRIGGER fault_over_once ON core_statefault;
DROP FUNCTION core_fault_over_once();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0008_anchors")]

    operations = [
        migrations.CreateModel(
            name='StateRun',
            fields=[
                ('name', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('is_ok', models.BooleanField(db_default=True)),
            ],
        ),
        migrations.CreateModel(
            name='StateFault',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('subject', models.CharField(blank=True, max_length=200)),
                ('level', models.SmallIntegerField()),
                ('words', models.CharField(max_length=500)),
                ('raised_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('over_at', models.DateTimeField(null=True)),
                ('told', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list)),
            ],
            options={
                'indexes': [models.Index(fields=['-raised_at', '-id'], name='fault_newest')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('over_at', None)), fields=('name', 'subject'), name='fault_raised_once'), models.CheckConstraint(condition=models.Q(('level__in', (1, 2))), name='fault_warning_or_critical'), models.CheckConstraint(condition=models.Q(('over_at', None), ('over_at__gte', models.F('raised_at')), _connector='OR'), name='fault_over_after_raised')],
            },
        ),
        migrations.RunSQL(OVER_ONCE, OVER_ONCE_BACK),
    ]
