"""How many people were killed or hurt, as ranges, and how two tellings of them are joined."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Count:
    """A number of people, from the lowest to the highest that is said; None is open."""

    low: int
    high: int | None = None
    #: Offsets of the words that say so.
    told: tuple[tuple[int, int], ...] = field(default=(), compare=False, repr=False)
    #: People of whom no number is told, "passengers"; empty where a number is.
    guess: str = field(default="", compare=False, repr=False)
    #: Offsets of the words in which another side claims another number.
    rival: tuple[tuple[int, int], ...] = field(default=(), compare=False, repr=False)

    def __add__(self, other: Count) -> Count:
        """Add the people of two groups."""
        open_end = self.high is None or other.high is None
        high = None if open_end else (self.high or 0) + (other.high or 0)
        told = tuple(sorted({*self.told, *other.told}))
        return Count(self.low + other.low, high, told, self.guess or other.guess)

    def take_larger(self, other: Count) -> Count:
        """Take the greater of two tellings of the same people."""
        return max(self, other, key=lambda each: (each.low, each.high is None, each.high or 0))

    def widen(self, claim: Count, *, fewer: bool) -> Count:
        """Make a range of a number and what another side claims; lower only if it says so."""
        if claim.low > self.low and self.high is not None:
            high = None if claim.high is None else max(self.high, claim.high)
            return replace(self, high=high, rival=claim.told)
        if fewer and claim.low < self.low:
            return replace(self, low=claim.low, rival=claim.told)
        return self

    def share(self) -> Count:
        """Give one of several places, which share these people, none to all of them."""
        return replace(self, low=0) if self.low else self


@dataclass(frozen=True)
class Toll:
    """Killed and hurt; None where nothing is said."""

    dead: Count | None = None
    hurt: Count | None = None
    #: Who was abducted or led away.
    taken: Count | None = field(default=None, compare=False)
    #: Offsets of words by which the dead are those who were taken: "their bodies".
    theirs: tuple[tuple[int, int], ...] = field(default=(), compare=False, repr=False)
    #: Whether these are all of them, told in one number: "the toll rose to nine", "four in all".
    is_whole: bool = field(default=False, compare=False, repr=False)

    @property
    def is_deadly(self) -> bool:
        """Whether somebody was killed."""
        return self.dead is not None and self.dead.low > 0

    @property
    def is_bloody(self) -> bool:
        """Whether somebody was killed or hurt."""
        return self.is_deadly or (self.hurt is not None and self.hurt.low > 0)

    def __add__(self, other: Toll) -> Toll:
        """Add the killed and hurt of two groups."""
        other = other.name_taken(self.taken)
        dead = self.dead + other.dead if self.dead and other.dead else self.dead or other.dead
        hurt = self.hurt + other.hurt if self.hurt and other.hurt else self.hurt or other.hurt
        return self._join(dead, hurt, other)

    def take_larger(self, other: Toll) -> Toll:
        """Take the greater of two tellings of the same killed and hurt."""
        other = other.name_taken(self.taken)
        dead, hurt = self.dead or other.dead, self.hurt or other.hurt
        if self.dead and other.dead:
            dead = self.dead.take_larger(other.dead)
        if self.hurt and other.hurt:
            hurt = self.hurt.take_larger(other.hurt)
        return self._join(dead, hurt, other)

    def _join(self, dead: Count | None, hurt: Count | None, other: Toll) -> Toll:
        is_whole = self.is_whole or other.is_whole
        return Toll(dead, hurt, self.taken or other.taken, is_whole=is_whole)

    def name_taken(self, taken: Count | None) -> Toll:
        """Say how many are dead of whom only "their bodies" tells, when these were taken."""
        if taken is None or self.dead or not self.theirs:
            return self
        return replace(self, dead=replace(taken, told=(*taken.told, *self.theirs)))

    def share(self) -> Toll:
        """Give each of several places none to all of the killed and hurt that they share."""
        return Toll(self.dead and self.dead.share(), self.hurt and self.hurt.share())


NOTHING_SAID = Toll()
