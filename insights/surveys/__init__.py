"""Earlier surveys of trust, held by another method than the panel: entered by officers."""
