"""Who may come in: people with a pass phrase, and programs with a token."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from domain.entry import Role
from domain.store import tokens
from domain.store.accounts import add_account, write_to
from domain.store.tokens import Scope
from jobs.installation import HOME, accounts

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
        add_account(db, user_name, passphrase, role=Role(role), **described)


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
