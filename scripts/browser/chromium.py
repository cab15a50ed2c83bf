"""Chromium without a window, driven over two pipes by the DevTools protocol: standard library only.

The browser reads commands from file descriptor 3 and writes answers and events to 4
(--remote-debugging-pipe), each a JSON object closed by a NUL byte.
"""
from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "chromium-headless-shell"]


def find() -> str | None:
    """The browser that CHROMIUM names, or the first of the usual names on the path."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class BrowserError(Exception):
    """The browser did not do what it was told."""


class Chromium:
    """A browser with an empty profile."""

    def __init__(self, binary: str, seconds: float = 60):
        self.seconds = seconds
        self.profile = tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True)
        commands, self.commands = os.pipe()
        self.answers, answers = os.pipe()
        command = [binary, "--headless=new", "--remote-debugging-pipe", f"--user-data-dir={self.profile.name}",
                   "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--disable-background-networking",
                   "--disable-component-update", "--no-first-run", "--hide-scrollbars"]
        if os.geteuid() == 0:
            command.append("--no-sandbox")  # the sandbox refuses to run as root

        def give() -> None:
            # Out of the way first: one of the two may be 3 or 4 already.
            pair = [fcntl.fcntl(fd, fcntl.F_DUPFD, 10) for fd in (commands, answers)]
            os.dup2(pair[0], 3)
            os.dup2(pair[1], 4)

        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(command, preexec_fn=give, pass_fds=(3, 4), stdin=subprocess.DEVNULL,
                                        stdout=self.log, stderr=self.log)
        os.close(commands)
        os.close(answers)
        self.unread = b""
        self.last = 0
        self.events: list[dict] = []

    def _receive(self, until: float) -> dict:
        while b"\0" not in self.unread:
            ready, _, _ = select.select([self.answers], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                raise BrowserError(f"no answer within {self.seconds:.0f} s")
            piece = os.read(self.answers, 1 << 16)
            if not piece:
                self.log.seek(0)
                raise BrowserError("the browser ended: " + self.log.read().decode(errors="replace")[-2000:])
            self.unread += piece
        message, self.unread = self.unread.split(b"\0", 1)
        told = json.loads(message)
        if told.get("method") == "Page.javascriptDialogOpening":  # the page stands still until it is closed
            self._write({"method": "Page.handleJavaScriptDialog", "params": {"accept": False}, "sessionId": told["sessionId"]})
        return told

    def _write(self, message: dict) -> int:
        self.last += 1
        rest = json.dumps({"id": self.last} | message).encode() + b"\0"
        while rest:
            rest = rest[os.write(self.commands, rest):]
        return self.last

    def send(self, method: str, session: str | None = None, **parameters) -> dict:
        """The answer to a command; events that come in between are kept."""
        own = self._write({"method": method, "params": parameters} | ({"sessionId": session} if session else {}))
        until = time.monotonic() + self.seconds
        while True:
            answer = self._receive(until)
            if answer.get("id") == own:
                if "error" in answer:
                    raise BrowserError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)

    def wait(self, method: str, session: str) -> None:
        """Waits for an event."""
        until = time.monotonic() + self.seconds
        while not any(e.get("method") == method and e.get("sessionId") == session for e in self.events):
            self.events.append(self._receive(until))

    def open(self, path: Path, width: int, height: int, dark: bool = False) -> "Page":
        """A page of its own with a file in it, loaded."""
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable", session)
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.send("Emulation.setEmulatedMedia", session, features=scheme)
        self.send("Emulation.setDeviceMetricsOverride", session, width=width, height=height, deviceScaleFactor=1, mobile=False)
        url = path.resolve().as_uri()
        answer = self.send("Page.navigate", session, url=url)
        if "errorText" in answer:
            raise BrowserError(f"{url}: {answer['errorText']}")
        self.wait("Page.loadEventFired", session)
        return Page(self, session, url)

    def close(self) -> None:
        try:
            self.send("Browser.close")
            self.process.wait(timeout=10)
        except (BrowserError, OSError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        os.close(self.commands)
        os.close(self.answers)
        self.profile.cleanup()


class Page:
    """A loaded page."""

    def __init__(self, browser: Chromium, session: str, url: str):
        self.browser, self.session, self.url = browser, session, url

    def run(self, script: str):
        """The value of an expression."""
        answer = self.browser.send("Runtime.evaluate", self.session, expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise BrowserError(f"{script}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def complaints(self) -> list[str]:
        """Console errors, exceptions, dialogs, and everything that was requested but the page itself."""
        self.run("new Promise(done => setTimeout(done, 200))")  # for what is asynchronous
        found = []
        for event in self.browser.events:
            if event.get("sessionId") != self.session or "method" not in event:
                continue
            method, told = event["method"], event["params"]
            if method == "Runtime.exceptionThrown":
                details = told["exceptionDetails"]
                found.append("exception: " + details.get("exception", {}).get("description", details["text"]))
            elif method == "Runtime.consoleAPICalled" and told["type"] in ("error", "warning", "assert"):
                found.append(f"console {told['type']}: " + " ".join(str(a.get("value", a.get("description"))) for a in told["args"]))
            elif method == "Log.entryAdded" and told["entry"]["level"] in ("error", "warning"):
                found.append(f"log {told['entry']['level']}: {told['entry']['text']}")
            elif method == "Page.javascriptDialogOpening":
                found.append("dialog: " + told["message"])
            elif method in ("Network.requestWillBeSent", "Network.webSocketCreated"):
                url = told["request"]["url"] if "request" in told else told["url"]
                if url != self.url and not url.startswith(("data:", "about:")):
                    found.append("request: " + url)
        return found

    def screenshot(self) -> bytes:
        """All of the page as PNG."""
        answer = self.browser.send("Page.captureScreenshot", self.session, format="png", captureBeyondViewport=True)
        return base64.b64decode(answer["data"])
