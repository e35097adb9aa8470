"""German: data only. ``inflections`` explains ``*``; write every word in small letters.

What is the matter and how to mend it is said as for English, in the language of the page.
"""

from dataclasses import replace

from pipcycle.writing.languages import en
from pipcycle.writing.lists import split_patterns

VAGUE_VERBS = replace(
    en.VAGUE_VERBS,
    patterns=split_patterns("""
        verbessern; verbessert; verbesserte; verbesserung; verbesserungen; besser*; optimieren; optimiert; optimierte;
        optimierung; optimierungen; stärken; gestärkt; fördern; gefördert; maximieren; maximiert; minimieren; minimiert;
        vorantreiben; vorangetrieben
    """),
)

VAGUE_AMOUNT = replace(
    en.VAGUE_AMOUNT,
    patterns=split_patterns("""
        nach bedarf; bei bedarf; wenn möglich; falls möglich; wo möglich; soweit möglich; so weit wie möglich;
        so viel wie möglich; so gut wie möglich; möglichst; usw; etc; und so weiter; einige; mehrere; viele;
        verschieden*; zahlreich*; erheblich*; deutlich*; wesentlich*; beträchtlich*; angemessen*; ausreichend*;
        hinreichend*; gegebenenfalls; ggf; mehr oder weniger
    """),
)

VAGUE_TIME = replace(
    en.VAGUE_TIME,
    patterns=split_patterns("""
        asap; so bald wie möglich; sobald wie möglich; so schnell wie möglich; schnellstmöglich*; baldmöglichst;
        zeitnah*; bald; demnächst; regelmäßig*; häufig*; oft; gelegentlich*; manchmal; laufend*; zu gegebener zeit;
        mittelfristig*; langfristig*; kurzfristig*; umgehend*
    """),
)

ABSOLUTES = replace(
    en.ABSOLUTES,
    patterns=split_patterns("""
        immer; nie; niemals; stets; jederzeit; ausnahmslos*; ohne ausnahme; fehlerfrei*; fehlerlos*; perfekt*;
        makellos*; lückenlos*; hundertprozentig*; vollkommen*
    """),
)

LISTS = (VAGUE_VERBS, VAGUE_AMOUNT, VAGUE_TIME, ABSOLUTES)

PROTECTED = replace(
    en.PROTECTED,
    patterns=split_patterns("""
        schwanger*; schwangerschaft; mutterschutz; elternzeit; behindert*; behinderung; behinderungen;
        schwerbehindert*; religion; religiös*; kopftuch; ramadan; ethnisch*; herkunft; hautfarbe; nationalität;
        akzent; migrationshintergrund; geschlecht; schwul*; lesbisch*; transgender; sexuelle orientierung;
        verheiratet*; geschieden*; alleinerziehend*; zu alt; zu jung; rentenalter; gewerkschaft; betriebsrat
    """),
)

MEDICAL = replace(
    en.MEDICAL,
    patterns=split_patterns("""
        krank*; krankheit; krankheiten; krankmeldung; krankschreibung; diagnose; diagnosen; depression; depressionen;
        depressiv*; angststörung; burnout; adhs; autismus; therapie; therapeut*; medikament; medikamente; arzt; ärztin;
        krankenhaus; operation; verletzung; verletzt*; chronisch*; krebs; diabetes; migräne; sucht; medizinisch*
    """),
)

MISCONDUCT = replace(
    en.MISCONDUCT,
    patterns=split_patterns("""
        diebstahl; gestohlen; betrug; betrügerisch*; gefälscht*; fälschung; bestechung; arbeitsverweigerung;
        belästigung; belästigt*; mobbing; gemobbt; bedroht*; drohung; gewalt; gewalttätig*; betrunken; alkohol;
        drogen; sabotage; gelogen; unehrlich*; rassistisch*; sexistisch*; unentschuldigt*
    """),
)

CASE_LISTS = (MISCONDUCT, MEDICAL, PROTECTED)
