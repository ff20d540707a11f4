"""No two periods of martial law share a day."""

import django.contrib.postgres.constraints
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("city", "0004_council")]

    operations = [
        migrations.AddConstraint(
            model_name="martiallawperiod",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    (
                        models.Func(models.F("starts_on"), models.F("ends_on"), models.Value("[]"), function="daterange"),
                        "&&",
                    )
                ],
                name="martial_law_periods_apart",
                violation_error_message="Another period has some of these days already.",
            ),
        ),
    ]
