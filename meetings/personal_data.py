"""The register of personal data in meetings."""
