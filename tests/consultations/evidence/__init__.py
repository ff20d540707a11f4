"""Evidence bundles and their verifier."""
