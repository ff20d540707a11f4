from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("votes", "0005_paper")]

    operations = []
