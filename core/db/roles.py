"""The two roles of the database: the application's, and the owner's of the audit log.

The tables of the schema ``audit`` belong to the owner; the application may read them and add rows,
nothing else. Every other table is the application's. Whoever is given the owner's address acts
as the application all the same (config/owner.py); what has to be done by the owner stands in
``as_owner``. With one address both are the same role, and the audit log is
as safe as that (docs/adr/0057-two-roles.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, LiteralString

from django.db.backends.utils import CursorWrapper
from psycopg import sql

SCHEMA = "audit"
#: What the application may do there.
GRANTED = ("INSERT", "SELECT")
#: The owner's name by docs/deploy.md, for a session that does not know it.
_OWNER = "viche_owner"


@contextmanager
def as_owner(cursor: CursorWrapper) -> Iterator[None]:
    """Act as the role that the session began with; in a transaction, which takes it back if it
    fails."""
    cursor.execute("SELECT current_setting('role')")
    (role,) = cursor.fetchone()
    cursor.execute("SET ROLE NONE")
    yield
    if role != "none":
        _run(cursor, "SET ROLE {}", role)


def current_roles(cursor: CursorWrapper) -> tuple[str, str]:
    """The role that signed in, and the one in whose name the session acts."""
    cursor.execute("SELECT session_user, current_user")
    owner, application = cursor.fetchone()
    return owner, application


def secure(cursor: CursorWrapper, application: str) -> None:
    """Make the schema ``audit`` the session's own and let the application read and add rows.

    In a transaction, as the owner; what is right already stays as it is. With one role it is a
    matter of course that it owns what it has made.
    """
    cursor.execute("SELECT session_user")
    (owner,) = cursor.fetchone()
    if _find_rows(cursor, _SCHEMA_OWNER) != owner:
        _run(cursor, "ALTER SCHEMA {} OWNER TO {}", SCHEMA, owner)
    for table in _tables(cursor):
        if table.owner != owner:
            _run(cursor, "ALTER TABLE {}.{} OWNER TO {}", SCHEMA, table.name, owner)
    if owner == application:
        return
    _run(cursor, "REVOKE ALL ON SCHEMA {} FROM PUBLIC, {}", SCHEMA, application)
    _run(cursor, "REVOKE ALL ON ALL TABLES IN SCHEMA {} FROM PUBLIC, {}", SCHEMA, application)
    _run(cursor, "REVOKE ALL ON ALL SEQUENCES IN SCHEMA {} FROM PUBLIC, {}", SCHEMA, application)
    _run(cursor, "GRANT USAGE ON SCHEMA {} TO {}", SCHEMA, application)
    _run(cursor, "GRANT INSERT, SELECT ON ALL TABLES IN SCHEMA {} TO {}", SCHEMA, application)
    # A backup reads them; numbers of rows are drawn without any right (identity columns).
    _run(cursor, "GRANT SELECT ON ALL SEQUENCES IN SCHEMA {} TO {}", SCHEMA, application)


def hand_over(cursor: CursorWrapper, application: str) -> int:
    """Give the application what the session's own role holds in ``public``: a database that one
    role had made, or that was restored in its name. Returns how many things."""
    # First: whoever is to own a table must be allowed to make one there.
    _run(cursor, "GRANT USAGE, CREATE ON SCHEMA public TO {}", application)
    _run(cursor, "GRANT CREATE, TEMPORARY ON DATABASE {} TO {}", _database(cursor), application)
    cursor.execute(_HELD)
    statements = [statement for (statement,) in cursor.fetchall()]
    for statement in statements:
        cursor.execute(f"{statement} OWNER TO {_quote_name(cursor, application)}")
    return len(statements)


def find_faults(cursor: CursorWrapper) -> list[str]:
    """Gaps by which the application could change the audit log, a few words each; none where it may
    not.

    Asked by the application or by the owner in its name.
    """
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if cursor.fetchone() == (True,):
        return ["the application's role is a superuser"]
    faults = []
    cursor.execute(
        "SELECT pg_has_role(current_user, datdba, 'USAGE'), quote_ident(datname),"
        " quote_ident(CASE WHEN session_user = current_user THEN %s ELSE session_user END)"
        " FROM pg_database WHERE datname = current_database()",
        [_OWNER],
    )
    is_its_own, database, owner = cursor.fetchone()
    if is_its_own:
        faults.append(
            "the database belongs to it (as PostgreSQL's superuser: ALTER DATABASE"
            f" {database} OWNER TO {owner};)"
        )
    if _find_rows(cursor, _IS_SCHEMA_ITS_OWN):
        faults.append(f"the schema {SCHEMA} belongs to it")
    for table in _tables(cursor):
        if table.is_its_own:
            faults.append(f"{SCHEMA}.{table.name} belongs to it")
        elif rights := sorted({*table.rights} - {*GRANTED}):
            faults.append(f"it may {', '.join(rights)} in {SCHEMA}.{table.name}")
        elif {*GRANTED} - {*table.rights}:
            faults.append(f"it may not read and add to {SCHEMA}.{table.name}")
    return faults


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    owner: str
    is_its_own: bool
    rights: list[str]


_SCHEMA_OWNER = "SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = %s"
_IS_SCHEMA_ITS_OWN = (
    "SELECT pg_has_role(current_user, nspowner, 'USAGE') FROM pg_namespace WHERE nspname = %s"
)
_TABLES = """
SELECT relname, pg_get_userbyid(relowner), pg_has_role(current_user, relowner, 'USAGE'), ARRAY(
    SELECT privilege FROM unnest(
        ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']
    ) privilege
    WHERE has_schema_privilege(current_user, relnamespace, 'USAGE')
        AND has_table_privilege(current_user, c.oid, privilege)
)
FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = to_regnamespace(%s)
ORDER BY relname
"""
# Everything in `public` that is the session's own, without what belongs to an extension or goes
# with its table (sequences of columns, types of rows).
_HELD = """
SELECT format('ALTER %s %s', CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
        WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, oid::regclass)
FROM pg_class c
WHERE relkind IN ('r', 'p', 'v', 'm', 'S') AND relnamespace = 'public'::regnamespace
    AND relowner = session_user::regrole
    AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid
        AND (deptype = 'e' OR relkind = 'S' AND deptype IN ('i', 'a')))
UNION ALL
SELECT format('ALTER ROUTINE %s', oid::regprocedure)
FROM pg_proc p
WHERE pronamespace = 'public'::regnamespace AND proowner = session_user::regrole
    AND NOT EXISTS (SELECT FROM pg_depend
        WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'e')
UNION ALL
SELECT format('ALTER TYPE %s', oid::regtype)
FROM pg_type t
WHERE typnamespace = 'public'::regnamespace AND typowner = session_user::regrole
    AND (typtype IN ('e', 'd')
        OR typtype = 'c' AND (SELECT relkind FROM pg_class WHERE oid = typrelid) = 'c')
    AND NOT EXISTS (SELECT FROM pg_depend
        WHERE classid = 'pg_type'::regclass AND objid = t.oid AND deptype = 'e')
ORDER BY 1
"""


def _tables(cursor: CursorWrapper) -> list[_Table]:
    cursor.execute(_TABLES, [SCHEMA])
    return [_Table(*row) for row in cursor.fetchall()]


def _find_rows(cursor: CursorWrapper, query: str) -> Any:
    cursor.execute(query, [SCHEMA])
    row = cursor.fetchone()
    return row[0] if row else None


def _database(cursor: CursorWrapper) -> str:
    cursor.execute("SELECT current_database()")
    (name,) = cursor.fetchone()
    return str(name)


def _quote_name(cursor: CursorWrapper, name: str) -> str:
    return sql.Identifier(name).as_string(cursor.connection)


def _run(cursor: CursorWrapper, statement: LiteralString, *names: str) -> None:
    composed = sql.SQL(statement).format(*map(sql.Identifier, names))
    cursor.execute(composed.as_string(cursor.connection))
