"""The house as one starts it, signs in, backs it up, restores it and stops it."""

import os
import re
import signal
import subprocess
import time
import urllib.error
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import OpenerDirector

import pytest
from django.db.models import CharField, TextField

from safeboard.foundation.access.roles import roles
from safeboard.foundation.database.server import Server, programs
from safeboard.foundation.keeping.classes import PersonalData
from safeboard.site.house.backup import read_manifest
from safeboard.site.house.scrubbing import declared_tables
from tests.house_process.running import Running, browser_without_script, demonstration, run, served

STATISTICS = "SELECT count(*) > 0 FROM pg_stats WHERE tablename = 'people_person'"
"""Whether the database knows of its tables, so that a first search reads an index and not whole tables."""


@pytest.fixture(scope="module")
def house() -> Iterator[Running]:
    with demonstration() as running:
        yield running


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("keys") / "key"
    assert run("backup", "--make-key", str(file)).returncode == 0
    return file


def psql(house: Running, sql: str) -> list[str]:
    """The command by which somebody with the database's owner's rights does that by hand."""
    server = Server(house.data / "postgres")
    words = ["-h", str(server.folder), "-U", "safeboard", "-d", "safeboard", "-v", "ON_ERROR_STOP=1", "-At", "-c", sql]
    return [str(programs() / "psql"), *words]


def by_hand(house: Running, sql: str) -> str:
    return subprocess.run(psql(house, sql), check=True, capture_output=True, text=True).stdout.strip()


@contextmanager
def held(house: Running, table: str) -> Iterator[None]:
    """Nobody else can read or write the table meanwhile."""
    sql = f"BEGIN; LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(60)"
    with subprocess.Popen(psql(house, sql), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as holder:
        taken = f"SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND relation = '{table}'::regclass"
        while by_hand(house, taken) != "1":
            time.sleep(0.1)
        yield
        holder.terminate()


def status_of(browser: OpenerDirector, page: str, typed: str) -> tuple[int, str]:
    """The answer's status and its heading."""
    try:
        with browser.open(page, typed.encode()) as answer:
            status, said = answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            status, said = refused.code, refused.read().decode()
    heading = re.search(r"<h1[^>]*>\s*(.*?)\s*</h1>", said)
    return status, heading[1] if heading else ""


def workers(house: Running) -> list[int]:
    """The numbers of the house's worker processes."""
    own = Path(f"/proc/{house.process.pid}/task/{house.process.pid}/children").read_text().split()
    return [int(child) for child in own if b"procrastinate" in Path(f"/proc/{child}/cmdline").read_bytes()]


def test_a_link_is_printed_for_every_role(house: Running) -> None:
    assert [role.title for role in roles().values() if house.link(role.title)] == [
        role.title for role in roles().values()
    ]


def test_the_table_of_users_has_its_columns_below_one_another(house: Running) -> None:
    lines = house.printed.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("User "))
    table = lines[at : at + 1 + len(roles())]
    assert f"The demonstration is at {house.address}/ (Ctrl-C stops it)." in lines[at + len(table) :]
    assert {line.index("http") for line in table[1:]} == {table[0].index("Link that signs in")}


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
    with running_server(restored):
        assert by_hand(Running(restored, "", "", house.process), STATISTICS) == "t"
    again = run("restore", str(backup), "--key", str(key), "--data", str(restored))
    assert again.returncode == 2
    assert "There is a house here already" in again.stderr


def test_a_scrubbed_copy_holds_nothing_of_anybody_and_is_a_house(house: Running, key: Path, tmp_path: Path) -> None:
    """Every text of a personal class is taken from the house; the copy, dumped as text, has none of them."""
    backup, copy = tmp_path / "house.backup", short_folder(house) / "copy"
    assert run("backup", "--data", str(house.data), "--key", str(key), "--to", str(backup)).returncode == 0
    told, held = personal_texts(house), read_manifest(backup)["rows"]
    words = ("restore", str(backup), "--key", str(key), "--data", str(copy), "--scrub")
    made = run(*words)
    assert made.stderr == ""
    assert "There is a house here already" in run(*words).stderr
    with running_server(copy):
        scrubbed = Running(copy, "", "", house.process)
        dump = dumped_as_text(copy)
        rows = copied_rows(scrubbed)
        # Those of the backup: the house itself, in use, may have more by now.
        assert rows == {table: str(held[table]) for table in rows}
        assert by_hand(scrubbed, "SELECT count(*) FROM audit_trailentry") == "0"
        kinds = "SELECT DISTINCT left(value, 3) FROM people_identifier WHERE kind = 'nhs'"
        assert by_hand(scrubbed, kinds) == "999"
        assert by_hand(scrubbed, STATISTICS) == "t"
    assert len(told) > 100
    assert [text for text in told if text in dump] == []
    assert run("verify-audit", "--data", str(copy)).returncode == 0
    assert not [
        path for path in (copy / "files").rglob("*") if path.is_file() and b"not in this copy" not in path.read_bytes()
    ]
    choose = re.search(r"^  Social worker +http://127.0.0.1:8000(/\S+)$", made.stdout, re.MULTILINE)
    assert choose is not None
    with served(copy) as up, browser_without_script().open(f"{up.address}{choose[1]}") as page:
        said = page.read().decode()
    assert ("Choose a new password" in said, "nobody here is real" in said) == (True, True)


def test_a_scrubbed_copy_is_not_made_with_a_live_houses_settings(key: Path, tmp_path: Path) -> None:
    backup = tmp_path / "none.backup"
    with zipfile.ZipFile(backup, "w") as written:
        written.writestr("manifest.json", '{"sha256": {}}')
    words = ("restore", str(backup), "--key", str(key), "--data", str(tmp_path / "copy"), "--scrub")
    refused = run(*words, SAFEBOARD_MODE="production")
    assert (refused.returncode, "is not made with the settings of a live house" in refused.stderr) == (2, True)
    assert not (tmp_path / "copy").exists()


def personal_texts(house: Running) -> list[str]:
    """Every text that tells of somebody: of several words, or with figures, or an address of mail; and family names."""
    kinds = set(PersonalData) - {PersonalData.NOTHING, PersonalData.KEY, PersonalData.DATE, PersonalData.SPECIAL}
    found = set()
    for model, kept in declared_tables():
        for field in model._meta.concrete_fields:
            text = isinstance(field, CharField | TextField) and kept.fields[field.name] in kinds
            if text and (kept.copied or kept.fields[field.name] is not PersonalData.NARRATIVE):
                found |= set(
                    by_hand(house, f'SELECT DISTINCT "{field.column}" FROM {model._meta.db_table}').splitlines()
                )
    return sorted(text for text in found if len(text) > 5 and (not text.isalpha() or not text.islower()))


def copied_rows(house: Running) -> dict[str, str]:
    """How many rows the tables have; of addresses of mail the program adds one where somebody's is asked for."""
    tables = [model._meta.db_table for model, kept in declared_tables() if kept.copied]
    tables.remove("account_emailaddress")
    return {table: by_hand(house, f"SELECT count(*) FROM {table}") for table in tables}


@contextmanager
def running_server(data: Path) -> Iterator[Server]:
    server = Server(data / "postgres")
    server.start()
    try:
        yield server
    finally:
        server.stop()


def dumped_as_text(data: Path) -> str:
    words = ["-h", str(Server(data / "postgres").folder), "-U", "safeboard", "-d", "safeboard"]
    return subprocess.run([str(programs() / "pg_dump"), *words], check=True, capture_output=True, text=True).stdout


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


def test_the_database_is_stopped_in_the_middle_of_a_post(house: Running) -> None:
    """The post waits for a table that somebody holds; then the database goes. Afterwards the same post is good."""
    server, browser = Server(house.data / "postgres", quick=True), browser_without_script()
    browser.open(house.link("Agency administrator")).close()
    page = f"{house.address}/invitations/"
    with browser.open(page) as form:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form.read().decode())
    assert token is not None
    typed = urlencode({"csrfmiddlewaretoken": token[1], "email": "new.person@care.example", "role": "social_worker"})
    with held(house, "signing_in_invitation"), ThreadPoolExecutor(1) as beside:
        post = beside.submit(status_of, browser, page, typed)
        time.sleep(1)
        server.stop()
        assert post.result() == (503, "The records cannot be reached just now")
    server.start()
    before = by_hand(house, "SELECT count(*) FROM signing_in_invitation")
    status, _ = status_of(browser, page, typed)
    after = by_hand(house, "SELECT count(*) FROM signing_in_invitation")
    assert (before, status, after) == ("0", 200, "1")


def test_a_killed_worker_is_started_again(house: Running) -> None:
    before = workers(house)
    assert len(before) == 1
    os.kill(before[0], signal.SIGKILL)
    end = time.monotonic() + 30
    while workers(house) in ([], before) and time.monotonic() < end:
        time.sleep(0.2)
    assert len(workers(house)) == 1
    assert workers(house) != before


def short_folder(house: Running) -> Path:
    """A socket's path must be short: pytest's own folders are not."""
    return house.data.parent
