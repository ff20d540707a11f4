"""Record the martial law introduced on 24 February 2022.

It has been extended many times, by a law each, and its last day is not known here: ``ends_on``
stays empty, which means "goes on". The council records the last day when it is; working days,
deadlines and duties follow from then on.
"""

import datetime

from django.db import migrations

ACT = "Указ Президента України № 64/2022, затверджений Законом № 2102-IX (зі змінами)"


def record(apps, schema_editor):
    apps.get_model("city", "MartialLawPeriod").objects.get_or_create(
        starts_on=datetime.date(2022, 2, 24), defaults={"ends_on": None, "act": ACT}
    )


class Migration(migrations.Migration):
    dependencies = [("city", "0001_initial")]

    operations = [migrations.RunPython(record, migrations.RunPython.noop)]
