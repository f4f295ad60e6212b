"""Where a notice may go: to an https address outside, so that nobody makes Draad knock on doors inside."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from domain.errors.refused import Refused

Address = IPv4Address | IPv6Address
INSIDE = "DRAAD_WEBHOOKS_INSIDE"  # "1": to this machine as well, over http; to try it out
LONGEST = 500  # characters
TO_IPV4 = IPv6Network("64:ff9b::/96")  # another network's address in it


class NotAnAddressToSendTo(Refused):
    """Give a whole address that begins with https://, without a user name or #."""

    field = "url"


class InsideAddress(Refused):
    """This address is inside a network. Notices only go to addresses outside."""

    field = "url"


def where_to(url: str, *, inside: bool) -> SplitResult:
    """The address in its parts. NotAnAddressToSendTo, InsideAddress. `inside`: this machine too."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise NotAnAddressToSendTo from error
    clear = parts.scheme == "http" and inside
    odd = parts.username is not None or parts.fragment or not url.isascii() or not url.isprintable()
    if odd or " " in url or len(url) > LONGEST or port == 0:
        raise NotAnAddressToSendTo
    if not parts.hostname or not (parts.scheme == "https" or clear):
        raise NotAnAddressToSendTo
    if (named := _as_address(parts.hostname)) and not may_receive(named, inside=inside):
        raise InsideAddress
    return parts


def inside_is_allowed(environ: Mapping[str, str]) -> bool:
    """Whether notices may go to this machine itself."""
    return environ.get(INSIDE) == "1"


def may_receive(address: Address, *, inside: bool) -> bool:
    """Whether it is outside; with `inside`, on this machine as well. What hides another is neither."""
    if isinstance(address, IPv6Address) and (
        address.sixtofour or address.teredo or address.ipv4_mapped or address in TO_IPV4
    ):
        return False
    return (address.is_global and not address.is_multicast) or (inside and address.is_loopback)


def _as_address(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
