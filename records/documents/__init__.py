"""The register of documents that the council holds (law 2939-VI art. 18)."""
