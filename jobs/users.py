"""Who may come in: people with a pass phrase, and programs with a token."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from domain.entry import Role
from domain.errors import Refused
from domain.store import identities, sessions, tokens
from domain.store.account_list import INVITATION, RESET, give_access_back, listed, take_access_away
from domain.store.accounts import Account, account_named, add_account, write_to
from domain.store.links import Purpose, make_link
from domain.store.pool import Connection
from domain.store.second_factor import has_second_factor, remove_second_factor
from domain.store.tokens import Scope
from jobs.installation import HOME, accounts

COMMAND_LINE = UUID(int=0)  # who made a link from there: whoever runs the installation
ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII)  # one address; the rest the mail server knows best


@click.group()
def user() -> None:
    """Who may sign in."""


def an_address(_context: click.Context, _option: click.Parameter, typed: str) -> str:
    """An address that mail can go to, or nothing."""
    if typed and not ADDRESS.fullmatch(typed):
        raise click.BadParameter(f"{typed!r} is no e-mail address")
    return typed


@user.command("add")
@HOME
@click.argument("user_name")
@click.option("--name", required=True, help="As others see it.")
@click.option("--role", required=True, type=click.Choice([r.value for r in Role if r is not Role.IMPORT]))
@click.option("--organisation", default="")
@click.option("--team", default="")
@click.option("--email", default="", callback=an_address, help="Where the digest goes.")
@click.password_option("--passphrase", help="Asked for when it is not given.")
def user_add(home: Path, user_name: str, passphrase: str, role: str, **described: Any) -> None:
    """Give somebody an account."""
    with accounts(home) as db:
        try:
            add_account(db, user_name, passphrase, role=Role(role), **described)
        except Refused as why:
            raise click.ClickException(str(why)) from why


@user.command("invite")
@HOME
@click.argument("user_name")
@click.option("--name", help="Makes the account first, as others see this name.")
@click.option("--role", type=click.Choice([r.value for r in Role if r is not Role.IMPORT]))
@click.option("--organisation", default="")
@click.option("--team", default="")
@click.option("--email", default="", callback=an_address, help="Where the digest goes.")
def user_invite(home: Path, user_name: str, name: str | None, role: str | None, **described: Any) -> None:
    """Make a link with which somebody chooses their own pass phrase. It is shown now, and never again.

    For who has no account yet: give --name and --role too. A link for who chose one before lasts an hour.
    """
    with accounts(home) as db, db.transaction():
        if name and role:
            try:
                add_account(db, user_name, None, name=name, role=Role(role), **described)
            except Refused as why:
                raise click.ClickException(str(why)) from why
        elif name or role:
            raise click.UsageError("A new account needs both --name and --role.")
        found = listed(db, _named(db, user_name).id)
        if found is None or found.disabled_at:
            raise click.ClickException("This account is disabled. First: draad user enable.")
        valid = RESET if found.has_passphrase else INVITATION
        made = make_link(db, Purpose.PASSPHRASE, found.id, by=COMMAND_LINE, valid=valid)
    click.echo(f"{os.environ.get('DRAAD_ADDRESS', '').rstrip('/')}/welcome/{made}")
    click.echo(f"It opens {found.user_name} once, within {valid}. Hand it over yourself.", err=True)


@user.command("disable")
@HOME
@click.argument("user_name")
def user_disable(home: Path, user_name: str) -> None:
    """Let nobody in with this account any more: sessions, tokens and links of it open nothing."""
    with accounts(home) as db:
        take_access_away(db, _named(db, user_name).id)


@user.command("enable")
@HOME
@click.argument("user_name")
def user_enable(home: Path, user_name: str) -> None:
    """Let somebody in again, with the pass phrase they had."""
    with accounts(home) as db:
        give_access_back(db, _named(db, user_name).id)


@user.command("second-factor")
@HOME
@click.argument("user_name")
@click.option("--remove", is_flag=True, help="Take it away: they set up a new one when they sign in.")
def user_second_factor(home: Path, user_name: str, *, remove: bool) -> None:
    """Say whether somebody has a second factor, or take it away."""
    with accounts(home) as db:
        account = _named(db, user_name)
        if not remove:
            click.echo("set up" if has_second_factor(db, account.id) else "not set up")
            return
        if not remove_second_factor(db, account.id):
            raise click.ClickException("This account has no second factor.")
        sessions.end_all(db, account.id)


def _named(db: Connection, user_name: str) -> Account:
    found = account_named(db, user_name)
    if found is None:
        raise click.ClickException("Nobody has this user name.")
    return found


@user.command("email")
@HOME
@click.argument("user_name")
@click.argument("email", callback=an_address)
def user_email(home: Path, user_name: str, email: str) -> None:
    """Send somebody's digest to this address; to none with ''."""
    with accounts(home) as db:
        if not write_to(db, user_name, email):
            raise click.ClickException("There is no such account.")


@user.command("token")
@HOME
@click.argument("user_name")
@click.option("--name", default="", help="What it is for.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(Scope, case_sensitive=False),
    default=[Scope.READ],
    show_default=True,
    help="How far it opens; may be given twice.",
)
@click.option(
    "--days", default=365, show_default=True, type=click.IntRange(1, 3650), help="How long it opens."
)
def user_token(home: Path, user_name: str, name: str, scopes: tuple[Scope, ...], days: int) -> None:
    """Make a token that opens the API. It is shown now, and never again."""
    with accounts(home) as db:
        try:
            number, token = tokens.make_token(db, user_name, name, scopes, timedelta(days=days))
        except tokens.NoSuchAccount as why:
            raise click.ClickException(str(type(why).__doc__)) from why
    click.echo(token)
    click.echo(f"Keep it: it is not shown again. To revoke it: draad user revoke {number}", err=True)


@user.command("tokens")
@HOME
@click.argument("user_name")
def user_tokens(home: Path, user_name: str) -> None:
    """List the tokens of an account, without what opens."""
    with accounts(home) as db:
        for token in tokens.tokens_of(db, user_name):
            click.echo(str(token))


@user.command("revoke")
@HOME
@click.argument("token_id", type=click.UUID)
def user_revoke(home: Path, token_id: UUID) -> None:
    """Revoke a token: from now on it opens nothing."""
    with accounts(home) as db:
        if not tokens.revoke(db, token_id):
            raise click.ClickException("There is no such token.")


@user.command("identity")
@HOME
@click.argument("user_name")
@click.argument("issuer")
@click.argument("subject")
@click.option("--remove", is_flag=True, help="It opens this account no longer; sessions of the account end.")
def user_identity(home: Path, user_name: str, issuer: str, subject: str, *, remove: bool) -> None:
    """Let somebody sign in through the identity provider: ISSUER and SUBJECT as it names them."""
    with accounts(home) as db:
        try:
            if not remove:
                identities.link(db, user_name, issuer, subject)
            elif not identities.unlink(db, user_name, issuer, subject):
                raise click.ClickException("This identity does not open this account.")
        except (tokens.NoSuchAccount, identities.IdentityIsTaken, identities.NotAnIdentity) as why:
            raise click.ClickException(str(type(why).__doc__)) from why


@user.command("identities")
@HOME
@click.argument("user_name")
def user_identities(home: Path, user_name: str) -> None:
    """List by which identities an account is opened."""
    with accounts(home) as db:
        for one in identities.identities_of(db, user_name):
            click.echo(f"{one.issuer}  {one.subject}  since {one.made_at:%Y-%m-%d}")
