"""How long people speak: totals by faction and person, an item’s own time, the rules of a body."""
