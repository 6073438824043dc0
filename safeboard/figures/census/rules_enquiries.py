"""Rules about Section 47 enquiries and the initial conferences that follow them."""

from typing import Final

from safeboard.figures.census.rule import Level, Rule, Severity

RULES: Final = (
    Rule(
        code="1104",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="Section47",
        fields=("DateOfInitialCPC", "CINdetails.CINreferralDate"),
        title="Conference held before the referral",
        question="The initial conference lies before the referral of its episode.",
        usual_cause="The enquiry belongs to an earlier episode, or a date was mistyped.",
        remedy="Correct the date, or move the enquiry to the episode that it belongs to.",
        query="""
            SELECT Section47.n FROM Section47 JOIN CINdetails USING (episode)
            WHERE Section47.DateOfInitialCPC < CINreferralDate
        """,
    ),
    Rule(
        code="2884",
        severity=Severity.ERROR,
        level=Level.CHILD,
        table="Section47",
        fields=("DateOfInitialCPC", "CINdetails.DateOfInitialCPC"),
        title="One conference recorded in two places",
        question="The same conference date stands on a Section 47 enquiry and on an episode of the child. A conference "
        "belongs on the enquiry; on the episode only where no enquiry led to it.",
        usual_cause="The date is written in both places by the software.",
        remedy="Take the date off the episode if an enquiry led to the conference.",
        query="""
            SELECT enquiry.n, list(episode.n ORDER BY episode.n) AS CINdetails
            FROM Section47 enquiry JOIN CINdetails episode
              ON enquiry.child = episode.child AND enquiry.DateOfInitialCPC = episode.DateOfInitialCPC
            GROUP BY enquiry.n
        """,
        reading="Compared over all the episodes of the child.",
    ),
    Rule(
        code="2889",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="Section47",
        fields=("S47ActualStartDate", "CINdetails.CINreferralDate"),
        title="Enquiry began before the referral",
        question="The Section 47 enquiry starts before the referral of its episode.",
        usual_cause="The enquiry belongs to an earlier episode, or a date was mistyped.",
        remedy="Correct the date, or move the enquiry to the episode that it belongs to.",
        query="""
            SELECT Section47.n FROM Section47 JOIN CINdetails USING (episode)
            WHERE S47ActualStartDate < CINreferralDate
        """,
    ),
    Rule(
        code="8615",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="Section47",
        fields=("S47ActualStartDate", "DateOfInitialCPC"),
        title="Conference before the enquiry began, or no start",
        question="An enquiry that led to a conference has a start date, and it is not later than the conference.",
        usual_cause="The strategy discussion was recorded late, or the two dates were exchanged.",
        remedy="Record the day of the strategy discussion that began the enquiry.",
        query="""
            SELECT n FROM Section47
            WHERE DateOfInitialCPC_text IS NOT NULL
              AND (S47ActualStartDate_text IS NULL OR S47ActualStartDate > DateOfInitialCPC)
        """,
        settles=("S47ActualStartDate",),
    ),
    Rule(
        code="8675Q",
        severity=Severity.QUERY,
        level=Level.EPISODE,
        table="Section47",
        fields=("S47ActualStartDate", "DateOfInitialCPC", "ICPCnotRequired"),
        title="Conference overdue",
        question="A conference is required but none is recorded, although the enquiry began more than 15 working days "
        "before the reference date.",
        usual_cause="The conference was not recorded, or it was decided that none is needed.",
        remedy="Record the conference, set the flag that none is required, or say why it is late.",
        query="""
            SELECT n FROM Section47
            WHERE DateOfInitialCPC_text IS NULL AND NOT ICPCnotRequired AND S47ActualStartDate < first_timely_enquiry()
        """,
        reading="The 15th working day back is itself allowed. The peer's limit is one working day later; the second "
        "implementation counts 21 calendar days.",
    ),
    Rule(
        code="8715",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="Section47",
        fields=("DateOfInitialCPC",),
        title="Conference outside the census year",
        question="The initial conference lies outside the census year.",
        usual_cause="The conference was held in another year, or the year was mistyped.",
        remedy="Correct the date; leave out an enquiry whose conference was held in another year.",
        query="SELECT n FROM Section47 WHERE NOT in_year(DateOfInitialCPC)",
    ),
    Rule(
        code="8740",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="Section47",
        fields=("S47ActualStartDate", "DateOfInitialCPC", "ICPCnotRequired"),
        title="Unfinished enquiry that did not begin in the census year",
        question="A conference is required and none is recorded, so the enquiry must have begun in the census year.",
        usual_cause="An enquiry of an earlier year was never finished in the system.",
        remedy="Record the conference or that none is required, or correct the start date.",
        query="""
            SELECT n FROM Section47
            WHERE DateOfInitialCPC_text IS NULL AND NOT ICPCnotRequired
              AND (S47ActualStartDate_text IS NULL OR NOT in_year(S47ActualStartDate))
        """,
        reading="A missing start date fails too, for it does not lie in the year.",
        settles=("S47ActualStartDate",),
    ),
    Rule(
        code="8839",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="Section47",
        fields=("S47ActualStartDate", "DateOfInitialCPC", "ICPCnotRequired"),
        title="More than one unfinished enquiry",
        question="The episode has more than one enquiry with neither a conference nor the flag that none is required.",
        usual_cause="The outcome of the earlier enquiry was not recorded.",
        remedy="Record for each enquiry its conference, or that none is required.",
        query="""
            WITH unfinished AS (
                FROM Section47 WHERE DateOfInitialCPC_text IS NULL AND not_true(ICPCnotRequired, ICPCnotRequired_text)
            )
            SELECT n, list_filter(rows, lambda other: other <> n) AS beside
            FROM unfinished JOIN (
                SELECT episode, list(n ORDER BY n) AS rows FROM unfinished GROUP BY episode HAVING count(*) > 1
            ) USING (episode)
        """,
    ),
    Rule(
        code="8868",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="CINdetails",
        fields=(
            "CINclosureDate",
            "Section47.S47ActualStartDate",
            "Section47.DateOfInitialCPC",
            "Section47.ICPCnotRequired",
        ),
        title="Closed with an enquiry that has no outcome, or two",
        question="In a closed episode each enquiry has either a conference or the flag that none is required, and not "
        "both.",
        usual_cause="The outcome was not recorded before the episode was closed, or the flag was not changed.",
        remedy="Record the conference, or set the flag that none is required.",
        query="""
            SELECT CINdetails.n, list(enquiry.n ORDER BY enquiry.n) AS Section47
            FROM CINdetails JOIN Section47 enquiry USING (episode)
            WHERE CINclosureDate_text IS NOT NULL
              AND CASE WHEN enquiry.DateOfInitialCPC_text IS NULL
                       THEN not_true(ICPCnotRequired, ICPCnotRequired_text) ELSE ICPCnotRequired END
            GROUP BY CINdetails.n
        """,
    ),
    Rule(
        code="8870Q",
        severity=Severity.QUERY,
        level=Level.EPISODE,
        table="Section47",
        fields=("InitialCPCtarget",),
        title="Conference target on a weekend",
        question="The target date of the conference is a Saturday or Sunday.",
        usual_cause="The target was counted in calendar days.",
        remedy="Count the target in working days, or say why it is right.",
        query="SELECT n FROM Section47 WHERE isodow(InitialCPCtarget) >= 6",
    ),
    Rule(
        code="8875",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="Section47",
        fields=("DateOfInitialCPC",),
        title="Conference on a weekend",
        question="The initial conference is dated on a Saturday or Sunday.",
        usual_cause="The date was mistyped, or it is the day on which it was recorded.",
        remedy="Correct the date.",
        query="SELECT n FROM Section47 WHERE isodow(DateOfInitialCPC) >= 6",
    ),
    Rule(
        code="8890",
        severity=Severity.ERROR,
        level=Level.EPISODE,
        table="Section47",
        fields=("S47ActualStartDate", "DateOfInitialCPC", "ICPCnotRequired"),
        title="Enquiries overlap",
        question="The Section 47 enquiry starts while another of the same episode is going on.",
        usual_cause="The outcome of the earlier enquiry was not recorded, or one was entered twice.",
        remedy="Record the outcome of the earlier enquiry, or correct the dates.",
        query="""
            SELECT later.n, list(earlier.n ORDER BY earlier.n) AS beside
            FROM Section47 later JOIN Section47 earlier ON later.episode = earlier.episode AND later.n <> earlier.n
            WHERE later.S47ActualStartDate >= earlier.S47ActualStartDate
              AND CASE WHEN earlier.DateOfInitialCPC_text IS NOT NULL
                       THEN later.S47ActualStartDate <= earlier.DateOfInitialCPC
                       ELSE not_true(earlier.ICPCnotRequired, earlier.ICPCnotRequired_text)
                            AND later.S47ActualStartDate <= reference_date() END
              AND (later.S47ActualStartDate, later.DateOfInitialCPC_text)
                  IS DISTINCT FROM (earlier.S47ActualStartDate, earlier.DateOfInitialCPC_text)
            GROUP BY later.n
        """,
        reading="Two records with the same start and conference are not compared here; S18 names them.",
    ),
)
