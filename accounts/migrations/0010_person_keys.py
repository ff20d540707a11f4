import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

from accounts.identity.keys import subject_key


def know_people(apps, schema_editor):
    """Checks and connections say by what people are known; where two accounts knew one person,
    she is where her check counts, or counted last."""
    person_key = apps.get_model("accounts", "PersonKey")
    checks = apps.get_model("accounts", "Verification").objects.exclude(person_key="")
    known: dict[str, int] = {}
    in_order = checks.order_by(models.F("ended_at").desc(nulls_first=True), "-pk")
    for key, user_id in in_order.values_list("person_key", "user").iterator():
        known.setdefault(key, user_id)
    connections = apps.get_model("socialaccount", "SocialAccount").objects.order_by("pk")
    for provider, uid, user_id in connections.values_list("provider", "uid", "user").iterator():
        if uid not in known:  # id.gov.ua's is the key of the person's code itself
            known.setdefault(subject_key(provider, uid), user_id)
    rows = (person_key(key=key, user_id=user_id) for key, user_id in known.items())
    person_key.objects.bulk_create(rows, batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_organisation_name"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]

    operations = [
        migrations.AddField(
            model_name="verification",
            name="came_back",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.CreateModel(
            name="PersonKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(editable=False, max_length=64, unique=True)),
                ("at", models.DateTimeField(db_default=Now(), editable=False)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="person_keys",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.RunPython(know_people, migrations.RunPython.noop),
    ]
