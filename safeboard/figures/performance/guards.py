"""This room's records under the policy: figures are official, the rows behind them and what was uploaded personal."""

from safeboard.figures.performance.models import (
    FigureRow,
    HouseSnapshot,
    PublishedReport,
    ReportFile,
    ReturnFinding,
    SnapshotRows,
    Upload,
    UploadedFile,
    UploadProblem,
)
from safeboard.foundation.access.policy import Guard, guard
from safeboard.foundation.access.words import Module, Sensitivity

OFFICIAL, PERSONAL = Sensitivity.OFFICIAL, Sensitivity.PERSONAL
OF_UPLOAD = "upload__area_id"

guard(Upload, Guard(Module.PERFORMANCE, "upload", sensitivity=PERSONAL, owner="made_by_id"))
guard(UploadedFile, Guard(Module.PERFORMANCE, "uploaded_file", OF_UPLOAD, PERSONAL))
guard(UploadProblem, Guard(Module.PERFORMANCE, "upload_problem", OF_UPLOAD, PERSONAL))
guard(ReturnFinding, Guard(Module.PERFORMANCE, "return_finding", OF_UPLOAD, PERSONAL))
guard(HouseSnapshot, Guard(Module.PERFORMANCE, "snapshot", sensitivity=OFFICIAL))
guard(SnapshotRows, Guard(Module.PERFORMANCE, "snapshot_rows", sensitivity=PERSONAL))
guard(FigureRow, Guard(Module.PERFORMANCE, "figure", "snapshot__area_id", OFFICIAL))
guard(PublishedReport, Guard(Module.PERFORMANCE, "published_report"))
guard(ReportFile, Guard(Module.PERFORMANCE, "report_file", "report__area_id", "report__sensitivity"))
