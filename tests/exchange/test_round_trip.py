"""Any standard tables, written in any way that can be read, come back as they were."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeboard.figures.exchange.load import load
from safeboard.figures.tables.catalogue import TABLES
from safeboard.figures.tables.snapshot_file import open_snapshot
from tests.exchange.random_tables import LAST, Tables, standard_tables, write_folder


@given(standard_tables(), st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_folder_of_tables_reads_back(tables: Tables, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        extract = Path(folder) / "extract"
        extract.mkdir()
        write_folder(data.draw, tables, extract)
        report = load([extract], to=Path(folder) / "made.snapshot")
        with open_snapshot(Path(folder) / "made.snapshot") as snapshot:
            read = {name: snapshot.connection.table(name).to_arrow_table().to_pylist() for name in TABLES}
    for rows in read.values():
        for row in rows:
            del row["source_number"], row["source_line"]
    assert {name: rows for name, rows in read.items() if rows} == tables
    assert report.manifest.reference_date == LAST
    assert report.manifest.collected == {name: frozenset(TABLES[name].names) for name in tables}
