"""The desk of appeals: registering, forwarding, considering, answering, and the journal."""
