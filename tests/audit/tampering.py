"""What a person with the database owner's rights could do to the trail by hand."""

from django.db import connection

from safeboard.foundation.audit.models import Did, TrailBlock, TrailEntry
from safeboard.foundation.audit.trail import acts, note


def close() -> None:
    """What committing does to the block that is open."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS audit_close IMMEDIATE")
        cursor.execute("SET CONSTRAINTS audit_close DEFERRED")


def tamper(sql: str) -> None:
    """Do it with every trigger of the trail's tables switched off."""
    close()
    with connection.cursor() as cursor:
        for verb in ("DISABLE", "ENABLE"):
            if verb == "ENABLE":
                cursor.execute(sql)
            for table in ("audit_trailentry", "audit_trailblock"):
                cursor.execute(f"ALTER TABLE {table} {verb} TRIGGER USER")


def three_readings() -> list[TrailEntry]:
    """Three readings of synthetic records, each in a block of its own."""
    acts(who="7", seat="3", agency="2", purpose="duty")
    for number in range(3):
        note(Did.OPENED, "person", number)
        close()
    acts(who="")
    return list(TrailEntry.objects.filter(kind="person").order_by("number"))


def block_of(entry: TrailEntry) -> TrailBlock:
    return TrailBlock.objects.get(key=entry.block)
