import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0003_participants"),
        ("drafts", "0002_clause_search"),
        ("organisations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Cost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.CharField(choices=[('micro', 'micro: up to 10 people'), ('small', 'small: up to 50 people'), ('medium', 'medium: up to 250 people'), ('large', 'large: over 250 people')], editable=False, max_length=10)),
                ('clause_key', models.UUIDField(editable=False, null=True)),
                ('hours_once', models.PositiveIntegerField(default=0, verbose_name='hours of work, once')),
                ('hours_yearly', models.PositiveIntegerField(default=0, verbose_name='hours of work, every year')),
                ('money_once', models.PositiveIntegerField(default=0, verbose_name='hryvnias, once')),
                ('money_yearly', models.PositiveIntegerField(default=0, verbose_name='hryvnias, every year')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='note for the council')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('clause', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='drafts.clause')),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='costs', to='consultations.consultation')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('consultation', 'organisation', 'clause_key'), name='one_cost_per_organisation_and_clause', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('hours_once__lte', 1000000), ('hours_yearly__lte', 1000000), ('money_once__lte', 1000000000), ('money_yearly__lte', 1000000000)), name='cost_within_bounds'), models.CheckConstraint(condition=models.Q(models.Q(('clause__isnull', True), ('clause_key__isnull', True)), models.Q(('clause__isnull', False), ('clause_key__isnull', False)), _connector='OR'), name='cost_key_with_clause')],
            },
        ),
    ]
