"""Every standard table, in the order in which a child meets them."""

from collections.abc import Mapping
from typing import Final

from safeboard.figures.tables import additional, standard
from safeboard.figures.tables.declaration import Table

TABLES: Final[Mapping[str, Table]] = {
    table.name: table
    for table in (
        standard.PERSON,
        standard.DISABILITY,
        standard.CONTACT,
        standard.REFERRAL,
        standard.ASSESSMENT,
        standard.FACTOR,
        standard.SECTION_47,
        standard.CONFERENCE,
        standard.PLAN,
        standard.REVIEW,
        standard.VISIT,
        standard.CIN_PLAN,
        standard.LOOKED_AFTER,
        additional.ATTENDANCE,
        additional.ISSUE,
        additional.POLICE_PROTECTION,
        additional.SCREENING,
        additional.MAPPA,
        additional.CAF,
        additional.PRE_PROCEEDINGS,
    )
}
