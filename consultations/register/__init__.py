"""The register of remarks: their numbers, and proposals that came otherwise than on the site."""
