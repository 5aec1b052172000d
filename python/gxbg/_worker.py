"""The process that reads PDF and DOC files for this one."""

from __future__ import annotations

import sys
from pathlib import Path

from . import _gxbg

CODE = """\
import sys
from importlib.machinery import ExtensionFileLoader
from importlib.util import module_from_spec, spec_from_loader

loader = ExtensionFileLoader("_gxbg", sys.argv[1])
module = module_from_spec(spec_from_loader("_gxbg", loader))
loader.exec_module(module)
module.serve()
"""
"""The program of a worker: the extension alone, without the package and without what sites add to an interpreter."""


EXTENSION = str(Path(_gxbg.__file__).absolute()) if _gxbg.__file__ else ""
"""Where the extension is, whatever folder the process goes to."""


def command() -> list[str]:
    """Give the program of a worker with its arguments.

    Returns
    -------
    list of str
        Empty where this process is no plain interpreter that could be started again: files are read in this process
        then.
    """
    program = sys.executable
    if not program or not EXTENSION or getattr(sys, "frozen", False) or not Path(program).is_file():
        return []
    return [program, "-I", "-S", "-c", CODE, EXTENSION]
