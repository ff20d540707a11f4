"""The council's row, closing of departments, themes and districts, and the trace of changes.

The row takes names, contacts and arms from the environment's ``CITY_…``, once: from then on they are
edited at /desk/city/. Periods of martial law that share days become one, as they count already.
"""

from hashlib import blake2b
from pathlib import Path

import django.db.models.functions.datetime
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import migrations, models

from city.council import arms
from core.domain.rules import Refused


def fill(apps, schema_editor):
    names = ("name", "name_locative", "council", "address", "phone", "email", "website")
    row = {name: settings.CITY[name] for name in names}
    path = finders.find(settings.CITY["arms"]) if settings.CITY["arms"] else None
    if path:
        row |= _arms(path)
    apps.get_model("city", "Council").objects.get_or_create(pk=1, defaults=row)


def _arms(path):
    try:
        content, media_type = arms.accept(Path(path).read_bytes())
    except (OSError, Refused) as why:
        print(f"CITY_ARMS is not taken over ({why}): choose the arms at /desk/city/.")
        return {}
    version = f"{blake2b(content, digest_size=8).hexdigest()}.{arms.ENDINGS[media_type]}"
    return {"arms": content, "arms_type": media_type, "arms_version": version}


def join_periods(apps, schema_editor):
    last = None
    for period in apps.get_model("city", "MartialLawPeriod").objects.order_by("starts_on", "pk"):
        if last is None or (last.ends_on is not None and last.ends_on < period.starts_on):
            last = period
            continue
        if last.ends_on is not None and (period.ends_on is None or period.ends_on > last.ends_on):
            last.ends_on = period.ends_on
            last.save()
        period.delete()


def _closing(model):
    return [
        migrations.AddField(
            model_name=model,
            name="closed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="closed"),
        ),
        migrations.AlterField(
            model_name=model,
            name="name",
            field=models.CharField(error_messages={"unique": "Another one has this name already."}, max_length=200, unique=True, verbose_name="name"),
        ),
        migrations.AlterField(
            model_name=model,
            name="slug",
            field=models.SlugField(error_messages={"unique": "Another one has this slug already."}, unique=True),
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("city", "0003_ages")]

    operations = [
        migrations.CreateModel(
            name="Council",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=100, verbose_name="city")),
                ("name_locative", models.CharField(max_length=100, verbose_name="city, in the locative case")),
                ("council", models.CharField(max_length=200, verbose_name="council")),
                ("address", models.CharField(max_length=200, verbose_name="address")),
                ("phone", models.CharField(max_length=40, verbose_name="telephone")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("website", models.URLField(blank=True, verbose_name="website")),
                ("arms", models.BinaryField(null=True)),
                ("arms_type", models.CharField(blank=True, max_length=20)),
                ("arms_version", models.CharField(blank=True, max_length=40)),
                ("brand", models.CharField(blank=True, max_length=7, verbose_name="main colour")),
                ("brand_deep", models.CharField(blank=True, max_length=7, verbose_name="darker colour")),
                ("colours_version", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_council")],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("by", models.BigIntegerField(editable=False, null=True)),
                ("verb", models.CharField(choices=[("added", "added"), ("changed", "changed"), ("closed", "closed"), ("reopened", "opened again"), ("removed", "removed"), ("recounted", "counted anew")], max_length=12)),
                ("table", models.CharField(max_length=20)),
                ("row", models.BigIntegerField()),
                ("name", models.CharField(max_length=300)),
                ("values", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["table", "row", "-id"], name="city_change_of_row"),
                    models.Index(fields=["by", "-id"], name="city_change_by"),
                ],
            },
        ),
        *_closing("department"),
        *_closing("theme"),
        *_closing("district"),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(join_periods, migrations.RunPython.noop),
    ]
