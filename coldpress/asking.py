"""questions on a terminal -> answers that will do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from msgspec import Struct

from coldpress.problems import OperationError

MOST_TRIES = 20
"""Answers to one question. Whoever needs more has not understood it, or is a program."""


class Terminal(Struct, frozen=True):
    answers: TextIO
    screen: TextIO

    def say(self, words: str) -> None:
        self.screen.write(f"{words}\n")
        self.screen.flush()

    def ask(self, question: str, wrong: Callable[[str], str], proposal: str = "") -> str:
        """The first answer with which nothing is wrong. An empty one takes the proposal. `wrong`
        says what is, or nothing. Raises OperationError when no more answers come."""
        for _ in range(MOST_TRIES):
            self.screen.write(f"{question} [{proposal}] " if proposal else f"{question} ")
            self.screen.flush()
            line = self.answers.readline()
            if not line:
                self.say("")
                raise OperationError("stopped before all was answered; nothing was written", "")
            answer = " ".join(line.split()) or proposal
            trouble = wrong(answer)
            if not trouble:
                return answer
            self.say(f"  {trouble}")
        raise OperationError("no answer would do; nothing was written", "start again when you know")
