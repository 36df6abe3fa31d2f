"""words of a sentence -> whether they are said, or only asked, denied, quoted or reported.

A marketer stops reading a tool that cries wolf. A sentence that says what cold does *not* do, that
asks, that warns of an advert or that tells what a study looked at is honest, whatever its words.
"""

from __future__ import annotations

import re

from coldpress.sentences import Sentence

SALES_QUESTION = re.compile(
    r"\W*(?:ready|want|wanted|tired|looking|why (?:live|suffer|wait|put up|not)|are you (?:ready"
    r"|tired"
    r"|looking)|do you (?:want|live with|suffer)|living with|suffering|need|fed up|sick of|imagine"
    r"|who (?:doesn't|wouldn't)|isn't it time|would you like|dreaming|struggling|had enough)\b"
)
NOT_A_DENIAL = re.compile(
    r"not only|not just|no (?:doubt|matter|wonder|more|longer|question|prescriptions?|drugs?|pills?"
    r"|needles?|surgery|need)\b|without (?:a )?(?:doubt|drugs?|pills?|surgery|needles?|an?"
    r" (?:prescription|appointment)|prescriptions?|medic\w+)|(?:nothing|never|not) \w* ?(?:better"
    r"|beats"
    r"|like|before)|(?:do not|don't) (?:wait|hesitate|miss|worry|delay|suffer|let)|never look back"
)
DENIAL = re.compile(
    r"\b(?:not|never|no|nor|neither|nobody|none|nothing|cannot|without|hardly|unproven|unclear"
    r"|false|wrong"
    r"|myths?|wrongly|avoid|beware|wary|doubts?|refuse|lacks?|little evidence|instead of"
    r"|rather than"
    r"|stops? short of|far from|leave out|left out)\b|n't\b"
)
UNSURE = re.compile(
    r"\b(?:whether|if|unless|do(?:es)? not know|unknown|to see (?:if|how)|how well|ask (?:what"
    r"|which|how))\b"
)
STUDIED = re.compile(
    r"\b(?:stud(?:y|ies)|trials?|reviews?|researchers|scientists|we) (?:that |which |have |has "
    r"|also "
    r"|only |often )*(?:looked (?:at|for|into)|look(?:s|ing)? (?:at|for)|tested|test|asked|ask"
    r"|examined"
    r"|investigated|explored|compared|searched)\b|\b(?:been|was|were|is"
    r"|are) (?:being )?(?:studied|tested)"
    r" (?:in|for|as)\b|\btrials? of\b"
)
REPORTED = re.compile(
    r"\b(?:adverts?|ads|advertis\w+|sellers?|promoters?|marketers?|headlines?|websites?|(?:a|any"
    r"|other"
    r"|some|many|most|another|the) (?:providers?|spas?|compan(?:y|ies)|seller)|brochures?"
    r"|influencers"
    r"|people who sell)\b[^.;]{0,60}?\b(?:say|says|said|claims?|claimed|promises?|promised|tells?"
    r"|suggests?"
    r"|guarantees?|that|for|use|uses|with|of|call|calls)\b"
    r"|\b(?:any|some|every)one who\b|\bif (?:someone|anyone|they|it)\b|\b(?:is|are|was|were"
    r"|being) (?:often "
    r"|widely |sometimes |commonly )*(?:said to|sold (?:as|for)|promoted|marketed|touted|hyped"
    r"|claimed"
    r"|advertised|believed to|thought to)\b|\b(?:suggesting|hinting|pretending|implying)\b"
    r"|\byou (?:may|might|will|can|could|often|probably) (?:\w+ )?(?:have )?(?:read|heard?"
    r"|seen?)\b|\bpeople (?:often )?say\b"
    r"|\bclaims? (?:of|that|about|such as|like)\b|\bthe (?:claim|idea|belief|theory|notion"
    r"|myth) (?:that|of)\b"
)
WARNED = re.compile(
    r"\b(?:do not|don't|never|we (?:do not|don't|never|avoid)) (?:\w+ )?(?:write|say|use|believe"
    r"|trust|call"
    r"|promise|publish|repeat)\b|\b(?:words?|phrases?|terms?|lines?) (?:such as|like|we|you"
    r"|that)\b|\bred flag"
    r"|\bwalk away\b|\b(?:wary|suspicious) of\b|\bthe (?:words?|phrases?|terms?)\b"
)
AFTERWARDS = re.compile(
    r"[^.;:]{0,60}?\b(?:(?:is|are|was|were|has|have|had|remains?)(?: also| still| yet)?(?: not"
    r"|n't| never)"
    r" (?:been )?(?:shown|proven|proved|known|true|supported|the same|approv\w+|what|how|used"
    r"|published|welcome|sold|promised|found|seen|enough|proof|reason|evidence|real"
    r"|an? (?:promise|claim|fact|reason|given|treatment|cure|proof|trial)"
    r"|claims?|something"
    r"|allowed|settled|measured|tested|certain)|(?:is|are|remains?) (?:un(?:proven|known|clear"
    r"|supported)|false"
    r"|a (?:myth|claim|phrase|word|line|common|red flag|warning)|nonsense|misbranding)"
    r"|do(?:es)?(?: not|n't)"
    r" (?:mean|count|prove|show|tell|exist)|(?:says?|tells?|proves?|means?) (?:you )?(?:nothing"
    r"|little|less)|ha(?:s|ve) no (?:clear|fixed|medical|agreed"
    r"|proof|good|set)|(?:needs?|lacks?)"
    r" (?:proof|evidence)|should (?:make|send|put|warn)|reads? as|not (?:certain|shown|proven))\b"
)
MENTION = re.compile(
    r"\b(?:words?|phrases?|terms?|lines?|write|writes|claims?|adverts?|ads|labels?|such as|calls?"
    r"|called|means?"
    r"|stor(?:y|ies)|see|says? (?:only|just)|registered|avoid|ask)\b"
)
TAKEN_BACK = re.compile(
    r"\b(?:that|this|which|it) (?:was|is) (?:wrong|false|not true|untrue|not so)\b"
)
FIRST_PERSON = re.compile(r"\b(?:i|i'm|i've|my|me)\b")
QUOTES = re.compile(r"\"[^\"]{1,200}\"")
BOUNDARY = re.compile(
    r"[;:!?]|[–—]|\.\s|\b(?:but|yet|though|although|however|because)\b|,\s+(?:and |so "
    r"|then )?(?:it|we|you|they"
    r"|our|your|this|that|these|cold|cryotherapy|ice|let|just|come|book|try|the|an?|every|each"
    r"|people"
    r"|some|many|there)\b"
)
NEGATIVE_LEAD = re.compile(
    r"\b(?:not|never|cannot|avoid|walk away|myths?|wrong|beware|adverts?)\b|n't\b"
)
SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "‑": "-", "\u00a0": " "})


def folded(text: str) -> str:
    """Lower case, straight quotes, the same length: offsets stay."""
    if text.isascii():
        return text.lower()
    lower = text.translate(SAME).lower()
    return lower if len(lower) == len(text) else text.translate(SAME)


def clause_before(text: str, start: int) -> str:
    """What stands before `start` in its own clause."""
    begin = 0
    for boundary in BOUNDARY.finditer(text, 0, start):
        begin = boundary.end() if boundary[0][0] in ";:!?–—." else boundary.start() + 1
    return text[begin:start]


def excused(
    sentence: Sentence, text: str, start: int, end: int, *, quotes_count: bool = False
) -> bool:
    """Whether text[start:end] is not claimed. `text` is the sentence's, folded."""
    if honest_question(text) or introduced_as_untrue(sentence) or TAKEN_BACK.search(text):
        return True
    if not quotes_count and quoted(text, start, end):
        return True
    before = clause_before(text, start)
    return denied(before) or reported(text[:start], before) or bool(AFTERWARDS.match(text, end))


def denied(before: str) -> bool:
    if not DENIAL.search(before):
        return False
    return bool(DENIAL.search(NOT_A_DENIAL.sub(" ", before)))


def reported(sentence_before: str, clause: str) -> bool:
    """Told of others, or looked at by a study; `if` and `whether` reach no further than a comma."""
    near = clause.rpartition(",")[2]
    return bool(
        UNSURE.search(near)
        or STUDIED.search(clause)
        or REPORTED.search(sentence_before)
        or WARNED.search(sentence_before)
    )


def honest_question(text: str) -> bool:
    return text.rstrip(" \"')").endswith("?") and not SALES_QUESTION.match(text)


def introduced_as_untrue(sentence: Sentence) -> bool:
    """An item under "It will not", under "Signs to walk away", in a table of an advert's words."""
    if "will-not" in sentence.inside:
        return True
    if sentence.kind == "item" and NEGATIVE_LEAD.search(folded(sentence.lead)):
        return True
    return sentence.kind in ("item", "cell") and bool(
        NEGATIVE_LEAD.search(folded(sentence.section))
    )


def quoted(text: str, start: int, end: int) -> bool:
    """Whether the words are mentioned, not used: in quotation marks, few or talked about."""
    for quote in QUOTES.finditer(text):
        if quote.start() < end and start < quote.end():
            around = text[: quote.start()] + text[quote.end() :]
            if MENTION.search(around):
                return True
            return len(quote[0].split()) <= 5 and not FIRST_PERSON.search(quote[0])
    return False
