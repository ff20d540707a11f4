"""Pages of the audit log: the administrators' search, the public chain, receipts of speech."""
