"""What each profile says of one row, written as a person would type it into a sheet.

``{baseline}`` stands for the cell of that name in the same row. The numbers are copied from the sources of the
profiles, never read from the program.
"""

from __future__ import annotations

from typing import NamedTuple

NOT_SCORED = '"x"'


class ByHand(NamedTuple):
    """One profile in the words of a spreadsheet.

    ``score`` and ``counts`` clamp a progress for the grade and for the roll-up (``{p}``). ``bound`` says how a broken
    bound counts: the share of the way, or nothing; ``strict`` that the bound itself is outside. ``standing`` is the
    status of what is under way, before neglect; ``neglect`` the days after which it counts (0: never). ``child`` is
    the number of key results that a contributing objective weighs. ``none`` is the pass mark of a blank commitment.
    ``weakest`` says that an objective goes by its weakest part. ``cap`` is what a KPI reaches with nothing used up,
    ``over`` what it reaches with almost nothing; ``missing`` the score of a KPI without an actual. ``critical`` is the
    mark below which a critical KPI makes the total 0.
    """

    score: str = "MEDIAN(0,1,{p})"
    counts: str = "MEDIAN(0,1,{p})"
    bound: str = "share"
    strict: bool = False
    standing: str = ""
    neglect: int = 0
    child: int = 0
    none: float = 0.7
    weakest: bool = False
    cap: float = 1
    over: str = "{target}/{actual}"
    missing: str = NOT_SCORED
    kpi_expected: str = "1"
    kpi_standing: str = ""
    ladder: str = "{p}"
    critical: float = 0
    grade: str = '""'
    coefficient: str = '""'


_NO_VALUE = 'IF({valued}=0,IF({expected}<0.1-1E-9,"not_started","off_track"),'
_QUIET = 'IF(AND({always}=0,{expected}<0.1-1E-9),"on_track",'
_BEHIND_10_25 = (
    'IF({expected}-{progress}<=0.1+1E-9,"on_track",IF({expected}-{progress}<=0.25+1E-9,"at_risk","off_track"))'
)
_GAP = f"{_NO_VALUE}{_QUIET}{_BEHIND_10_25}))"
_ENGAGEDLY = (
    _NO_VALUE + 'IF(AND({bound}=1,{progress}<1),"at_risk",'
    'IF({expected}-{progress}<0.165-1E-9,"on_track",IF({expected}-{progress}<=0.33+1E-9,"at_risk","off_track"))))'
)
_ENGAGEDLY_KPI = 'IF(1-{progress}<0.165-1E-9,"on_track",IF(1-{progress}<=0.33+1E-9,"at_risk","off_track"))'
_MOONCAMP = (
    _NO_VALUE + 'IF({expected}=0,"on_track",'
    'IF({progress}/{expected}>=0.9-1E-9,"on_track",IF({progress}/{expected}>=0.7-1E-9,"at_risk","off_track"))))'
)
_UPRAISE = (
    _NO_VALUE + 'IF({expected}=0,"on_track",'
    'IF({progress}/{expected}>=0.95-1E-9,"on_track",IF({progress}/{expected}>=0.75-1E-9,"at_risk","off_track"))))'
)
_KOAN = (
    'IF(ISNUMBER({belief}),IF({belief}>=8-1E-9,"on_track",IF({belief}>=4-1E-9,"at_risk","off_track")),'
    'IF(AND({always}=1,{valued}=1,{progress}>=1),"on_track",IF(AND({valued}=0,{expected}<0.1-1E-9),"not_started","at_risk")))'
)
_VN_KPI = (
    'IF({progress}>=1-1E-9,"achieved",IF({progress}>=0.9-1E-9,"on_track",IF({progress}>=0.7-1E-9,"at_risk",'
    '"off_track")))'
)
_COLOURS = 'IF({score}>=0.7-1E-9,"green",IF({score}>=0.4-1E-9,"yellow","red"))'
_BANDS = 'IF({score}>=1-1E-9,"A",IF({score}>=0.9-1E-9,"B",IF({score}>=0.7-1E-9,"C","D")))'
# A KPI is judged over periods that are over, so that what reached its plan is achieved, whatever the profile.
_KPI_GAP = 'IF(1-{progress}<=0.1+1E-9,"on_track",IF(1-{progress}<=0.25+1E-9,"at_risk","off_track"))'

PROFILES: dict[str, ByHand] = {
    "default": ByHand(standing=_GAP, neglect=14, kpi_standing=_KPI_GAP, grade=_COLOURS),
    "google": ByHand(standing=_GAP, neglect=14, kpi_standing=_KPI_GAP, grade=_COLOURS),
    "viindoo": ByHand(standing=_GAP, neglect=14, kpi_standing=_KPI_GAP, child=1),
    "quantive": ByHand(
        score="{p}",
        counts="{p}",
        bound="nothing",
        strict=True,
        standing=_GAP,
        neglect=14,
        child=1,
        cap=2,
        over="MIN(2,{target}/{actual})",
        kpi_standing=_KPI_GAP,
    ),
    "perdoo": ByHand(standing=_GAP, neglect=14, weakest=True, kpi_standing=_KPI_GAP),
    "mooncamp": ByHand(
        standing=_MOONCAMP,
        kpi_standing='IF({progress}>=0.9-1E-9,"on_track",IF({progress}>=0.7-1E-9,"at_risk","off_track"))',
    ),
    "upraise": ByHand(
        standing=_UPRAISE,
        kpi_standing='IF({progress}>=0.95-1E-9,"on_track",IF({progress}>=0.75-1E-9,"at_risk","off_track"))',
    ),
    "engagedly": ByHand(bound="nothing", standing=_ENGAGEDLY, kpi_standing=_ENGAGEDLY_KPI),
    "koan": ByHand(standing=_KOAN, weakest=True, kpi_standing='"at_risk"'),
    "vn-kpi": ByHand(
        score="MEDIAN(0,1.2,{p})",
        counts="MEDIAN(0,1.2,{p})",
        standing=f"{_NO_VALUE}{_VN_KPI})",
        none=1,
        cap=1.2,
        missing="0",
        kpi_expected='""',
        kpi_standing=_VN_KPI,
        ladder="IF({p}>=1-1E-9,1,IF({p}>=0.95-1E-9,0.6,IF({p}>=0.9-1E-9,0.4,0)))",
        critical=0.7,
        grade=_BANDS,
        coefficient="IF({total}>=1-1E-9,1,IF({total}>=0.9-1E-9,0.8,IF({total}>=0.8-1E-9,0.7,"
        "IF({total}>=0.7-1E-9,0.5,0))))",
    ),
}

_SAME = "ABS({target}-{baseline})<=1E-12*MAX(ABS({target}),ABS({baseline}))"
_WAY = "({current}-{baseline})/({target}-{baseline})"
_ALONG = f'IF(ISBLANK({{current}}),0,IF(ABS({_WAY})>1E12,"x",{_WAY}))'
_FROM = "IF(ISBLANK({baseline}),0,{baseline})"
_TO = "IF(ISBLANK({target}),1,{target})"
_PART = f"({{current}}-{_FROM})/({_TO}-{_FROM})"
_MONTHS_OVER = "+".join(
    f"IF(AND(EDATE({{start}},{n})<={{today}},EDATE({{start}},{n})-1<={{due}}),MIN({{p{n}}}/{{target}},1),0)"
    for n in range(1, 5)
)
_MONTHS = "+".join(f"IF(AND(EDATE({{start}},{n})<={{today}},EDATE({{start}},{n})-1<={{due}}),1,0)" for n in range(1, 5))
_WEEKS_OVER = "+".join(
    f"IF(AND({{start}}+{7 * n}<={{today}},{{start}}+{7 * n}-1<={{due}}),MIN({{p{n}}}/{{target}},1),0)"
    for n in range(1, 5)
)
_WEEKS = "+".join(f"IF(AND({{start}}+{7 * n}<={{today}},{{start}}+{7 * n}-1<={{due}}),1,0)" for n in range(1, 5))
_RUNS = "{start}<={today},{today}<={due}"
_NOTHING_IN_MONTHS = f'IF(AND({_MONTHS}=0,{_RUNS}),"x",0)'
_NOTHING_IN_WEEKS = f'IF(AND({_WEEKS}=0,{_RUNS}),"x",0)'

METRICS: dict[str, str] = {
    "increase": f'IF(AND(ISBLANK({{baseline}}),{{target}}<=0),"x",IF({_SAME},"x",IF({{target}}<{{baseline}},"x",'
    f"{_ALONG})))",
    "decrease": f'IF(ISBLANK({{baseline}}),"x",IF({_SAME},"x",IF({{target}}>{{baseline}},"x",{_ALONG})))',
    "milestone": "IF({said}=0,0,SUMPRODUCT({w1}:{w4},{d1}:{d4})/SUM({w1}:{w4}))",
    "milestones counted": "IF(ISBLANK({current}),0,MEDIAN(0,1,{current}/{target}))",
    "yes or no": "IF(ISBLANK({current}),0,IF({current}={wanted},1,0))",
    "percent done": f'IF(AND(ISBLANK({{baseline}}),{_TO}<=0),"x",IF(ABS({_TO}-{_FROM})<=1E-12*MAX(ABS({_TO}),'
    f'ABS({_FROM})),"x",IF(ISBLANK({{current}}),0,IF(ABS({_PART})>1E12,"x",{_PART}))))',
    "percent points": "IF(ISBLANK({current}),0,{current}/IF(ISBLANK({target}),100,{target}))",
    "per month": f'IF({{checked}}=0,{_NOTHING_IN_MONTHS},IF({_MONTHS}=0,"x",'
    f'IF(ABS({_MONTHS_OVER})/({_MONTHS})>1E12,"x",({_MONTHS_OVER})/({_MONTHS}))))',
    "per week": f'IF({{checked}}=0,{_NOTHING_IN_WEEKS},IF({_WEEKS}=0,"x",'
    f'IF(ABS({_WEEKS_OVER})/({_WEEKS})>1E12,"x",({_WEEKS_OVER})/({_WEEKS}))))',
    "per period, typed": f'IF({{target}}<=0,"x",IF(ISBLANK({{current}}),{_NOTHING_IN_MONTHS},'
    'IF(ABS(MIN({current}/{target},1))>1E12,"x",MIN({current}/{target},1))))',
}
"""Progress of the metrics that all profiles measure alike; "x" is not scored."""

BOUNDS: dict[str, dict[str, str]] = {
    "share": {
        "at least": "IF(ISBLANK({current}),0,IF({current}>={target},1,IF(OR(ISBLANK({baseline}),{baseline}>={target}),"
        "0,MAX(0,({current}-{baseline})/({target}-{baseline})))))",
        "at most": "IF(ISBLANK({current}),0,IF({current}<={target},1,IF(OR(ISBLANK({baseline}),{baseline}<={target}),0,"
        "MAX(0,({baseline}-{current})/({baseline}-{target})))))",
        "between": "IF(ISBLANK({current}),0,IF(AND({current}>={low},{current}<={high}),1,IF(ISBLANK({baseline}),0,"
        "IF(AND({current}<{low},{baseline}<{low}),MAX(0,1-({low}-{current})/({low}-{baseline})),"
        "IF(AND({current}>{high},{baseline}>{high}),MAX(0,1-({current}-{high})/({baseline}-{high})),0)))))",
    },
    "nothing": {
        "at least": "IF(ISBLANK({current}),0,IF({current}>={target},1,0))",
        "at most": "IF(ISBLANK({current}),0,IF({current}<={target},1,0))",
        "between": "IF(ISBLANK({current}),0,IF(AND({current}>={low},{current}<={high}),1,0))",
    },
    "strict": {
        "at least": "IF(ISBLANK({current}),0,IF({current}>{target},1,0))",
        "at most": "IF(ISBLANK({current}),0,IF({current}<{target},1,0))",
        "between": "IF(ISBLANK({current}),0,IF(AND({current}>{low},{current}<{high}),1,0))",
    },
}

KPIS: dict[str, str] = {
    "kpi higher": 'IF({target}<=0,"x",IF(ABS({actual}/{target})>1E12,"x",{actual}/{target}))',
    "kpi lower": 'IF({target}<0,"x",IF({target}=0,IF({actual}<=0,1,0),IF({actual}*1E12<={target},{cap},{over})))',
    "kpi range": "IF(AND({actual}>={low},{actual}<={high}),1,0)",
    "kpi steps": 'IF({target}<=0,"x",IF(ABS({actual}/{target})>1E12,"x",{ladder}))',
    "kpi pass or fail": "IF({actual}={wanted},1,0)",
}

PACE = 'IF({due}<{start},"x",IF({today}>={due},1,IF({today}<={start},0,({today}-{start})/({due}-{start}))))'
BELIEF = (
    'IF(ISBLANK({confidence}),"",IF(AND({confidence}>=0,{confidence}<1),MAX(1,{confidence}*10),'
    'IF(AND({confidence}>=1,{confidence}<=10),{confidence},"")))'
)
ALWAYS = ("at least", "at most", "between", "per month", "per week", "per period, typed")
BOUND = ("at least", "at most", "between")


def progress_of(kind: str, profile: ByHand) -> str:
    """Give the formula of the progress of a key result."""
    if kind in BOUND:
        return BOUNDS["strict" if profile.strict else profile.bound][kind]
    return METRICS[kind]


def key_result(kind: str, name: str) -> dict[str, str]:
    """Give the formulas of a key result under a profile, in an order in which each needs only those before it."""
    profile = PROFILES[name]
    expected = "IF({today}>={due},1,0)" if kind == "yes or no" else "1" if kind in ALWAYS else "{pace}"
    valued = {"milestone": "{said}", "per month": "{checked}", "per week": "{checked}"}.get(
        kind, "IF(ISBLANK({current}),0,1)"
    )
    return {
        "pace": PACE,
        "progress": progress_of(kind, profile),
        "expected": expected,
        "always": "1" if kind in ALWAYS else "0",
        "bound": "1" if kind in BOUND else "0",
        "valued": valued,
        "belief": BELIEF,
        "score": f'IF(OR({{pace}}="x",{{progress}}="x"),"x",{profile.score.replace("{p}", "{progress}")})',
        "mark": mark(profile),
        **standing(profile),
        "grade": f'IF(ISNUMBER({{score}}),{profile.grade},"")',
    }


def mark(profile: ByHand) -> str:
    """Give the pass mark of a commitment."""
    return f'IF({{commitment}}="committed",1,IF({{commitment}}="aspirational",0.7,{profile.none}))'


def standing(profile: ByHand) -> dict[str, str]:
    """Give the status before neglect is looked at, and after."""
    before = (
        'IF(NOT(ISNUMBER({score})),"not_scored",IF({today}<{start},"not_started",IF({today}>{due},'
        'IF({score}>={mark}-1E-9,"achieved","missed"),IF(AND({always}=0,{progress}>=1-1E-9),"achieved",'
        f"{profile.standing}))))"
    )
    if not profile.neglect:
        return {"status": before}
    late = f"{{today}}-MAX({{start}},IF({{updated}}>{{today}},0,{{updated}}))>{profile.neglect}"
    after = f'IF(AND({{standing}}="on_track",OR({{always}}=1,{{pace}}>=0.1-1E-9),{late}),"at_risk",{{standing}})'
    return {"standing": before, "status": after}


def kpi(kind: str, name: str) -> dict[str, str]:
    """Give the formulas of a KPI; it has no pace."""
    profile = PROFILES[name]
    formula = KPIS[kind].replace("{cap}", str(profile.cap)).replace("{over}", profile.over)
    formula = formula.replace("{ladder}", profile.ladder.replace("{p}", "{actual}/{target}"))
    zero = profile.kpi_standing.replace("{progress}", "0")
    return {
        "progress": f'IF(ISBLANK({{actual}}),"missing",{formula})',
        "score": f'IF({{progress}}="missing",{profile.missing},IF({{progress}}="x","x",'
        f"{profile.score.replace('{p}', '{progress}')}))",
        "expected": profile.kpi_expected,
        "status": f'IF(NOT(ISNUMBER({{score}})),"not_scored",IF({{progress}}="missing",{zero},'
        f'IF({{progress}}>=1-1E-9,"achieved",{profile.kpi_standing})))',
        "grade": f'IF(ISNUMBER({{score}}),{profile.grade},"")',
    }
