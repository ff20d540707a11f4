"""Pages of the council about itself and the platform, at /about/: Markdown with versions."""
