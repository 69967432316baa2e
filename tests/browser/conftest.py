"""The page in Debian's Chromium, served from this process in front of an assistant with fixed answers."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from assistant.config import load_settings
from assistant.ui import serve
from tests.fake_assistant import FakeAssistant, FakeDocument

CHROMIUM = Path("/usr/bin/chromium")


class Site(NamedTuple):
    address: str
    assistant: FakeAssistant


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assistant = FakeAssistant((FakeDocument(), FakeDocument("b-2022", "某局2022年部门决算", "某局", 2022, "决算")))
    blocks = serve(assistant, load_settings(port=port), block=False)  # type: ignore[arg-type]
    yield Site(f"http://127.0.0.1:{port}", assistant)
    blocks.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("needs Debian's chromium (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture(params=["desk", "phone", "dark"])
def page(request: pytest.FixtureRequest, chromium: Browser, site: Site) -> Iterator[Page]:
    """A page that fails the test on a request to anywhere else and on an error in its console."""
    phone = request.param == "phone"
    context = chromium.new_context(
        viewport={"width": 390, "height": 844} if phone else {"width": 1280, "height": 800},
        color_scheme="dark" if request.param == "dark" else "light",
        locale="zh-CN",
    )
    opened = context.new_page()
    outside: list[str] = []
    faults: list[str] = []
    opened.on(
        "request",
        lambda made: None if made.url.startswith((site.address, "data:", "blob:")) else outside.append(made.url),
    )
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    opened.goto(site.address)
    opened.wait_for_selector("#question textarea")
    yield opened
    context.close()
    assert outside == []
    assert faults == []
