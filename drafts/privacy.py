"""What is held about people beside drafts: who made them."""

from accounts.privacy import deeds, impersonal
from drafts.models import Clause, Draft, Revision, Version

deeds(Draft, "created_by")
deeds(Revision, "by")
impersonal(Version, Clause, why="the text of a draft decision, a public document")
