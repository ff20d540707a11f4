"""The procedure as a checklist; the procedures of law get the items of their presets.

What is announced already keeps an empty checklist: nobody promised it.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from consultations.procedures import presets


def fill(apps, schema_editor):
    procedures = apps.get_model("consultations", "Procedure").objects
    for preset in presets.PROCEDURES:
        procedures.filter(code=preset["code"], checklist=[]).update(
            checklist=preset["checklist"],
            months_after_martial_law=preset.get("months_after_martial_law"),
        )


class Migration(migrations.Migration):

    dependencies = [
        ('city', '0010_elections'),
        ('consultations', '0082_public_evidence'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='attachment',
            name='kind',
            field=models.CharField(choices=[('paper', 'another paper'), ('note', 'explanatory note'), ('impact', 'regulatory impact analysis (АРВ)'), ('impact_sme', 'regulatory impact analysis (АРВ) with М-тест'), ('sme', 'М-тест')], db_default='paper', default='paper', max_length=12, verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='consultation',
            name='checklist',
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list, editable=False),
        ),
        migrations.AddField(
            model_name='consultation',
            name='chosen_option',
            field=models.TextField(blank=True, db_default='', default='', max_length=10000, verbose_name='the option chosen, and why'),
        ),
        migrations.AddField(
            model_name='consultation',
            name='how_held',
            field=models.TextField(blank=True, db_default='', default='', max_length=5000, verbose_name='forms, dates and places'),
        ),
        migrations.AddField(
            model_name='consultation',
            name='report_how',
            field=models.CharField(blank=True, db_default='', default='', max_length=500, verbose_name='when and how the report is published'),
        ),
        migrations.AddField(
            model_name='procedure',
            name='checklist',
            field=models.JSONField(blank=True, db_default=models.Value([], models.JSONField()), default=list, verbose_name='checklist'),
        ),
        migrations.AddField(
            model_name='procedure',
            name='early_ground',
            field=models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='ground for applying it earlier'),
        ),
        migrations.AddField(
            model_name='procedure',
            name='months_after_martial_law',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='comes into force after martial law, in months'),
        ),
        migrations.CreateModel(
            name='ProcedureAnswers',
            fields=[
                ('consultation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='answers', serialize=False, to='consultations.consultation')),
                ('posted_on', models.DateField(blank=True, null=True, verbose_name='put up on notice boards on')),
                ('posted_where', models.CharField(blank=True, max_length=300, verbose_name='on which notice boards')),
                ('discussion_grounds', models.JSONField(blank=True, null=True)),
                ('platform', models.CharField(blank=True, choices=[('there', 'It stands there too, at this address'), ('absent', 'It is not there: it is held on this site alone')], max_length=10, verbose_name='national platform')),
                ('platform_url', models.URLField(blank=True, max_length=500, verbose_name='address on the platform')),
                ('needs_sme_test', models.BooleanField(blank=True, null=True, verbose_name='М-тест')),
                ('is_text_unchanged', models.BooleanField(default=False, verbose_name='the text did not change')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('discussion_grounds', None), ('discussion_grounds__contained_by', ['delegation', 'businesses', 'strategy', 'symbols']), _connector='OR'), name='answers_known_grounds'), models.CheckConstraint(condition=models.Q(models.Q(('platform', 'there'), models.Q(('platform_url', ''), _negated=True)), models.Q(models.Q(('platform', 'there'), _negated=True), ('platform_url', '')), _connector='OR'), name='answers_platform_with_address'), models.CheckConstraint(condition=models.Q(models.Q(('posted_on', None), ('posted_where', '')), models.Q(('posted_on__isnull', False), models.Q(('posted_where', ''), _negated=True)), _connector='OR'), name='answers_posted_somewhere')],
            },
        ),
        migrations.CreateModel(
            name='PublicDiscussion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(choices=[('round_table', 'round table'), ('hearing', 'hearing'), ('conference', 'conference'), ('focus_group', 'focus group'), ('meeting', 'meeting with people'), ('online', 'online conference')], max_length=12, verbose_name='form')),
                ('held_at', models.DateTimeField(verbose_name='day and time')),
                ('place', models.CharField(max_length=300, verbose_name='place or link')),
                ('published_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('cancelled_reason', models.CharField(blank=True, max_length=500, verbose_name='why it is cancelled')),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='discussions', to='consultations.consultation')),
            ],
            options={
                'ordering': ['held_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='UrgentAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('number', models.CharField(max_length=50, verbose_name='number of the act')),
                ('adopted_on', models.DateField(verbose_name='adopted on')),
                ('ground', models.CharField(choices=[('emergency', 'preventing emergencies or clearing up after them (item 1)'), ('danger', 'preventing or removing dangers to people’s lives, health, freedom or safety (item 2)')], max_length=10, verbose_name='ground by law')),
                ('need', models.TextField(max_length=5000, verbose_name='why it could not wait')),
                ('justification', models.TextField(max_length=5000, verbose_name='justification')),
                ('text', models.TextField(max_length=200000, verbose_name='text of the act')),
                ('published_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='city.department', verbose_name='who prepared it')),
            ],
            options={
                'indexes': [models.Index(fields=['-adopted_on', '-id'], name='urgent_acts_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('number', ''), _negated=True), models.Q(('need', ''), _negated=True), models.Q(('justification', ''), _negated=True), models.Q(('text', ''), _negated=True)), name='urgent_act_with_its_words'), models.UniqueConstraint(fields=('number', 'adopted_on'), name='urgent_act_once', violation_error_message='This act is published already.')],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
