"""What the product is made of: licences that may be, and a bill of materials (CycloneDX).

Run by `bin/check dependencies`, from the lock files alone; nothing is asked of a registry. Writes
`.local/sbom.cdx.json`, which whoever publishes a release attaches to it.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from cyclonedx.contrib.hash.factories import HashTypeFactory
from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from license_expression import ExpressionError, get_spdx_licensing
from packageurl import PackageURL

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:1] = [str(ROOT), str(ROOT / "bin")]

from config.version import read_version  # noqa: E402 (needs the path above)
from core.domain.locked_packages import LockedPackage, read_locked_packages  # noqa: E402

SPDX = get_spdx_licensing()


def main() -> int:
    """Write the bill of materials; prints what is wrong and answers 1 if anything is."""
    packages = read_locked_packages(ROOT)
    table = tomllib.loads((ROOT / "requirements/licences.toml").read_text(encoding="utf-8"))
    faults = [*find_faults(packages, table), *_find_other_words(table["python"])]
    if not faults:
        bill = make_bill(packages, table, read_version(ROOT))
        faults = [str(error) for error in filter(None, [_validate(bill)])]
        (ROOT / ".local").mkdir(exist_ok=True)
        (ROOT / ".local/sbom.cdx.json").write_text(bill, encoding="utf-8")
    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    return 1 if faults else 0


def licence_of(package: LockedPackage, table: dict[str, Any]) -> str:
    """Its licence in SPDX's words; "" where nobody has said."""
    own = table["python"] if package.registry == "pypi" else table["npm"]
    return str(own.get(package.name, package.licence))


def find_faults(packages: list[LockedPackage], table: dict[str, Any]) -> Iterator[str]:
    """Packages without a licence, with one that a site may not stand on, and rows of none."""
    allowed = set(table["allowed"])
    for package in packages:
        licence = licence_of(package, table)
        try:
            expression = SPDX.parse(licence, validate=True)
        except ExpressionError:
            expression = None
        if expression is None:
            yield f"{package.name}: {licence or 'no licence'!r} is none of SPDX's"
        elif (
            package.is_served
            and table["exceptions"].get(package.name) != licence
            and not _is_allowed(expression, allowed)
        ):
            yield f"{package.name}: {licence} is not allowed"
    for registry, rows in (("pypi", table["python"]), ("npm", table["npm"])):
        names = {package.name for package in packages if package.registry == registry}
        yield from (f"{name}: no lock file has it" for name in sorted(set(rows) - names))


def _is_allowed(expression: Any, allowed: set[str]) -> bool:
    """Whether a licence may be: each of «A AND B», one of «A OR B»."""
    if isinstance(expression, SPDX.AND):
        return all(_is_allowed(each, allowed) for each in expression.args)
    if isinstance(expression, SPDX.OR):
        return any(_is_allowed(each, allowed) for each in expression.args)
    return expression.render() in allowed


def _find_other_words(rows: dict[str, str]) -> Iterator[str]:
    """Rows that differ from what an installed package says of itself in SPDX's words."""
    for name, licence in rows.items():
        try:
            own = metadata.metadata(name).get("License-Expression")
        except metadata.PackageNotFoundError:  # another platform's
            continue
        if own and SPDX.parse(own) != SPDX.parse(licence):
            yield f"{name}: the table says {licence}, the package {own}"


def make_bill(packages: list[LockedPackage], table: dict[str, Any], version: str) -> str:
    """The bill of materials as JSON, by CycloneDX 1.6; the same for the same locks but its time."""
    licences, digests = LicenseFactory(), HashTypeFactory()
    components = [
        Component(
            name=package.name,
            version=package.version,
            type=ComponentType.LIBRARY,
            scope=ComponentScope.REQUIRED if package.is_served else ComponentScope.EXCLUDED,
            purl=_purl(package),
            bom_ref=str(_purl(package)),
            licenses=[licences.make_from_string(licence_of(package, table))],
            # Of several files, one for each platform, no hash is the component's.
            hashes=[
                digests.from_composite_str(f"{algorithm}:{digest}")
                for algorithm, digest in package.hashes
                if len(package.hashes) == 1
            ],
        )
        for package in packages
    ]
    viche = Component(name="viche", version=version, type=ComponentType.APPLICATION)
    bill = Bom(components=components, metadata=BomMetaData(component=viche))
    bill.register_dependency(viche, components)
    made: str = JsonV1Dot6(bill).output_as_string(indent=1)
    return made


def _purl(package: LockedPackage) -> PackageURL:
    namespace, _, name = package.name.rpartition("/")
    return PackageURL(package.registry, namespace or None, name, package.version)


def _validate(bill: str) -> object:
    return JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill)


if __name__ == "__main__":
    sys.exit(main())
