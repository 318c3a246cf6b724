"""Expressions made at random, by a grammar: what stands in ``<>`` is replaced by something of that kind."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping

_HOLE = re.compile(r"<(\w+)>")

LEAVES: Mapping[str, str] = {
    "text": r'"" "a" "b" "B" "10" "9" "1.50" "true" "é" "x,y" "eu-west-3" "Ab-cD_e" "a\nb\n" "<&>"',
    "number": "0 1 2 3 -1 10 1.5 0.1 0.25 100 1e3 7 1234567 1/4",
    "bool": 'true false "true"',
    "primitive": '"" "a" "9" "x,y" 1 1.5 100 true false null',
    "list": '[] ["a"] ["b","a","B"] [2,1,10] [1,"a"] [null,""] [true,"x"] [["a"],["b"]]',
    "map": '{} {a=1} {b=1,a="x"} {"x-y"=true,B=null} {"1"="a","é"=2.5} {a=[1],b=["x"]}',
    "width": "0 1 2 3 -1",
    "verb": '"%s" "%d" "%v" "%q" "%5.2f" "%05d" "%t" "%x" "%-6s|" "%6s|" "%e" "%g" "%+d" "%.1f" "%#v"',
}
"""What each kind is made of in the end; spaces lie between."""

GRAMMAR: Mapping[str, str] = {
    "text": r"""
        upper(<text>)
        title(<text>)
        "${<primitive>}-x"
        join(<text>, <list>)
        replace(<text>, <text>, <text>)
        replace(<text>, "/[a-z]*/", "<$0>")
        substr(<text>, <width>, <width>)
        format("%s-%v", <primitive>, <any>)
        format(<verb>, <primitive>)
        tostring(<primitive>)
        trim(<text>, <text>)
        trimprefix(<text>, <text>)
        chomp(<text>)
        indent(2, <text>)
        jsonencode(<any>)
        yamlencode(<list>)
        urlencode(<text>)
        base64encode(<text>)
        (<bool> ? <primitive> : <primitive>)
        coalesce(<primitive>, <primitive>, <primitive>)
        element(<list>, <width>)
        lookup(<map>, <text>, <primitive>)
        try(<any>, <primitive>)
        "%{ for k, v in <map> }${k}=${jsonencode(v)};%{ endfor }"
        "%{ if <bool> }${<text>}%{ else }n%{ endif }"
    """,
    "number": """
        (<number> + <number>)
        (<number> - <number>)
        (<number> * <number>)
        (<number> / <number>)
        (<number> % <number>)
        length(<any>)
        floor(<number>)
        ceil(<number>)
        abs(<number>)
        tonumber(<text>)
        max(<number>, <number>)
        sum(<list>)
        index(<list>, <primitive>)
        (<bool> ? <number> : <number>)
    """,
    "bool": """
        (<any> == <any>)
        (<primitive> != <primitive>)
        (<number> < <number>)
        (<number> >= <number>)
        (<bool> && <bool>)
        (<bool> || <bool>)
        !<bool>
        contains(<list>, <primitive>)
        can(<any>)
        alltrue([<bool>, <bool>])
        strcontains(<text>, <text>)
        tobool(<primitive>)
    """,
    "primitive": "<text>\n<number>\n<bool>",
    "list": """
        [<any>, <any>]
        tolist(<list>)
        toset(<list>)
        distinct(<list>)
        reverse(<list>)
        sort(<list>)
        compact(<list>)
        flatten(<list>)
        setunion(<list>, <list>)
        setsubtract(<list>, <list>)
        setproduct(<list>, <list>)
        slice(<list>, <width>, <width>)
        keys(<map>)
        values(<map>)
        split(<text>, <text>)
        [for x in <list> : { a = x }]
        [for k, v in <map> : [k, v]]
        [for v in <list> : v if v != <primitive>]
        formatlist("%s-%s", <list>, <primitive>)
        <any>[*]
        range(<width>, <width>)
        regexall("([a-z])(.)?", <text>)
        jsondecode(jsonencode(<list>))
        yamldecode(yamlencode(<list>))
    """,
    "map": """
        { a = <any>, "b c" = <any> }
        merge(<map>, <map>)
        tomap(<map>)
        zipmap(<list>, <list>)
        { for k, v in <map> : k => v }
        { for v in <list> : v => v... }
        (<bool> ? { a = <primitive> } : { b = <primitive> })
        jsondecode(jsonencode(<map>))
    """,
    "any": "<primitive>\n<list>\n<map>",
}
"""How larger ones are made of smaller ones; one a line."""


def expression(dice: random.Random, kind: str = "any", depth: int = 3) -> str:
    """An expression of a kind (a key of ``GRAMMAR``), nested so deeply."""
    leaves = LEAVES.get(kind)
    if leaves and (depth <= 0 or kind not in GRAMMAR or dice.random() < 0.3):
        return dice.choice(leaves.split(" "))
    template = dice.choice([line.strip() for line in GRAMMAR[kind].strip().splitlines()])
    return _HOLE.sub(
        lambda hole: expression(dice, hole[1], depth - (kind != "any")), template
    )
