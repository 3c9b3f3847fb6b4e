import type { CliCommand } from './command.ts';
import { CONNECTION_HELP, withUrl } from './with-url.ts';

/** `mingchou policies …` */
export function addPolicies(mingchou: CliCommand): void {
  const policies = mingchou.command('policies').description('policies (触发规则) as files').holdsCommands();
  asPerson(policies.command('export'))
    .description('write the newest version of each policy to a file that can be imported again')
    .requiredOption('--out <file>', 'where to write it: NAME.csv, NAME.xlsx or NAME.json')
    .usage('--out FILE [options]')
    .addHelpText('after', `${CONNECTION_HELP}\n\nExample:\n  mingchou policies export --out policies.xlsx`)
    .action(async (options: unknown) => (await import('./policies.ts')).exportPolicies(options));
  asPerson(policies.command('import'))
    .description('adopt the policies of a file; what says the same as the newest version changes nothing')
    .argument('<file>', 'XLSX, CSV in UTF-8 or GB18030, or JSON, as an export writes them')
    .option('--dry-run', 'only tell what would be adopted and rejected')
    .option('--errors <out>', 'write the rows at fault as CSV, for whoever corrects them')
    .usage('FILE [options]')
    .addHelpText(
      'after',
      `
Rows at fault are told with row, column and reason; the others are adopted. Exit 1 when a row was rejected.
${CONNECTION_HELP}

Example:
  mingchou policies import policies.xlsx --dry-run`,
    )
    .action(async (file: string, options: unknown) =>
      (await import('./policies.ts')).importPolicies(file, options),
    );
}

function asPerson(command: CliCommand): CliCommand {
  return withUrl(command)
    .option('--as <person>', 'the person on whose behalf, by staff number', 'HP9007')
    .option(
      '--token <token>',
      'an access token to use instead; default: MINGCHOU_TOKEN, or one from the issuer',
    );
}
