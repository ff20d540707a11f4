import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("core", "0008_anchors")]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("object_id", models.BigIntegerField()),
                ("title", models.TextField(blank=True)),
                ("search", django.contrib.postgres.search.SearchVectorField()),
                ("heads", django.contrib.postgres.search.SearchVectorField()),
                ("day", models.DateField()),
                ("weight", models.SmallIntegerField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="search_entry_words"),
                    django.contrib.postgres.indexes.GinIndex(fields=["heads"], name="search_entry_heads"),
                    django.contrib.postgres.indexes.GinIndex(fields=["title"], name="search_entry_trigrams", opclasses=["gin_trgm_ops"]),
                ],
                "constraints": [models.UniqueConstraint(fields=("kind", "object_id"), name="search_entry_once")],
            },
        ),
        migrations.CreateModel(
            name="SynonymList",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("lines", models.TextField(blank=True, default="", max_length=20000)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_synonym_list")],
            },
        ),
        migrations.RunSQL("INSERT INTO search_synonymlist (id, lines) VALUES (1, '')", migrations.RunSQL.noop),
    ]
