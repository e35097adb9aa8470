"""English: data only. ``inflections`` explains ``~``, ``~~`` and ``+``; the messages serve every language."""

from django.utils.translation import gettext_lazy as _

from pipcycle.writing.lists import WordList, split_patterns
from pipcycle.writing.remarks import Severity

VAGUE_VERBS = WordList(
    code="words.vague_verb",
    severity=Severity.SHOULD,
    patterns=split_patterns("""
        improve~; improvement+; enhance~; enhancement+; optimise~; optimize~; optimisation; optimization; better;
        boost~; strengthen~; streamline~; maximise~; maximize~; minimise~; minimize~; leverage~; elevate~; uplift~;
        facilitate~; empower~; get~~ good at; be good at; getting good at
    """),
    excused_by_figure=True,
    message=_("“{words}” does not say how much, so nobody can tell when it is done."),
    how=_("Name the figure: from what, to what, by when. For example “from 82% to 95% by 30 June”."),
)

NO_AMOUNT = WordList(
    code="words.no_amount",
    severity=Severity.SHOULD,
    patterns=split_patterns("""
        increase~; decrease~; reduce~; reduction+; raise~; lower~; cut; cuts; cutting; grow; grows; growing; growth;
        speed up; speeds up; speeding up; shorten~; lessen~
    """),
    excused_by_figure=True,
    message=_("“{words}” says which way, but not how far."),
    how=_("Say from where to where, with the unit."),
)

VAGUE_AMOUNT = WordList(
    code="words.vague_amount",
    severity=Severity.SHOULD,
    patterns=split_patterns("""
        as needed; as required; as appropriate; as necessary; as applicable; if possible; if necessary; if needed;
        where possible; where appropriate; where necessary; when possible; when needed; when necessary;
        as much as possible; as many as possible; as far as possible; as well as possible; as good as possible;
        etc; and so on; and so forth; and the like; some; several; many; a lot; lots of; a number of; various;
        numerous; significant; significantly; substantial; substantially; considerable; considerably; adequate;
        adequately; sufficient; sufficiently; reasonable; reasonably; appropriate; appropriately; high quality;
        good quality; more or less; to a large extent
    """),
    message=_("“{words}” leaves open how much or what."),
    how=_("Give the number, or list what is meant."),
)

VAGUE_TIME = WordList(
    code="words.vague_time",
    severity=Severity.SHOULD,
    patterns=split_patterns("""
        asap; as soon as possible; at the earliest; soon; sooner; shortly; regularly; regular; frequently; frequent;
        often; periodically; periodic; occasionally; sometimes; from time to time; timely; in a timely manner;
        promptly; in due course; in due time; going forward; moving forward; on an ongoing basis; ongoing; eventually;
        in the near future; in the long term; in the short term; day to day
    """),
    message=_("“{words}” is no time anybody can check."),
    how=_("Say the day, or how often: “every Monday”, “within 2 working days”."),
)

WEAK_INTENT = WordList(
    code="words.weak_intent",
    severity=Severity.SHOULD,
    patterns=split_patterns("""
        try~ to; try~ and; strive~ to; strive~ for; aim~ to; attempt~ to; endeavour~ to; endeavor~ to; seek to;
        seeks to; seeking to; hope~ to; hopefully; best effort+; best endeavours; do your best; do my best;
        do his best; do her best; do their best; do our best; work~ on; look~ into; focus~ on; be aware of;
        be mindful of; keep in mind; be encouraged to; consider~
    """),
    message=_("“{words}” promises an effort, not a result."),
    how=_("Say what will be there at the end that is not there today."),
)

ABSOLUTES = WordList(
    code="words.absolute",
    severity=Severity.HINT,
    patterns=split_patterns("""
        always; never; constantly; perfect; perfectly; perfection; flawless; flawlessly; at all times; every time;
        without exception; without fail; completely; totally; error free; zero tolerance; 24 7
    """),
    message=_("“{words}” is broken by a single exception."),
    how=_("Give a level somebody can keep, for example “in 19 of 20 cases”."),
)

SUBJECTIVE = WordList(
    code="words.subjective",
    severity=Severity.SHOULD,
    patterns=split_patterns("""
        attitude+; mindset; team player+; teamplayer+; personality; work ethic; professionalism; unprofessional;
        unprofessionally; proactive; proactively; motivated; unmotivated; motivation; passionate; passion; enthusiastic;
        enthusiasm; dedicated; dedication; lazy; laziness; careless; carelessness; sloppy; negativity; positivity;
        self starter+; go getter+; rock star+; rockstar+; ninja+; culture fit; cultural fit; emotional; emotionally;
        aggressive; abrasive; bossy; arrogant; likeable; likable; unfriendly; disrespectful; extra mile;
        take~ ownership; took ownership; show~ ownership; think outside the box; soft skill+;
        leadership quality+; executive presence
    """),
    message=_("“{words}” judges what somebody is like, not what was done."),
    how=_("Describe what others would see or count: what is said, written, delivered, and to whom."),
)

UNCLEAR_CHOICE = WordList(
    code="words.unclear_choice",
    severity=Severity.HINT,
    patterns=split_patterns(
        "and or; or similar; or equivalent; tbd; tba; to be determined; to be defined; to be decided"
    ),
    message=_("“{words}” leaves open what exactly is agreed."),
    how=_("Decide now, or set a date by which it is decided and by whom."),
)

LISTS = (
    VAGUE_VERBS,
    NO_AMOUNT,
    VAGUE_AMOUNT,
    VAGUE_TIME,
    WEAK_INTENT,
    ABSOLUTES,
    SUBJECTIVE,
    UNCLEAR_CHOICE,
)

PROTECTED = WordList(
    code="case.protected",
    severity=Severity.SHOULD,
    patterns=split_patterns("""
        pregnant; pregnancy; pregnancies; maternity; paternity; parental leave; breastfeeding; menopause; menopausal;
        disability; disabilities; disabled; handicap+; handicapped; wheelchair+; religion+; religious; church; mosque;
        synagogue; prayer+; hijab; headscarf; ramadan; sabbath; ethnic; ethnicity; race; racial; skin colour;
        skin color; nationality; national origin; immigrant+; foreign accent; accent; gender; transgender; gay; lesbian;
        bisexual; queer; sexual orientation; marital status; married; unmarried; divorced; single mother+;
        single parent+; her age; his age; their age; too old; too young; older worker+; younger worker+;
        older employee+; near retirement; close to retirement; retirement age; union member+; trade union; works council
    """),
    message=_("“{words}” names something the law protects."),
    how=_("Leave it out: it is no measure of the work. If it belongs here all the same, write why."),
)

MEDICAL = WordList(
    code="case.medical",
    severity=Severity.SHOULD,
    patterns=split_patterns("""
        illness; illnesses; sick; sick leave; sick day+; sickness; disease+; diagnosis; diagnoses; diagnosed;
        depression; depressed; anxiety; burnout; burn out; burned out; adhd; autism; autistic; bipolar; mental health;
        therapy; therapist+; psychologist+; psychiatrist+; medication+; medicine; prescription+; doctor; doctors;
        hospital+; surgery; surgeries; injury; injuries; injured; chronic; cancer; diabetes; migraine+; back pain;
        disorder+; addiction; alcoholic; rehab; medical; medically; health condition+; health problem+; fmla
    """),
    message=_("“{words}” is medical. Medical detail is stored apart and does not belong here (rule 10)."),
    how=_("Describe the work alone. If health may play a part, stop and speak with HR first."),
)

MISCONDUCT = WordList(
    code="case.misconduct",
    severity=Severity.SHOULD,
    patterns=split_patterns("""
        theft; stole; stolen; steals; stealing; fraud; fraudulent; falsify~; falsification; forgery; forged; embezzle~;
        bribe+; bribery; insubordinate; insubordination; refused an order; harass~; harassment; sexual harassment;
        bullying; bullied; bully; threaten~; threat+; violence; violent; assault~; fight; fighting; drunk; intoxicated;
        alcohol at work; drug+; under the influence; weapon+; sabotage~; sabotage; misconduct; gross negligence;
        dishonest; dishonesty; lied; lying to; breach of confidentiality; discriminate~; racist; sexist; slur+;
        abandoned; no call no show; job abandonment
    """),
    message=_("“{words}” is about conduct, not performance."),
    how=_("Misconduct is answered by a disciplinary action, not by a plan (rule 1). Take it out, or say why it stays."),
)

#: Words that make a case of what should be a description of work; sought in plans and letters, not in goals.
CASE_LISTS = (MISCONDUCT, MEDICAL, PROTECTED)

#: What a title of something to be done is made of; a title with none of these names no action.
ACTIONS = split_patterns("""
    achieve~; add~; adopt~; agree~; analyse~; analyze~; answer~; apply~; assemble~; assess~; assist~; attend~; audit~;
    automate~; balance~; bring; brings; build; builds; call~; certify~; check~; clean~; clear~; close~; coach~;
    collect~; complete~; conduct~; configure~; confirm~; connect~; contact~; contribute~; convert~; coordinate~;
    correct~; cover~; create~; cut; cuts; decide~; decrease~; define~; deliver~; demonstrate~; deploy~; describe~;
    design~; detect~; develop~; direct~; discuss~; distribute~; document~; double~; draft~; draw; draws; earn~; edit~;
    eliminate~; enable~; engage~; ensure~; enter~; equip~~; establish~; evaluate~; examine~; execute~; expand~;
    explain~; explore~; extend~; file~; fill~; finalise~; finalize~; find; finds; finish~; fit~~; fix~; follow~;
    forecast; format~~; gain~; gather~; generate~; get; gets; give; gives; grow; grows; guide~; halve~; hand~; handle~;
    help~; hire~; hit; hits; hold; holds; host~; identify~; implement~; increase~; inform~; inspect~; install~;
    introduce~; investigate~; invite~; issue~; join~; keep; keeps; launch~; lead; leads; learn~; let; lift~; limit~;
    list~; log~~; lower~; maintain~; make; makes; manage~; map~~; measure~; meet; meets; mentor~; merge~; migrate~;
    monitor~; move~; negotiate~; obtain~; offer~; onboard~; open~; operate~; order~; organise~; organize~; pack~;
    pass~; pay; pays; perform~; pick~; pilot~; place~; plan~~; practise~; practice~; prepare~; present~; prevent~;
    process~; produce~; program~~; propose~; protect~; provide~; prove~; publish~; purchase~; put; puts; qualify~;
    raise~; reach~; read; reads; rebuild; receive~; record~; recruit~; reduce~; refactor~; release~; remove~; renew~;
    repair~; replace~; reply~; report~; represent~; research~; resolve~; respond~; restore~; retain~; return~;
    review~; revise~; roll~; rotate~; run; runs; running; save~; schedule~; score~; secure~; sell; sells; send; sends;
    serve~; set; sets; settle~; share~; ship~~; shorten~; show~; sign~; simplify~; solve~; speak; speaks; spend;
    stabilise~; stabilize~; staff~; standardise~; standardize~; start~; stay~; stop~~; submit~~; supply~; support~;
    survey~; switch~; take; takes; talk~; teach; test~; track~; train~; transfer~~; translate~; triage~; turn~;
    update~; upgrade~; use~; validate~; verify~; visit~; win; wins; work~; write; writes; writing;
    improve~; enhance~; optimise~; optimize~; boost~; strengthen~; streamline~; maximise~; maximize~; minimise~;
    minimize~; try~; aim~; strive~; be; become; becomes
""")

#: Words that tell by what something is measured.
MEASURES = split_patterns("""
    number; count; share; rate+; ratio; percent; percentage; per; average; mean; median; score+; rating+; hour+; day+;
    week+; month+; minute+; second+; within; at least; at most; no more than; no later than; fewer than; less than;
    more than; every; each; all; signed; approved; certificate+; certified; passed; published; live; in use; delivered;
    accepted; tested; documented; checklist; report+; survey; audit+; deadline+; target+; budget; cost+; revenue;
    error+; defect+; complaint+; ticket+; case+; order+; unit+; item+; call+; visit+; first; one; two; three; four;
    five; six; seven; eight; nine; ten; half; quarter; third; double; zero; weekly; monthly; daily; quarterly; yearly
""")
