"""What browsers get of MapLibre and pmtiles."""

import re

import pytest

from cli.install import ASSETS, MAP_ASSETS, MAP_SOURCES, gather_map_assets


@pytest.mark.parametrize("name", MAP_SOURCES)
def test_each_file_stands_alone(name):
    """Hashed names hold only while no file names another, nor a source map."""
    text = (MAP_ASSETS / name).read_text()
    assert "sourceMappingURL" not in text
    assert not re.search(r"""(?:^|[;}])import\s*(?:[\w{*][^;(]{0,2000}?from\s*)?["']""", text)
    assert not re.search(r"""\bimport\(\s*["']""", text)
    assert name.endswith(".js") or not re.search(r"url\((?!\"?data:)", text)


def test_they_are_gathered_once(tmp_path):
    gather_map_assets(ASSETS, tmp_path / "map")
    files = sorted((tmp_path / "map").iterdir())
    assert [file.name for file in files] == sorted(MAP_SOURCES)
    before = [file.stat().st_ino for file in files]
    gather_map_assets(ASSETS, tmp_path / "map")
    assert [file.stat().st_ino for file in files] == before
