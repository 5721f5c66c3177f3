"""Make the two woff2 files of this folder from the npm package's TTF files.

Keeps Latin and Vietnamese, and adds what the family lacks: tabular figures (`tnum`), because times
and minutes stand in columns. Needs fonttools and brotli, which the station itself never needs:

    python subset.py node_modules/@expo-google-fonts/be-vietnam-pro .
"""

import sys
from copy import deepcopy
from pathlib import Path

from fontTools import subset
from fontTools.otlLib.builder import buildLookup, buildSingleSubstSubtable
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables

WEIGHTS = {"400": "400Regular", "600": "600SemiBold"}
FIGURE_WIDTH = {"400": 656, "600": 684}
FIGURES = "zero one two three four five six seven eight nine".split()
UNICODES = (
    "20-7E,A0-FF,102-103,110-111,128-129,168-169,1A0-1A1,1AF-1B0,300-304,306,309,31B,323,"
    "1EA0-1EF9,2013,2014,2018-201E,2022,2026,2030,20AB,20AC,2212,2248,2264-2265"
)


def add_tabular_figures(font: TTFont, width: int) -> None:
    """Copies of the ten figures, each centred in a cell of one width, behind the feature `tnum`."""
    glyphs, metrics = font["glyf"], font["hmtx"]
    for name in FIGURES:
        advance, left_bearing = metrics[name]
        shift = (width - advance) // 2
        glyph = deepcopy(glyphs[name])
        glyph.coordinates.translate((shift, 0))
        glyph.recalcBounds(glyphs)
        glyphs[f"{name}.tnum"] = glyph
        metrics[f"{name}.tnum"] = (width, left_bearing + shift)
    table = font["GSUB"].table
    mapping = {name: f"{name}.tnum" for name in FIGURES}
    table.LookupList.Lookup.append(buildLookup([buildSingleSubstSubtable(mapping)]))
    table.LookupList.LookupCount += 1
    feature = otTables.Feature()
    feature.FeatureParams = None
    feature.LookupListIndex = [table.LookupList.LookupCount - 1]
    feature.LookupCount = 1
    record = otTables.FeatureRecord()
    record.FeatureTag, record.Feature = "tnum", feature
    table.FeatureList.FeatureRecord.append(record)
    table.FeatureList.FeatureCount += 1
    for script in table.ScriptList.ScriptRecord:
        systems = [script.Script.DefaultLangSys, *(x.LangSys for x in script.Script.LangSysRecord)]
        for system in filter(None, systems):
            system.FeatureIndex.append(table.FeatureList.FeatureCount - 1)
            system.FeatureCount += 1


def main(package: Path, target: Path) -> None:
    for weight, folder in WEIGHTS.items():
        font = TTFont(package / folder / f"BeVietnamPro_{folder}.ttf")
        add_tabular_figures(font, FIGURE_WIDTH[weight])
        options = subset.Options(flavor="woff2", layout_features=[
            "kern", "liga", "ccmp", "locl", "mark", "mkmk", "case", "tnum",
        ])
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=subset.parse_unicodes(UNICODES))
        subsetter.subset(font)
        subset.save_font(font, str(target / f"be-vietnam-pro-{weight}.woff2"), options)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
