"""The live page against a one-line text response: same gunicorn, same workers, same middleware, one run.

Promise: at least half the rate, with keep-alive and compression. Both addresses are served by one
server; the measuring clients take turns between them, so that a busy machine slows both alike.

    python benchmarks/serve_page.py [--seconds 3] [--rounds 5] [--connections 8]

It makes its own database in a temporary folder, with the sample edition of the tests, unless
HUSROM_DATABASE_URL names one that has been set up. It talks to 127.0.0.1 only and stops by itself.
"""

# ruff: noqa: PLC0415 - Django must be told its settings before anything of it is imported

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern, URLResolver

ROOT = Path(__file__).resolve().parent.parent
PROMISE = 0.5


def one_line(request: "HttpRequest") -> "HttpResponse":
    """The response to compare with."""
    from django.http import HttpResponse

    return HttpResponse("Husrom\n", content_type="text/plain")


def urls() -> list["URLPattern | URLResolver"]:
    """The site's own addresses, with the one line before them."""
    from django.urls import include, path

    return [path("one-line", one_line), path("", include("husrom.public.urls"))]


def application() -> object:
    """What gunicorn serves: Husrom, with one address more."""
    sys.path.insert(0, str(ROOT))
    import django
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    settings.ROOT_URLCONF = "benchmarks.serve_page_urls"
    django.setup()
    module = type(sys)("benchmarks.serve_page_urls")
    module.urlpatterns = urls()  # type: ignore[attr-defined]
    sys.modules[module.__name__] = module
    return get_wsgi_application()


def prepare() -> None:
    """Freeze the sample edition and render it."""
    import django

    django.setup()
    from django.core.management import call_command

    from husrom.public.models import Page
    from husrom.public.site import survey
    from husrom.public.store import fill

    call_command("migrate", verbosity=0)
    if not Page.objects.exists():
        from husrom.publishing import drawing, editions

        if not editions.heads():
            from tests.public import sample

            for document in (sample.january_2016(), sample.later()):
                drawing.store(sample.freeze(document, with_files=False), drawing.draw(document))
        fill(survey())


def hammer(port: int, path: str, until: float, counts: list[int]) -> None:
    """Ask again and again on one connection; reads exactly what the server says it sends."""
    lines = f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Accept-Encoding: gzip", "Connection: keep-alive"
    asked = ("\r\n".join(lines) + "\r\n\r\n").encode()
    done = 0
    with socket.create_connection(("127.0.0.1", port)) as connection, connection.makefile("rb") as answer:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while time.perf_counter() < until:
            connection.sendall(asked)
            status = answer.readline()
            if b" 200 " not in status:
                raise RuntimeError(f"{path} answered {status!r}")
            length = 0
            while (line := answer.readline()) not in (b"\r\n", b""):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if len(answer.read(length)) != length:
                raise RuntimeError("the answer was cut off")
            done += 1
    counts.append(done)


def rate(port: int, path: str, seconds: float, connections: int) -> float:
    """Responses a second from several connections at once."""
    counts: list[int] = []
    start = time.perf_counter()
    threads = [threading.Thread(target=hammer, args=(port, path, start + seconds, counts)) for _n in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(counts) != connections:
        raise RuntimeError("a connection failed")
    return sum(counts) / (time.perf_counter() - start)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    for _try in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("gunicorn did not start")


def main() -> int:
    """Measure, print, and say whether the promise holds."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--workers", type=int, default=2)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("HUSROM_DATABASE_URL", f"sqlite:///{folder}/husrom.sqlite3")
        os.environ |= {"HUSROM_MODE": "test", "HUSROM_DATA": folder, "DJANGO_SETTINGS_MODULE": "husrom.settings"}
        sys.path.insert(0, str(ROOT))
        prepare()
        port = free_port()
        words = ["--bind", f"127.0.0.1:{port}", "--workers", str(chosen.workers), "--threads", "4"]
        words += ["--worker-class", "gthread", "--keep-alive", "30", "--log-level", "error"]
        command = [sys.executable, "-m", "gunicorn", *words, "benchmarks.serve_page:application()"]
        server = subprocess.Popen(command, cwd=ROOT)
        try:
            wait_for(port)
            rates: dict[str, list[float]] = {"/one-line": [], "/nb/index.html": []}
            for path in rates:
                rate(port, path, 0.5, chosen.connections)
            for _round in range(chosen.rounds):
                for path, measured in rates.items():
                    measured.append(rate(port, path, chosen.seconds, chosen.connections))
        finally:
            server.terminate()
            server.wait(10)
    plain, page = (median(measured) for measured in rates.values())
    print(f"one line of text  {plain:8.0f} responses a second")
    print(f"the page, gzip    {page:8.0f} responses a second, {page / plain:.2f} of it (promise: {PROMISE})")
    return page / plain < PROMISE


if __name__ == "__main__":
    sys.exit(main())
