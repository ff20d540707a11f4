"""The owner of the audit log and the application: two roles that migrations need to be ready."""

import re

import psycopg
from django.db import connection, transaction
from psycopg import conninfo, sql

from cli.clone import UserError
from core.db import roles


def require_roles(application_url: str) -> None:
    """See to it that the owner's sessions can act as the application. Raises UserError.

    A superuser, as in the demo, makes the application's role. What the owner's role holds in
    ``public`` becomes the application's, or migrations could not change it.
    """
    params = connection.get_connection_params()
    acting = re.search(r" -c role=(\S+)", params.get("options", ""))
    if not acting:
        raise UserError(
            "OWNER_DATABASE_URL names the role of DATABASE_URL: it must be another one."
        )
    application = acting[1]
    params["options"] = params["options"].replace(acting[0], "")
    try:
        with psycopg.connect(**params) as server:
            if not _has(
                server, "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", application
            ):
                _create(server, application, application_url)
            if not _has(server, "SELECT pg_has_role(session_user, %s, 'USAGE')", application):
                raise UserError(
                    "The owner of the audit log cannot act as the application. Run as PostgreSQL's"
                    f" superuser: GRANT {application} TO {server.info.user};"
                )
    except psycopg.Error as error:
        reason = (str(error).strip().splitlines() or ["no word"])[0].removesuffix(".")
        raise UserError(
            f"The database cannot be reached by OWNER_DATABASE_URL: {reason}."
        ) from None
    with transaction.atomic(), connection.cursor() as cursor, roles.as_owner(cursor):
        roles.hand_over(cursor, application)


def plain_url(url: str) -> str:
    """The address as psycopg takes it."""
    return re.sub("^(psql|pgsql):", "postgres:", url)


def _has(server: psycopg.Connection, question: str, role: str) -> bool:
    return server.execute(question, [role]).fetchone() == (True,)


def _create(server: psycopg.Connection, role: str, url: str) -> None:
    if not _has(
        server, "SELECT rolsuper FROM pg_roles WHERE rolname = session_user AND %s <> ''", role
    ):
        raise UserError(f"There is no role {role} in the database (docs/deploy.md).")
    password = conninfo.conninfo_to_dict(plain_url(url)).get("password")
    name = sql.Identifier(role)
    server.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(name, sql.Literal(password)))
    for setting in ("log_parameter_max_length", "log_parameter_max_length_on_error"):
        server.execute(sql.SQL("ALTER ROLE {} SET {} = 0").format(name, sql.Identifier(setting)))
