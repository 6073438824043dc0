"""Which areas' records flow into live snapshots. The one place that knows both the areas and the figures."""

from safeboard.casework.people import to_tables
from safeboard.figures.performance.live import LiveSource, register

register(LiveSource("people", to_tables.COLLECTS, to_tables.live_rows))
