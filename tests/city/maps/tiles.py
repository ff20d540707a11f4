"""A tiny file of map tiles for tests: PMTiles 3 whose tiles all show the same few things."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Sequence
from math import asinh, pi, radians, tan
from pathlib import Path

#: West, south, east, north of the city of tests/city/maps/geojson.py.
BOX = (33.3, 47.6, 33.5, 48.0)
EXTENT = 4096


def write_tiles(path: Path, *, max_zoom: int = 10, box: Sequence[float] = BOX) -> bytes:
    """Write the file, tiles from zoom 0 on; returns its bytes."""
    tile = _tile()
    ids = sorted(_tile_id(*each) for each in _covering(box, max_zoom))
    steps = [one - other for one, other in zip(ids, [0, *ids], strict=False)]
    # Number, steps of ids, run lengths, lengths, offsets: all tiles are the same bytes.
    listed = [len(ids), *steps, *[1] * len(ids), *[len(tile)] * len(ids), *[1] * len(ids)]
    root, about = b"".join(map(_varint, listed)), json.dumps({"vector_layers": []}).encode()
    west, south, east, north = (round(each * 10_000_000) for each in box)
    middle = (west + east) // 2, (south + north) // 2
    places = [127, len(root), 127 + len(root), len(about), 0, 0]
    places += [127 + len(root) + len(about), len(tile), len(ids), len(ids), 1]
    header = b"PMTiles\x03" + struct.pack("<11Q", *places)
    # Not in the order of ids, no compression, vector tiles.
    header += struct.pack("<6B", 0, 1, 1, 1, 0, max_zoom)
    header += struct.pack("<4iB2i", west, south, east, north, max_zoom, *middle)
    content = header + root + about + tile
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return content


def _covering(box: Sequence[float], max_zoom: int) -> Iterable[tuple[int, int, int]]:
    west, south, east, north = box
    for zoom in range(max_zoom + 1):
        left, top = _place(zoom, west, north)
        right, bottom = _place(zoom, east, south)
        yield from ((zoom, x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))


def _place(zoom: int, longitude: float, latitude: float) -> tuple[int, int]:
    across = (longitude + 180) / 360
    down = (1 - asinh(tan(radians(latitude))) / pi) / 2
    return int(across * 2**zoom), int(down * 2**zoom)


def _tile_id(zoom: int, x: int, y: int) -> int:
    """Its place on the Hilbert curve, after all tiles of smaller zooms."""
    number, side = (4**zoom - 1) // 3, 2**zoom // 2
    while side:
        right, low = int(bool(x & side)), int(bool(y & side))
        number += side * side * ((3 * right) ^ low)
        if not low:
            if right:
                x, y = side - 1 - (x & (side - 1)), side - 1 - (y & (side - 1))
            x, y = y, x
        x, y = x & (side - 1), y & (side - 1)
        side //= 2
    return number


def _tile() -> bytes:
    """A vector tile (Mapbox Vector Tile 2.1) by the schema of Protomaps."""
    edge = [(0, 0), (EXTENT, 0), (EXTENT, EXTENT), (0, EXTENT)]
    lake = [(0, 1500), (EXTENT, 1500), (EXTENT, 1900), (0, 1900)]
    street = [(0, 1200), (EXTENT, 1200)]
    named = {"name": "Їжакова вулиця", "name:uk": "Їжакова вулиця"}
    return b"".join(
        _field(3, layer)
        for layer in (
            _layer("earth", 3, edge, {"kind": "earth"}),
            _layer("water", 3, lake, {"kind": "lake"}),
            _layer("roads", 2, street, {"kind": "major_road", **named}),
            _layer("places", 1, [(2048, 900)], {"kind": "locality", "name": "Ґанок"}),
        )
    )


def _layer(name: str, kind: int, points: Sequence[tuple[int, int]], tags: dict[str, str]) -> bytes:
    numbers = [number for at in range(len(tags)) for number in (at, at)]
    shape = (
        _field(2, _packed(numbers)) + _number(3, kind) + _field(4, _packed(_moves(kind, points)))
    )
    return b"".join(
        [
            _number(15, 2),
            _field(1, name.encode()),
            _field(2, shape),
            *(_field(3, key.encode()) for key in tags),
            *(_field(4, _field(1, value.encode())) for value in tags.values()),
            _number(5, EXTENT),
        ]
    )


def _moves(kind: int, points: Sequence[tuple[int, int]]) -> Iterable[int]:
    """The commands of a geometry: MoveTo the first point, LineTo the others, ClosePath."""
    x = y = 0
    for at, (right, down) in enumerate(points):
        if at < 2:
            yield 1 << 3 | 1 if at == 0 else (len(points) - 1) << 3 | 2
        for step in (right - x, down - y):
            yield step << 1 if step >= 0 else (-step << 1) - 1
        x, y = right, down
    if kind == 3:
        yield 1 << 3 | 7


def _varint(number: int) -> bytes:
    some = bytearray()
    while number > 127:
        some.append(number & 127 | 128)
        number >>= 7
    return bytes([*some, number])


def _packed(numbers: Iterable[int]) -> bytes:
    return b"".join(map(_varint, numbers))


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)
