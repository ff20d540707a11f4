"""Personal data beside drafts: who made them."""

from accounts.data.register import impersonal, staff_references
from drafts.models import Clause, Draft, Revision, SetAside, Version

staff_references(Draft, "created_by")
staff_references(Revision, "by")
staff_references(SetAside, "decided_by")
impersonal(Version, Clause, why="the text of a draft decision, a public document")
