"""What Excel finds when it compiles and LibreOffice only when a line runs: undeclared names, wrong numbers of arguments, and
variables handed over by reference as another type."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pytest

from tests.excel.books import standard_plan
from toolkit.files.macros import modules
from toolkit.files.vba import Module

#: What the language and Excel know without a declaration.
LANGUAGE = set("""
and as boolean byref byval call case collection const date dim do double each else elseif empty end error exit explicit false for function get goto if
in integer is let like long loop me mod new next not nothing null object on option optional or private property public redim preserve resume select
set step string sub then to true type until variant wend while with xor attribute abs applescripttask asc ascw cdate cdbl chr chrw clng cstr
dateserial day dir doevents environ eof err fix format freefile hex iif input inputbox instr instrrev int isempty isnull isnumeric join kill isarray
isdate iserror lbound lcase left len line mid open close print write month msgbox now randomize replace rgb right rnd round rtrim shell ltrim space
split sqr str strcomp strconv string time timer trim typename ubound ucase val vartype weekday year activesheet activeworkbook application
thisworkbook workbooks worksheets vbarray vbbinarycompare vbboolean vbcr vbdate vbdefaultbutton2 vbdouble vbempty vberror vbhide vblf vblong vbnull
vbquestion vbnarrow vbstring vbtextcompare vbwide vbcancel vbno vbokonly vbyes vbyesno vbyesnocancel xlcenter xlcontinuous xllandscape xlleft xlnone
xlthin xlveryhidden xlup
""".split())
#: Words that name nothing (MS-VBAL 3.3.5.2).
RESERVED = set("""
abs addressof and any array as attribute boolean byref byte byval call case cbool cbyte ccur cdate cdbl cdec cint circle clng close const csng cstr
currency cvar cverr date debug declare dim do doevents double each else elseif empty end enum eqv erase event exit false fix for friend function get
global gosub goto if imp implements in inputb input int integer is lbound len lenb let like lock long loop lset me mod new next not nothing null on
open option optional or paramarray preserve print private pset public put raiseevent redim rem resume return rset scale seek select set sgn shared
single spc static stop string sub tab then to true type typeof ubound unlock until variant wend while with withevents write xor
""".split())
HEAD = re.compile(r"^(?:(Public|Private) )?(Sub|Function) (\w+)\((.*)\)(?: As (\w+))?$")
LOCAL = re.compile(r"^(?:Dim|Static) (.+)$")
MODULE = re.compile(r"^(?:Public|Private)(?: Const)? (?!Sub|Function)(.+)$")


@dataclass(frozen=True)
class Parameter:
    name: str
    type: str
    by_value: bool
    optional: bool


@dataclass
class Procedure:
    module: str
    name: str
    public: bool
    parameters: list[Parameter]
    returns: str
    lines: list[tuple[int, str]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)  # local name -> type
    twice: list[str] = field(default_factory=list)  # local names declared more than once; blocks have no names of their own


def bare(line: str) -> str:
    """Code without texts, comments and the words that LibreOffice alone reads."""
    return re.sub(r'"(?:[^"]|"")*"', '""', line).split("'")[0].strip()


def declared(words: str) -> dict[str, str]:
    """`a As Long, b() As String` -> name -> type, `()` behind it for an array."""
    found = {}
    for piece in split(words):
        match = re.match(r"^(?:Const )?(\w+)(\([^)]*\))?(?: As (?:New )?([\w.]+))?", piece.strip())
        if match:
            found[match[1].lower()] = (match[3] or "Variant").lower() + ("()" if match[2] else "")
    return found


def split(words: str) -> list[str]:
    """At the commas that stand in no brackets."""
    out, depth, start = [], 0, 0
    for at, sign in enumerate(words):
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            out.append(words[start:at])
            start = at + 1
    return [*out, words[start:]] if words.strip() else []


def parameters(words: str) -> list[Parameter]:
    found = []
    for piece in split(words):
        by_value, optional = "ByVal " in piece, "Optional " in piece
        (name, kind), = declared(re.sub(r"\b(?:ByVal|ByRef|Optional) ", "", piece.split(" = ")[0]).strip()).items()
        found.append(Parameter(name, kind, by_value, optional))
    return found


class Sources:
    """Procedures, and the variables and constants of each module (`public` behind the type of what others see)."""

    def __init__(self, given: Iterable[Module]) -> None:
        self.procedures: list[Procedure] = []
        self.of_module: dict[str, dict[str, str]] = {}
        for module in given:
            self._read(module)
        self.public_names = {name: kind.removesuffix(" public") for names in self.of_module.values()
                             for name, kind in names.items() if kind.endswith(" public")}

    def _read(self, module: Module) -> None:
        inside: Procedure | None = None
        skipped = False
        names = self.of_module[module.name] = {}
        for number, line in enumerate(module.source.split("\n"), 1):
            code = bare(line).removesuffix(" _")
            if code.startswith("#"):
                skipped = code == "#If False Then"
            elif skipped or not code or code.startswith(("Attribute ", "Option ")):
                continue
            elif head := HEAD.match(code):
                inside = Procedure(module.name, head[3], head[1] != "Private", parameters(head[4]), (head[5] or "").lower())
                inside.names |= {one.name: one.type for one in inside.parameters} | {inside.name.lower(): inside.returns or "variant"}
                self.procedures.append(inside)
            elif code in ("End Sub", "End Function"):
                inside = None
            elif inside is None:
                found = MODULE.match(code)
                names |= {name: kind + (" public" if code.startswith("Public") else "") for name, kind in declared(found[1] if found else "").items()}
            elif label := re.fullmatch(r"(\w+):", code):
                inside.names[label[1].lower()] = "label"
            else:
                for local in filter(None, (LOCAL.match(statement) for statement in code.split(": "))):
                    inside.twice += set(declared(local[1])) & set(inside.names)
                    inside.names |= declared(local[1])
                inside.lines.append((number, code))

    def seen_from(self, one: Procedure) -> dict[str, str]:
        """Every variable a procedure can name, with its type."""
        return self.public_names | {name: kind.removesuffix(" public") for name, kind in self.of_module[one.module].items()} | one.names

    def called(self, one: Procedure, name: str) -> Procedure | None:
        """The procedure a name means in another one: of the same module first. None where it is a variable there."""
        if name.lower() in one.names:
            return None
        found = [other for other in self.procedures if other.name.lower() == name.lower() and (other.public or other.module == one.module)]
        return next((other for other in found if other.module == one.module), found[0] if found else None)

    def undeclared(self) -> list[str]:
        every = LANGUAGE | {module.lower() for module in self.of_module} | {one.name.lower() for one in self.procedures if one.public}
        faults = []
        for one in self.procedures:
            known = every | set(self.seen_from(one)) | {other.name.lower() for other in self.procedures if other.module == one.module}
            faults += [f"{one.module} {number}: {word}" for number, code in one.lines for word in WORD.findall(code) if word.lower() not in known]
        return faults

    def clashing(self) -> list[str]:
        """Names declared twice or reserved, loops over a collection whose variable is neither Variant nor Object, constants that are computed."""
        faults = [f"{one.module}.{one.name}: {name}" for one in self.procedures for name in one.twice]
        for module, names in self.of_module.items():
            own = [one.name.lower() for one in self.procedures if one.module == module]
            faults += [f"{module}: {name}" for name in own if name in names or own.count(name) > 1]
            faults += [f"{module}: {name}" for name in (*names, *own) if name in RESERVED]
        for one in self.procedures:
            seen = self.seen_from(one)
            faults += [f"{one.module}.{one.name}: {name}" for name in one.names if name in RESERVED]
            for number, code in one.lines:
                loop = re.match(r"^For Each (\w+) In", code)
                if loop and seen.get(loop[1].lower()) not in ("variant", "object") or re.match(r"^Const .*\w\(", code):
                    faults.append(f"{one.module} {number}: {code}")
        return faults

    def miscalled(self) -> list[str]:
        faults = []
        for one in self.procedures:
            seen = self.seen_from(one)
            for number, code in one.lines:
                for word in sorted(set(WORD.findall(code))):
                    other = self.called(one, word)
                    for arguments in calls(code, word) if other else ():
                        faults += [f"{one.module} {number}: {word} {fault}" for fault in amiss(other, arguments, seen)]  # type: ignore[arg-type]
        return faults


def amiss(other: Procedure, arguments: list[str], seen: dict[str, str]) -> Iterator[str]:
    """What is wrong with the arguments of one call."""
    least = sum(not parameter.optional for parameter in other.parameters)
    if not least <= len(arguments) <= len(other.parameters):
        yield f"takes {len(other.parameters)}, gets {len(arguments)}"
    for argument, parameter in zip(arguments, other.parameters, strict=False):
        given = seen.get(argument.lower())
        if given and not parameter.by_value and parameter.type not in ("variant", given):
            yield f"wants {parameter.type} by reference, {argument} is {given}"


WORD = re.compile(r"(?<![\w.&])[A-Za-z]\w*(?!\w*:=)")


def calls(code: str, name: str) -> Iterator[list[str]]:
    """The arguments of each call of a procedure in a line, as statement or inside an expression."""
    statement = re.match(rf"^(?:.*\b(?:Then|Else) |.*: )?{name} (?![=&<>+*/-])(.+)$", code, re.I)
    if statement:
        yield [piece.strip() for piece in split(re.split(r" Else |: ", statement[1])[0])]
    for match in re.finditer(rf"(?<![\w.]){name}\(", code, re.I):
        depth, at = 1, match.end()
        while at < len(code) and depth:
            depth += (code[at] == "(") - (code[at] == ")")
            at += 1
        yield [piece.strip() for piece in split(code[match.end():at - 1])]


@pytest.fixture(scope="module")
def shipped() -> Sources:
    return Sources(modules(standard_plan()))


def test_each_name_is_declared(shipped: Sources) -> None:
    assert shipped.undeclared() == []


def test_calls_have_their_arguments(shipped: Sources) -> None:
    assert shipped.miscalled() == []


def test_nothing_is_declared_twice_or_reserved(shipped: Sources) -> None:
    assert shipped.clashing() == []


def test_no_two_public_names_are_the_same(shipped: Sources) -> None:
    """A name that two modules offer cannot be called without its module."""
    every = [one.name.lower() for one in shipped.procedures if one.public] + list(shipped.public_names)
    twice = {name for name in every if every.count(name) > 1} - {"told"}  # called with its module, in tests alone
    assert not twice and not {module.lower() for module in shipped.of_module} & set(every)


def test_what_is_planted_is_found() -> None:
    bad = Sources([Module("One", """Option Explicit
Private mKnown As Long
Public Sub First(ByVal a As Long, b As String)
    Dim c As Variant, d As Long
    Second c, d
    d = Third(a) + mKnown
    If a > 0 Then Second b, unknown Else d = 2
#If False Then
    StarDesktop.close
#End If
End Sub
Private Sub Second(text As String, Optional ByVal more As Long)
    First 1, text
    First 1
End Sub
"""), Module("Two", "Public Function Third(value As Long, other As Object) As Long\n    Third = mKnown\nEnd Function\n")])
    worse = Sources([Module("Three", """Private Kept As Long
Private Function Kept(ByVal row As Long) As Long
    Dim word As String, row As Long, print As Long
    For Each word In Split("a", "b")
    Next
End Function
""")])
    assert sorted(worse.clashing()) == ['Three 4: For Each word In Split("", "")', "Three.Kept: print", "Three.Kept: row", "Three: kept"]
    assert bad.undeclared() == ["One 7: unknown", "Two 2: mKnown"]
    assert bad.miscalled() == ["One 5: Second wants string by reference, c is variant", "One 6: Third takes 2, gets 1", "One 14: First takes 2, gets 1"]
