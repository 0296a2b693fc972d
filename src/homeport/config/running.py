"""Running the processes of an installation."""

import ipaddress
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

import uvicorn

from homeport.config import environment as env
from homeport.core.errors import HomeportError

WORKER = [sys.executable, "-m", "homeport.config.cli", "worker"]
STOP_SECONDS = 8
# The id of the site that started a worker. One that begins while its site ends has another parent from its first moment on.
STARTED_BY = "HOMEPORT_STARTED_BY"


def proxies() -> list[str]:
    """Whose word counts about where a request came from. Raises ``HomeportError`` for anybody's: guessing would be free."""
    named = env.names("HOMEPORT_PROXIES", "127.0.0.1,::1")
    for name in named:
        try:
            ipaddress.ip_network(name, strict=False)
        except ValueError:
            raise HomeportError(
                f"HOMEPORT_PROXIES names {name!r}; write addresses or networks, such as 127.0.0.1,10.0.3.0/24."
            ) from None
        if ipaddress.ip_network(name, strict=False).prefixlen == 0:
            raise HomeportError("HOMEPORT_PROXIES would believe anybody: name the proxy's own address.")
    return named


class Site:
    """The web process, and the worker it keeps beside it."""

    def __init__(self, *, host: str, port: int, worker: bool) -> None:
        self.host, self.port, self.wants_worker = host, port, worker
        self._worker: subprocess.Popen[bytes] | None = None
        self._starting = threading.Lock()
        self._stopping = threading.Event()

    def run(self) -> int:
        """Serve until Ctrl-C or SIGTERM. Returns the exit code."""
        listener = self._listen()
        server = _Server(
            uvicorn.Config(
                "homeport.config.asgi:application",
                access_log=False,
                log_config=None,
                server_header=False,
                lifespan="off",
                timeout_graceful_shutdown=STOP_SECONDS,
                forwarded_allow_ips=proxies(),
            ),
            ready=self._say_ready,
        )
        if self.wants_worker:
            threading.Thread(target=self._keep_worker, name="worker keeper", daemon=True).start()
        try:
            server.run(sockets=[listener])
        except KeyboardInterrupt:
            pass  # uvicorn has closed already, and re-raises the signal so that the caller knows
        finally:
            self._stop_worker()
            print("Homeport has stopped.", flush=True)  # noqa: T201
        return 0 if server.started else 1

    def _listen(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((self.host, self.port))
        except OSError as error:
            listener.close()
            raise HomeportError(
                f"Port {self.port} cannot be used ({error.strerror}). Choose another, such as --port {self.port + 1}."
            ) from error
        listener.set_inheritable(False)
        return listener

    def _say_ready(self) -> None:
        # Passkeys refuse IP addresses, so the address is always told by name.
        shown = "localhost" if self.host in {"127.0.0.1", "::1"} else self.host
        print(f"Homeport is ready at http://{shown}:{self.port}/  (Ctrl-C to stop)", flush=True)  # noqa: T201

    def _keep_worker(self) -> None:
        while not self._stopping.is_set():
            with self._starting:  # not while the site stops: nobody would end it
                if self._stopping.is_set():
                    return
                # A group of its own: Ctrl-C reaches the site alone, which then ends its worker in order.
                environment = {
                    **os.environ,
                    "HOMEPORT_DATABASE_ROLE": "worker",
                    STARTED_BY: str(os.getpid()),
                }
                self._worker = subprocess.Popen(WORKER, env=environment, process_group=0)  # noqa: S603
            self._worker.wait()
            self._stopping.wait(2)

    def _stop_worker(self) -> None:
        with self._starting:
            self._stopping.set()
        if self._worker is None or self._worker.poll() is not None:
            return
        self._worker.terminate()
        try:
            self._worker.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._worker.kill()


class _Server(uvicorn.Server):
    """Uvicorn, saying when it answers."""

    def __init__(self, config: uvicorn.Config, *, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()


def on_stop(stop: threading.Event) -> None:
    """Set ``stop`` on SIGTERM or SIGINT."""

    def set_it(_number: int, _frame: FrameType | None) -> Any:
        stop.set()

    signal.signal(signal.SIGTERM, set_it)
    signal.signal(signal.SIGINT, set_it)
