"""Data classes, properties and abstract methods as they are written by hand."""

from __future__ import annotations

import dataclasses as dc
from abc import ABC, abstractmethod
from dataclasses import KW_ONLY, InitVar, dataclass, field
from functools import total_ordering
from typing import ClassVar, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, order=True)
class Version:
    major: int
    minor: int = 0
    tags: tuple[str, ...] = ()


@dc.dataclass
class Node(Generic[T]):
    count: ClassVar[int] = 0
    value: T
    children: list[Node[T]] = field(default_factory=list)
    seed: InitVar[int] = 1
    _: KW_ONLY
    name: str = ""
    cached: str = field(default="", init=False, repr=False)

    def __post_init__(self, seed: int) -> None:
        self.cached = f"{seed}"


@dataclass
class Named(Node[int]):
    value: int = 3
    count: ClassVar[int] = 1


@total_ordering
class Money:
    def __init__(self, cents: int) -> None:
        self._cents = cents

    @property
    def cents(self) -> int:
        return self._cents

    @cents.setter
    def cents(self, value: int) -> None:
        self._cents = value

    @cents.deleter
    def cents(self) -> None:
        self._cents = 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Money) and self._cents == other._cents

    def __gt__(self, other: Money) -> bool:
        return self._cents > other._cents


class Shape(ABC):
    @abstractmethod
    def area(self) -> float: ...


class Square(Shape):
    def area(self) -> float:
        return 1.0


class Blob(Shape):
    pass
