"""Headless Chromium spoken to through a pair of pipes: no port, no library, no profile kept."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless", "--remote-debugging-pipe", "--no-sandbox", "--no-first-run", "--hide-scrollbars",
    "--disable-gpu", "--disable-background-networking", "--disable-extensions", "--mute-audio",
    "--disable-component-update",
)  # fmt: skip
#: The descriptors on which Chromium reads commands and writes answers.
_READS, _WRITES = 3, 4


class Tab:
    """One page of the browser: commands in, answers out, and everything it reported meanwhile."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands, self._answers = commands, answers
        self._left = b""
        self._number = 0
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []

    def attach(self) -> None:
        """Open an empty page and speak to it from now on."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "DOM", "Accessibility"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """The answer to one command.

        Raises:
            RuntimeError: the browser refused it, or is gone.
        """
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") != self._number:
                self.events.append(answer)
            elif "error" in answer:
                raise RuntimeError(f"{method}: {answer['error']['message']}")
            else:
                result: dict[str, Any] = answer["result"]
                return result

    def open(self, path: Path) -> None:
        """Load a file and wait until all of it is there."""
        self.events.clear()
        self.ask("Page.navigate", url=path.resolve().as_uri())
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self._next())

    def value(self, expression: str) -> Any:
        """What an expression is in the page.

        Raises:
            RuntimeError: it threw.
        """
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"]["description"])
        return answer["result"].get("value")

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._left:
            more = os.read(self._answers, 1 << 16)
            if not more:
                raise RuntimeError("the browser is gone")
            self._left += more
        line, _, self._left = self._left.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        return message


@contextlib.contextmanager
def tab() -> Iterator[Tab]:
    """A page of a browser that is started for it and ended after it.

    Raises:
        RuntimeError: there is no Chromium.
    """
    program = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if program is None:
        raise RuntimeError("no Chromium among " + ", ".join(_NAMES))
    inward, commands = os.pipe()
    answers, outward = os.pipe()

    # The shell puts the two ends where Chromium looks for them.
    wired = f'exec "$0" "$@" {_READS}<&{inward} {_WRITES}>&{outward}'
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = subprocess.Popen(
            ["/bin/sh", "-c", wired, program, *_FLAGS, f"--user-data-dir={profile}"],
            pass_fds=(inward, outward), stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(inward)
        os.close(outward)
        page = Tab(commands, answers)
        try:
            page.attach()
            yield page
        finally:
            with contextlib.suppress(OSError):
                os.write(commands, b'{"id":0,"method":"Browser.close"}\0')
            try:
                browser.wait(10)
            except subprocess.TimeoutExpired:
                browser.kill()
                browser.wait()
            os.close(commands)
            os.close(answers)
