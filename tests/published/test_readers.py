"""Published schemas in small: each reader gives the same types and paths of the same plug-in."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from published import bindings, pages, terraform
from published.page import arguments
from published.schema import SchemaError, has

WHOLE = frozenset({"name", "region", "tags", "tags.*", "rule", "rule.to", "rule.to.place"})
"""The arguments of ``casa_store`` in each of the schemas below."""


def link(page: str, argument: str) -> dict[str, str]:
    return {
        "summary": f"Docs at: {{@link https://example.org/providers/acme/casa/2.1.0/docs/{page}#{argument} X#y}}."
    }


def interface(page: str, **properties: Any) -> dict[str, Any]:
    found = [
        {"name": "jsName", "docs": link(page, name), "type": written}
        for name, written in properties.items()
    ]
    return {"kind": "interface", "properties": found}


TEXT = {"primitive": "string"}
STORE = "resources/store"
ASSEMBLY = {
    "types": {
        "casa.store.Store": {
            "base": "cdktf.TerraformResource",
            "docs": {
                "summary": f"A {{@link https://example.org/providers/acme/casa/2.1.0/docs/{STORE} casa_store}}."
            },
        },
        "casa.store.StoreConfig": interface(
            STORE,
            name=TEXT,
            region=TEXT,
            tags={"collection": {"kind": "map", "elementtype": TEXT}},
            rule={
                "union": {
                    "types": [
                        {"fqn": "cdktf.IResolvable"},
                        {
                            "collection": {
                                "kind": "array",
                                "elementtype": {"fqn": "casa.store.StoreRule"},
                            }
                        },
                    ]
                }
            },
        ),
        "casa.store.StoreRule": interface(STORE, to={"fqn": "casa.store.StoreRuleTo"}),
        "casa.store.StoreRuleTo": interface(STORE, place=TEXT),
        "casa.data.DataStore": {
            "base": "cdktf.TerraformDataSource",
            "docs": {"summary": "no resource"},
        },
        "casa.provider.CasaProvider": {"base": "cdktf.TerraformProvider"},
        "casa.provider.CasaProviderConfig": interface("", region=TEXT),
    }
}


def archive(name: str, content: bytes) -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as packed:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        packed.addfile(member, io.BytesIO(content))
    return written.getvalue()


def test_a_wheel_and_an_npm_archive_are_read_alike(tmp_path: Path) -> None:
    packed = archive("package/.jsii", json.dumps(ASSEMBLY).encode())
    (tmp_path / "casa-1.0.tgz").write_bytes(packed)
    with zipfile.ZipFile(tmp_path / "casa-1.0.whl", "w") as wheel:
        wheel.writestr("casa/_jsii/casa@1.0.jsii.tgz", packed)
    for name in ("casa-1.0.tgz", "casa-1.0.whl"):
        found = bindings.read(tmp_path / name)
        assert found.types == {"casa_store": WHOLE}
        assert found.settings == {"region"}
        assert found.version == "2.1.0"


def test_packages_of_the_successor_are_read_as_well(tmp_path: Path) -> None:
    (tmp_path / ".jsii").write_text(
        json.dumps(ASSEMBLY).replace("cdktf.", "cdktn."), encoding="utf-8"
    )
    assert bindings.read(tmp_path).types == {"casa_store": WHOLE}


def test_an_interface_that_contains_itself_ends(tmp_path: Path) -> None:
    types = {
        **ASSEMBLY["types"],
        "casa.store.StoreRuleTo": interface(STORE, to={"fqn": "casa.store.StoreRuleTo"}),
    }
    (tmp_path / ".jsii").write_text(json.dumps({"types": types}), encoding="utf-8")
    assert "rule.to.to" in bindings.read(tmp_path).types["casa_store"]


def test_what_has_no_assembly_is_told(tmp_path: Path) -> None:
    (tmp_path / "other.tgz").write_bytes(archive("package/index.js", b""))
    with pytest.raises(SchemaError, match=r"other\.tgz: no assembly"):
        bindings.read(tmp_path / "other.tgz")


def test_what_terraform_prints_is_read(tmp_path: Path) -> None:
    block = {
        "attributes": {
            "id": {"type": "string", "computed": True},
            "name": {"type": "string", "required": True},
            "region": {"type": "string", "optional": True, "computed": True},
            "tags": {"type": ["map", "string"], "optional": True},
        },
        "block_types": {
            "rule": {
                "block": {
                    "attributes": {
                        "to": {
                            "type": ["list", ["object", {"place": "string"}]],
                            "optional": True,
                        }
                    }
                }
            }
        },
    }
    provider = {
        "provider": {"block": {}},
        "resource_schemas": {"casa_store": {"block": block}},
    }
    path = tmp_path / "schema.json"
    path.write_text(
        json.dumps({"provider_schemas": {"example.org/acme/casa": provider}}),
        encoding="utf-8",
    )
    assert terraform.read(path, ("casa",)).types == {"casa_store": WHOLE}
    exports = terraform.read(path, ("casa",)).exports
    assert [
        exports("casa_store", each) for each in ("id", "name", "rule.*.to.*.place", "lost")
    ] == [True] * 3 + [False]
    with pytest.raises(SchemaError, match="no plug-in with types that start with other"):
        terraform.read(path, ("other",))
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(SchemaError, match="not the output of"):
        terraform.read(path, ("casa",))


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("dns_name", True),
        ("status.*.url", True),
        ("status.*.port", False),
        ("status.url", False),
        ("hosts.*", True),
        ("hosts.name", False),
        ("name", True),
        ("lost", False),
    ],
)
def test_attributes_of_a_binding_are_those_that_its_class_has(
    tmp_path: Path, path: str, there: bool
) -> None:
    store = {
        **ASSEMBLY["types"]["casa.store.Store"],
        "properties": [
            {"name": "dnsName", "type": TEXT},
            {"name": "name", "type": TEXT},
            {"name": "hosts", "type": {"collection": {"kind": "array", "elementtype": TEXT}}},
            {"name": "status", "type": {"fqn": "casa.store.StatusList"}},
        ],
    }
    element = {"fqn": "casa.store.StatusOutputReference"}
    types = {
        **ASSEMBLY["types"],
        "casa.store.Store": store,
        "casa.store.StatusList": {"methods": [{"name": "get", "returns": {"type": element}}]},
        "casa.store.StatusOutputReference": {"properties": [{"name": "url", "type": TEXT}]},
    }
    (tmp_path / ".jsii").write_text(json.dumps({"types": types}), encoding="utf-8")
    assert bindings.read(tmp_path).exports("casa_store", path) is there


def test_a_page_has_the_words_of_an_attribute(tmp_path: Path) -> None:
    (tmp_path / "store.md").write_text(
        INDENTED + "\n* `endpoint` - Where it answers.\n", encoding="utf-8"
    )
    exports = pages.read(tmp_path, "casa").exports
    assert [exports("casa_store", path) for path in ("endpoint", "id", "lost")] == [
        True,
        True,
        False,
    ]
    assert exports("casa_other", "endpoint") is None


GENERATED = """
# casa_store (Resource)

## Schema

### Required

- `name` (String) Its name.

### Optional

- `region` (String)
- `rule` (Block List) (see [below for nested schema](#nestedblock--rule))
- `tags` (Map of String)

### Read-Only

- `id` (String) The ID of this resource.

<a id="nestedblock--rule"></a>
### Nested Schema for `rule`

Required:

- `to` (Attributes) (see [below for nested schema](#nestedatt--rule--to))

<a id="nestedatt--rule--to"></a>
### Nested Schema for `rule.to`

Optional:

- `place` (String)

Read-Only:

- `state` (String)

## Import
"""

SENTENCES = """
# Resource: casa_store

## Argument Reference

This resource supports the following arguments:

* `name` - (Required) Its name.
* `region` - (Optional) Where it is.
* `rule` - (Optional) A rule. See below.
* `tags` - (Optional) Map of tags.

### rule

The `rule` block supports the following:

* `to` - (Required) A block, see below.

The `to` block supports:

* `place` - (Required) A region.

## Attribute Reference

* `arn` - Its name.
"""

INDENTED = """
# casa\\_store

## Arguments

- `name` - (Required) Its name.
- **region** - (Optional) Where it is.
- `rule` - (Optional)
    - `to` - (Required)
        - [`place`](#place) - (Required)
- `tags` - (Optional) A map of tags.

```hcl
- `not_one` = 1
```

## Attributes Reference

- `id` - Its id.
"""


@pytest.mark.parametrize("text", [GENERATED, SENTENCES, INDENTED])
def test_pages_in_three_habits_say_the_same(text: str) -> None:
    assert arguments(text) == WHOLE


def test_a_folder_of_pages_is_a_schema(tmp_path: Path) -> None:
    folder = tmp_path / "website" / "docs" / "r"
    folder.mkdir(parents=True)
    (folder / "store.html.markdown").write_text(SENTENCES, encoding="utf-8")
    (folder / "oddly_named.md").write_text(
        INDENTED.replace("store", "vault"), encoding="utf-8"
    )
    (folder / "index.md").write_text("# All", encoding="utf-8")
    assert pages.read(tmp_path, "casa").types == {"casa_store": WHOLE, "casa_vault": WHOLE}
    with pytest.raises(SchemaError, match="no pages of resources"):
        pages.read(folder / "r", "casa")


def test_a_block_told_by_its_path_is_there_although_no_list_names_it() -> None:
    page = "## Argument Reference\n\n* `rule` - (Optional)\n\nThe `rule.to` subblock supports:\n\n* `place` - (Optional)\n"
    assert arguments(page) >= {"rule", "rule.to", "rule.to.place"}


def test_a_block_may_hold_one_of_its_own_name() -> None:
    listed = "\n\nThe `template` block supports:\n\n* `template` - x\n* `image` - x\n"
    page = f"## Argument Reference\n\n* `template` - (Required){listed}"
    assert "template.template.image" in arguments(page)
    assert "template.template.template.image" not in arguments(page)


def test_a_page_is_about_the_types_that_it_declares_in_its_names_stead() -> None:
    both = (
        'resource "casa_store_iam_member" "a" {}\nresource "casa_store_iam_binding" "b" {}\n'
    )
    longer = ("casa_store_iam_binding", "casa_store_iam_member")
    assert pages.type_names("casa_store_iam.html.markdown", both, "casa") == longer
    own = both + 'resource "casa_store_iam" "c" {}\n'
    assert pages.type_names("casa_store_iam.html.markdown", own, "casa") == (
        "casa_store_iam",
    )
    one = 'resource "casa_store_rule" "a" {}\n'
    assert pages.type_names("store.md", one, "casa") == ("casa_store",)


def test_a_heading_with_hyphens_is_a_path_and_an_attribute_may_point_to_the_arguments() -> (
    None
):
    text = """# casa_store

## Argument Reference

* `rules` - (Optional) See [`rules`](#rules) below.

### `rules`

* `sink` - (Optional) See [`sink`](#rules-sink) below.

### `rules-sink`

* `bucket` - (Required) Where to.

## Attributes Reference

* `owner` - See Argument Reference above.
* `created` - When.
"""
    assert arguments(text) == {"rules", "rules.sink", "rules.sink.bucket", "owner"}


def test_a_block_that_is_announced_under_its_argument_is_part_of_it_however_deep() -> None:
    text = """## Argument reference

- `rule` - (Optional, List)
Nested schema for **rule**:
\t- `place` - (Required, String)
- `sink` - (Optional, List)

  Nested scheme for **sink**:

  - `to` - (Required, List)

  Nested scheme for **to**:

  - `url` - (Optional, String)
- `last` - (Optional, String)
"""
    assert arguments(text) == {
        "rule",
        "rule.place",
        "sink",
        "sink.to",
        "sink.url",
        "sink.to.url",
        "last",
    }


def test_what_an_example_sets_is_an_argument_and_a_heading_may_be_nothing_more() -> None:
    text = """# casa_store

```terraform
resource "casa_shed" "other" {
  roof = "flat"
}

resource "casa_store" "main" {
  place = "there"
  rule {
    inner = 1
  }
}
```

## Argument Reference

- `size` - (Optional) How large.

### Backups

- `kept` - (Optional) How long.
"""
    assert arguments(text, "casa_store") == {
        "place",
        "size",
        "backups",
        "backups.kept",
        "kept",
    }


def test_what_the_sources_of_a_checkout_register_without_a_page_is_a_type(
    tmp_path: Path,
) -> None:
    pages_of, go = tmp_path / "docs" / "resources", tmp_path / "internal"
    for folder in (pages_of, go, tmp_path / "vendor"):
        folder.mkdir(parents=True)
    (pages_of / "store.md").write_text(
        "# casa_store\n\n## Argument Reference\n\n* `place` - (Required) Where.\n"
    )
    (pages_of / "vaults.md").write_text(
        '# casa_vaults\n\n```hcl\nresource "casa_store" "s" {}\nresource "casa_vault" "v" {}\n```\n'
        "\n## Argument Reference\n\n* `size` - (Required) How large.\n"
    )
    (go / "provider.go").write_text(
        'DataSourcesMap: map[string]*schema.Resource{\n\t"casa_seen": dataSeen(),\n},\n'
        "ResourcesMap: map[string]*schema.Resource{\n"
        '\t"casa_store": resourceStore(),\n\t"casa_vault": func() { if x { y() } }(),\n\t// "casa_gone": gone(),\n},\n'
        'Other: map[string]string{\n\t"casa_not": "x",\n},\n'
    )
    (go / "lab.go").write_text(
        "func (r *lab) Metadata(_ context.Context, q resource.MetadataRequest, p *resource.MetadataResponse) {\n"
        '\tp.TypeName = q.ProviderTypeName + "_lab"\n}\n'
        "func (d *seen) Metadata(_ context.Context, q datasource.MetadataRequest, p *datasource.MetadataResponse) {\n"
        '\tp.TypeName = q.ProviderTypeName + "_seen"\n}\n'
    )
    (go / "register.go").write_text(
        'func init() {\n\ttf.RegisterResource("casa_shed", Shed())\n\t// tf.RegisterResource("casa_old", Old())\n}\n'
    )
    (go / "provider_test.go").write_text('\ttf.RegisterResource("casa_fake", Fake())\n')
    (tmp_path / "vendor" / "other.go").write_text(
        '\ttf.RegisterResource("casa_vendored", Fake())\n'
    )
    schema = pages.read(tmp_path, "casa")
    assert schema.types == {
        "casa_store": {"place"},
        "casa_vault": {"size"},
        "casa_lab": {"*"},
        "casa_shed": {"*"},
    }
    assert schema.arguments == {"place", "size"}


@pytest.mark.parametrize(
    ("written", "there"),
    [
        ("rule.*.to.place", True),
        ("rule.0.to", True),
        ("tags.Name", True),
        ("rule.place", False),
        ("name.x", False),
    ],
)
def test_steps_for_lists_and_keys_of_maps_are_passed_over(written: str, there: bool) -> None:
    assert has(WHOLE, written) is there
