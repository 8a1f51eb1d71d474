"""Addresses of pages that anyone may have typed, and what is wrong with what they draw."""

import itertools
import math

#: names that every object has, which are no values of a page
INHERITED = ("toString", "constructor", "__proto__", "hasOwnProperty", "valueOf", "prototype")
NUMBERS = (
    *(
        "1e-320",
        "-1e-320",
        "5e-324",
        "1e-300",
        "-1e-12",
        "2e-11",
        "1e-9",
        "1e-7",
        "-0",
        "0",
        "1",
        "-3.7",
    ),
    *(
        "1e9",
        "1e308",
        "-1e308",
        "1e999",
        "NaN",
        "Infinity",
        "-Infinity",
        "0x10",
        "1_0",
        "",
        " ",
    ),
    *(
        "true",
        "null",
        "undefined",
        "[object Object]",
        "1,2",
        "1,",
        ",",
        "1,2,3",
        "%00",
        "%",
        "é",
    ),
)

#: sets an address as a reader does, draws, and returns what is wrong
CHECK = """(hashes) => hashes.flatMap((hash) => {
  const names = Object.keys(regviz.values()).sort().join();
  const wrong = [];
  try {
    history.replaceState(null, "", "#" + hash);
    window.dispatchEvent(new HashChangeEvent("hashchange"));
    regviz.render();
  } catch (error) { wrong.push(String(error)); }
  const values = regviz.values();
  if (Object.keys(values).sort().join() !== names) wrong.push("names " + Object.keys(values));
  const knobs = regviz.page.knobs;
  for (const [name, value] of Object.entries(values)) {
    for (const part of Array.isArray(value) ? value : [value]) {
      if (typeof part !== "number") continue;
      const { low, high } = Object.hasOwn(knobs, name) ? knobs[name] : {};
      const isIn = Number.isFinite(part) && !(part < low || part > high);
      if (!isIn) wrong.push(`${name} = ${part}`);
    }
  }
  const drawn = document.getElementById("live");
  const marks = [...drawn.querySelectorAll("svg *")];
  const isOdd = ({ value }) => /NaN|Infinity|undefined/.test(value);
  const odd = marks.find((mark) => [...mark.attributes].some(isOdd));
  if (odd) wrong.push(odd.outerHTML.slice(0, 120));
  const said = drawn.textContent;
  if (/NaN|undefined/.test(said)) wrong.push(drawn.querySelector(".readout").textContent);
  return wrong.map((each) => `#${hash}: ${each}`);
})"""


def hashes(first):
    """Return an address for each value and each odd number, and one for all of them."""
    names = [*first, *INHERITED, "step", "controls"]
    alone = [f"{name}={number}" for name in names for number in NUMBERS]
    pairs = [
        f"{name}={','.join(numbers)}"
        for name, value in first.items()
        if isinstance(value, list) and len(value) == 2
        for numbers in itertools.product(NUMBERS[:14], repeat=2)
    ]
    return alone + pairs + ["&".join(alone), "&".join(reversed(alone))]


def worst_hashes(first):
    """Return a few addresses of each name and of all at once, as have drawn nonsense."""
    numbers = ("1e-320", "-1e-300", "1e308", "NaN", "1e-320,1e-320", "0,0", "l1")
    names = (*first, *INHERITED)
    alone = [f"{name}={number}" for name in names for number in numbers]
    return alone + ["&".join(f"{name}={number}" for name in names) for number in numbers]


def random_hashes(first, generator, count):
    """Return addresses of several random values."""
    return [_random_hash(first, generator) for _ in range(count)]


def _random_hash(first, generator):
    names = generator.sample([*first, *INHERITED], generator.randint(1, 5))
    return "&".join(f"{name}={_random_value(first.get(name), generator)}" for name in names)


def _random_value(like, generator):
    if isinstance(like, list):
        return ",".join(_random_number(generator) for _ in like)
    if isinstance(like, str):
        return generator.choice([like, "l1", "l2", "net", "x", "__proto__", ""])
    return _random_number(generator)


def _random_number(generator):
    kind = generator.randrange(3)
    if kind == 0:
        return generator.choice(NUMBERS[:10])
    size = 10.0 ** generator.uniform(-323, 308) if kind == 1 else generator.uniform(0, 6)
    return repr(math.copysign(min(size, 1.7e308), generator.uniform(-1, 1)))
