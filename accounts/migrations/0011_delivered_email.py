from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import migrations, models

from core.domain.email_addresses import to_delivered

# Of what is written from now on the column is a copy of the e-mail, which then is as delivered:
# Python encodes (core/domain/email_addresses.py), the database sees to it that nobody forgets. An e-mail
# that stays as it is keeps its column, null or not, whatever else of the row is saved.
_COPY = r"""
CREATE FUNCTION accounts_copy_delivered_email() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.email IS NOT DISTINCT FROM OLD.email THEN
        NEW.delivered_email := OLD.delivered_email;
    ELSIF NEW.email <> '' AND NEW.email !~ '^[!#-~]+@[a-z0-9.-]+$' THEN
        RAISE EXCEPTION 'an e-mail is stored as it is delivered' USING ERRCODE = 'data_exception';
    ELSE
        NEW.delivered_email := NEW.email;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accounts_user_delivered_email
    BEFORE INSERT OR UPDATE OF email, delivered_email ON accounts_user
    FOR EACH ROW EXECUTE FUNCTION accounts_copy_delivered_email();
"""
_DROP = """
DROP TRIGGER accounts_user_delivered_email ON accounts_user;
DROP FUNCTION accounts_copy_delivered_email();
"""
_ASCII = """
UPDATE accounts_user SET delivered_email = email WHERE email ~ '^[!#-~]+@[a-z0-9.-]+$'
"""


def fill(apps, schema_editor):
    """Give each mailbox to one account: a confirmed one before others, then the one that is spelled
    as mail is delivered, then the oldest. The others keep null, and go on as they were."""
    user = apps.get_model("accounts", "User")
    confirmed = apps.get_model("account", "EmailAddress").objects.filter(verified=True)
    odd = user.objects.filter(email__isnull=False, delivered_email=None).order_by("pk")
    sharing: dict[str, list[int]] = {}
    for pk, email in odd.values_list("pk", "email"):
        with suppress(ValidationError):
            sharing.setdefault(to_delivered(email).lower(), []).append(pk)
    for delivered, accounts in sharing.items():
        plain = user.objects.filter(delivered_email=delivered).values_list("pk", flat=True).first()
        candidates = [plain, *accounts] if plain else accounts
        known = set(confirmed.filter(user__in=candidates).values_list("user", flat=True))
        holder = next((pk for pk in candidates if pk in known), candidates[0])
        if holder != plain:
            user.objects.filter(pk=plain).update(delivered_email=None)
            user.objects.filter(pk=holder).update(delivered_email=delivered)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_person_keys"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="delivered_email",
            field=models.CharField(editable=False, max_length=254, null=True, unique=True),
        ),
        migrations.RunSQL(_ASCII, migrations.RunSQL.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunSQL(_COPY, _DROP),
    ]
