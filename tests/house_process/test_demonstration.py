"""The house as one starts it, signs in, backs it up, restores it and stops it."""

import os
import subprocess
import urllib.error
from collections.abc import Iterator
from pathlib import Path

import pytest

from safeboard.foundation.access.roles import roles
from safeboard.foundation.database.server import Server, programs
from tests.house_process.running import Running, browser_without_script, demonstration, run


@pytest.fixture(scope="module")
def house() -> Iterator[Running]:
    with demonstration() as running:
        yield running


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("keys") / "key"
    assert run("backup", "--make-key", str(file)).returncode == 0
    return file


def by_hand(house: Running, sql: str) -> None:
    """What somebody with the database's owner's rights does by hand."""
    server = Server(house.data / "postgres")
    words = ["-h", str(server.folder), "-U", "safeboard", "-d", "safeboard", "-v", "ON_ERROR_STOP=1", "-c", sql]
    subprocess.run([str(programs() / "psql"), *words], check=True, capture_output=True)


def test_a_link_is_printed_for_every_role(house: Running) -> None:
    assert [role.title for role in roles().values() if house.link(role.title)] == [
        role.title for role in roles().values()
    ]


def test_a_link_signs_in_once(house: Running) -> None:
    link = house.link("Chair of the board")
    with browser_without_script().open(link) as answer:
        page = answer.read().decode()
    assert "Chair of the board" in page
    with pytest.raises(urllib.error.HTTPError) as refused:
        browser_without_script().open(link)
    assert refused.value.code == 404
    refused.value.close()


def test_the_trail_is_whole_until_a_row_is_changed_by_hand(house: Running) -> None:
    before = run("verify-audit", "--data", str(house.data))
    assert (before.returncode, before.stderr) == (0, "")
    assert before.stdout.startswith("The trail is whole: ")
    off, on = (f"ALTER TABLE audit_trailentry {word} TRIGGER USER" for word in ("DISABLE", "ENABLE"))
    by_hand(house, f"{off}; UPDATE audit_trailentry SET who = 'x' || who WHERE number = 3; {on}")
    after = run("verify-audit", "--data", str(house.data))
    by_hand(house, f"{off}; UPDATE audit_trailentry SET who = substr(who, 2) WHERE number = 3; {on}")
    assert after.returncode == 1
    assert after.stderr.splitlines()[0] == "Entry 3: was changed after it was written."


def test_a_state_kept_elsewhere_is_held_against_the_trail(house: Running) -> None:
    said = run("verify-audit", "--data", str(house.data)).stdout.splitlines()[1]
    number, kept = said.removeprefix("Its state, to be kept elsewhere: ").split()
    assert run("verify-audit", "--data", str(house.data), "--since", number, kept).returncode == 0
    other = run("verify-audit", "--data", str(house.data), "--since", number, "0" * 64)
    assert (other.returncode, other.stderr.splitlines()[0]) == (
        1,
        f"Block {number}: is not what it was: the trail was rewritten.",
    )
    assert run("verify-audit", "--data", str(house.data), "--since", "one", kept).returncode == 2


def test_the_application_runs_in_a_database_role_that_cannot_change_the_trail(house: Running) -> None:
    made = run("roles", "safeboard_app", "--data", str(house.data))
    assert (made.returncode, "shown this once" in made.stdout) == (0, True)
    again = run("roles", "safeboard_app", "--data", str(house.data))
    assert (again.returncode, "shown this once" in again.stdout) == (0, False)
    os.environ["DATABASE_URL"] = Server(house.data / "postgres").url(user="safeboard_app")
    try:
        verified = run("verify-audit", "--data", str(house.data))
        checked = run("check-deployment", "--data", str(house.data))
    finally:
        del os.environ["DATABASE_URL"]
    assert verified.returncode == 0
    assert [line for line in checked.stderr.splitlines() if "trail" in line or "superuser" in line] == []


def test_a_backup_is_restored_as_it_was(house: Running, key: Path, tmp_path: Path) -> None:
    backup = tmp_path / "house.backup"
    written = run("backup", "--data", str(house.data), "--key", str(key), "--to", str(backup))
    assert (written.returncode, written.stderr) == (0, "")
    restored = short_folder(house) / "restored"
    assert run("restore", str(backup), "--key", str(key), "--data", str(restored)).returncode == 0
    assert run("verify-audit", "--data", str(restored)).returncode == 0
    again = run("restore", str(backup), "--key", str(key), "--data", str(restored))
    assert again.returncode == 2
    assert "There is a house here already" in again.stderr


def test_a_backup_that_was_tampered_with_or_another_key_is_refused(house: Running, key: Path, tmp_path: Path) -> None:
    backup, other = tmp_path / "house.backup", tmp_path / "other-key"
    assert run("backup", "--make-key", str(other)).returncode == 0
    assert run("backup", "--data", str(house.data), "--key", str(key), "--to", str(backup)).returncode == 0
    to = short_folder(house) / "never"
    refused = run("restore", str(backup), "--key", str(other), "--data", str(to))
    assert (refused.returncode, "this key does not open it" in refused.stderr) == (2, True)
    written = bytearray(backup.read_bytes())
    written[len(written) // 2] ^= 1
    backup.write_bytes(written)
    refused = run("restore", str(backup), "--key", str(key), "--data", str(to))
    assert refused.returncode == 2
    assert "This is not a backup that can be restored" in refused.stderr


def test_a_key_is_never_overwritten(key: Path) -> None:
    before = key.read_bytes()
    refused = run("backup", "--make-key", str(key))
    assert (refused.returncode, key.read_bytes()) == (2, before)
    assert "There is a key in this file already" in refused.stderr


def test_a_taken_port_is_said_plainly(house: Running) -> None:
    port = house.address.rsplit(":", 1)[1]
    refused = run("demo", "--data", str(house.data), "--port", port)
    assert refused.returncode == 2
    assert "The web server cannot listen there" in refused.stderr


def test_the_database_may_go_away_and_come_back(house: Running) -> None:
    server, browser = Server(house.data / "postgres", quick=True), browser_without_script()
    browser.open(house.link("Business manager")).close()
    server.stop()
    with pytest.raises(urllib.error.HTTPError) as away:
        browser.open(f"{house.address}/")
    said = (away.value.code, "The records cannot be reached just now" in away.value.read().decode())
    away.value.close()
    server.start()
    with browser.open(f"{house.address}/") as back:
        assert (said, "Business manager" in back.read().decode()) == ((503, True), True)


def test_stopping_stops_database_web_server_and_worker() -> None:
    with demonstration() as house:
        assert house.stop() == 0
        assert not Server(house.data / "postgres").running
        with pytest.raises(urllib.error.URLError):
            browser_without_script().open(f"{house.address}/health/")


def short_folder(house: Running) -> Path:
    """A socket's path must be short: pytest's own folders are not."""
    return house.data.parent
