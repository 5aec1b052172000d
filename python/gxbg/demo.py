"""A tour of gxbg on its samples: ``make demo``, or ``python -m gxbg.demo [FOLDER]``.

Prints the corpus, its tables and the findings, and draws the trends of those issuers that have several years.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gxbg

if TYPE_CHECKING:
    import pandas as pd

# Fonts with Chinese glyphs, by the names that matplotlib gives them.
CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Sans CJK TC",
    "Noto Sans CJK HK",
    "Noto Sans CJK KR",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti TC",
    "Microsoft YaHei",
    "SimHei",
    "AR PL UMing CN",
    "Arial Unicode MS",
    "Droid Sans Fallback",
)


def main(folder: str = "demo") -> None:
    """Print the tour and draw the plot into a folder."""
    import pandas as pd

    pd.set_option("display.width", 120, "display.max_columns", 9, "display.unicode.east_asian_width", True)
    corpus = gxbg.load_dir(gxbg.sample_dir())
    _say("gxbg.load_dir(gxbg.sample_dir())", corpus)
    reports = corpus.reports.to_pandas()
    _say("corpus.reports", reports[["issuer", "year", "edition", "published_on", "ties_satisfied", "ties_violated"]])
    cells = corpus.cells.to_pandas()
    _say(
        "corpus.cells: one row per statistical cell",
        cells[["table", "row", "column", "value", "status", "raw"]].head(8),
    )
    _say("How the cells are known", cells["status"].value_counts())
    wide = corpus.wide("requests").to_pandas()
    panel = corpus.panel().to_pandas()
    some = ["issuer", "year", "edition", "gap", "received_total", "granted_total", "concluded_total_total"]
    _say("corpus.panel(): one row per issuer and year", panel[some])
    rates = corpus.indicators.to_pandas()
    _say(
        "corpus.indicators", rates[["issuer", "year", "disclosure_rate", "disclosure_rate_low", "disclosure_rate_high"]]
    )
    _say("corpus.findings: where an issuer's own figures do not add up", _findings(corpus, reports))
    path = draw(trends(reports, wide, rates), Path(folder) / "trends.png")
    print(f"The trends are drawn in {path}")


def _say(title: str, thing: Any) -> None:
    print(f"── {title}\n{thing.to_string() if hasattr(thing, 'to_string') else thing}\n")


def _findings(corpus: gxbg.Corpus, reports: pd.DataFrame) -> str:
    paths = dict(zip(reports["report_id"], reports["path"], strict=True))
    found = corpus.findings.head(len(corpus.findings))
    violated = [f for f in found if f["outcome"] == "violated" and f["severity"] != "info"]
    lines = [f"{paths[f['report_id']]}: {f['rule']} ({f['policy']}): {f['message_en']}" for f in violated]
    return "\n".join(lines) or "none"


def trends(reports: pd.DataFrame, wide: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    """Bring together what the plot shows: one row per report of an issuer with several years.

    Parameters
    ----------
    reports, wide, rates : pandas.DataFrame
        ``corpus.reports``, ``corpus.wide("requests")`` and ``corpus.indicators``; their rows are in the same order.

    Returns
    -------
    pandas.DataFrame
        ``issuer``, ``code`` (the file's name without its year), ``year``, ``received``, ``rate``, ``low``, ``high``
        and ``size`` (all requests of the issuer), the largest issuers first.
    """
    frame = reports[["issuer", "path", "year"]].copy()
    frame["code"] = [re.sub(r"[/_]?\d{4}\.\w+$", "", p).replace("_", " ") for p in frame["path"]]
    frame["received"] = wide["received_total"]
    for name, part in (("rate", ""), ("low", "_low"), ("high", "_high")):
        frame[name] = rates[f"disclosure_rate{part}"]
    frame = frame.dropna(subset=["issuer", "year"])
    several = frame.groupby("issuer")["year"].transform("nunique") > 1
    frame = frame[several].drop(columns="path")
    # The issuers with most requests come first.
    frame["size"] = frame.groupby("issuer")["received"].transform("sum")
    return frame.sort_values(["size", "issuer", "year"], ascending=[False, True, True])


def draw(frame: pd.DataFrame, path: Path) -> Path:
    """Draw requests received and the disclosure rate, year by year and issuer by issuer.

    Parameters
    ----------
    frame : pandas.DataFrame
        What :func:`trends` gives.
    path : pathlib.Path
        Where the picture goes.

    Returns
    -------
    pathlib.Path
        The same path.
    """
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt
    from matplotlib import font_manager
    from matplotlib.ticker import MaxNLocator, PercentFormatter, ScalarFormatter

    chinese = _chinese_font(font_manager)
    # matplotlib takes each glyph from the first font that has it.
    fonts = ["DejaVu Sans", *([chinese] if chinese else [])]
    with mpl.rc_context({"font.family": fonts, "font.size": 10, "axes.spines.top": False, "axes.spines.right": False}):
        figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4.8), layout="constrained")
        lines = []
        issuers = list(frame.groupby("issuer", sort=False))
        for number, (issuer, of) in enumerate(issuers):
            colour, marker = f"C{number}", "osD^vP*X"[number % 8]
            years = of["year"].astype(int)
            rate = of["rate"].astype(float)
            label = issuer if chinese else of["code"].iloc[0]
            style = {"color": colour, "marker": marker, "clip_on": False}
            lines += left.plot(years, of["received"], label=label, **style)
            # Side by side, so that no interval hides another.
            beside = years + 0.07 * (number - (len(issuers) - 1) / 2)
            interval = [rate - of["low"].astype(float), of["high"].astype(float) - rate]
            right.errorbar(beside, rate, yerr=interval, elinewidth=1, capsize=2, alpha=0.9, **style)
        left.set_title("Requests received\n", loc="left")
        left.text(0, 1.02, "a year, on a logarithmic scale", transform=left.transAxes, fontsize=9, alpha=0.7)
        left.set_yscale("symlog", linthresh=1)
        left.set_ylim(bottom=0)
        left.yaxis.set_major_formatter(ScalarFormatter())
        right.set_title("Disclosure rate\n", loc="left")
        subtitle = "granted in whole or in part, of all requests concluded, with 95 % intervals"
        right.text(0, 1.02, subtitle, transform=right.transAxes, fontsize=9, alpha=0.7)
        right.set_ylim(0, 1)
        right.yaxis.set_major_formatter(PercentFormatter(1))
        for axes in (left, right):
            axes.xaxis.set_major_locator(MaxNLocator(integer=True))
            axes.grid(axis="y", alpha=0.25)
        if lines:
            figure.legend(handles=lines, loc="outside lower center", ncols=min(len(lines), 4), frameon=False)
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, dpi=150)
        plt.close(figure)
    return path


def _chinese_font(fonts: Any) -> str | None:
    """Name a font with Chinese glyphs: a well-known one, or any that matplotlib has not listed yet."""
    known = {font.name for font in fonts.fontManager.ttflist}
    if name := next((name for name in CHINESE_FONTS if name in known), None):
        return name
    for path in sorted(fonts.findSystemFonts()):
        try:
            font = fonts.get_font(path)
            if ord("政") in font.get_charmap():
                fonts.fontManager.addfont(path)
                return str(font.family_name)
        except (RuntimeError, OSError):
            continue
    return None


if __name__ == "__main__":
    main(*sys.argv[1:2])
