"""The library stands on its own."""

import subprocess
import sys

CHECK = """
import sys
import homeport.psychometrics as library
heavy = {"django", "mirt", "scipy", "pandas", "pyarrow", "yaml", "matplotlib"} & set(sys.modules)
assert not heavy, heavy
assert all(hasattr(library, name) for name in library.__all__)
"""


def test_importing_it_brings_numpy_and_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", CHECK], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
