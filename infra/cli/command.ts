import { Command, type ErrorOptions } from 'commander';
import { DEFAULT_URL } from './environment.ts';
import { UsageError } from './failure.ts';

export const CONNECTION_HELP = `
Where the installation is: --url, or MINGCHOU_URL, or .local/connection.json (written by "npm start"), or ${DEFAULT_URL}.`;

/** A command whose wrong use is told in one line with the usage that would be accepted. */
export class CliCommand extends Command {
  override createCommand(name?: string): CliCommand {
    return new CliCommand(name);
  }

  /** A command that holds others takes any word, to say which there are; those that it holds take their own arguments only. */
  override copyInheritedSettings(source: Command): this {
    return super.copyInheritedSettings(source).allowExcessArguments(false);
  }

  /** Commander calls this for every fault it finds in the arguments. */
  override error(message: string, _options?: ErrorOptions): never {
    const what = message.replace(/^error: /, '').replaceAll('\n', ' ');
    throw new UsageError(`${what}; usage: ${this.fullName()} ${this.usage()} (--help tells more)`);
  }

  /** Makes a command that only holds others: called alone or with a name it doesn't have, it says which there are. */
  holdsCommands(): this {
    this.usage('COMMAND');
    this.helpCommand(true);
    this.allowExcessArguments(true);
    this.action(() => {
      const known = this.commands.map((command) => command.name()).join(', ');
      const given = this.args[0];
      const what = given === undefined ? 'a command is missing' : `there is no command "${given}"`;
      throw new UsageError(`${what}; commands of ${this.fullName()}: ${known} (--help tells more)`);
    });
    return this;
  }

  private fullName(): string {
    const above = this.parent;
    return above instanceof CliCommand ? `${above.fullName()} ${this.name()}` : this.name();
  }
}

/** A command that talks to an installation. */
export function withUrl(command: CliCommand): CliCommand {
  return command.option('--url <url>', 'address of the installation');
}

/** A command that talks to an installation on behalf of a person. */
export function withPerson(command: CliCommand): CliCommand {
  return withUrl(command)
    .option('--as <person>', 'the person on whose behalf, by staff number', 'HP9007')
    .option(
      '--token <token>',
      'an access token to use instead; default: MINGCHOU_TOKEN, or one from the issuer',
    );
}
