"""A notice goes outside, over https, and never to a door inside."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from domain.store.receiver import InsideAddress, NotAnAddressToSendTo, may_receive, where_to


@pytest.mark.parametrize(
    "url",
    [
        "",
        "rooster.example",
        "http://rooster.example/",
        "ftp://rooster.example/",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "https://ilse:geheim@rooster.example/",
        "https://rooster.example/#hier",
        "https://rooster.example:0/",
        "https://rooster.example:x/",
        "https://rooster.example/a b",
        "https://rooster.example/\nX-Other: 1",
        "https://röoster.example/",
        "https://[::1/",
        "https://rooster.example/" + "a" * 500,
    ],
)
def test_what_is_no_address_outside_is_refused(url: str) -> None:
    with pytest.raises(NotAnAddressToSendTo):
        where_to(url, inside=False)


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.8", "[::1]", "169.254.169.254", "[::ffff:10.0.0.8]"])
def test_an_address_inside_is_refused_by_its_number(host: str) -> None:
    with pytest.raises(InsideAddress):
        where_to(f"https://{host}/", inside=False)


@pytest.mark.parametrize(
    "number",
    [
        "0.0.0.0",  # noqa: S104
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.168.1.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "ff0e::1",
        "::ffff:127.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    ],
)
def test_nothing_inside_may_receive(number: str) -> None:
    assert not may_receive(ip_address(number), inside=False)


@pytest.mark.parametrize("number", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_what_is_outside_may(number: str) -> None:
    assert may_receive(ip_address(number), inside=False)


def test_to_try_it_out_this_machine_may_over_http_and_no_other() -> None:
    assert where_to("http://127.0.0.1:8001/x", inside=True).port == 8001
    with pytest.raises(InsideAddress):
        where_to("http://10.0.0.8/", inside=True)
