"""Actions on drafts: versions, and the clauses of a preview."""
