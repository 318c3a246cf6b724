"""What tasks put on clusters and isn't here -> resources, so that it doesn't pass for nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sovlint.documents.attributes import DocumentAttributes
from sovlint.documents.tree import made, to_document
from sovlint.frontends.cluster.objects import WRITTEN
from sovlint.frontends.kubernetes.ansible.deployed import UntoldByAnsible
from sovlint.frontends.kubernetes.charts.resources import TYPE, Placing
from sovlint.frontends.kubernetes.claims import FRONT_END
from sovlint.model.resources.resource import TRUE, Binding, Resource
from sovlint.model.text import Note
from sovlint.model.value import Reason, Step, Unknown


def untold_resources(
    untold: Iterable[UntoldByAnsible], placed: Placing
) -> Iterator[Resource]:
    """One for each template, file or definition of which nothing is known."""
    for each in untold:
        where = each.part.where
        attributes = DocumentAttributes(to_document(made({}, where)), (), WRITTEN)
        yield Resource(
            address=f"ansible:{where.path}#{each.task}",
            type=TYPE,
            front_end=FRONT_END,
            root=each.root,
            variant=each.variant,
            library=False,
            exists=TRUE if each.part.perhaps is None else each.part.perhaps,
            where=where,
            attributes=attributes,
            binding=Binding("kubernetes/helm"),
            named=placed((where.path,)),
            names=(each.task,),
            unsaid=_not_here(each),
        )


def _not_here(untold: UntoldByAnsible) -> Unknown:
    """Why nobody knows what is put there: whatever class it carries, that can't be judged."""
    part = untold.part
    step = Step(part.where, Note("kubernetes.written"))
    return Unknown(Reason.TEMPLATED, part.name, step, note=part.note)
