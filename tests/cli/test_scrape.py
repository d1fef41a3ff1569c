"""`bantin scrape` as a user meets it. No option lets it connect to this machine, so nothing here is fetched; whole
fetches are in tests/scrape."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import bantin.scrape
from bantin.cli import app
from bantin.scrape import Outcome, Report, Settings, Site

PIPELINE = Path(__file__).parents[2] / "pipeline"


def command(*arguments: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "bantin", "scrape", *map(str, arguments)], capture_output=True, check=False, text=True,
        timeout=60, env={**os.environ, "PYTHONPATH": str(PIPELINE), "NO_COLOR": "1", **env},
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return done


@pytest.mark.parametrize(
    ("site", "message"),
    [
        ("http://127.0.0.1/", "127.0.0.1 is not a public address"),
        ("http://0x7f.1/", "127.0.0.1 is not a public address"),
        ("http://[::1]:8080/", "::1 is not a public address"),
        ("ftp://a.example.vn/", "only http and https"),
        ("https://toi:mat@a.example.vn/", "credentials"),
        ("khong-co-ho-so", "no site profile of this name; an address begins with https://, profiles are "),
        ("wordpress", "a family of sites, not a site"),
    ],
)
def test_a_site_that_cannot_be_fetched_is_misuse(site: str, message: str, tmp_path: Path) -> None:
    done = command(site, "--archive", tmp_path / "a", "--contact", "mailto:toi@example.vn")
    assert done.returncode == 2
    assert message in done.stderr
    assert not (tmp_path / "a").exists()


def test_a_folder_that_cannot_be_written_is_misuse(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("x", encoding="utf-8")
    done = command("https://a.example.vn/", "--archive", tmp_path / "tep" / "a", "--contact", "x")
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot be written" in done.stderr


def test_loopback_behind_a_name_is_refused(tmp_path: Path) -> None:
    done = command("http://localhost/", "--archive", tmp_path / "a", "--contact", "mailto:toi@example.vn")
    assert done.returncode == 1
    assert "1 refused: private_host" in done.stdout
    assert "localhost resolves to 127.0.0.1" in done.stdout or "localhost resolves to ::1" in done.stdout
    assert "bantin run" not in done.stdout  # there is nothing to read


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the command hands to `scrape`, which gives back `told["outcome"]`."""
    seen: dict[str, Any] = {}

    def scrape(sites: list[Site], archive: Path, settings: Settings, **more: Any) -> Outcome:
        seen.update(sites=sites, archive=archive, settings=settings, **more)
        outcome: Outcome = seen["outcome"]
        return outcome

    monkeypatch.setattr(bantin.scrape, "scrape", scrape)
    return seen


@pytest.mark.parametrize(
    ("refused", "finished", "lost", "code"),
    [({}, True, {}, 0), ({"robots": 2}, True, {}, 1), ({}, False, {}, 130), ({}, True, {"bantin-x.warc.gz": 3}, 1)],
)
def test_the_report_and_the_exit_code(
    refused: dict[str, int], finished: bool, lost: dict[str, int], code: int, told: dict[str, Any], tmp_path: Path
) -> None:
    told["outcome"] = Outcome(
        (Report("https://a.vn/", 1_200, 30, 7, 1, refused, 0 if finished else 5),), lost, finished
    )
    done = CliRunner().invoke(app, ["scrape", "https://a.vn/", "--archive", str(tmp_path), "--contact", "x@a.vn"])
    assert done.exit_code == code
    assert "https://a.vn/: 1,200 fetched, 30 unchanged (7 feeds, sitemaps and listings looked through)" in done.stdout
    assert ("2 refused: robots  robots.txt disallows it" in done.stdout) == bool(refused)
    assert ("5 still to fetch" in done.stdout) == (not finished)
    assert ("3 records that were here are gone" in done.stdout) == bool(lost)


def test_politeness_by_default_and_by_option(told: dict[str, Any], tmp_path: Path) -> None:
    told["outcome"] = Outcome((), {}, True)
    arguments = ["scrape", "https://a.vn/", "https://a.vn/", "--archive", str(tmp_path), "--contact", "x@a.vn"]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    settings = told["settings"]
    assert (settings.connections, settings.delay) == (1, 3.0)
    assert settings.user_agent.startswith("bantin/") and settings.user_agent.endswith("(+x@a.vn)")
    assert [site.name for site in told["sites"]] == ["https://a.vn/"]
    assert told["tell"] is None  # no bar where nobody sees it
    CliRunner().invoke(app, [*arguments, "--user-agent", "toi/1 (x)", "--delay", "9"])
    assert (told["settings"].user_agent, told["settings"].delay) == ("toi/1 (x)", 9.0)
    assert CliRunner().invoke(app, [*arguments, "--delay", "0.5"]).exit_code == 2
    assert "network" not in told  # the tests' way in is none of the command's


def test_without_a_contact_the_user_is_told(
    told: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BANTIN_CONTACT", raising=False)
    told["outcome"] = Outcome((), {}, True)
    done = CliRunner().invoke(app, ["scrape", "https://a.vn/", "--archive", str(tmp_path)])
    assert "--contact" in done.stderr
    assert "@" in told["settings"].user_agent
