"""What a newcomer does: `make run` on a port of their own, wait for the page, look, leave with Ctrl-C.

Run as `python -m tests.newcomer`. Prints the seconds to the first answer and the memory used.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

TOP = Path(__file__).parents[1]
SECONDS = 90


def free_port() -> int:
    """A loopback port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answered(port: int) -> bool:
    """Whether the site says that it is well."""
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/health/", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def megabytes(group: int) -> float:
    """Proportional memory of all processes in the group, in MB."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            same = any(os.getpgid(int(pid)) == group for pid in _lineage(int(status.parent.name)))
            if same:
                rollup = (status.parent / "smaps_rollup").read_text()
                total += int(next(line for line in rollup.splitlines() if line.startswith("Pss:")).split()[1])
        except (OSError, StopIteration):
            continue
    return total / 1024


def _lineage(pid: int) -> list[int]:
    """The process and its parents, nearest first."""
    line = [pid]
    while pid > 1:
        stat = Path(f"/proc/{pid}/stat").read_text()
        pid = int(stat.rpartition(")")[2].split()[1])
        line.append(pid)
    return [one for one in line if one > 1]


def main() -> int:
    """Run the site once; exit code 0 when all went well."""
    port, started = free_port(), time.monotonic()
    site = subprocess.Popen(["make", "run", f"PORT={port}"], cwd=TOP, start_new_session=True)
    try:
        while not answered(port):
            if site.poll() is not None or time.monotonic() - started > SECONDS:
                print("FAILED: `make run` gave no answering page", flush=True)
                return 1
            time.sleep(0.2)
        seconds = time.monotonic() - started
        for page in ("/", "/library/", "/help/"):
            with urllib.request.urlopen(f"http://localhost:{port}{page}", timeout=5) as answer:
                answer.read()
        print(f"first answer after {seconds:.1f} s, {megabytes(site.pid):.0f} MB", flush=True)
        os.killpg(site.pid, signal.SIGINT)
        code = site.wait(20)
        print(f"ended with {code} after Ctrl-C", flush=True)
        return 0 if code in (0, 130, -signal.SIGINT) else 1  # make itself ends by the signal
    finally:
        if site.poll() is None:
            os.killpg(site.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())
