"""Why somebody was not let in by way of the identity provider: a sentence for them, a word for the log."""

from __future__ import annotations

from uuid import UUID

from flask_babel import lazy_gettext as _


class NotLetIn(Exception):
    """Signing in through the identity provider did not work. `sentence` says why, and what to do."""

    sentence = _("Begin again. If it goes wrong once more, ask your administrator.")
    status = 401

    def __init__(self, about: str = "", *, account: UUID | None = None, subject: str = "") -> None:
        super().__init__(about)
        self.about, self.account, self.subject = about, account, subject


class CannotBeReached(NotLetIn):
    """The provider does not answer, or not as OpenID Connect asks."""

    sentence = _("It cannot be reached now. Sign in with your user name and pass phrase, or try again later.")
    status = 503


class NotBegunHere(NotLetIn):
    """The state is not the one of this browser: another browser, a second time, or too long ago."""

    sentence = _("This was not begun in this browser, or too long ago. Begin again.")


class ProviderSaidNo(NotLetIn):
    """The provider itself did not let them in, or does not take the code."""

    sentence = _("You were not let in there, or it took too long. Begin again.")


class NotForUs(NotLetIn):
    """What the provider says is not meant for us, not for now, or not signed with its key."""

    sentence = _("What it says of you cannot be trusted, so you were not let in. Tell your administrator.")


class TooWeak(NotLetIn):
    """They did not sign in there as strongly as this installation asks."""

    sentence = _("You signed in there with too little. Begin again, and use your second step there too.")


class NobodyHere(NotLetIn):
    """The provider knows them, and we do not: no account is linked to this identity."""

    sentence = _("No account here is linked to you yet. Give these two lines to your administrator.")


class Disabled(NotLetIn):
    """The account that is linked to this identity is disabled."""

    sentence = _("Your account here is closed. Ask your administrator.")
