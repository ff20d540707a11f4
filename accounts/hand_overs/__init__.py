"""Handing over open work: of somebody who leaves or is long absent, of a closed department."""
