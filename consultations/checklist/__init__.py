"""The procedure as a checklist: what its law asks, item by item, and whether it is done."""
