"""Which module has which function: none is imported before a template calls one of its functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

from sovlint.expressions.templates.functions.arguments import holds_unknown
from sovlint.expressions.templates.running import (
    Execution,
    TemplateError,
    TemplateFunction,
)

_ROOM = "sovlint.expressions.templates.functions."

MODULES: Mapping[str, str] = {
    name: module
    for module, names in {
        "texts/printing": "print println printf",
        "comparing": "eq ne lt le gt ge not deepEqual",
        "reaching": "len index urlquery",
        "defaults": "default empty coalesce all any ternary required fail",
        "calling": "include tpl",
        "texts/common": """
            lower upper trim trimAll trimall trimPrefix trimSuffix replace trunc indent nindent
            quote squote cat contains hasPrefix hasSuffix repeat substr join splitList split splitn toString toStrings
            """,
        "texts/words": "title camelcase kebabcase snakecase",
        "lists": """
            list tuple first mustFirst last mustLast rest mustRest initial mustInitial append mustAppend push mustPush
            prepend mustPrepend concat reverse mustReverse uniq mustUniq without mustWithout has mustHas compact
            mustCompact sortAlpha
            """,
        "maps": """
            dict get set unset hasKey keys values pick omit pluck dig deepCopy mustDeepCopy
            """,
        "merging": "merge mustMerge mergeOverwrite mustMergeOverwrite",
        "numbers": "add add1 sub mul div mod max min until untilStep",
        "conversions": "int int64 float64 atoi kindOf kindIs typeOf typeIs",
        "encodings": "b64enc b64dec sha256sum",
        "formats/structured": """
            toYaml mustToYaml toYamlPretty fromYaml fromYamlArray toJson mustToJson toPrettyJson mustToPrettyJson toRawJson
            mustToRawJson fromJson mustFromJson fromJsonArray
            """,
        "versions/semver": "semver semverCompare",
        "texts/patterns": """
            regexMatch mustRegexMatch regexFind mustRegexFind regexReplaceAll
            mustRegexReplaceAll regexReplaceAllLiteral mustRegexReplaceAllLiteral regexSplit mustRegexSplit
            """,
        "addresses": "base dir urlParse",
        "outside": """
            lookup now getHostByName hello randAlphaNum randAlpha randAscii randNumeric randBytes randInt shuffle uuidv4
            bcrypt htpasswd genPrivateKey derivePassword buildCustomCert genCA genCAWithKey genSelfSignedCert
            genSelfSignedCertWithKey genSignedCert genSignedCertWithKey encryptAES decryptAES
            """,
        "rare": """
            date dateInZone date_in_zone dateModify date_modify mustDateModify must_date_modify htmlDate
            htmlDateInZone toDate mustToDate unixEpoch ago duration durationRound mustToDuration
            durationSeconds durationMilliseconds durationMicroseconds durationNanoseconds
            durationMinutes durationHours durationDays durationWeeks durationRoundTo durationTruncateTo
            untitle swapcase nospace initials plural abbrev abbrevboth wrap wrapWith toToml mustToToml
            fromToml addf add1f subf mulf divf maxf minf floor ceil round seq biggest b32enc b32dec
            sha1sum sha512sum adler32sum clean ext isAbs osBase osDir osClean osExt osIsAbs urlJoin
            regexFindAll mustRegexFindAll regexQuoteMeta slice mustSlice html js call toDecimal
            typeIsLike chunk mustChunk
            """,
    }.items()
    for name in names.split()
}  # fmt: skip
"""The module of each function. One has ``FUNCTIONS``, which get the execution, or ``PLAIN`` ones, which get known
arguments alone and give what they make of them, or both."""


class _Functions(Mapping[str, TemplateFunction]):
    """All functions by name."""

    def __init__(self) -> None:
        self._loaded: dict[str, TemplateFunction] = {}

    def __getitem__(self, name: str) -> TemplateFunction:
        found = self._loaded.get(name)
        if found is None:
            found = self._loaded[name] = _load(name, MODULES[name])
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(MODULES)

    def __len__(self) -> int:
        return len(MODULES)

    def __contains__(self, name: object) -> bool:
        return name in MODULES


def _load(name: str, module_name: str) -> TemplateFunction:
    module = import_module(_ROOM + module_name.replace("/", "."))
    functions: Mapping[str, TemplateFunction] = getattr(module, "FUNCTIONS", {})
    function = functions.get(name)
    if function is not None:
        return _counted(name, function)
    return _of_known(name, module.PLAIN[name])


def _of_known(name: str, plain: Any) -> TemplateFunction:
    """A function that gives a hole where an argument isn't known, and pays for the texts that it reads."""
    least, most = _arity(plain)

    def call(run: Execution, *arguments: Any) -> Any:
        if not least <= len(arguments) <= most:
            raise _miscounted(name, least, len(arguments))
        cost = 1
        for argument in arguments:
            if isinstance(argument, (str, list, dict)):
                cost += len(argument)
                if holds_unknown(argument):
                    return run.unknown(name, *arguments)
            elif holds_unknown(argument):
                return run.unknown(name, *arguments)
        run.afford(cost)
        return plain(*arguments)

    return call


def _counted(name: str, function: Any) -> TemplateFunction:
    least, most = _arity(function)

    def call(run: Execution, *arguments: Any) -> Any:
        if not least <= len(arguments) + 1 <= most:
            raise _miscounted(name, least - 1, len(arguments))
        return function(run, *arguments)

    if most == _ANY_NUMBER and least <= 1:
        return function  # type: ignore[no-any-return]
    return call


_ANY_NUMBER = 1_000_000
_TAKES_MORE = 0x04


def _arity(function: Any) -> tuple[int, int]:
    """How many arguments a function takes, at least and at most."""
    code = function.__code__
    least = code.co_argcount - len(function.__defaults__ or ())
    return least, _ANY_NUMBER if code.co_flags & _TAKES_MORE else code.co_argcount


def _miscounted(name: str, least: int, got: int) -> TemplateError:
    return TemplateError(f"wrong number of args for {name}: want {least} got {got}")


FUNCTIONS: Mapping[str, TemplateFunction] = _Functions()
"""All functions by name, but ``and`` and ``or``, of which the engine only evaluates what they need."""
