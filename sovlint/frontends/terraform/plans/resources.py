"""What a plan or state lists -> resources, each at the place of its source where that is beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sovlint.frontends.terraform.modules import addresses
from sovlint.frontends.terraform.modules.labels import labels_of
from sovlint.frontends.terraform.modules.provider_config import ProviderConfig
from sovlint.frontends.terraform.modules.providers import address
from sovlint.frontends.terraform.plans.configuration import Configuration, Doubtful
from sovlint.frontends.terraform.plans.document import Listed, PlanDocument
from sovlint.frontends.terraform.plans.values import Joined, PlannedAttributes, Recovered
from sovlint.model.attributes import NoAttributes
from sovlint.model.resources.resource import TRUE, Binding, Resource
from sovlint.model.value import Reason, Unknown
from sovlint.rules.hints import Hints, PluginHints

FRONT_END = "terraform"


def resources_of(
    document: PlanDocument,
    configuration: Configuration,
    source: Sequence[Resource],
    hints: Hints,
) -> Iterator[Resource]:
    """The resources that a plan or state lists, of no root yet. ``source``: those of its root, by what is written."""
    beside = _Beside(source)
    referrer = _Referrer(document.listed)
    for listed in document.listed:
        yield _resource(document, configuration, listed, beside, referrer, hints)


def _resource(
    document: PlanDocument,
    configuration: Configuration,
    listed: Listed,
    beside: _Beside,
    referrer: _Referrer,
    hints: Hints,
) -> Resource:
    text, parts = document.text, listed.parts
    same, near = beside.of(listed)
    kind = _plugin(listed, hints)
    rests_on = listed.rests_on | configuration.rests_on(parts)
    said = PlannedAttributes(
        text, listed.values_at, listed.address, listed.values, listed.unknown, listed.sensitive,
        configuration.written(parts),
    )  # fmt: skip
    own = same.attributes if same is not None else None
    shown = {
        **hints.plugins.get(kind, PluginHints()).shows,
        **hints.computed.get(parts.type, {}),
    }
    attributes = Recovered(Joined(said, own, referrer, rests_on), shown)
    config = _config(document, configuration, listed, kind, same)
    at = text.where(listed.at)
    return Resource(
        address=listed.address,
        type=parts.type,
        front_end=FRONT_END,
        root=None,
        variant=None,
        library=False,
        exists=Unknown(Reason.COMPUTED_AT_APPLY, "deferred") if listed.deferred else TRUE,
        where=at if near is None else near.where,
        attributes=attributes,
        binding=Binding(kind, config, config.where),
        labels=labels_of(attributes, config, hints),
        names=parts.names,
        chain=() if near is None else near.chain,
        listed=at,
    )


def _config(
    document: PlanDocument,
    configuration: Configuration,
    listed: Listed,
    plugin: str,
    same: Resource | None,
) -> ProviderConfig:
    """The settings that reach a resource: those of the plan, and what only the source knows of them."""
    binding = same.binding if same is not None else None
    if not document.is_plan and binding is None:
        return ProviderConfig(plugin, NoAttributes(), None)
    if not document.is_plan and binding is not None:
        return ProviderConfig(plugin, Doubtful(binding.settings), binding.where)
    config = configuration.provider(listed.parts, plugin)
    if binding is None or binding.plugin != plugin:
        return config
    if not configuration.resource(listed.parts):
        return ProviderConfig(plugin, binding.settings, binding.where)
    return ProviderConfig(
        plugin, Joined(config, binding.settings), binding.where or config.where
    )


def _plugin(listed: Listed, hints: Hints) -> str:
    """The plug-in as the catalogue knows it; files of Terraform before 0.13 give its local name alone."""
    source = listed.provider or listed.parts.type.partition("_")[0]
    if "/" in source:
        return address(source, hints)
    return hints.local_names.get(source) or address(source, hints)


class _Beside:
    """The resources of a root's source, by address with and without keys."""

    def __init__(self, source: Iterable[Resource]) -> None:
        self._exact: dict[str, Resource] = {}
        self._by_base: dict[str, Resource] = {}
        for each in source:
            self._exact.setdefault(each.address, each)
            parts = addresses.parse(each.address)
            if parts is not None:
                self._by_base.setdefault(parts.base, each)

    def of(self, listed: Listed) -> tuple[Resource | None, Resource | None]:
        """The same resource in the source, and where it stands there: its block, else the call of its module.

        One under an unknown key stands for every instance of its block.
        """
        exact = self._exact.get(listed.address)
        if exact is not None:
            return exact, exact
        block = self._by_base.get(listed.parts.base)
        if block is not None:
            return (block if "*" in block.address else None), block
        calls = [f"module.{name}" for name, _ in listed.parts.calls]
        prefixes = (".".join(calls[:number]) for number in range(len(calls), 0, -1))
        return None, next(
            (self._by_base[each] for each in prefixes if each in self._by_base), None
        )


class _Referrer:
    """Finds the resource that a text names among those that something refers to (``plan_values.Referrer``)."""

    def __init__(self, listed: Iterable[Listed]) -> None:
        self._by_base: dict[str, list[Listed]] = {}
        for each in listed:
            self._by_base.setdefault(each.parts.base, []).append(each)

    def __call__(self, text: str, wanted: Iterable[str]) -> str | None:
        bases = {
            parts.base for each in wanted if (parts := addresses.parse(each)) is not None
        }
        found = [
            each.address
            for base in bases
            for each in self._by_base.get(base, ())
            if any(value == text for value in each.values.values() if isinstance(value, str))
        ]
        return found[0] if len(found) == 1 and text else None
