"""The ledger of speech: what was said leaves entries in the audit log, and its author a receipt."""
