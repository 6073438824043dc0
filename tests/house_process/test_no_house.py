"""The commands where there is no house, no database, or somebody who serves it already; and a terminal that closes."""

import os
import signal
import socket
from pathlib import Path

import pytest

from safeboard.foundation.database.server import Server
from tests.house_process.running import Running, demonstration, free_port, run, served


@pytest.mark.parametrize("verb", ["verify-audit", "check-deployment", "backup"])
def test_a_command_for_a_house_refuses_a_folder_without_one_and_leaves_it_alone(verb: str, tmp_path: Path) -> None:
    words = {"backup": ["--key", str(_key(tmp_path)), "--to", str(tmp_path / "backup")]}.get(verb, [])
    refused = run(verb, "--data", str(tmp_path / "none"), *words)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith("--data: There is no house here.")
    assert not (tmp_path / "none").exists()
    assert not (tmp_path / "backup").exists()


def test_a_database_that_cannot_be_reached_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://somebody:secret@127.0.0.1:{free_port()}/none")
    refused = run("check-deployment", "--data", str(tmp_path / "house"))
    assert (refused.returncode, refused.stdout, "secret" in refused.stderr) == (2, "", False)
    assert refused.stderr.startswith("DATABASE_URL: The database cannot be reached.")
    assert "Traceback" not in refused.stderr


def test_a_house_is_served_once_and_being_told_to_end_or_a_closed_terminal_stops_all_of_it() -> None:
    with demonstration() as house:
        again = run("demo", "--data", str(house.data), "--port", str(free_port()))
        assert (again.returncode, "This house is being served already" in again.stderr) == (2, True)
        assert house.stop() == 0
        assert still_up(house) == (False, False)
        with served(house.data) as next_day:
            assert still_up(next_day) == (True, True)
            os.kill(next_day.process.pid, signal.SIGHUP)
            assert next_day.process.wait(60) == 0
            assert still_up(next_day) == (False, False)


def still_up(house: Running) -> tuple[bool, bool]:
    """Whether the database runs, and whether the web server answers."""
    with socket.socket() as probe:
        answers = probe.connect_ex(("127.0.0.1", int(house.address.rsplit(":", 1)[1]))) == 0
    return Server(house.data / "postgres").running, answers


def _key(folder: Path) -> Path:
    assert run("backup", "--make-key", str(folder / "key")).returncode == 0
    return folder / "key"
