"""Who gets which kind of mail: from the People sheet, its roles and its lines of managers, and the configuration."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from sheetsync.cadence import MailTo, MailWhen
from sheetsync.kinds import MailKind, Role
from sheetsync.mailing.calendar import Spans
from sheetsync.model import Goals, MailWish, Person
from sheetsync.names import folded, names_in
from sheetsync.post import Mailbox, address_in
from sheetsync.record import NamedTuple

NO_ADDRESS, BAD_ADDRESS, SHARED_ADDRESS, STOPPED, UNCLEAR = "no_address", "bad_address", "shared", "stopped", "unclear"
"""Why somebody cannot be reached at all, or wants no mail."""


class Addressee(NamedTuple):
    """Somebody whom mail is for. ``address`` is empty where there is none that can be used; ``barred`` says why.

    ``other`` is the person who has the same address, ``away`` the times of leave. ``row`` is 0 for one of the
    configuration alone.
    """

    name: str
    address: str = ""
    honorific: str | None = None
    language: str | None = None
    away: Spans = ()
    wish: MailWish = MailWish()
    barred: str = ""
    other: str = ""
    row: int = 0


class Charge(NamedTuple):
    """One kind of mail that somebody would get, as what: ``role`` is ``company``, ``team``, ``owner`` or ``watcher``.

    ``barred`` says why not at all: one of the reasons of the addressee, or ``stopped`` for this kind.
    """

    to: Addressee
    kind: MailKind
    role: Role
    team: str | None = None
    barred: str = ""


def charges(
    goals: Goals, to: MailTo, when: MailWhen, language_of: Callable[[str], str | None] = lambda text: text
) -> tuple[Charge, ...]:
    """Give every mail that somebody may get, people in the order of the sheet, then those of the configuration.

    ``language_of`` understands the word for a language in the People sheet.
    """
    people = list(_addressees(goals.people, language_of))
    roles = _Roles(goals.people)
    known: dict[str, int] = {}
    for place, one in enumerate(people):
        if one.address:  # of two people with one address the first gets its mail
            known.setdefault(one.address.casefold(), place)
    led, company = _led(goals.people, roles, to), _company(roles, to)
    mailboxes = (*to.company, *to.watchers, *(box for boxes in to.teams.values() for box in boxes))
    for mailbox in mailboxes:
        place = known.setdefault(mailbox.address.casefold(), len(people))
        if place == len(people):
            people.append(Addressee(mailbox.name or mailbox.address, mailbox.address))
    given = _Given(
        company=frozenset((*company, *_places(to.company, known))),
        watchers=frozenset((*roles.explicit(Role.WATCHER), *_places(to.watchers, known))),
        teams=_teams_of(led, to, known),
        owners=frozenset(_owning(goals, people, roles) if to.owners else ()),
    )
    return tuple(charge for place, one in enumerate(people) for charge in _of(one, place, given, when, goals.people))


class _Given(NamedTuple):
    """Who is what, by place."""

    company: frozenset[int]
    watchers: frozenset[int]
    teams: Mapping[int, tuple[str, ...]]
    owners: frozenset[int]


def _of(one: Addressee, place: int, given: _Given, when: MailWhen, people: Sequence[Person]) -> Iterator[Charge]:
    teams = given.teams.get(place, ())
    top = Role.COMPANY if place in given.company else Role.WATCHER if place in given.watchers else None
    own = people[place].team.value if place < len(people) else None
    asked = one.wish.only or frozenset()
    fits: dict[tuple[MailKind, str | None], Role] = {}
    if top is not None or MailKind.COMPANY in asked:
        fits[MailKind.COMPANY, None] = top or Role.WATCHER
    wanted_teams = teams or (tuple(names_in(own)) if MailKind.TEAM in asked else ())
    fits |= {(MailKind.TEAM, team): Role.TEAM for team in wanted_teams}
    if place in given.owners:
        fits[MailKind.OWNER, None] = Role.OWNER
    if top is not None or teams or MailKind.KPI in asked:
        # Whoever leads teams sees theirs alone.
        alone = top is None and teams
        fits |= (
            {(MailKind.KPI, team): Role.TEAM for team in teams}
            if alone
            else {(MailKind.KPI, None): top or Role.WATCHER}
        )
    if (fits or place < len(people)) and (MailKind.WINS in when.kinds or MailKind.WINS in asked):
        fits[MailKind.WINS, None] = top or (Role.TEAM if teams else Role.OWNER)
    for (kind, team), role in fits.items():
        if kind in when.kinds or kind in asked:
            yield Charge(one, kind, role, team, one.barred or ("" if _wants(one.wish, kind) else STOPPED))


def _wants(wish: MailWish, kind: MailKind) -> bool:
    return kind not in wish.never and (wish.only is None or kind in wish.only)


def _addressees(people: Iterable[Person], language_of: Callable[[str], str | None]) -> Iterator[Addressee]:
    first: dict[str, str] = {}
    for one in people:
        said = str(one.email.raw).strip() if one.email.raw is not None else ""
        address = address_in(said)
        name = one.name.value or address or said
        barred, other = "", ""
        if address is None:
            barred = BAD_ADDRESS if said else NO_ADDRESS
        elif folded(holder := first.setdefault(address.casefold(), name)) != folded(name):
            barred, other = SHARED_ADDRESS, holder
        elif one.mails.unreadable:
            barred = UNCLEAR
        yield Addressee(
            name=name,
            address=address or "",
            honorific=one.honorific.value,
            language=language_of(one.language.value) if one.language.value else None,
            away=one.leave.value or (),
            wish=one.mails.value or MailWish(),
            barred=barred,
            other=other,
            row=one.row,
        )


class _Roles:
    """Who stands where: by the column Role, and where that is blank by who manages whom. People are their places."""

    def __init__(self, people: Sequence[Person]) -> None:
        """Take the rows of the People sheet; of two of one name the first is meant."""
        self._people = people
        self._called: dict[str, int] = {}
        self._members: dict[str, list[int]] = {}
        for place, one in enumerate(people):
            for text in (one.name.value, one.email.value):
                if text:
                    self._called.setdefault(folded(text), place)
            for team in names_in(one.team.value):
                self._members.setdefault(folded(team), []).append(place)
        self.managers = [self._of(one) for one in people]
        self._manage = frozenset(place for managers in self.managers for place in managers)

    def _of(self, one: Person) -> tuple[int, ...]:
        found = (self._called.get(folded(name)) for name in names_in(one.manager.value))
        return tuple(place for place in found if place is not None and self._people[place] is not one)

    def called(self, folded: str) -> int | None:
        """Give whom a folded name or address means."""
        return self._called.get(folded)

    def explicit(self, role: Role) -> tuple[int, ...]:
        """Give those whose column Role says so."""
        return tuple(place for place, one in enumerate(self._people) if one.role.value is role)

    def blank(self, place: int) -> bool:
        """Say whether the column Role says nothing of somebody."""
        return self._people[place].role.value is None

    def on_top(self) -> tuple[int, ...]:
        """Give those without a manager who manage others, and of whose role nothing is said."""
        return tuple(
            place
            for place, one in enumerate(self._people)
            if self.blank(place) and one.manager.blank and place in self._manage
        )

    def heads(self, team: str) -> tuple[int, ...]:
        """Give those who manage people of a team: its own people first, of these the topmost; else who is no lead."""
        members = self._members.get(team, ())
        managing = dict.fromkeys(boss for place in members for boss in self.managers[place] if self.blank(boss))
        inside = [place for place in managing if place in members]
        if inside:
            return tuple(place for place in inside if not set(self.managers[place]) & set(inside)) or tuple(inside[:1])
        company = {*self.explicit(Role.COMPANY), *self.on_top()}
        return tuple(place for place in managing if place not in company) or tuple(managing)


def _company(roles: _Roles, to: MailTo) -> tuple[int, ...]:
    told = roles.explicit(Role.COMPANY)
    return told if told or to.company else roles.on_top()


def _led(people: Sequence[Person], roles: _Roles, to: MailTo) -> dict[str, tuple[int, ...]]:
    """Give the leads of every team of the People sheet, under its name as it stands there first."""
    names: dict[str, str] = {}
    for one in people:
        for name in names_in(one.team.value):
            names.setdefault(folded(name), name)
    configured = {folded(name) for name in to.teams}
    explicit: dict[str, list[int]] = {}
    for place in roles.explicit(Role.TEAM):
        for name in names_in(people[place].team.value):
            explicit.setdefault(folded(name), []).append(place)
    return {
        name: tuple(explicit.get(folded, ())) or (() if folded in configured else roles.heads(folded))
        for folded, name in names.items()
    }


def _teams_of(led: Mapping[str, tuple[int, ...]], to: MailTo, known: Mapping[str, int]) -> dict[int, tuple[str, ...]]:
    spelled = {folded(name): name for name in led}
    pairs = [(place, team) for team, places in led.items() for place in places]
    for team, mailboxes in to.teams.items():
        pairs += [(place, spelled.get(folded(team), team)) for place in _places(mailboxes, known)]
    found: dict[int, dict[str, None]] = {}
    for place, team in pairs:
        found.setdefault(place, {})[team] = None
    return {place: tuple(teams) for place, teams in found.items()}


def _places(mailboxes: Iterable[Mailbox], known: Mapping[str, int]) -> list[int]:
    return [known[one.address.casefold()] for one in mailboxes]


def _owning(goals: Goals, people: Sequence[Addressee], roles: _Roles) -> Iterator[int]:
    """Give who owns something, by name or address; of two people of one name the first is meant."""
    cells = [item.owner for item in goals.items]
    names = {folded(name) for cell in cells for name in names_in(cell.value)}
    yield from (place for name in names if (place := roles.called(name)) is not None)
    for place, one in enumerate(people[len(goals.people) :], len(goals.people)):
        if folded(one.name) in names or folded(one.address) in names:
            yield place
