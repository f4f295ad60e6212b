"""The nouns a plan holds. Each knows the entry it came from and the day it began."""

from domain.nouns.amount import Amount
from domain.nouns.evaluation import Agreement, Disagreement, Evaluation
from domain.nouns.goals import FormerText, Goal, Proposal
from domain.nouns.held import Held
from domain.nouns.people import Lead, Party, Person
from domain.nouns.story import Client, Shown, Talk, Told, Version
from domain.nouns.support import Measure, Refusal, Respect, Support

__all__ = [
    "Agreement",
    "Amount",
    "Client",
    "Disagreement",
    "Evaluation",
    "FormerText",
    "Goal",
    "Held",
    "Lead",
    "Measure",
    "Party",
    "Person",
    "Proposal",
    "Refusal",
    "Respect",
    "Shown",
    "Support",
    "Talk",
    "Told",
    "Version",
]
