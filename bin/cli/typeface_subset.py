"""Joins a weight's Latin and Cyrillic files and leaves what Ukrainian and English are written in.

Run by `bin/typeface` with fontTools, which is no dependency of the project. The typeface has
figures of different widths alone; those of one width, which `tabular-nums` asks for, are made here
as composites of them.
"""

import sys
import tempfile
from pathlib import Path

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

#: English; Ukrainian, with the letters of Russian that stand in people's words and names; marks of
#: both, the accent of dictionaries, the hryvnia, the number sign.
CHARACTERS = (
    "0020-007E,00A0,00A7,00A9,00AB,00AD,00B0,00B2,00B7,00BB,00D7,02BC,0301,0401,0404,0406,0407,"
    "0410-044F,0451,0454,0456,0457,0490,0491,2009,2013,2014,2018-201A,201C-201E,2022,2026,20B4,"
    "2116,2191,2193,2212"
)
SUBSETS = ("latin", "cyrillic", "cyrillic-ext")


def main(files: Path, weight: str, made: Path, printed: Path) -> None:
    """``files``: the package's; ``made``: the file to write for pages, ``printed``: for prints,
    since typst reads no WOFF2."""
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for name in SUBSETS:
            part = _subset(files / f"arsenal-{name}-{weight}-normal.woff2")
            parts.append(str(Path(folder) / f"{name}.ttf"))
            part.save(parts[-1])
        font = Merger().merge(parts)
    _add_figures_of_one_width(font)
    font["post"].formatType = 3  # no names of glyphs, which nobody asks for
    _save_for_prints(font, printed)
    font.flavor = "woff2"
    font.save(made)


def _save_for_prints(font: TTFont, printed: Path) -> None:
    """With a PostScript name, without which typst passes a font over."""
    names = font["name"]
    style = names.getDebugName(2)
    names.setName(f"Arsenal-{style}", 6, 3, 1, 0x409)
    font.save(printed)
    names.removeNames(nameID=6)


def _subset(file: Path) -> TTFont:
    options = Options(layout_features=["mark", "kern"], hinting=False)
    options.name_IDs = [0, 1, 2, 13, 14]  # whose it is, its names, its licence
    options.glyph_names = True
    font = TTFont(file)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(CHARACTERS))
    subsetter.subset(font)
    font.flavor = None
    return font


def _add_figures_of_one_width(font: TTFont) -> None:
    glyphs, widths, names = font["glyf"], font["hmtx"], font.getBestCmap()
    figures = [names[ord(str(value))] for value in range(10)]
    width = round(sum(widths[figure][0] for figure in figures) / 10)
    order = [*font.getGlyphOrder(), *(f"{figure}.tnum" for figure in figures)]
    for figure in figures:
        own, bearing = widths[figure]
        component = GlyphComponent()
        component.glyphName = figure
        component.x, component.y = round((width - own) / 2), 0
        component.flags = 0x4  # ROUND_XY_TO_GRID
        glyph = Glyph()
        glyph.numberOfContours, glyph.components = -1, [component]
        glyphs.glyphs[f"{figure}.tnum"] = glyph
        widths.metrics[f"{figure}.tnum"] = (width, bearing + component.x)
    font.setGlyphOrder(order)
    glyphs.glyphOrder = order
    for figure in figures:
        glyphs[f"{figure}.tnum"].recalcBounds(glyphs)
    rules = "".join(f"sub {figure} by {figure}.tnum;" for figure in figures)
    addOpenTypeFeaturesFromString(font, f"feature tnum {{ {rules} }} tnum;", tables=["GSUB"])


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
