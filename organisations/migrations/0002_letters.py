import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=300)),
                ('short_name', models.CharField(max_length=160)),
                ('location', models.CharField(max_length=300)),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('decided_at', models.DateTimeField(editable=False, null=True)),
                ('is_accepted', models.BooleanField(default=False, editable=False)),
                ('reason', models.CharField(blank=True, editable=False, max_length=500)),
            ],
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_head', models.BooleanField(default=False, verbose_name='head')),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('comment', 'speak in consultations'), ('sign', 'sign'), ('vote', 'vote'), ('all', 'everything')], max_length=10), verbose_name='may')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='until')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('nonce', models.CharField(editable=False, max_length=32)),
                ('invited_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('expires_at', models.DateTimeField(editable=False)),
                ('accepted_at', models.DateTimeField(editable=False, null=True)),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='PostedCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('location', models.CharField(max_length=300)),
                ('digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('printed_at', models.DateTimeField(editable=False, null=True)),
                ('expires_at', models.DateTimeField(editable=False, null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('ended_at', models.DateTimeField(editable=False, null=True)),
            ],
        ),
        migrations.AddField(
            model_name='organisation',
            name='closed_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='organisation',
            name='papers',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('extract', 'extract from the Unified State Register'), ('appointment', 'order or minutes appointing the head'), ('proxy', 'power of attorney'), ('identity', 'identity document of the person')], max_length=12), default=list, editable=False),
        ),
        migrations.AddField(
            model_name='organisation',
            name='refused_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='organisation',
            name='refused_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='organisation',
            name='refused_reason',
            field=models.CharField(blank=True, editable=False, max_length=500),
        ),
        migrations.AddField(
            model_name='organisation',
            name='waits_since',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        migrations.AlterField(
            model_name='organisation',
            name='sector',
            field=models.CharField(choices=[('A', 'Agriculture, forestry and fishing'), ('B', 'Mining and quarrying'), ('C', 'Manufacturing'), ('D', 'Electricity, gas, steam and air conditioning supply'), ('E', 'Water supply; sewerage, waste management'), ('F', 'Construction'), ('G', 'Wholesale and retail trade; repair of motor vehicles and motorcycles'), ('H', 'Transportation, storage, postal and courier activities'), ('I', 'Accommodation and food service activities'), ('J', 'Information and communication'), ('K', 'Financial and insurance activities'), ('L', 'Real estate activities'), ('M', 'Professional, scientific and technical activities'), ('N', 'Administrative and support service activities'), ('O', 'Public administration and defence; compulsory social security'), ('P', 'Education'), ('Q', 'Human health and social work activities'), ('R', 'Arts, entertainment and recreation'), ('S', 'Other service activities'), ('T', 'Activities of households'), ('U', 'Activities of extraterritorial organisations and bodies')], max_length=1, verbose_name='sector'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(condition=models.Q(('closed_at', None), ('confirmed_at', None), ('refused_at', None)), fields=['waits_since', 'id'], name='organisation_queue'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(condition=models.Q(('code', ''), _negated=True), fields=['code'], name='organisation_code'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.CheckConstraint(condition=models.Q(('is_head', False), ('ends_at', None), _connector='OR'), name='head_until_revoked'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('refused_at', None), ('refused_reason', '')), models.Q(('confirmed_at', None), ('refused_at__isnull', False), models.Q(('refused_reason', ''), _negated=True)), _connector='OR'), name='organisation_refused_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at', None), models.Q(models.Q(('code', ''), _negated=True), models.Q(('code_key', ''), _negated=True), _connector='OR')), fields=('registered_by', 'code', 'code_key'), name='one_claim_of_a_person'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('sector__in', ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U'])), name='organisation_of_a_section'),
        ),
        migrations.AddField(
            model_name='amendment',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='amendment',
            name='decided_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='amendment',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='invited_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='invitation',
            name='mandate',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitation', to='organisations.mandate'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='postedcode',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='postedcode',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='postedcode',
            name='printed_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.UniqueConstraint(condition=models.Q(('decided_at', None)), fields=('organisation',), name='one_open_amendment'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('accepted_at', None), ('withdrawn_at', None)), fields=('organisation', 'email'), name='one_invitation_of_an_address'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted_at', None), ('mandate', None)), models.Q(('accepted_at__isnull', False), ('mandate__isnull', False), ('withdrawn_at', None)), _connector='OR'), name='invitation_accepted_for_a_mandate'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('scopes__len__gt', 0)), name='invitation_is_for_something'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('is_head', False), ('ends_at', None), _connector='OR'), name='invited_head_until_revoked'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='invitation_in_lower_case'),
        ),
        migrations.AddConstraint(
            model_name='postedcode',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('organisation',), name='one_letter_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='postedcode',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('digest', ''), ('expires_at', None), ('printed_at', None)), models.Q(('expires_at__isnull', False), ('printed_at__isnull', False), models.Q(('digest', ''), _negated=True)), _connector='OR'), name='printed_letter_has_a_code'),
        ),
    ]
