"""Owner of the audit log, as settings read it: the owner's address, and the role that its sessions
act as (core/db/roles.py)."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

_ROLE = re.compile(r"[A-Za-z_][A-Za-z0-9_.$-]*")


def read_owner_url(url: str, file: str) -> str:
    """The owner's address: itself, or what stands in the file, if this process may read it; "" for
    a process that is not the owner's."""
    if url or not file or not os.access(file, os.R_OK):
        return url.strip()
    return Path(file).read_text(encoding="utf-8").strip()


def acting_role(owner: dict[str, Any], application: dict[str, Any]) -> str:
    """The role in whose name the owner's sessions act; "" where it is the owner itself."""
    role = str(application.get("USER", ""))
    if not role or role == owner.get("USER"):
        return ""
    if not _ROLE.fullmatch(role):
        raise ValueError(f"DATABASE_URL names a role that cannot be an option: {role!r}")
    return role
