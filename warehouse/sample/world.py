"""The company's facts, read from the TOML files beside this one and turned into the lists that the SQL draws from."""

import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LANGUAGES = ("zh", "hant", "en")
Lists = dict[str, Any]


def read(name: str) -> dict[str, Any]:
    """The TOML file `name` of this package."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def spread(weights: dict[str, int]) -> list[str]:
    """Each value as often as its weight says, so that an even draw meets the weights."""
    return [value for value, weight in weights.items() for _ in range(weight)]


def teams(world: dict[str, Any]) -> list[tuple[str, str, int]]:
    """(team, department, share of the agents) in the order in which the SQL numbers teams from 1."""
    return [(team, dept["name"], share) for dept in world["departments"] for team, share in dept["teams"].items()]


def lists(world: dict[str, Any]) -> Lists:
    """SQL variable -> list. Those by category, product, region or language are nested in the order of the files."""
    plain = {name: spread(weights) for name, weights in world["lists"].items()}
    return plain | _categories(world) | _products(world) | _names(plain["region"]) | _texts(world)


def _categories(world: dict[str, Any]) -> Lists:
    categories = world["categories"]
    number = {team: i for i, (team, _, _) in enumerate(teams(world), 1)}
    return {
        "category": [i for i, each in enumerate(categories, 1) for _ in range(each["weight"])],
        "category_name": [each["name"] for each in categories],
        "category_touchpoint": [each["touchpoint"] for each in categories],
        "upset_category": [
            i
            for i, each in enumerate(categories, 1)
            if each["kinds"].get("complaint", 0) > 50
            for _ in range(each["weight"])
        ],
        "kinds_of": [spread(each["kinds"]) for each in categories],
        "teams_of": [[number[team] for team in spread(each["teams"])] for each in categories],
        "team_name": [team for team, _, _ in teams(world)],
        "team_department": [department for _, department, _ in teams(world)],
    }


def _products(world: dict[str, Any]) -> Lists:
    products = world["products"]
    return {
        "product": [i for i, each in enumerate(products, 1) for _ in range(each["weight"])],
        "product_label": [each["label"] for each in products],
        "product_price": [each["price"] for each in products],
        "product_word": [[each[language] for each in products] for language in LANGUAGES],
    }


def _names(regions: list[str]) -> Lists:
    names = read("names.toml")
    cities = names.pop("cities")
    order = list(dict.fromkeys(regions))
    parts = {
        f"{part}_{lang}": list(letters)
        for part, by in names.items()
        if isinstance(by, dict)
        for lang, letters in by.items()
    }
    whole = {part: words for part, words in names.items() if isinstance(words, list)}
    return parts | whole | {"region_name": order, "cities": [[cities[r][lang] for r in order] for lang in ("zh", "en")]}


def _texts(world: dict[str, Any]) -> Lists:
    files = [read(f"texts/{language}.toml") for language in LANGUAGES]
    causes = [each["words"] for each in world["categories"]]
    found: Lists = {part: [texts[part] for texts in files] for part in ("contact", "emoji")}
    for part in ("opener", "closer"):
        found[part] = [[texts[part]["upset"], texts[part]["calm"]] for texts in files]
    for part in ("what", "more"):
        found[part] = [[texts[cause][part] for cause in causes] for texts in files]
    for part in ("comment_good", "comment_bad", "talk"):
        keys = list(files[0][part])
        found[f"{part}_key"] = keys
        found[part] = [[texts[part][key] for key in keys] for texts in files]
    return found
