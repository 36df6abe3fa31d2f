"""A random source -> neutral sentences: rooms, towels and opening times, nothing about health.

The claims rules read every sentence of a Coldpress site, so these must say nothing that needs a
study. Few words, many combinations.
"""

from __future__ import annotations

from random import Random

SLOTS: dict[str, tuple[str, ...]] = {
    "room": (
        "front room", "corner room", "long room", "tea room", "upper room", "garden room",
        "reading room", "side room", "blue room", "entrance hall",
    ),
    "thing": (
        "towel", "robe", "basket", "key", "cup", "chair", "bench", "lamp", "locker", "blanket",
        "notebook", "sign", "ticket", "plant", "mirror", "tray",
    ),
    "things": (
        "towels", "robes", "baskets", "keys", "cups", "chairs", "benches", "lamps", "lockers",
        "blankets", "notebooks", "signs", "tickets", "plants", "mirrors", "trays",
    ),
    "who": (
        "the person at the desk", "a colleague", "the caretaker", "a visitor", "the owner",
        "our neighbour", "the gardener", "a guest",
    ),
    "day": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "time": ("in the morning", "at noon", "before lunch", "in the afternoon", "in the evening"),
    "colour": ("white", "green", "grey", "yellow", "brown", "blue", "red", "black"),
    "place": (
        "beside the door", "under the window", "near the stairs", "behind the desk",
        "at the end of the hall", "on the second shelf", "across the yard", "next to the lift",
    ),
    "wood": ("pine", "cedar", "birch", "walnut", "beech", "maple"),
}  # fmt: skip
"""Slot -> the words that may fill it."""

SENTENCES: tuple[str, ...] = (
    "The {thing} in the {room} is {colour}, and it stands {place}.",
    "On {day} the {room} opens {time}, and {who} brings the {things}.",
    "Look for the {colour} {thing} {place}, then walk on to the {room}.",
    "The {things} are made of {wood}, and the {thing} beside them is {colour}.",
    "{who} counts the {things} on {day} and writes the number into the {colour} book.",
    "A {colour} {thing} and two {things} lie {place} when the {room} is open.",
    "When the {room} is full, {who} shows you to the {room2} {time}.",
    "You can see the {room} on {day}, and the {room2} on the day after it.",
    "The list of {things} hangs {place}, and {who} reads it out {time}.",
    "There is a {wood} table in the {room}, with a {thing} and a {colour} cloth on it.",
    "Please leave the {thing} where it stands, because {who} asks for it on {day}.",
    "The door of the {room} is {colour}, while the door of the {room2} is made of {wood}.",
    "From the {room} you see the yard, the gate and the {things} {place}.",
    "Appointments on {day} begin {time}, and the last one is in the {room}.",
    "If the {thing} is missing, ring the bell {place} and wait for {who}.",
    "The {room} has {wood} floors, {colour} walls and a shelf for the {things}.",
    "{who} folds the {things} on {day} and puts them {place}.",
    "Take the {colour} {thing} if you arrive on {day}, and the {wood} one if you arrive {time}.",
    "The {room2} is quieter than the {room}, so the {things} are kept there.",
    "Every {thing} has a tag, and the tag tells you the {room} it came from.",
)

HEADINGS: tuple[str, ...] = (
    "Where the {things} are kept",
    "The {room} on {day}",
    "A {colour} {thing} {place}",
    "What {who} brings",
    "From the {room} to the {room2}",
    "Opening on {day}",
    "The {wood} table and the {thing}",
    "How to find the {room}",
)


def filled(random: Random, pattern: str) -> str:
    """A pattern with words in its slots, the first letter large."""
    words = {slot: random.choice(choices) for slot, choices in SLOTS.items()}
    words["room2"] = random.choice(SLOTS["room"])
    text = pattern.format_map(words)
    return text[:1].upper() + text[1:]


def sentence(random: Random) -> str:
    return filled(random, random.choice(SENTENCES))


def sentences(random: Random, count: int) -> str:
    return " ".join(sentence(random) for _ in range(count))
