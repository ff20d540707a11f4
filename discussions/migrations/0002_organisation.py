from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("discussions", "0001_initial"),
        ("organisations", "0001_initial"),
    ]

    operations = []
