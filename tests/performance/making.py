"""Small uploads, snapshots and reports for tests that need one and not what is in it."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from safeboard.figures.performance.codes import Audience, ReportState, UploadState
from safeboard.figures.performance.measuring import measure
from safeboard.figures.performance.models import FigureRow, HouseSnapshot, PublishedReport, Upload
from safeboard.figures.performance.publishing import approve, prepare
from safeboard.figures.performance.reading import read
from safeboard.figures.performance.services import give_files, make_snapshot
from safeboard.figures.performance.writing import write
from tests.house.synthetic import House

PERSONS = b"pers_person_id,pers_dob,pers_sex\nC1,2015-02-03,F\nC2,2016-07-08,M\n"
PLANS = (
    b"cppl_cp_plan_id,cppl_person_id,cppl_referral_id,cppl_cp_plan_start_date,cppl_cp_plan_end_date\n"
    b"P1,C1,R1,2024-05-01,\nP2,C2,R2,2024-06-01,2025-01-31\n"
)
EXTRACT = b"reference_date,first_day,area\n2025-03-31,2023-04-01,X99000001\n"
WRONG_PLANS = PLANS.replace(b"2024-05-01", b"2024-02-30").replace(b"2025-01-31", b"soon")


def tables(plans: bytes = PLANS, extract: bytes = EXTRACT) -> list[SimpleUploadedFile]:
    """A small folder of tables, as a browser sends it."""
    return [
        SimpleUploadedFile("ssd_person.csv", PERSONS),
        SimpleUploadedFile("ssd_cp_plans.csv", plans),
        SimpleUploadedFile("extract.csv", extract),
    ]


def an_upload(here: House, plans: bytes = PLANS, extract: bytes = EXTRACT) -> Upload:
    """Files given by the analyst and read by the worker."""
    upload = give_files(files=tables(plans, extract), by=here.viewer("analyst", at=timezone.now()))
    read(upload.pk)
    upload.refresh_from_db()
    return upload


def a_failed_upload(here: House) -> Upload:
    """Files whose reading was given up."""
    upload = give_files(files=tables(), by=here.viewer("analyst", at=timezone.now()))
    Upload.objects.filter(pk=upload.pk).update(state=UploadState.FAILED, finished_at=timezone.now())
    upload.refresh_from_db()
    return upload


def a_snapshot(here: House) -> HouseSnapshot:
    """The snapshot of the small tables, with its figures counted; made once."""
    found = HouseSnapshot.objects.filter(area=here.area, state="ready").first()
    if found:
        return found
    snapshot = make_snapshot(upload=an_upload(here), year="", by=here.viewer("analyst", at=timezone.now()))
    measure(snapshot.pk)
    snapshot.refresh_from_db()
    return snapshot


def a_figure(here: House) -> FigureRow:
    """One with a row behind it."""
    return a_snapshot(here).figures.filter(keys_count__gt=0).first()  # type: ignore[return-value]


def a_report(here: House, state: ReportState = ReportState.PREPARED) -> PublishedReport:
    """A report prepared by the analyst; approved by the business manager where that is asked for. Made once a state."""
    snapshot, now = a_snapshot(here), timezone.now()
    found = PublishedReport.objects.filter(snapshot=snapshot, state=state).first()
    if found:
        return found
    taken = set(snapshot.reports.values_list("audience", flat=True))
    audience = next(each for each in Audience if each not in taken)
    report = prepare(snapshot=snapshot, audience=audience, by=here.viewer("analyst", at=now))
    write(report.pk)
    report.refresh_from_db()
    if state == ReportState.APPROVED:
        approve(report=report, by=here.viewer("business_manager", at=now))
        report.refresh_from_db()
    return report
