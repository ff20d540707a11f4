"""The verifier for evidence bundles: verify.py, and a page that says the same."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
#: What a bundle holds of it, and ``SHA256SUMS`` names; a page alone would lack its style.
GIVEN_OUT = ("verify.css", "verify.html", "verify.js", "verify.py")
