"""Help, README and documentation: what is written is true."""

from __future__ import annotations

import doctest
import importlib
import inspect
import os
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import gxbg
import pytest

ROOT = Path(__file__).parents[2]
MODULES = [m.name for m in pkgutil.iter_modules(gxbg.__path__) if m.name not in ("_gxbg", "demo")]
PUBLIC = [getattr(gxbg, name) for name in gxbg.__all__ if name != "__version__"]


@pytest.mark.parametrize("name", ["gxbg", *(f"gxbg.{m}" for m in MODULES)])
def test_examples_in_the_help_work(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def members():
    for thing in PUBLIC:
        yield thing.__name__, thing
        if inspect.isclass(thing) and thing.__module__ != "gxbg.errors":
            for name, member in inspect.getmembers(thing):
                if not name.startswith("_") and (callable(member) or isinstance(member, property)):
                    yield f"{thing.__name__}.{name}", member


@pytest.mark.parametrize(("name", "thing"), list(members()))
def test_everything_public_has_help(name, thing):
    doc = inspect.getdoc(thing)
    assert doc
    assert len(doc) > 15
    if inspect.isfunction(thing):
        assert "Returns\n" in doc
        for parameter in inspect.signature(thing).parameters:
            assert parameter == "self" or re.search(rf"^{parameter} : ", doc, re.MULTILINE), (name, parameter)


def test_the_version_is_that_of_the_package():
    from importlib.metadata import version

    assert gxbg.__version__ == version("gxbg")


def test_everything_raised_is_under_one_root():
    from gxbg import errors

    classes = [c for _, c in inspect.getmembers(errors, inspect.isclass)]
    assert all(issubclass(c, gxbg.GxbgError) for c in classes)
    assert {c.__name__ for c in classes} <= set(gxbg.__all__)


def test_the_code_in_the_readme_works(tmp_path, monkeypatch):
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert blocks
    monkeypatch.setenv("MPLBACKEND", "Agg")
    code = "\n".join(blocks)
    # The notebook of the README reads a folder of one's own; here it is that of the samples.
    (tmp_path / "reports").symlink_to(gxbg.sample_dir())
    subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path, capture_output=True, timeout=120)


def test_the_readme_shows_what_the_samples_give(samples):
    assert f"# {samples!r}\n" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_documentation_is_that_of_the_code():
    subprocess.run([sys.executable, ROOT / "docs" / "generate.py", "--check"], check=True)


def test_the_demo_runs_and_draws(tmp_path):
    run = subprocess.run(
        [sys.executable, "-m", "gxbg.demo", str(tmp_path / "demo")],
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert "20 reports" in run.stdout
    assert "REQ-" in run.stdout
    assert "missing from" not in run.stderr
    assert (tmp_path / "demo" / "trends.png").read_bytes().startswith(b"\x89PNG")


def test_the_samples_are_in_the_package():
    assert gxbg.sample_dir().is_relative_to(Path(gxbg.__file__).parent)
