"""What invented clients want, and what helps: the words the demo is made of."""

from __future__ import annotations

from dataclasses import dataclass

from domain.kinds import LifeArea, Per, SupportKind, Unit


@dataclass(frozen=True)
class Theme:
    """One thing a client wants, from the wish to what could stand in the plan a year later."""

    area: LifeArea
    wish: str
    goal: str
    later: str  # the goal in other words, when it goes well
    support: str
    kind: SupportKind
    provider: str
    much: tuple[str, Unit, Per]
    less: tuple[str, Unit, Per]
    way_back: str
    yes: str
    note: str
    well: str


WEEK, MONTH, TWO = Per.WEEK, Per.MONTH, Per.TWO_WEEKS
HOURS, TIMES, PARTS = Unit.HOURS, Unit.TIMES, Unit.DAY_PARTS
LINDE = "De Linde"

THEMES = (
    Theme(
        LifeArea.SELF_CARE,
        "Ik wil weer zelf kunnen koken, net als vroeger bij mijn oma.",
        "Ik wil één keer per week zelf koken",
        "Ik wil drie keer per week zelf koken",
        "Samen boodschappen doen en koken",
        SupportKind.GUIDANCE,
        LINDE,
        ("4", HOURS, WEEK),
        ("2", HOURS, WEEK),
        "Lukt het niet meer? Een belletje is genoeg, dan komen we de week erna weer twee keer.",
        "Koken gaat goed. Ik wil het vaker doen, maar niet alleen naar de winkel.",
        "Samen een boodschappenlijst gemaakt en soep gekookt.",
        "Ik heb zaterdag voor drie mensen gekookt.",
    ),
    Theme(
        LifeArea.DAILY_ACTIVITIES,
        "Ik mis het werken met hout. Daar word ik rustig van.",
        "Ik wil weer bij de houtwerkplaats werken",
        "Ik werk twee dagen in de houtwerkplaats en maak mijn eigen kast",
        "Dagbesteding in de houtwerkplaats",
        SupportKind.DAY_ACTIVITIES,
        "Houtwerkplaats Zuiderkade",
        ("4", PARTS, WEEK),
        ("2", PARTS, WEEK),
        "De werkplaats houdt een plek vrij tot het eind van het jaar.",
        "Op dinsdag en donderdag, niet op vrijdag. Dan ben ik moe.",
        "Meegegaan naar de werkplaats, de eerste plank geschaafd.",
        "De baas zegt dat ik het zelf kan.",
    ),
    Theme(
        LifeArea.MONEY,
        "Ik wil mijn post weer open durven maken.",
        "Ik wil overzicht over mijn post en mijn geld",
        "Ik doe mijn post zelf en kijk om de week samen",
        "Hulp bij post en geld",
        SupportKind.MONEY,
        "Budgetcoach Rond",
        ("1", TIMES, WEEK),
        ("1", TIMES, TWO),
        "Een blauwe envelop mag altijd meteen gebeld worden.",
        "Als ik maar zelf de envelop open mag maken.",
        "Samen de post van twee weken gesorteerd. Drie rekeningen betaald.",
        "Ik heb deze maand alles zelf betaald.",
    ),
    Theme(
        LifeArea.CONTACTS,
        "Ik zou weleens iemand willen om mee te kaarten.",
        "Ik wil elke week iemand zien die niet van de zorg is",
        "Ik ga zelf naar de kaartmiddag en neem soms iemand mee",
        "Samen naar het buurthuis",
        SupportKind.GUIDANCE,
        LINDE,
        ("2", HOURS, WEEK),
        ("1", HOURS, TWO),
        "De gastvrouw van het buurthuis belt ons als het niet loopt.",
        "Eerst samen, daarna wil ik het alleen proberen.",
        "Mee naar de kaartmiddag. Twee potjes gewonnen.",
        "Ik ken ze nu allemaal bij naam.",
    ),
    Theme(
        LifeArea.LIVING,
        "Ik wil in mijn eigen huis blijven wonen. Hier is alles van ons samen.",
        "Ik wil veilig in mijn eigen huis blijven wonen",
        "Ik woon zelf, met hulp bij het zware werk",
        "Hulp in het huishouden",
        SupportKind.HOUSEHOLD,
        "Thuishulp Merel",
        ("3", HOURS, WEEK),
        ("2", HOURS, WEEK),
        "Meer uren kan weer binnen een week, via de wijkverpleegkundige.",
        "De ramen en de vloer, dat is goed. Mijn keuken doe ik zelf.",
        "Besproken welke klusjes zwaar zijn en welke niet.",
        "Ik heb zelf de gordijnen gewassen.",
    ),
    Theme(
        LifeArea.HEALTH,
        "Ik wil minder piekeren in de nacht.",
        "Ik wil vier nachten per week doorslapen",
        "Ik weet wat helpt als ik niet slaap",
        "Gesprekken over slapen en piekeren",
        SupportKind.TREATMENT,
        "Praktijk De Brug",
        ("1", HOURS, WEEK),
        ("1", HOURS, MONTH),
        "Een terugvalafspraak: bellen na drie slechte nachten.",
        "Ik praat liever lopend dan aan tafel.",
        "Gewandeld en besproken wat er overdag gebeurt.",
        "Vijf nachten achter elkaar geslapen.",
    ),
    Theme(
        LifeArea.MEANING,
        "Ik wil weer naar de kerk, maar het is zo ver.",
        "Ik wil op zondag weer naar de kerk",
        "Ik ga met Anneke mee naar de kerk",
        "Vervoer op zondag",
        SupportKind.TRANSPORT,
        "Buurtbus",
        ("1", TIMES, WEEK),
        ("1", TIMES, MONTH),
        "De buurtbus rijdt weer als Anneke niet kan.",
        "Als ik maar niet hoef te wachten in de kou.",
        "De route geoefend, met de rollator in de bus.",
        "Anneke haalt mij nu op. Dat is veel gezelliger.",
    ),
    Theme(
        LifeArea.DEVELOPMENT,
        "Ik wil leren lezen, zodat ik mijn kleinkind kan voorlezen.",
        "Ik wil een prentenboek kunnen voorlezen",
        "Ik lees elke week een boekje voor aan mijn kleinkind",
        "Taalmaatje",
        SupportKind.INFORMAL,
        "Taalhuis",
        ("2", HOURS, WEEK),
        ("1", HOURS, WEEK),
        "Het Taalhuis houdt contact met mijn taalmaatje.",
        "Niet te veel tegelijk, en geen schoolboeken.",
        "De eerste bladzij van het boek gelezen.",
        "Ik heb het hele boek voorgelezen!",
    ),
    Theme(
        LifeArea.SELF_CARE,
        "Ik wil zelf bepalen wanneer ik ga douchen.",
        "Ik wil zelf douchen, op mijn eigen tijd",
        "Ik douche zelf en roep als het nodig is",
        "Hulp bij wassen en aankleden",
        SupportKind.PERSONAL_CARE,
        LINDE,
        ("5", TIMES, WEEK),
        ("2", TIMES, WEEK),
        "Na een slechte nacht mag er dezelfde ochtend hulp komen.",
        "Niet voor negen uur. En liefst een vrouw.",
        "Een douchestoel geprobeerd. Dat ging goed.",
        "Ik heb al een maand niemand nodig gehad.",
    ),
    Theme(
        LifeArea.SAFETY,
        "Ik wil niet meer bang zijn als de bel gaat.",
        "Ik wil mij veilig voelen in mijn huis",
        "Ik doe zelf de deur open",
        "Begeleiding aan huis in de avond",
        SupportKind.GUIDANCE,
        LINDE,
        ("3", TIMES, WEEK),
        ("1", TIMES, WEEK),
        "Het nummer van de avonddienst hangt naast de deur.",
        "Eerst bellen, dan pas aanbellen. Dat helpt.",
        "Een kijkgaatje en een lamp bij de deur laten maken.",
        "Ik heb zelf opengedaan voor de buurvrouw.",
    ),
)


@dataclass(frozen=True)
class OtherOffer:
    """Something that was offered and that the client did not want."""

    what: str
    kind: SupportKind
    provider: str
    words: str
    instead: str


OFFERS = (
    OtherOffer(
        "Begeleiding op vrijdagavond",
        SupportKind.GUIDANCE,
        LINDE,
        "Vrijdag is van mij. Dan wil ik niemand over de vloer.",
        "Een belletje op zaterdagochtend, als u dat wilt.",
    ),
    OtherOffer(
        "Groepsbehandeling op dinsdag",
        SupportKind.TREATMENT,
        "Praktijk De Brug",
        "In een groep zeg ik niets. Dat heb ik al eens gehad.",
        "Gesprekken met één iemand, tijdens het wandelen.",
    ),
    OtherOffer(
        "Maaltijden aan huis",
        SupportKind.HOUSEHOLD,
        "Tafeltje",
        "Dan hoef ik niets meer zelf te doen, en dat wil ik juist wel.",
        "Eén keer per week samen koken voor meer dagen.",
    ),
    OtherOffer(
        "Dagopvang in het centrum",
        SupportKind.DAY_ACTIVITIES,
        "Centrum De Kom",
        "Daar zitten ze alleen maar. Ik wil iets maken.",
        "Een keer kijken bij de houtwerkplaats.",
    ),
)

MATTERS = (
    "Dat mijn hond bij mij kan blijven.",
    "Rust in de ochtend. Ik ben geen ochtendmens.",
    "Dat mensen doen wat ze zeggen.",
    "Mijn tuin. Daar wil ik elke dag even zijn.",
    "Dat ik op vrijdag niet hoef te koken: dan vasten wij.",
)
STRENGTHS = (
    "Kan goed luisteren en onthoudt wat anderen vertellen.",
    "Kan met de handen maken wat de ogen zien.",
    "Zegt eerlijk wat wel en niet lukt.",
    "Is trouw: komt altijd op tijd.",
    "Kan heel goed met dieren omgaan.",
)
QUESTIONS = (
    "Kunt u mij helpen om weer zelf mijn dagen te vullen?",
    "Ik weet niet waar ik moet beginnen met al die brieven.",
    "Mijn dochter zegt dat het zo niet langer gaat. Ik wil graag thuis blijven.",
    "Ik wil weer onder de mensen komen.",
    "Wie kan mij helpen na het ziekenhuis?",
)
FACES = "Ik wil niet elke keer mijn verhaal opnieuw vertellen. Zeg het mij als er iemand anders komt."
