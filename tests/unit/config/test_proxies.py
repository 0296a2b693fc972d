"""Whose word counts about where a request came from."""

import pytest

from homeport.config.running import proxies
from homeport.core.errors import HomeportError


def test_a_proxy_on_this_machine_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOMEPORT_PROXIES", raising=False)
    assert proxies() == ["127.0.0.1", "::1"]


def test_proxies_elsewhere_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOMEPORT_PROXIES", "10.0.3.0/24, 2001:db8::7")
    assert proxies() == ["10.0.3.0/24", "2001:db8::7"]


@pytest.mark.parametrize("named", ["*", "0.0.0.0/0", "::/0", "proxy.example.org", "10.0.0.1,*"])
def test_nobody_is_believed_for_the_asking(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOMEPORT_PROXIES", named)
    with pytest.raises(HomeportError, match="HOMEPORT_PROXIES"):
        proxies()
