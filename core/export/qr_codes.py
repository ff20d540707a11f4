"""QR codes drawn for each of a crowd: the same as segno's, and many times as fast.

In a code of one size everything but the bits of its message is fixed: the patterns, the order in
which bits take their places, the mask. A process asks segno once for these, by size. Of each code
it computes the message (bytes, error correction M) and draws it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, groupby, zip_longest
from operator import itemgetter
from typing import Any, cast

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from segno import consts
from segno import encoder as untyped

encoder: Any = untyped
_LEVEL = consts.ERROR_LEVEL_M
_MASK = 0
#: Light modules around the code.
_BORDER = 4
_VERSIONS = range(1, 41)
#: How segno's matrix says that a module is still free; the places of bits are counted from
#: _FIRST, which is beyond every value of a module.
_FREE, _FIRST = 2, 10
_STROKE = 8


@dataclass(frozen=True, slots=True)
class _Size:
    """Constants shared by all codes of one version."""

    width: int
    bits: int
    #: What the mask changes in a message.
    mask: int
    #: The modules, row by row, out of the bits of the masked message and "01".
    pick: Callable[[str], tuple[str, ...]]


def draw_qr_code(text: str, *, title: str) -> SafeString:
    """ASCII text as a QR code: inline SVG as the tag ``qr`` draws it (core.templatetags.components)
    with a fixed mask. Raises ValueError where it is longer than such a code can be."""
    data = text.encode("ascii")
    version = _version_of(len(data))
    size = _size(version)
    masked = _message(data, version) ^ size.mask
    modules = "".join(size.pick(f"{masked:0{size.bits}b}01"))
    side = size.width + 2 * _BORDER
    rows = (modules[start : start + size.width] for start in range(0, len(modules), size.width))
    path = "".join(f"M{_BORDER} {y}.5{_draw_row(row)}" for y, row in enumerate(rows, _BORDER))
    return mark_safe(
        f'<svg viewBox="0 0 {side} {side}" class="qr"><title>{conditional_escape(title)}</title>'
        f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/>'
        f'<path stroke="#000" d="{path}"/></svg>'
    )


# --- The message ----------------------------------------------------------------------------------


def _version_of(length: int) -> int:
    """The smallest version that holds so many bytes."""
    for version in _VERSIONS:
        # Mode and end take four bits each, the length 8 or 16.
        if _data_of(version) >= length + (2 if version < 10 else 3):
            return version
    raise ValueError(f"a QR code holds no {length} bytes")


@cache
def _data_of(version: int) -> int:
    return sum(number * data for number, _total, data in _blocks_of(version))


def _blocks_of(version: int) -> Sequence[tuple[int, int, int]]:
    """The blocks of its message: how many, their codewords, and how many of these are data."""
    return cast(Any, consts).ECC[version][_LEVEL]  # type: ignore[no-any-return]  # no stubs


def _message(data: bytes, version: int) -> int:
    """The codewords in the order in which they stand in the code, and what remains beyond them."""
    of_length = 8 if version < 10 else 16
    head = 0b0100 << of_length | len(data)
    whole = (head << 8 * len(data) | int.from_bytes(data)) << 4
    codewords = whole.to_bytes(1 + of_length // 8 + len(data))
    capacity = _data_of(version)
    # The empty codeword is segno's own; no reader looks beyond the end.
    codewords += (b"\0" + b"\xec\x11" * capacity)[: capacity - len(codewords)]
    size = _size(version)
    data_blocks, check_blocks, start = [], [], 0
    for number, total, length in _blocks_of(version):
        for _block in range(number):
            block = codewords[start : start + length]
            start += length
            data_blocks.append(block)
            check_blocks.append(_error_correction(block, total - length))
    message = bytes(
        codeword
        for column in chain(zip_longest(*data_blocks), zip_longest(*check_blocks))
        for codeword in column
        if codeword is not None
    )
    return int.from_bytes(message) << (size.bits - 8 * len(message))


def _error_correction(block: bytes, number: int) -> bytes:
    """Codewords of error correction: the rest of the block by the generator polynomial."""
    products, top = _products(number), 8 * (number - 1)
    below = (1 << top) - 1
    rest = 0
    for codeword in block:
        rest = (rest & below) << 8 ^ products[codeword ^ rest >> top]
    return rest.to_bytes(number)


@cache
def _products(number: int) -> Sequence[int]:
    """The generator polynomial of this degree times each element of the field."""
    logarithm, power = consts.GALIOS_LOG, consts.GALIOS_EXP
    generator = consts.GEN_POLY[number]
    return [0] + [
        int.from_bytes(bytes(power[logarithm[factor] + each] for each in generator))
        for factor in range(1, 256)
    ]


# --- The picture ----------------------------------------------------------------------------------


@cache
def _size(version: int) -> _Size:
    width = encoder.calc_matrix_size(version)
    places: Any = [list(row) for row in _patterns(width)]
    bits = sum(row.count(_FREE) for row in places)
    encoder.add_codewords(places, range(_FIRST, _FIRST + bits), version)
    empty: Any = _patterns(width)
    encoder.add_codewords(empty, bytes(bits), version)
    encoder.find_and_apply_best_mask(empty, width, width, _MASK)
    encoder.add_format_info(empty, version, _LEVEL, _MASK)
    encoder.add_version_info(empty, version)
    mask, picked = bytearray(bits), []
    for place, module in zip(chain.from_iterable(places), chain.from_iterable(empty), strict=True):
        if place < _FIRST:
            picked.append(bits + module)
        else:
            picked.append(place - _FIRST)
            mask[place - _FIRST] = module
    return _Size(width, bits, int("".join(map(str, mask)), 2), itemgetter(*picked))


def _patterns(width: int) -> Any:
    matrix = encoder.make_matrix(width, width)
    encoder.add_finder_patterns(matrix, width, width)
    encoder.add_alignment_patterns(matrix, width, width)
    return matrix


def _draw_row(row: str) -> str:
    return "".join(_strokes(row[x : x + _STROKE]) for x in range(0, len(row), _STROKE))


@cache
def _strokes(modules: str) -> str:
    """A few modules of a row, as SVG's path draws them from the left to the right."""
    lengths = ((module, len(list(group))) for module, group in groupby(modules))
    return "".join(f"h{each}" if module == "1" else f"m{each} 0" for module, each in lengths)
