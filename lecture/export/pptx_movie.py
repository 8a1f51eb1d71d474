"""A movie on a PowerPoint slide that starts by itself when the slide arrives."""

from __future__ import annotations

from typing import Any

_TIMING = """\
<p:timing xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:tnLst><p:par>
<p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst>
<p:seq concurrent="1" nextAc="seek"><p:cTn id="2" dur="indefinite" nodeType="mainSeq">
<p:childTnLst><p:par><p:cTn id="3" fill="hold"><p:stCondLst><p:cond delay="indefinite"/>
<p:cond evt="onBegin" delay="0"><p:tn val="2"/></p:cond></p:stCondLst><p:childTnLst><p:par>
<p:cTn id="4" fill="hold"><p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst><p:par>
<p:cTn id="5" presetID="1" presetClass="mediacall" presetSubtype="0" fill="hold"
 nodeType="afterEffect"><p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst>
<p:cmd type="call" cmd="playFrom(0.0)"><p:cBhvr><p:cTn id="6" dur="{length}" fill="hold"/>
<p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl></p:cBhvr></p:cmd></p:childTnLst></p:cTn></p:par>
</p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn>
<p:prevCondLst><p:cond evt="onPrev" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond>
</p:prevCondLst><p:nextCondLst><p:cond evt="onNext" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl>
</p:cond></p:nextCondLst></p:seq><p:video><p:cMediaNode vol="80000">
<p:cTn id="7" fill="hold" display="0"><p:stCondLst><p:cond delay="indefinite"/></p:stCondLst>
</p:cTn><p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl></p:cMediaNode></p:video></p:childTnLst>
</p:cTn></p:par></p:tnLst></p:timing>"""


def play_on_arrival(made: Any, shape: int, length: int) -> None:
    """Let a movie start by itself; what python-pptx writes waits for a click on it.

    Parameters
    ----------
    made
        The slide.
    shape
        The movie's number on it.
    length
        How long the movie takes, in milliseconds.
    """
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import qn

    slide = made._element
    for timing in slide.findall(qn("p:timing")):
        slide.remove(timing)
    written = _TIMING.replace("\n", "").format(shape=shape, length=length)
    timing = parse_xml(written)
    mapping = slide.find(qn("p:clrMapOvr"))
    mapping.addnext(timing)
