from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0002_presets"),
    ]

    operations = [
        migrations.AlterField(
            model_name="procedure",
            name="participants",
            field=models.CharField(
                choices=[
                    ("anyone", "anyone with a confirmed e-mail"),
                    ("residents", "residents of the community, who say where they live"),
                    ("verified", "people whose identity is confirmed"),
                    (
                        "verified_residents",
                        "residents of the community whose identity and residence are confirmed",
                    ),
                    ("businesses", "anyone; businesses above all"),
                    ("organisations", "businesses and organisations, by whoever speaks for one"),
                ],
                default="anyone",
                max_length=20,
                verbose_name="who may take part",
            ),
        ),
        migrations.AddField(
            model_name="procedure",
            name="min_age",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (14, "from 14 years of age"),
                    (16, "from 16 years of age"),
                    (18, "from 18 years of age"),
                ],
                default=14,
                verbose_name="age of participants",
            ),
        ),
    ]
