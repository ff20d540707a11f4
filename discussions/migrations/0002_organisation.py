import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("discussions", "0001_initial"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name='comment',
            name='interest',
            field=models.CharField(blank=True, default='', max_length=300, verbose_name='declared interest'),
        ),
        migrations.AddField(
            model_name='comment',
            name='organisation',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('organisation__isnull', False), ('parent', None)), fields=['thread', '-id'], name='comment_organisations'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('organisation__isnull', False)), fields=['organisation', '-id'], name='comment_organisation'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('is_official', False), ('organisation', None), _connector='OR'), name='official_comment_is_the_councils'),
        ),
    ]
