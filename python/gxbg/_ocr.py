"""Where the network is that reads scans."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


def model() -> Path | None:
    """Find the recogniser in the installed package ``rapidocr``, which is not imported.

    Returns
    -------
    pathlib.Path or None
        An ONNX file that names its characters; ``None`` where the extra ``gxbg[ocr]`` is not installed.
    """
    spec = find_spec("rapidocr")
    for place in (spec.submodule_search_locations or []) if spec else []:
        found = sorted(path for path in Path(place, "models").glob("*.onnx") if "_rec_" in path.name)
        if found:
            return found[-1]
    return None
