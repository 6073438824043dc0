"""One road for every number: records, standard tables, snapshot, measures, disclosure control, report."""
