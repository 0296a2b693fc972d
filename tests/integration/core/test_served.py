"""A site that is served: nothing that people write can be found on its disk, and its keys are renewed meanwhile."""

import base64
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.factories.serving import Far, Site
from tests.postgres import cluster
from tests.postgres.cluster import database_in

WILL = "/".join(("", "work", "will", ""))  # apart: it looks like a folder of a machine
PHRASES = [f"the quiet word number {number} of the harbour" for number in range(500)]
FIVE = [" and ".join(PHRASES[first : first + 5]) for first in range(0, 500, 5)]


@pytest.fixture
def site(installation: dict[str, str], tmp_path: Path) -> Iterator[Site]:
    with Site(installation, tmp_path / "log") as running:
        yield running


def test_five_hundred_phrases_are_in_no_file_no_dump_and_no_log(
    site: Site, installation: dict[str, str], tmp_path: Path
) -> None:
    left = iter(FIVE)
    ana, thea, emil = site.browser("ana"), site.browser("thea"), site.browser("emil")
    walked = [_short_ways(site, ana, thea, emil, left), *(_a_round(site, ana, thea, left) for _ in range(22))]
    assert all(walked)
    assert next(left, None) is None, "every phrase was said somewhere"
    while_running = _everything_kept(tmp_path) + _dumps(installation)
    assert ana.get("/journal/")[1].count("the quiet word number") > 20
    assert b"exercises_journalentry" in while_running, "what is searched must hold the tables"
    assert _found(while_running) == []
    site.__exit__()
    afterwards = _everything_kept(tmp_path) + _dumps(installation)
    assert _found(afterwards) == []
    assert "rror" not in site.log.read_text()


def _short_ways(site: Site, ana: Far, thea: Far, emil: Far, left: Iterator[str]) -> bool:
    """Twelve that are said in other places than a journal and a note, or nowhere at all: refused, or too late."""
    contact = {"contact_name": next(left)[:85], "contact_is": next(left)[:40], "contact_phone": ""}
    will = {"executor_name": "Cora Cole", "executor_email": "cora@example.org", "wishes": next(left)}
    glass = {"name": "Ana Ames", "reason": next(left)}
    no_token = ana.ask("POST", "/journal/write/", f"words={next(left)}".replace(" ", "+").encode())
    too_late = site.with_cookies({"session": "ended"}).ask(
        "POST", "/journal/write/", f"words={next(left)}".replace(" ", "+").encode(),
        {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"},
    )  # fmt: skip
    said = [
        ana.post("/account/emergency/", contact)[0] in (302, 303),
        thea.post(WILL, will)[0] in (303, 422),
        emil.post("/emergency/", glass)[0] in (303, 404),
        no_token[0] == 403,
        too_late[0] in (200, 302, 403),
        ana.post("/journal/write/", {"words": next(left) * 3_000})[0] in (400, 422),
        ana.post(f"/cases/{site.case}/notes/write/", {"words": next(left)})[0] == 404,
        ana.get(f"/journal/?before={next(left).replace(' ', '+')}")[0] == 200,
        ana.get(f"/nothing/{next(left).replace(' ', '+')}/")[0] == 404,
        ana.post("/account/reauthenticate/", {"password": next(left)})[0] < 500,
        ana.post("/account/where/", {"location": next(left)})[0] in (302, 303, 422),
    ]
    assert [number for number, fine in enumerate(said) if not fine] == []
    return True


def _a_round(site: Site, ana: Far, thea: Far, left: Iterator[str]) -> bool:
    """Four: an entry and its change, a note and what is added to it."""
    _, entry = ana.post("/journal/write/", {"words": next(left)})
    changed, _ = ana.post(f"{entry}change/", {"words": next(left), "version": "1"})
    status, note = thea.post(f"/cases/{site.case}/notes/write/", {"words": next(left), "about": site.ana})
    assert status == 303, note
    assert thea.post(f"{note}sign/", {"version": "1"})[0] == 303
    added, _ = thea.post(f"{note}add/", {"words": next(left)})
    return changed == added == 303


def _everything_kept(folder: Path) -> bytes:
    """Every file of the installation, its stores with their write-ahead logs among them, and what the processes said."""
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def _dumps(installation: dict[str, str]) -> bytes:
    """On PostgreSQL: both stores as `pg_dump` writes them, and the server's own log."""
    address = installation.get("HOMEPORT_DATABASE_URL")
    if address is None:
        return b""
    running, binaries = cluster.cluster(), cluster.binaries()
    assert running is not None
    assert binaries is not None
    names = (database_in(address), f"{database_in(address)}_keys")
    dumps = [
        subprocess.run(
            [str(binaries / "pg_dump"), "-h", running.socket, "-U", cluster.SUPERUSER, name],
            capture_output=True, timeout=60, check=True,
        ).stdout
        for name in names
    ]  # fmt: skip
    return b"\n".join([*dumps, (Path(running.socket) / "log").read_bytes()])


def _found(kept: bytes) -> list[str]:
    """The phrases that can be read there: as they are, as hexadecimal digits, in base64, in UTF-16."""
    lowered = kept.lower()
    return [
        phrase
        for phrase in PHRASES
        if phrase.encode() in lowered
        or phrase.encode().hex().encode() in lowered
        or phrase.replace(" ", "+").encode() in lowered
        or phrase.encode("utf-16-le") in kept
        or any(base64.b64encode(b"." * shift + phrase.encode())[4:40] in kept for shift in range(3))
    ]


def test_the_search_finds_what_lies_open(tmp_path: Path) -> None:
    for number, way in enumerate((str.encode, lambda text: text.encode().hex().encode(), _based)):
        (tmp_path / f"{number}").write_bytes(b"junk" + way(f"before {PHRASES[number]} after"))
    assert _found(_everything_kept(tmp_path)) == PHRASES[:3]


def _based(text: str) -> bytes:
    return base64.b64encode(text.encode())


def test_keys_are_renewed_and_retired_while_people_read_and_write(site: Site) -> None:
    names, faults, stop = ("ana", "ben"), list[str](), threading.Event()
    written: dict[str, list[str]] = {name: [] for name in names}

    def lives(name: str) -> None:
        browser = site.browser(name)
        while not stop.is_set():
            words = f"{name} wrote line {len(written[name])}"
            status, entry = browser.post("/journal/write/", {"words": words})
            read, page = browser.get(entry) if status == 303 else (0, "")
            written[name].append(words)
            if (status, read) != (303, 200) or words not in page:
                faults.append(f"{name}: {status} {read}")

    people = [threading.Thread(target=lives, args=(name,)) for name in names]
    for person in people:
        person.start()
    homeport = ("-m", "homeport.config.cli", "keys")
    for _ in range(2):
        _until_more(written)
        before = _in_use(site)
        site.run(*homeport, "add", HOMEPORT_DATABASE_ROLE="worker")
        # What was sealed under the old key in the moment of the change is wrapped again as well, then the old key goes.
        _until_more(written)
        site.run(*homeport, "rewrap", HOMEPORT_DATABASE_ROLE="worker")
        for old in before:
            site.run(*homeport, "retire", old, HOMEPORT_DATABASE_ROLE="worker")
        assert not before & _in_use(site)
    stop.set()
    for person in people:
        person.join()
    assert faults == []
    for name in names:
        assert len(written[name]) >= 6
        pages = _whole_journal(site.browser(name))
        assert [words for words in written[name] if words not in pages] == []
    assert "rror" not in site.log.read_text()


def _until_more(written: dict[str, list[str]]) -> None:
    """Let everybody write something more."""
    before, deadline = {name: len(lines) for name, lines in written.items()}, time.monotonic() + 30
    while any(len(written[name]) <= before[name] + 1 for name in before) and time.monotonic() < deadline:
        time.sleep(0.02)


def _in_use(site: Site) -> set[str]:
    lines = Path(site.environment["HOMEPORT_DATA"], "installation-keys").read_text().split()
    return {line.partition(":")[0] for line in lines}


def _whole_journal(browser: Far) -> str:
    pages, path = "", "/journal/"
    while path:
        page = browser.get(path)[1]
        pages += page
        _, _, after = page.partition('href="/journal/?before=')
        path = f"/journal/?before={after.partition(chr(34))[0]}" if after else ""
    return pages


def test_a_body_that_would_fill_the_disk_is_stopped_and_the_site_goes_on(site: Site) -> None:
    head = b"POST /therapists/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    piece = b"%x\r\n%s\r\n" % (500_000, b"a" * 500_000)
    with socket.create_connection(("127.0.0.1", site.port), timeout=20) as line:
        line.sendall(head + 24 * piece + b"0\r\n\r\n")
        assert line.recv(200).startswith(b"HTTP/1.1 413 "), "whoever chose too large a picture reads so"
    sent = 0
    with socket.create_connection(("127.0.0.1", site.port), timeout=20) as line:
        line.sendall(head)
        try:
            while sent < 400:
                line.sendall(piece)
                sent += 1
        except OSError:
            pass
    assert sent < 300, "the line is cut"
    assert site.browser("ana").get("/journal/")[0] == 200
