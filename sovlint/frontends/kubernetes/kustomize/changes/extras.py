"""What a kustomization configures beyond the usual: ``configurations``, ``crds``, ``openapi``, labels with fields of
their own, and generators and transformers that are objects themselves (those built in alone: others are programs)."""

from __future__ import annotations

from sovlint.documents.tree import Node, children, get, is_map, is_true, plain, text
from sovlint.frontends.kubernetes.kustomize.changes import builtins, transformers
from sovlint.frontends.kubernetes.kustomize.changes.building import Build
from sovlint.frontends.kubernetes.kustomize.changes.gathered import Gathered
from sovlint.frontends.kubernetes.kustomize.files import KustomizeFiles, inner_nodes, resolved
from sovlint.frontends.kubernetes.kustomize.kustomization import Kustomization
from sovlint.frontends.kubernetes.kustomize.names.fields import Spec, gvk_in, specs_of
from sovlint.frontends.kubernetes.kustomize.names.identity import Gvk
from sovlint.frontends.kubernetes.kustomize.names.items import Item
from sovlint.frontends.kubernetes.kustomize.names.openapi import OpenApiSchema
from sovlint.frontends.kubernetes.kustomize.names.specs import Specs
from sovlint.frontends.kubernetes.kustomize.problems import Account, RefusedError
from sovlint.model.source import SourceFile

_METADATA_LABELS = Spec("metadata/labels", Gvk(), True)


def labels(items: list[Item], entry: Node, specs: Specs) -> None:
    """An entry of ``labels``: pairs, and where they go besides ``metadata.labels``."""
    pairs = get(entry, "pairs")
    if pairs is None:
        return
    fields = [*specs_of(get(entry, "fields")), *specs.fields["labels"], _METADATA_LABELS]
    if is_true(entry, "includeSelectors"):
        fields += specs.fields["commonlabels"]
    elif is_true(entry, "includeTemplates"):
        fields += specs.fields["templatelabels"]
    transformers.entries(items, pairs, dict.fromkeys(fields))


def configure(
    found: Kustomization, specs: Specs, files: KustomizeFiles, account: Account
) -> None:
    """What the files of ``configurations`` add to the fields that are changed, and to the names that are followed."""
    for entry in found.listed("configurations"):
        file = files.named(found.folder, text(entry))
        if not isinstance(file, SourceFile):
            account.remark(entry.where, "kubernetes.kustomize.absent", path=text(entry))
            continue
        for tree in files.nodes(file):
            _configuration(tree, specs)
    for entry in found.listed("crds"):
        files.named(found.folder, text(entry))


def schema(
    found: Kustomization, files: KustomizeFiles, account: Account
) -> OpenApiSchema | None:
    """The description of kinds that ``openapi`` names; ``None`` where it names none (a version is Kubernetes' own)."""
    written = get(found.get("openapi"), "path")
    if written is None:
        return None
    file = files.named(found.folder, text(written))
    if not isinstance(file, SourceFile):
        account.remark(written.where, "kubernetes.kustomize.absent", path=text(written))
        return None
    return next((OpenApiSchema.of(plain(tree)) for tree in files.nodes(file)), None)


def _configuration(tree: Node, specs: Specs) -> None:
    if not is_map(tree):
        raise RefusedError(tree.where, "kubernetes.kustomize.not-a-map")
    for key, value in tree.value.items():
        if key.lower() != "namereference":
            specs.add(key.lower(), specs_of(value))
            continue
        for each in children(value):
            specs.follow(gvk_in(each), specs_of(get(each, "fieldSpecs")))


def generate(build: Build, found: Kustomization, into: Gathered) -> None:
    """Generators that are objects."""
    for entry in found.listed("generators"):
        with build.step():
            for node in _objects(build, found, entry):
                if not builtins.generate(build, found, entry, node, into):
                    into.opened()
                    build.account.remark(
                        entry.where, "kubernetes.kustomize.program", path=_shown(entry)
                    )


def transform(build: Build, found: Kustomization, into: Gathered) -> None:
    """Transformers that are objects."""
    for key in ("transformers", "validators"):
        for entry in found.listed(key):
            with build.step():
                for node in _objects(build, found, entry):
                    if not builtins.transform(build, found, node, into):
                        build.account.remark(
                            entry.where, "kubernetes.kustomize.program", path=_shown(entry)
                        )


def _objects(build: Build, found: Kustomization, entry: Node) -> list[Node]:
    """The objects that an entry holds or names; those of a folder are what its kustomization comes to."""
    written = text(entry)
    if "\n" in written.strip():
        return inner_nodes(entry, found.file)
    path = resolved(found.folder, written)
    if path is not None and build.is_folder(path):
        return [each.node for each in build.inner(path, entry)]
    return build.named(found, entry)


def _shown(entry: Node) -> str:
    return text(entry).split("\n")[0]
