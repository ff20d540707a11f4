import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0060_premoderation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EvidenceBundle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField(db_default=Now(), editable=False)),
                ("progress", models.PositiveSmallIntegerField(default=0)),
                ("ready_at", models.DateTimeField(editable=False, null=True)),
                ("file", models.CharField(blank=True, editable=False, max_length=60)),
                ("size", models.BigIntegerField(default=0, editable=False)),
                ("manifest", models.CharField(blank=True, editable=False, max_length=64)),
                ("by", models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("consultation", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="bundles", to="consultations.consultation")),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(condition=Q(progress__lte=100), name="bundle_progress"),
                    models.CheckConstraint(
                        condition=Q(("file", ""), ("manifest", ""), ("ready_at", None)) | Q(("ready_at__isnull", False), Q(("manifest", ""), _negated=True)),
                        name="bundle_ready_with_manifest",
                    ),
                ],
            },
        ),
    ]
