from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("votes", "0004_secrecy")]

    operations = []
