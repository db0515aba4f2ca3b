"""Which internet addresses are public. Pure: nothing here looks anything up."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

# What ipaddress takes for public, in some of the Python versions we run on, and is not.
_NOT_PUBLIC_V4 = {
    IPv4Network("168.63.129.16/32"): "a cloud's metadata service",  # Azure
    IPv4Network("100.100.100.200/32"): "a cloud's metadata service",  # Alibaba
    IPv4Network("169.254.169.254/32"): "a cloud's metadata service",  # AWS, Google, Azure and others
    IPv4Network("192.0.0.0/24"): "reserved",  # Oracle's metadata service is in it
    IPv4Network("192.88.99.0/24"): "reserved",
}
_METADATA_V6 = IPv6Address("fd00:ec2::254")
_PUBLIC_V6 = IPv6Network("2000::/3")  # all that is given out today
_DOCUMENTATION_V6 = IPv6Network("3fff::/20")
_NAT64 = IPv6Network("64:ff9b::/96")
_ISATAP = (0x00005EFE, 0x02005EFE)

_LAST_LABEL_IS_A_NUMBER = re.compile(r"(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?$", re.IGNORECASE)


def literal_address(host: str) -> Address | None:
    """The address that a host is, written in the usual way, or None for a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def is_disguised_address(host: str) -> bool:
    """Whether a host is a number that C libraries read as an IPv4 address: 0x7f.1, 2130706433, 127.1."""
    return literal_address(host) is None and _LAST_LABEL_IS_A_NUMBER.search(host) is not None


def why_not_public(address: Address) -> str | None:
    """What an address is if it is not a public one ("loopback", "private", …), else None.

    An IPv6 address that carries an IPv4 address is judged by both: a gateway may unwrap it.
    """
    if isinstance(address, IPv4Address):
        return _why_not_public_v4(address)
    for embedded in _embedded(address):
        if (why := _why_not_public_v4(embedded)) is not None:
            return f"{why} ({embedded} inside IPv6)"
    if address == _METADATA_V6:
        return "a cloud's metadata service"
    if address in _NAT64:  # how a network that has only IPv6 reaches IPv4
        return None
    return _kind(address) or (None if address in _PUBLIC_V6 and address not in _DOCUMENTATION_V6 else "reserved")


def _why_not_public_v4(address: IPv4Address) -> str | None:
    for network, why in _NOT_PUBLIC_V4.items():
        if address in network:
            return why
    return _kind(address)


def _kind(address: Address) -> str | None:
    kinds = {
        "unspecified": address.is_unspecified,
        "loopback": address.is_loopback,
        "link-local": address.is_link_local,
        "multicast": address.is_multicast,
        "private": address.is_private,
        "reserved": address.is_reserved or not address.is_global,
    }
    return next((kind for kind, applies in kinds.items() if applies), None)


def _embedded(address: IPv6Address) -> list[IPv4Address]:
    """The IPv4 addresses in an IPv6 one: mapped, compatible, 6to4, Teredo, NAT64, ISATAP."""
    low = IPv4Address(int(address) & 0xFFFFFFFF)
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64 or ((int(address) >> 32) & 0xFFFFFFFF) in _ISATAP:
        found.append(low)
    if int(address) >> 32 == 0 and int(address) > 1:  # ::a.b.c.d, given up long ago; :: and ::1 are not of the kind
        found.append(low)
    return [embedded for embedded in found if embedded is not None]
