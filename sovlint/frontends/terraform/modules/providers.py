"""Provider blocks: which configuration a resource uses, through aliases, ``providers = {}`` maps and inheritance."""

from __future__ import annotations

from collections.abc import Mapping

from sovlint.expressions.evaluate import evaluate
from sovlint.expressions.kinds import NULL, unsupported
from sovlint.expressions.lifting import plainly_unknown
from sovlint.expressions.nodes import Block, Index, Literal, ObjectOf, Traversal
from sovlint.frontends.terraform.modules.attributes import Unsettled
from sovlint.frontends.terraform.modules.instances import ONE, Instance
from sovlint.frontends.terraform.modules.module import ANY_ALIAS
from sovlint.frontends.terraform.modules.module_instance import ModuleInstance
from sovlint.frontends.terraform.modules.provider_config import ProviderConfig
from sovlint.model.attributes import Attributes, NoAttributes
from sovlint.model.source import Located
from sovlint.model.value import Known, Unknown
from sovlint.rules.hints import Hints

BUILT_IN = "terraform.io/builtin/terraform"


def provider_of(scope: ModuleInstance, block: Block) -> ProviderConfig:
    """The provider configuration that a resource or data block uses."""
    name, alias = _parts(block.expression("provider")) or (
        block.labels[0].partition("_")[0],
        "",
    )
    return configured(scope, name, alias)


def of_instance(
    scope: ModuleInstance, block: Block, instance: Instance, config: ProviderConfig
) -> ProviderConfig:
    """What an instance uses where its provider block has ``for_each`` (OpenTofu): ``config`` as it is for that key."""
    return _keyed(scope, block.expression("provider"), instance, config)


def _keyed(
    scope: ModuleInstance, expression: object, instance: Instance, config: ProviderConfig
) -> ProviderConfig:
    """The configuration under the key that a reference to a provider block names, if it names one."""
    if not isinstance(expression, Traversal) or len(expression.steps) != 2:
        return config
    alias, step = expression.steps
    own = scope.module.providers.get((expression.root, str(alias)))
    if own is None or not isinstance(step, Index) or "for_each" not in own.body.attributes:
        return config
    key = evaluate(step.key, instance.env(scope.env))
    if isinstance(key, Known):
        for each in scope.instances(own):
            if isinstance(each.key, Known) and each.key.value == key.value:
                return ProviderConfig(
                    config.plugin, scope.attributes(own, each.env(scope.env)), own.head
                )
    return config


def configured(scope: ModuleInstance, name: str, alias: str) -> ProviderConfig:
    """The configuration that ``name.alias`` means in a module: its own block, what its caller passes, or inherits."""
    key = _key(name, alias)
    if key not in scope.configured:
        scope.configured[key] = _configured(scope, name, alias)
    return scope.configured[key]


def _configured(scope: ModuleInstance, name: str, alias: str) -> ProviderConfig:
    own = scope.module.providers.get((name, alias))
    passed = scope.providers.get(_key(name, alias))
    if passed is not None:
        return passed
    settings: Attributes = NoAttributes()
    where: Located | None = None
    if own is not None:
        settings, where = scope.attributes(own, scope.env), own.head
    elif scope.caller is not None and not alias:
        inherited = configured(scope.caller.scope, _name_above(scope, name), "")
        settings, where = inherited.settings, inherited.where
    elif alias and (name, ANY_ALIAS) in scope.module.providers:
        block = scope.module.providers[(name, ANY_ALIAS)]
        settings, where = Unsettled(_alias_doubt(scope, block), block.head), block.head
    elif scope.module.unsettled is not None:
        doubt, where = scope.module.unsettled
        settings = Unsettled(doubt, where)
    return ProviderConfig(plugin_of(scope, name), settings, where)


def _alias_doubt(scope: ModuleInstance, block: Block) -> Unknown:
    """Why nobody knows whether a provider block is the one that is asked for."""
    alias = block.expression("alias")
    value = NULL if alias is None else evaluate(alias, scope.env)
    return plainly_unknown(value) if isinstance(value, Unknown) else unsupported("an alias")


def given_to_call(
    scope: ModuleInstance, block: Block, instance: Instance = ONE
) -> Mapping[str, ProviderConfig]:
    """What a call's ``providers = {}`` map passes, by the name that the child uses."""
    written = block.expression("providers")
    passed: dict[str, ProviderConfig] = {}
    for key, value in written.pairs if isinstance(written, ObjectOf) else ():
        inner, outer = _parts(key), _parts(value)
        if inner and outer:
            passed[_key(*inner)] = _keyed(scope, value, instance, configured(scope, *outer))
    return passed


def reaching_call(scope: ModuleInstance, block: Block) -> list[ProviderConfig]:
    """The provider configurations that a called module can use: those passed to it, else all default ones around it."""
    if "providers" in block.body.attributes:
        return list(given_to_call(scope, block).values())
    found: dict[str, ProviderConfig] = {}
    above: ModuleInstance | None = scope
    while above is not None:
        names = [name for name, alias in above.module.providers if not alias]
        passed = [key for key in above.providers if "." not in key]
        for name in (*names, *passed):
            found.setdefault(plugin_of(above, name), configured(above, name, ""))
        above = (
            above.caller.scope if above.caller is not None and not above.providers else None
        )
    return list(found.values())


def plugin_of(scope: ModuleInstance, name: str) -> str:
    """The plug-in that a local name means in a module: ``required_providers``, else the one that the name implies."""
    if name == "terraform":
        return BUILT_IN
    hints = scope.world.hints
    required = scope.module.sources.get(name)
    if required is not None:
        return address(required, hints)
    return hints.local_names.get(name) or address(name, hints)


def address(source: str, hints: Hints) -> str:
    """The address of a plug-in as the catalogue knows it: lower case, without a public registry, with a namespace."""
    written = source.strip().lower()
    for registry in hints.registries:
        written = written.removeprefix(registry)
    return (
        f"{hints.namespace}/{written}" if "/" not in written and hints.namespace else written
    )


def _key(name: str, alias: str) -> str:
    return f"{name}.{alias}" if alias else name


def _name_above(scope: ModuleInstance, name: str) -> str:
    """The caller's local name for the same plug-in, which may differ."""
    assert scope.caller is not None
    above = scope.caller.scope
    source = plugin_of(scope, name)
    names = dict.fromkeys(
        (name, *above.module.sources, *(other for other, _ in above.module.providers))
    )
    return next((other for other in names if plugin_of(above, other) == source), name)


def _parts(expression: object) -> tuple[str, str] | None:
    """``aws`` or ``aws.west`` as local name and alias; old configurations write it in quotes."""
    if isinstance(expression, Literal) and isinstance(expression.value, str):
        name, _, alias = expression.value.partition(".")
        return name, alias
    if isinstance(expression, Traversal):
        alias = (
            expression.steps[0]
            if expression.steps and isinstance(expression.steps[0], str)
            else ""
        )
        return expression.root, alias
    return None
