"""The children in need census's codes for a child: said once, for live records and for the standard tables alike."""

from typing import Final

from safeboard.foundation.kernel.code_lists import CodeList

UPN_LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""Letters of a unique pupil number: I, O and S are left out. The place from 0 is the letter's number."""

ETHNICITY: Final = CodeList(
    "ethnicity",
    {
        "WBRI": "White British",
        "WIRI": "White Irish",
        "WIRT": "Traveller of Irish heritage",
        "WROM": "Gypsy or Roma",
        "WOTH": "any other White background",
        "MWBC": "White and Black Caribbean",
        "MWBA": "White and Black African",
        "MWAS": "White and Asian",
        "MOTH": "any other Mixed background",
        "AIND": "Indian",
        "APKN": "Pakistani",
        "ABAN": "Bangladeshi",
        "AOTH": "any other Asian background",
        "BCRB": "Caribbean",
        "BAFR": "African",
        "BOTH": "any other Black background",
        "CHNE": "Chinese",
        "OOTH": "any other ethnic group",
        "REFU": "refused",
        "NOBT": "not yet obtained",
    },
    "DfE children in need census, N00177",
)

SEX: Final = CodeList(
    "sex",
    {
        "M": "male",
        "F": "female",
        "U": "unknown",
    },
    "DfE children in need census from 2024-25, N00783",
)

GENDER: Final = CodeList(
    "gender",
    {
        "1": "male",
        "2": "female",
        "0": "not recorded or unborn",
        "9": "indeterminate",
    },
    "DfE children in need census to 2023-24, GenderCurrent",
)

DISABILITY: Final = CodeList(
    "disability",
    {
        "NONE": "no disability",
        "MOB": "mobility",
        "HAND": "hand function",
        "PC": "personal care",
        "INC": "incontinence",
        "COMM": "communication",
        "LD": "learning",
        "HEAR": "hearing",
        "VIS": "vision",
        "BEH": "behaviour",
        "CON": "consciousness",
        "AUT": "autism",
        "DDA": "other",
    },
    "DfE children in need census, N00099",
)

UPN_UNKNOWN: Final = CodeList(
    "reason a unique pupil number is missing",
    {
        "UN1": "not yet of school age",
        "UN2": "never in a maintained school in England",
        "UN3": "educated outside England",
        "UN4": "newly known to the council",
        "UN5": "sources disagree",
        "UN6": "allowed; meaning not found in our sources",
        "UN7": "referral with no further action only",
    },
    "DfE children in need census, N00135; UN6 has no published meaning in our sources",
)
