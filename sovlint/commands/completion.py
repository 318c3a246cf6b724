"""``sovlint completion``: the script by which a shell completes sovlint's commands, options and names."""

from __future__ import annotations

import click

from sovlint.commands.parts import output

PROGRAM = "sovlint"
VARIABLE = "_SOVLINT_COMPLETE"
"""The variable in which the scripts ask; click reads it before anything else runs."""


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> int:
    """Print the script that makes SHELL complete commands, options and names. Where to put it:

    \b
      bash  sovlint completion bash > ~/.local/share/bash-completion/completions/sovlint
      zsh   sovlint completion zsh > ~/.zfunc/_sovlint
            and in ~/.zshrc: fpath+=~/.zfunc; autoload -Uz compinit; compinit
      fish  sovlint completion fish > ~/.config/fish/completions/sovlint.fish

    Make the folder first where it isn't there, and start a new shell. bash must be 4.4 or newer, with the package
    bash-completion; without it, source the file in ~/.bashrc.
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None  # all choices are shells that click knows
    output.emit(found(ctx.find_root().command, {}, PROGRAM, VARIABLE).source())
    return 0
