"""Maps drawn on the server from the council's own outlines (docs/maps.md, ADR 87)."""
