"""The manifest as bytes: the same manifest always gives the same bytes, so that their hash is an identity."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from safeboard.figures.tables.declaration import SCHEMA_VERSION
from safeboard.figures.tables.snapshot import Coverage, Manifest, Source

FORMAT: Final = "safeboard snapshot"


def manifest_bytes(manifest: Manifest, members: Mapping[str, str]) -> bytes:
    """The manifest with the SHA-256 of every member of the file, as JSON in UTF-8 with sorted keys."""
    said = {
        "format": FORMAT,
        "schema_version": manifest.schema_version,
        "reference_date": manifest.reference_date.isoformat(),
        "areas": list(manifest.areas),
        "sources": [_source(source) for source in manifest.sources],
        "row_counts": dict(manifest.row_counts),
        "collected": {table: sorted(columns) for table, columns in manifest.collected.items()},
        "coverage": {
            table: [days.first.isoformat(), days.last.isoformat()] for table, days in manifest.coverage.items()
        },
        "members": dict(members),
    }
    return json.dumps(said, indent=1, sort_keys=True, ensure_ascii=False).encode()


def _source(source: Source) -> dict[str, object]:
    day = source.reference_date
    return {
        "name": source.name,
        "kind": source.kind,
        "sha256": source.sha256,
        "reference_date": day.isoformat() if day else None,
        "area": source.area,
        "census_year": source.census_year,
    }


def parse_manifest(given: bytes) -> tuple[Manifest, Mapping[str, str]]:
    """The manifest and its members' hashes. ValueError where it is none, NewerSchema where a later version wrote it."""
    said = json.loads(given)
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise ValueError("this is not a snapshot's manifest")
    if said["schema_version"] > SCHEMA_VERSION:
        raise NewerSchema(said["schema_version"])
    manifest = Manifest(
        reference_date=date.fromisoformat(said["reference_date"]),
        sources=tuple(_parsed_source(source) for source in said["sources"]),
        areas=tuple(said["areas"]),
        row_counts=said["row_counts"],
        collected={table: frozenset(columns) for table, columns in said["collected"].items()},
        coverage={
            table: Coverage(date.fromisoformat(first), date.fromisoformat(last))
            for table, (first, last) in said["coverage"].items()
        },
        schema_version=said["schema_version"],
    )
    return manifest, said["members"]


def _parsed_source(said: Mapping[str, Any]) -> Source:
    day = said["reference_date"]
    return Source(
        name=said["name"],
        kind=said["kind"],
        sha256=said["sha256"],
        reference_date=date.fromisoformat(day) if day else None,
        area=said["area"],
        census_year=said["census_year"],
    )


class NewerSchema(Exception):
    """The snapshot was written by a later Safeboard than this one."""

    def __init__(self, version: int) -> None:
        super().__init__(f"schema version {version}")
        self.version = version
