"""The register of acts that were adopted through the platform (law 2939-VI art. 15(1)(2), (2))."""
