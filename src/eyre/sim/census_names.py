"""Invented people's names: drawn as often as the 1990 census of the United States counted them."""

import gzip
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from pyarrow import csv

from eyre.sim.slips import Int64, Texts

FEMALE, MALE = 0, 1
_MEN = (
    "james john robert michael william david richard charles joseph thomas christopher daniel paul mark donald george "
    "kenneth steven edward brian ronald anthony kevin jason matthew gary timothy jose larry jeffrey frank scott eric "
    "stephen andrew raymond gregory joshua jerry dennis walter patrick peter harold douglas henry carl arthur ryan "
    "roger joe juan jack albert jonathan justin terry gerald keith samuel willie ralph lawrence nicholas roy benjamin "
    "bruce brandon adam harry fred wayne billy steve louis jeremy aaron randy howard eugene carlos russell bobby "
    "victor martin ernest phillip todd jesse craig alan shawn clarence sean philip chris johnny earl jimmy antonio "
    "danny bryan tony luis mike stanley leonard nathan dale manuel rodney curtis norman allen marvin vincent glenn "
    "jeffery travis jeff chad jacob lee melvin alfred kyle francis bradley jesus herbert frederick ray joel edwin don "
    "eddie ricky troy randall barry bernard mario leroy francisco marcus micheal theodore clifford miguel oscar jay "
    "jim tom calvin alex jon ronnie bill lloyd tommy leon derek warren darrell jerome floyd leo alvin tim wesley "
    "gordon dean greg jorge dustin pedro derrick dan lewis zachary corey herman maurice vernon roberto clyde glen "
    "hector shane ricardo sam rick lester brent ramon charlie tyler gilbert gene ruben rafael nathaniel edgar cody"
).split()
_WOMEN = (
    "jennifer karen helen carol ruth sharon sarah deborah frances ann heather cheryl mildred judith robin shannon "
    "crystal carmen gladys dawn edith lynn ellen marion esther amber april gail eleanor erin jill lauren joann dolores "
    "kristen kristin agnes delores pearl allison leah miriam sheryl inez opal alison maryann luz beulah hannah ginger "
    "meredith gretchen gwen faith winifred kim"
).split()
_FEMALE_ENDS = ("a", "e", "ie", "i", "y", "een", "yn", "lyn", "is", "beth", "an", "ine", "elle", "et", "el")
_NICKNAMES = (
    "robert bob rob bobby, william bill will billy, james jim jimmy jamie, john jack johnny, michael mike mick, "
    "richard rick dick rich, charles charlie chuck, joseph joe joey, thomas tom tommy, christopher chris, "
    "daniel dan danny, matthew matt, anthony tony, donald don, kenneth ken kenny, steven steve, stephen steve, "
    "edward ed eddie ted, ronald ron ronnie, timothy tim, jeffrey jeff, lawrence larry, nicholas nick, "
    "benjamin ben, samuel sam, gregory greg, andrew andy drew, raymond ray, patrick pat, alexander alex, "
    "jonathan jon, joshua josh, frederick fred, albert al, arthur art, gerald jerry, douglas doug, philip phil, "
    "phillip phil, walter walt, henry hank, peter pete, theodore ted, eugene gene, nathaniel nate nathan, "
    "zachary zach, vincent vince, leonard leo len, francis frank, stanley stan, "
    "elizabeth liz beth betty lisa, margaret maggie peggy meg, patricia pat patty tricia, jennifer jen jenny, "
    "katherine kathy kate katie, catherine cathy kate, kathleen kathy, barbara barb, susan sue susie, "
    "deborah deb debbie, debra deb debbie, rebecca becky, victoria vicki, christine chris tina, "
    "christina chris tina, cynthia cindy, sandra sandy, pamela pam, jacqueline jackie, theresa terry, "
    "teresa terri, judith judy, dorothy dot dottie, virginia ginny, kimberly kim, stephanie steph, "
    "jessica jess, samantha sam, alexandra alex, amanda mandy, melissa missy, valerie val, martha marty, "
    "frances fran, josephine jo, eleanor ellie, abigail abby, angela angie, veronica ronnie"
)


@dataclass(frozen=True)
class CensusNames:
    """`text[i]` is a name. A name is drawn by its number; `nicknames[i]` are the numbers of what it is shortened to,
    padded by repeats, or -1."""

    text: Texts
    given: tuple[NDArray[np.float64], NDArray[np.float64]]
    surname: NDArray[np.float64]
    nicknames: Int64

    def draw_given(self, sex: Int64, random: np.random.Generator) -> Int64:
        """A given name for each sex in `sex`."""
        chance = random.random(len(sex))
        drawn = np.empty(len(sex), dtype=np.int64)
        for each in (FEMALE, MALE):
            rows = np.flatnonzero((sex == MALE) == (each == MALE))
            drawn[rows] = np.searchsorted(self.given[each], chance[rows], side="right")
        return drawn

    def draw_surname(self, many: int, random: np.random.Generator) -> Int64:
        """So many surnames."""
        return np.searchsorted(self.surname, random.random(many), side="right").astype(np.int64)


@cache
def census_names() -> CensusNames:
    """The table that ships with Eyre. It does not tell the sex of a given name, which is told here by a list of the
    commonest and by how a name ends."""
    path = files("eyre.resolve").joinpath("models/us_name_frequencies.csv.gz")
    table = csv.read_csv(io.BytesIO(gzip.decompress(path.read_bytes())))
    names = [str(name) for name in table["name"].to_pylist()]
    given, surname = (table[column].to_numpy().astype(float) for column in ("given_per_million", "surname_per_million"))
    men, women = set(_MEN), set(_WOMEN)
    male = np.array([name in men or not (name in women or name.endswith(_FEMALE_ENDS)) for name in names])
    return CensusNames(
        text=np.array([name.encode() for name in names], dtype="S"),
        given=(_steps(np.where(male, 0, given)), _steps(np.where(male, given, 0))),
        surname=_steps(surname),
        nicknames=_nicknames({name: at for at, name in enumerate(names)}),
    )


def _steps(frequency: NDArray[np.float64]) -> NDArray[np.float64]:
    total: NDArray[np.float64] = np.cumsum(frequency)
    steps: NDArray[np.float64] = total / total[-1]
    return steps


def _nicknames(number: dict[str, int]) -> Int64:
    table = np.full((len(number), 3), -1, dtype=np.int64)
    for line in _NICKNAMES.split(","):
        name, *short = line.split()
        known = [number[each] for each in short if each in number]
        if name in number and known:
            table[number[name]] = [known[at % len(known)] for at in range(3)]
    return table
