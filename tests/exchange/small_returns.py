"""Small census returns as text, so that a test shows what stands in the file, line by line."""

from pathlib import Path

HEADER = """\
<Message>
  <Header>
    <CollectionDetails>
      <Collection>CIN</Collection>
      <Year>{year}</Year>
      <ReferenceDate>{year}-03-31</ReferenceDate>
    </CollectionDetails>
    <Source>
      <SourceLevel>L</SourceLevel>
      <LEA>{area}</LEA>
    </Source>
  </Header>
  <Children>
"""

CHILD = """\
    <Child>
      <ChildIdentifiers>
        <LAchildID>C1</LAchildID>
        <UPN>A123456789012</UPN>
        <PersonBirthDate>2015-06-10</PersonBirthDate>
        <Sex>F</Sex>
      </ChildIdentifiers>
      <ChildCharacteristics>
        <Ethnicity>WBRI</Ethnicity>
        <Disabilities>
          <Disability>HAND</Disability>
          <Disability>HEAR</Disability>
        </Disabilities>
      </ChildCharacteristics>
      <CINdetails>
        <CINreferralDate>2024-05-01</CINreferralDate>
        <ReferralSource>6</ReferralSource>
        <PrimaryNeedCode>N1</PrimaryNeedCode>
        <CINclosureDate>2025-02-01</CINclosureDate>
        <ReasonForClosure>RC7</ReasonForClosure>
        <DateOfInitialCPC>2024-05-20</DateOfInitialCPC>
        <Assessments>
          <AssessmentActualStartDate>2024-05-02</AssessmentActualStartDate>
          <AssessmentInternalReviewDate>2024-05-12</AssessmentInternalReviewDate>
          <AssessmentAuthorisationDate>2024-06-02</AssessmentAuthorisationDate>
          <FactorsIdentifiedAtAssessment>
            <AssessmentFactors>2A</AssessmentFactors>
            <AssessmentFactors>16A</AssessmentFactors>
          </FactorsIdentifiedAtAssessment>
        </Assessments>
        <CINPlanDates>
          <CINPlanStartDate>2024-05-03</CINPlanStartDate>
          <CINPlanEndDate>2024-05-30</CINPlanEndDate>
        </CINPlanDates>
        <Section47>
          <S47ActualStartDate>2024-05-04</S47ActualStartDate>
          <InitialCPCtarget>2024-05-28</InitialCPCtarget>
          <DateOfInitialCPC>2024-05-25</DateOfInitialCPC>
          <ICPCnotRequired>false</ICPCnotRequired>
        </Section47>
        <ReferralNFA>0</ReferralNFA>
        <ChildProtectionPlans>
          <CPPstartDate>2024-05-31</CPPstartDate>
          <CPPendDate>2025-01-31</CPPendDate>
          <InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>
          <LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse>
          <NumberOfPreviousCPP>0</NumberOfPreviousCPP>
          <Reviews>
            <CPPreviewDate>2024-08-20</CPPreviewDate>
            <CPPreviewDate>2025-01-15</CPPreviewDate>
          </Reviews>
        </ChildProtectionPlans>
      </CINdetails>
    </Child>
"""

FOOT = """\
  </Children>
</Message>
"""


def return_text(*children: str, year: int = 2025, area: str = "990") -> str:
    """A whole return of these children; without any, of the one child that has everything."""
    return HEADER.format(year=year, area=area) + "".join(children or (CHILD,)) + FOOT


def changed(old: str, new: str, text: str = CHILD) -> str:
    """The text with its one `old` replaced. A test that changes nothing would prove nothing."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def written(folder: Path, text: str, name: str = "cin.xml") -> Path:
    """The text as a file in UTF-8."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def line_of(text: str, fragment: str) -> int:
    """The line (from 1) on which the fragment stands first."""
    return text[: text.index(fragment)].count("\n") + 1


def child(identifier: str, *episodes: str) -> str:
    """A child with these episodes and nothing special."""
    return (
        f"<Child><ChildIdentifiers><LAchildID>{identifier}</LAchildID><PersonBirthDate>2010-06-10</PersonBirthDate>"
        "<Sex>F</Sex></ChildIdentifiers><ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>\n"
        f"{''.join(episodes)}</Child>\n"
    )


def episode(referral: str, *inside: str, closed: str = "") -> str:
    """An episode; `inside` are its blocks in the schema's order, ReferralNFA aside."""
    closure = f"<CINclosureDate>{closed}</CINclosureDate><ReasonForClosure>RC7</ReasonForClosure>" if closed else ""
    before = [block for block in inside if not block.startswith("<ChildProtectionPlans")]
    after = [block for block in inside if block.startswith("<ChildProtectionPlans")]
    return (
        f"<CINdetails><CINreferralDate>{referral}</CINreferralDate><ReferralSource>6</ReferralSource>"
        f"<PrimaryNeedCode>N1</PrimaryNeedCode>{closure}{''.join(before)}<ReferralNFA>false</ReferralNFA>"
        f"{''.join(after)}</CINdetails>\n"
    )


def assessment(start: str, authorised: str = "", *factors: str) -> str:
    """An assessment with its factors."""
    found = "".join(f"<AssessmentFactors>{factor}</AssessmentFactors>" for factor in factors)
    group = f"<FactorsIdentifiedAtAssessment>{found}</FactorsIdentifiedAtAssessment>" if factors else ""
    end = f"<AssessmentAuthorisationDate>{authorised}</AssessmentAuthorisationDate>" if authorised else ""
    return f"<Assessments><AssessmentActualStartDate>{start}</AssessmentActualStartDate>{end}{group}</Assessments>\n"


def plan(start: str, end: str = "", *reviews: str) -> str:
    """A child protection plan with its reviews in one group."""
    dates = "".join(f"<CPPreviewDate>{day}</CPPreviewDate>" for day in reviews)
    group = f"<Reviews>{dates}</Reviews>" if reviews else ""
    ended = f"<CPPendDate>{end}</CPPendDate>" if end else ""
    return (
        f"<ChildProtectionPlans><CPPstartDate>{start}</CPPstartDate>{ended}"
        "<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse><LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse>"
        f"<NumberOfPreviousCPP>0</NumberOfPreviousCPP>{group}</ChildProtectionPlans>\n"
    )
