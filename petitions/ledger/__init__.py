"""The public ledger of each petition: appended in batches, chained, and checkable by anybody."""
