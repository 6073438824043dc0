"""Writes of people. Each is one transaction by a viewer who may change the person; nothing is deleted, things end."""

from safeboard.casework.people.services.addresses import (
    add_address,
    change_address,
    end_address,
    reopen_address,
)
from safeboard.casework.people.services.alerts import (
    add_flag,
    add_warning,
    change_flag,
    change_warning,
    end_flag,
    end_warning,
    reopen_flag,
    reopen_warning,
)
from safeboard.casework.people.services.households import (
    add_household,
    add_member,
    change_member,
    end_member,
    reopen_member,
)
from safeboard.casework.people.services.identifiers import add_identifier, end_identifier, reopen_identifier
from safeboard.casework.people.services.names import add_name, change_name, end_name, reopen_name
from safeboard.casework.people.services.records import (
    add_person,
    change_background,
    change_birth,
    change_handling,
    close_record,
    record_birth,
    record_death,
    reopen_record,
    undo_death,
)
from safeboard.casework.people.services.relationships import (
    add_relationship,
    change_relationship,
    end_relationship,
    reopen_relationship,
)

__all__ = [
    "add_address",
    "add_flag",
    "add_household",
    "add_identifier",
    "add_member",
    "add_name",
    "add_person",
    "add_relationship",
    "add_warning",
    "change_address",
    "change_background",
    "change_birth",
    "change_flag",
    "change_handling",
    "change_member",
    "change_name",
    "change_relationship",
    "change_warning",
    "close_record",
    "end_address",
    "end_flag",
    "end_identifier",
    "end_member",
    "end_name",
    "end_relationship",
    "end_warning",
    "record_birth",
    "record_death",
    "reopen_address",
    "reopen_flag",
    "reopen_identifier",
    "reopen_member",
    "reopen_name",
    "reopen_record",
    "reopen_relationship",
    "reopen_warning",
    "undo_death",
]
