"""What the commands in `bin/` share: installing, the embedded PostgreSQL, processes.

Standard library only. `prepare.py` alone is run by the environment that gets installed.
"""
