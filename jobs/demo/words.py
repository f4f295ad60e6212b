"""What invented clients say when one asks them: what is needed, how they are, what they choose."""

from __future__ import annotations

from domain.kinds import Bond, ChoiceSubject, Doing, Experience, LifeArea
from domain.nouns import Tie

TALKING_POINTS = {
    LifeArea.SELF_CARE: "Hoe mijn dag begint, en wie daar wel en niet bij is",
    LifeArea.DAILY_ACTIVITIES: "Wat ik overdag kan doen met mijn handen",
    LifeArea.MONEY: "De stapel post in de gang",
    LifeArea.CONTACTS: "Met wie ik iets leuks kan doen",
    LifeArea.LIVING: "Wat er nodig is om thuis te blijven wonen",
    LifeArea.HEALTH: "De nachten, en wat ik dan denk",
    LifeArea.MEANING: "Hoe ik op zondag weg kom van huis",
    LifeArea.DEVELOPMENT: "Lezen en schrijven, zonder schoolboeken",
    LifeArea.SAFETY: "Wie er aanbelt, en hoe ik dat van tevoren weet",
}
NEEDS = {
    LifeArea.SELF_CARE: "Iemand die naast mij staat en het niet overneemt.",
    LifeArea.DAILY_ACTIVITIES: "Een plek waar ik iets kan maken, met niet te veel mensen.",
    LifeArea.MONEY: "Iemand die meekijkt als ik de enveloppen openmaak.",
    LifeArea.CONTACTS: "De eerste keren niet alleen naar binnen hoeven.",
    LifeArea.LIVING: "Hulp bij wat zwaar is. De rest doe ik zelf.",
    LifeArea.HEALTH: "Praten met iemand die niet schrikt van wat ik denk.",
    LifeArea.MEANING: "Een rit heen en een rit terug, op tijd.",
    LifeArea.DEVELOPMENT: "Een vast iemand om mee te lezen.",
    LifeArea.SAFETY: "Weten wie er komt, en hoe laat.",
}
ABILITIES = (
    ("Boodschappen doen", Doing.WITH_HELP, "De tas is te zwaar, het lijstje maak ik zelf."),
    ("De post openmaken", Doing.BY_OTHER, "Daar krijg ik het benauwd van."),
    ("Koffie zetten", Doing.SELF, ""),
    ("De planten verzorgen", Doing.SELF, "Dat laat ik aan niemand over."),
    ("Bellen met de gemeente", Doing.WITH_HELP, "Als iemand naast mij zit, durf ik het."),
)
I_CAN = (
    "Ik kan goed koken voor veel mensen.",
    "Ik onthoud wat mensen mij vertellen.",
    "Ik heb groene vingers.",
    "Ik kan lang stil zijn met iemand.",
    "Ik maak anderen aan het lachen.",
)
I_LIKE = (
    "Een rustige ochtend met de krant.",
    "Dat mijn kleinkinderen op zondag komen.",
    "Muziek, de hele dag door.",
    "Dat ik zelf mijn koffie zet.",
    "Mijn eigen stoel, mijn eigen bed.",
)
ROLES_OF_CARE = (
    "Meedenken en op tijd komen. Beslissen doe ik zelf.",
    "Er zijn als het niet gaat, en weer weggaan als het wel gaat.",
    "Niet te veel mensen, en geen map op tafel.",
)
HOW_I_AM = (
    (7, "Best goed. Ik slaap weer."),
    (6, "Gaat wel. De dagen zijn lang."),
    (8, "Goed. Zondag komt mijn zus eten."),
    (5, "Niet zo. Ik pieker over geld."),
    (7, "Goed genoeg. Ik heb weer zin in dingen."),
)
EXPERIENCES = (
    (Experience.HEARD, "Ze luistert eerst. Dat ben ik niet gewend.", 9),
    (Experience.TRUST, "Als hij zegt dat hij belt, dan belt hij.", 8),
    (Experience.OWN_SAY, "Ik bepaal zelf op welke dag.", 8),
    (Experience.EQUALITY, "Er wordt mét mij gepraat, niet over mij.", 8),
    (Experience.CAN_DO_WHAT_MATTERS, "Ik kom weer aan mijn tuin toe.", 7),
    (Experience.ATTENTION, "Soms is het wel erg kort.", 6),
)
CHOICES = (
    (ChoiceSubject.TIME, ("’s ochtends", "’s middags", "liever wisselend"), "’s middags"),
    (ChoiceSubject.PERSON, ("een vrouw", "een man", "maakt niet uit"), "een vrouw"),
    (ChoiceSubject.MANNER, ("aan tafel praten", "wandelend praten", "bellen"), "wandelend praten"),
    (ChoiceSubject.ACTIVITY, ("samen koken", "samen boodschappen", "koffie en de krant"), "samen koken"),
)
TIES = (
    Tie("De bovenbuurman", Bond.USUAL, "Hij heeft een sleutel."),
    Tie("Mijn hond Boef", Bond.STRONG, "Zonder hem kom ik de deur niet uit."),
    Tie("Oude collega Wim", Bond.LOOSE, "Die zou ik weer eens willen zien."),
    Tie("Mijn broer", Bond.STRAINED, "Wij praten nu even niet."),
)
TRYOUTS = (
    (
        "Vier weken op maandag alleen naar de winkel, met de telefoon op zak.",
        "Het ging. Ik kwam zelfs iemand tegen.",
    ),
    ("Drie weken zelf de pillen uit de doos halen.", "Eén keer vergeten, verder goed. Zo wil ik het houden."),
    ("Een maand geen belletje in het weekend.", "Rustig. En zaterdag belde ik zelf."),
)
IDEALS = (
    ("Een hulp die ook Turks spreekt.", "Een hulp die het graag leert, en elke maand een tolk erbij."),
    ("Elke zaterdag naar de markt met iemand van hier.", "Om de week, met een vrijwilliger."),
    ("Altijd dezelfde hulp.", "Een team van drie vaste mensen, met een foto op de koelkast."),
)
SUCCESSES = (
    "Voor het eerst weer zelf de bus genomen.",
    "De stapel post is weg.",
    "Mijn kleinzoon kwam eten, en het was gewoon gezellig.",
    "Een hele week op tijd opgestaan.",
)
READ_BACK = "Ja, zo heb ik het gezegd."
