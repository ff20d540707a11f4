"""What bin/check looks at."""

import subprocess

from cli import checking
from cli.clone import ROOT


def test_every_file_of_the_product_is_typed():
    """Those of ``bin/cli`` and manage.py are checked apart."""
    listed = subprocess.run(
        ["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    apart = ("tests/", "benchmarks/", "bin/", "manage.py")
    product = {name for name in listed if not name.startswith(apart) and "/migrations/" not in name}
    assert {str(path.relative_to(ROOT)) for path in checking.typed_files()} == product
