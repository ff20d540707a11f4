import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_security'),
        ('city', '0002_martial_law'),
        ('core', '0002_limit'),
    ]
    # The index below is made where the trace of actions was then.
    run_before = [('core', '0005_audit_schema')]

    operations = [
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('done', models.PositiveSmallIntegerField(default=0)),
                ('total', models.PositiveSmallIntegerField(default=0)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('ready_at', models.DateTimeField(null=True)),
                ('expires_at', models.DateTimeField(null=True)),
                ('file', models.CharField(blank=True, max_length=100)),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=20)),
                ('why', models.CharField(max_length=40)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('slot', models.BigIntegerField(editable=False)),
            ],
        ),
        migrations.AddField(
            model_name='user',
            name='erased_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('erased_at', None), models.Q(('family_name', ''), ('given_name', ''), ('is_active', False), ('password__startswith', '!')), _connector='OR'), name='erased_person_has_no_name'),
        ),
        migrations.AddField(
            model_name='export',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exports', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='look',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='look',
            name='department',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='city.department'),
        ),
        migrations.AddField(
            model_name='look',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='looks', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='export',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['expires_at'], name='export_expiring'),
        ),
        migrations.AddConstraint(
            model_name='export',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('user',), name='one_export_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='export',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('expires_at', None), ('ready_at', None)), models.Q(('expires_at__isnull', False), ('ready_at__isnull', False)), _connector='OR'), name='export_ready_with_its_file'),
        ),
        migrations.AddIndex(
            model_name='look',
            index=models.Index(fields=['user', '-id'], name='look_of_person'),
        ),
        migrations.AddIndex(
            model_name='look',
            index=models.Index(fields=['at'], name='look_at'),
        ),
        migrations.AddConstraint(
            model_name='look',
            constraint=models.UniqueConstraint(fields=('user', 'by', 'why', 'slot'), name='one_look_in_ten_minutes'),
        ),
        # What of the trace is about a person: her page and her download ask for it.
        migrations.RunSQL(
            "CREATE INDEX core_audit_about ON core_auditentry ((ids -> 'user_id'))",
            "DROP INDEX core_audit_about",
        ),
    ]
