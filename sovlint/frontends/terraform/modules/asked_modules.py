"""The modules that a root looks for: what they hold is what it hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sovlint.cache.asking import PART, AskingReader, ReaderAnswers
from sovlint.frontends.terraform.modules.module import Module


def learn_modules(answers: ReaderAnswers, modules: Mapping[str, Module]) -> None:
    """Have the question what a folder's Terraform files hold answered by these modules: empty where there is none."""

    def told(folder: str) -> str:
        files = modules[folder].files if folder in modules else ()
        return "".join(f"{path}\0{answers.to(('read', path))}\0" for path in files)

    answers.learn({PART: told})


class AskedModules(Mapping[str, Module]):
    """The modules of a repository; those that somebody looks for are remembered by the reader."""

    def __init__(self, modules: Mapping[str, Module], reader: AskingReader) -> None:
        self._modules = modules
        self._reader = reader

    def __getitem__(self, folder: str) -> Module:
        self._reader.tell(PART, folder)
        return self._modules[folder]

    def __iter__(self) -> Iterator[str]:
        raise TypeError("modules are looked for by their folders")

    def __len__(self) -> int:
        raise TypeError("modules are looked for by their folders")
