from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("petitions", "0005_signing")]

    operations = []
