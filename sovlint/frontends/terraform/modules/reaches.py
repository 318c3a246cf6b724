"""Which clusters a root reaches: the provider blocks of plug-ins that deploy to Kubernetes, whoever uses them."""

from __future__ import annotations

from collections.abc import Iterator

from sovlint.frontends.terraform.modules.providers import configured, plugin_of
from sovlint.frontends.terraform.modules.roots import Root
from sovlint.frontends.terraform.modules.scope import ModuleScope
from sovlint.model.landing import ClusterReach


def clusters_reached(scope: ModuleScope, root: Root) -> Iterator[ClusterReach]:
    """Each provider block of such a plug-in, in the root and in the modules that it calls."""
    for name, alias in scope.module.providers:
        plugin = plugin_of(scope, name)
        if plugin in scope.world.hints.clusters.reached_by:
            config = configured(scope, name, alias)
            if config.where is not None:
                yield ClusterReach(root.folder, root.variant, plugin, config.settings, config.where)
    for call in scope.module.calls.values():
        if scope.called(call) is not None:
            for _, child in scope.children(call):
                yield from clusters_reached(child, root)
