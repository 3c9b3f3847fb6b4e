import { Option } from 'commander';
import { CONNECTION_HELP, withPerson, type CliCommand } from './command.ts';

/** `mingchou policy …` */
export function addPolicy(mingchou: CliCommand): void {
  const policy = mingchou
    .command('policy')
    .description('policies (规则): rehearsed, adopted, and carried in and out as files')
    .holdsCommands();
  withPerson(policy.command('rehearse'))
    .description('tell what a policy would have done on the days of a window; nothing is in force by it')
    .argument('<file>', 'the policy as JSON, as PUT /policies/ID takes it')
    .requiredOption('--id <id>', 'the id under which it is to be adopted')
    .requiredOption('--from <day>', 'the first day of the window, e.g. 2026-01-01')
    .requiredOption('--through <day>', 'its last day, not after today; at most 366 days')
    .usage('FILE.json --id ID --from DAY --through DAY [options]')
    .addHelpText(
      'after',
      `
Waits until the rehearsal is finished. A rule about subjects has to be rehearsed before it is adopted.
${CONNECTION_HELP}

Example:
  mingchou policy rehearse many-complaints.json --id many-complaints --from 2026-01-01 --through 2026-10-31`,
    )
    .action(async (file: string, options: unknown) => (await import('./policy.ts')).rehearse(file, options));
  withPerson(policy.command('adopt'))
    .description('adopt a policy as the next version of its id')
    .argument('<file>', 'the policy as JSON, as PUT /policies/ID takes it')
    .requiredOption('--id <id>', 'the id of the policy')
    .option('--confirm', 'adopt a rule that held for half of the operating subjects or more')
    .usage('FILE.json --id ID [--confirm] [options]')
    .addHelpText(
      'after',
      `
The same content again changes nothing.
${CONNECTION_HELP}

Example:
  mingchou policy adopt many-complaints.json --id many-complaints`,
    )
    .action(async (file: string, options: unknown) => (await import('./policy.ts')).adopt(file, options));
  withPerson(policy.command('export'))
    .description('write the newest version of each policy to a file that can be imported again')
    .requiredOption('--out <file>', 'where to write it: NAME.csv, NAME.xlsx or NAME.json')
    .addOption(
      new Option(
        '--about <kind>',
        'policies of one kind; default: triggers in a table, every kind in a JSON file',
      ).choices(['trigger', 'subject', 'cohort']),
    )
    .usage('--out FILE [--about KIND] [options]')
    .addHelpText(
      'after',
      `
Each kind has a table of its own; a JSON file holds them all.
${CONNECTION_HELP}

Examples:
  mingchou policy export --out policies.xlsx
  mingchou policy export --about subject --out subject-rules.xlsx`,
    )
    .action(async (options: unknown) => (await import('./policy-files.ts')).exportPolicies(options));
  withPerson(policy.command('import'))
    .description('adopt the policies of a file; what says the same as the newest version changes nothing')
    .argument('<file>', 'XLSX, CSV in UTF-8 or GB18030, or JSON, as an export writes them')
    .option('--dry-run', 'only tell what would be adopted and rejected')
    .option('--errors <out>', 'write the rows at fault as CSV, for whoever corrects them')
    .usage('FILE [options]')
    .addHelpText(
      'after',
      `
The header, or in JSON each entry, tells which kind of policy it is. Rows at fault are told with row, column and reason;
the others are adopted. A rule about subjects that was not rehearsed is at fault. Exit 1 when a row was rejected.
${CONNECTION_HELP}

Example:
  mingchou policy import policies.xlsx --dry-run`,
    )
    .action(async (file: string, options: unknown) =>
      (await import('./policy-files.ts')).importPolicies(file, options),
    );
}
