"""What each profile says of an objective and of a scorecard, written as a person would type it into a sheet.

An objective has four key results that go from 0 to 1 and stand at ``c1`` to ``c4`` (``u1`` to ``u4`` is 1 where that
cell cannot be read), with the weights ``w1`` to ``w4``, and a contributing objective that stands at ``child``.
"""

from __future__ import annotations

from tests.scoring.oracle.by_hand import BELIEF, NOT_SCORED, PACE, PROFILES, ByHand, mark, standing

PLACES = (1, 2, 3, 4)
_W = "{w1}:{w4}"
_GIVEN = f'SUMIF({_W},">=0")'
_WHOLE = f"SUMPRODUCT(({_W}>=0)*({_W}<>INT({_W})))=0"

FORM = (
    f'IF(COUNT({_W})=0,"equal",IF({{percent}}=1,"percent",IF(AND({_GIVEN}>=50,{_GIVEN}<=150),"points",'
    f'IF(AND({_GIVEN}>=0.5,{_GIVEN}<=1.5,NOT({_WHOLE})),"fraction","ratio"))))'
)
"""Percent where a cell carries % or the sum lies in 50..150; fraction in 0.5..1.5, not all whole; else ratios."""
SURE = f'IF({{form}}="points",{_GIVEN}/100,{_GIVEN})'
FILL = (
    f'IF({{form}}="equal",1,IF({{form}}="ratio",IF(COUNTIF({_W},">=0")=0,1,{_GIVEN}/COUNTIF({_W},">=0")),'
    f"IF(OR(COUNTBLANK({_W})=0,1-{{sure}}<=0.0001+1E-9),0,(1-{{sure}})/COUNTBLANK({_W}))))"
)
_N = "{n1}:{n4}"
_F = "{f1}:{f4}"


def _renamed(formula: str, place: int) -> str:
    """Let a formula of one key result speak of the key result at a place."""
    for name in ("progress", "score", "standing", "valued", "confidence", "belief"):
        formula = formula.replace(f"{{{name}}}", f"{{{name}{place}}}")
    return formula


def _weights() -> dict[str, str]:
    """Give what each of four siblings weighs: blank, negative, percent points, or as it stands; all zero is equal."""
    return {
        f"n{at}": f'IF(ISBLANK({{w{at}}}),{{fill}},IF({{w{at}}}<0,"x",IF({{form}}="points",{{w{at}}}/100,{{w{at}}})))'
        for at in PLACES
    } | {f"f{at}": f'IF(ISNUMBER({{n{at}}}),IF(SUM({_N})=0,1,{{n{at}}}),"x")' for at in PLACES}


def _part(at: int, profile: ByHand) -> dict[str, str]:
    """Give the columns of one key result: whether it is scored, and where it stands."""
    return {
        f"s{at}": f"IF(AND(ISNUMBER({{f{at}}}),{{u{at}}}=0),1,0)",
        f"progress{at}": f"IF(ISBLANK({{c{at}}}),0,{{c{at}}})",
        f"valued{at}": f"IF(ISBLANK({{c{at}}}),0,1)",
        f"belief{at}": _renamed(BELIEF, at),
        f"score{at}": f'IF({{s{at}}}=1,{profile.score.replace("{p}", f"{{progress{at}}}")},"x")',
        **{f"{name}{at}": _renamed(formula, at) for name, formula in standing(profile).items()},
    }


def _sum(text: str) -> str:
    return "+".join(f"IF({{s{place}}}=1,{{f{place}}}*{text.replace('#', str(place))},0)" for place in PLACES)


def objective(name: str) -> dict[str, str]:
    """Give the formulas of an objective with its key results, and with the objective that contributes to it."""
    profile = PROFILES[name]
    columns = {"form": FORM, "sure": SURE, "fill": FILL, "pace": PACE, "expected": "{pace}", "mark": mark(profile)}
    columns |= {"always": "0", "bound": "0"}
    columns |= _weights()
    for place in PLACES:
        columns |= _part(place, profile)
    weighs = "0"
    if profile.child:
        weighs = f"IF(ISBLANK({{child}}),0,{profile.child}*IF(COUNT({_F})=0,1,IF(AVERAGE({_F})>0,AVERAGE({_F}),1)))"
    columns |= {"weighs": weighs, "held": f"{_sum('1')}+{{weighs}}", "given": f"SUM({_F})+{{weighs}}"}
    enough = 'IF(AND({held}>0,{held}/MAX({given},1E-300)>=0.5-1E-9),{mean}/{held},"x")'
    counts, points = (text.replace("{p}", "{child}") for text in (profile.counts, profile.score))
    means = {
        "progress": f"({_sum(profile.counts.replace('{p}', '{progress#}'))}+IF({{weighs}}=0,0,{{weighs}}*{counts}))",
        "score": f"({_sum('{score#}')}+IF({{weighs}}=0,0,{{weighs}}*{points}))",
    }
    columns |= {key: enough.replace("{mean}", mean) for key, mean in means.items()}
    valued = "+".join(f"{{s{place}}}*{{valued{place}}}" for place in PLACES)
    columns["valued"] = f"IF({valued}+IF({{weighs}}>0,1,0)>0,1,0)"
    columns |= _status(profile)
    columns["grade"] = f'IF(ISNUMBER({{score}}),{profile.grade},"")'
    return columns


def _status(profile: ByHand) -> dict[str, str]:
    """Give the status of an objective: its own, or that of its weakest key result that weighs anything."""
    if not profile.weakest:
        return standing(profile)

    def there(status: str) -> str:
        counted = "+".join(
            f'IF(AND({{s{place}}}=1,{{f{place}}}>0,{{status{place}}}="{status}"),1,0)' for place in PLACES
        )
        return f"({counted})>0"

    formula = '"achieved"'
    for status in ("not_started", "on_track", "at_risk", "off_track", "missed"):
        told = f'"{status}"'
        if status == "not_started":
            told = f'IF({there("achieved")},"on_track","not_started")'
        formula = f"IF({there(status)},{told},{formula})"
    return {
        "status": f'IF(NOT(ISNUMBER({{score}})),"not_scored",IF({{today}}<{{start}},"not_started",{formula}))',
    }


def scorecard(name: str) -> dict[str, str]:
    """Give the formulas of a scorecard of four KPIs with targets, actuals, weights and a critical mark."""
    profile = PROFILES[name]
    columns = {"form": FORM, "sure": SURE, "fill": FILL, **_weights()}
    for place in PLACES:
        achieved = profile.score.replace("{p}", f"{{a{place}}}/{{t{place}}}")
        columns[f"points{place}"] = (
            f'IF(NOT(ISNUMBER({{f{place}}})),"x",IF(ISBLANK({{a{place}}}),{profile.missing},{achieved}))'
        )
    held = "+".join(f"IF(ISNUMBER({{points{place}}}),{{f{place}}},0)" for place in PLACES)
    points = "+".join(f"IF(ISNUMBER({{points{place}}}),{{f{place}}}*{{points{place}}},0)" for place in PLACES)
    fatal = "+".join(
        f"IF(AND({{k{place}}}=1,ISNUMBER({{points{place}}}),N({{points{place}}})<{profile.critical}-1E-9),1,0)"
        for place in PLACES
    )
    zeroed = f"({fatal})>0" if profile.critical else "FALSE()"
    columns["held"] = held
    columns["total"] = (
        f"IF({zeroed},0,IF(AND({{held}}>0,{{held}}/MAX(SUM({_F}),1E-300)>=0.5-1E-9),({points})/{{held}},{NOT_SCORED}))"
    )
    columns["grade"] = f'IF(ISNUMBER({{total}}),{profile.grade.replace("{score}", "{total}")},"")'
    columns["coefficient"] = f'IF(ISNUMBER({{total}}),{profile.coefficient},"")'
    return columns
