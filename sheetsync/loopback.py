"""Which hosts are this very computer: there nothing leaves it, so that neither encryption nor trust is asked for."""

from __future__ import annotations


def is_loopback(host: str) -> bool:
    """Say whether a host is this very computer, by its address or as ``localhost``; no name is looked up."""
    from ipaddress import ip_address

    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
