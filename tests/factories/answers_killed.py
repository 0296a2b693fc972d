"""Risk answers sent to a server that is killed: `python -m tests.factories.answers_killed sqlite|postgresql COUNT SEED`.

Run in a process of its own. People answer a made-up PHQ-9 with 1, 2 or 3 on its last item, each in a case of their own, from
several browsers at once; every browser sends an answer again until it hears that it arrived. Meanwhile the process that
serves them is killed with SIGKILL at random moments, and another takes its place. Prints, as JSON, what lies in the database
when everybody has heard: answers, alerts, alerts without their answer and answers without their alert, jobs, kills.
"""

import http.client
import json
import os
import random
import signal
import socket
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any
from urllib.parse import urlencode

PEOPLE, BROWSERS = 20, 4
ITEM_NUMBER = 9
FORM = "f" * 32  # the token of every form here, in the cookie and in the form
SHORTEST, LONGEST = 0.05, 2.0  # seconds that a server lives
PATIENCE = 1_700.0
Task = tuple[str, str, int]  # the address of an assignment, whose cookie, which answer


def main(vendor: str, count: int, seed: int) -> None:
    """Plant, serve and kill, count."""
    with tempfile.TemporaryDirectory(prefix="homeport-answers-") as folder:
        _installation(vendor, folder)
        tasks = _planted(count, random.Random(seed))
        _let_go()
        listening = socket.create_server(("127.0.0.1", 0), backlog=128)
        browsers = os.fork()
        if browsers == 0:
            _answer_all(tasks, listening.getsockname()[1])
            os._exit(0)
        kills = _serve_and_kill(vendor, listening, browsers, random.Random(seed + 1))
        sys.stdout.write(json.dumps({**_counted(), "kills": kills}) + "\n")
        sys.stdout.flush()
        _let_go()


def _installation(vendor: str, folder: str) -> None:
    from tests.postgres import cluster

    kept = {name: value for name, value in os.environ.items() if not name.startswith("HOMEPORT_")}
    where = os.environ.get(cluster.WHERE)
    os.environ.clear()
    os.environ.update(kept, HOMEPORT_DATA=folder, DJANGO_SETTINGS_MODULE="homeport.config.settings")
    if vendor == "postgresql":
        if where:
            os.environ[cluster.WHERE] = where
        os.environ.update(cluster.installation(), HOMEPORT_DATABASE_ROLE="owner")
    Path(folder, "static").mkdir()
    import django

    django.setup()
    from homeport.config.tables import lay_tables

    lay_tables()


def _planted(count: int, chance: random.Random) -> list[Task]:
    from django.conf import settings
    from tests.factories.cases import an_individual
    from tests.factories.made_up_words import install_words
    from tests.factories.people import a_person, a_practice, a_therapist, acting
    from tests.factories.signing_in import signed_in

    from homeport.assessments.services.assign import assign

    a_practice()
    install_words("phq-9")
    thea = a_therapist("Thea Stone")
    people = [a_person(f"Person {number}") for number in range(min(PEOPLE, count))]
    name = settings.SESSION_COOKIE_NAME
    browsers = [signed_in(person) for person in people]
    cookies = [f"{name}={browser.cookies[name].value}" for browser in browsers]
    tasks = []
    for number in range(count):
        which = number % len(people)
        case = an_individual(people[which], lead=thea)
        asked = assign(actor=acting(thea), case_id=case.pk, person_id=people[which].pk, instrument="phq-9")
        form = f"{settings.CSRF_COOKIE_NAME}={FORM}"
        tasks.append((f"/asked/{asked.pk}/", f"{cookies[which]}; {form}", chance.choice((1, 2, 3))))
    _warm(browsers[0], tasks[0][0])
    return tasks


def _warm(browser: Any, address: str) -> None:
    """Load here what every server needs: each is a copy of this process, and lives for less than it takes to load it."""
    here = {"HTTP_HOST": "localhost"}
    browser.post(address, **here)
    browser.post(f"{address}{ITEM_NUMBER}/", {"answer": "0", "step": "next"}, **here)


def _let_go() -> None:
    from django.db import connections

    connections.close_all()


def _serve_and_kill(vendor: str, listening: socket.socket, browsers: int, chance: random.Random) -> int:
    """Serve until everybody has heard; returns how many servers were killed on the way."""
    from django.core.handlers.wsgi import WSGIHandler

    application = WSGIHandler()  # ready before the first one is needed, so that each server is there at once
    kills = 0
    until = time.monotonic() + PATIENCE
    while os.waitpid(browsers, os.WNOHANG) == (0, 0):
        if time.monotonic() > until:
            os.kill(browsers, signal.SIGKILL)
            raise TimeoutError("not everybody was heard in time")
        server = os.fork()
        if server == 0:
            _serve(vendor, listening, application)
        time.sleep(chance.uniform(SHORTEST, LONGEST))
        os.kill(server, signal.SIGKILL)
        os.waitpid(server, 0)
        kills += 1
    return kills


def _serve(vendor: str, listening: socket.socket, application: Any) -> None:
    """One server, on the socket that all of them share. On PostgreSQL it signs in as the role that serves pages."""
    from socketserver import ThreadingMixIn
    from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

    from django.db import connections

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_said: Any) -> None:
            """Nothing: a killed server says enough."""

    class Server(ThreadingMixIn, WSGIServer):
        daemon_threads = True

    if vendor == "postgresql":
        for alias in connections:
            connections[alias].settings_dict["USER"] = "homeport_web"
    server = Server(listening.getsockname(), Quiet, bind_and_activate=False)
    server.socket.close()
    server.socket = listening
    server.server_name, server.server_port = "localhost", listening.getsockname()[1]
    server.setup_environ()
    server.set_app(application)
    server.serve_forever(poll_interval=0.02)


def _answer_all(tasks: list[Task], port: int) -> None:
    waiting: SimpleQueue[Task] = SimpleQueue()
    for task in tasks:
        waiting.put(task)

    def browse() -> None:
        while True:
            try:
                address, cookie, answer = waiting.get_nowait()
            except Empty:
                return
            _until_heard(port, address, cookie, {}, f"{address}1/")
            fields = {"answer": answer, "step": "next"}
            _until_heard(port, f"{address}{ITEM_NUMBER}/", cookie, fields, f"{address}{ITEM_NUMBER}/support/")

    threads = [threading.Thread(target=browse) for _ in range(BROWSERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _until_heard(port: int, path: str, cookie: str, fields: dict[str, Any], leads_to: str) -> None:
    """Send it until the answer leads where it should. Whatever else comes, a dead server above all, it is sent again."""
    body = urlencode({**fields, "csrfmiddlewaretoken": FORM})
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded", "Host": "localhost"}
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status == 303 and answer.getheader("Location", "").endswith(leads_to):
                return
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(0.02)


def _counted() -> dict[str, Any]:
    from homeport.assessments.models import OwnAnswer
    from homeport.audit.models import AuditEvent
    from homeport.outbox.models import QueuedJob
    from homeport.safety.models import Alert

    answers = {row.pk for row in OwnAnswer.objects.all() if row.value}
    sources = Counter(Alert.objects.values_list("source_id", flat=True))
    told = Counter(
        job.arguments["alert_id"]
        for job in QueuedJob.objects.filter(name="safety.escalate").only("arguments")
    )
    alerts = {str(pk) for pk in Alert.objects.values_list("pk", flat=True)}
    return {
        "answers": len(answers),
        "alerts": sum(sources.values()),
        "twice": sum(times > 1 for times in sources.values()),
        "without_answer": len(set(sources) - set(answers)),
        "without_alert": len(set(answers) - set(sources)),
        "untold": len(alerts - set(told)),
        "told_twice": sum(times > 1 for times in told.values()),
        "audited": AuditEvent.objects.filter(material="alert", verb="create").count(),
    }


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
