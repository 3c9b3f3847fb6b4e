import { type CliCommand, CONNECTION_HELP, withPerson } from './command.ts';

/** The commands of the working-day calendar; each loads its action when it is called. */
export function addCalendar(mingchou: CliCommand): void {
  const calendar = mingchou
    .command('calendar')
    .description('the arrangements of the years (放假安排) that an installation counts working days by')
    .holdsCommands();
  withPerson(calendar.command('import'))
    .description("import a year's arrangement; open deadlines are counted anew")
    .argument('<file>', 'CSV or XLSX with 日期 | 类型 | 名称, JSON, or iCalendar (.ics)')
    .requiredOption('--year <year>', 'the year that it is the arrangement for')
    .option('--dry-run', 'only tell which days would change and how many open deadlines would move')
    .usage('FILE --year YEAR [options]')
    .addHelpText(
      'after',
      `
类型 is 休 or 班. An arrangement is imported whole or not at all; each day that can't be right is named. The same one
again changes nothing.
${CONNECTION_HELP}

Examples:
  mingchou calendar import 2027.xlsx --year 2027 --dry-run
  mingchou calendar import 2027.ics --year 2027 --as HP9007`,
    )
    .action(async (file: string, options: unknown) =>
      (await import('./calendar.ts')).importCalendar(file, options),
    );
  withPerson(calendar.command('export'))
    .description("write a year's arrangement to a file that can be imported again")
    .argument('<year>', 'a year that is known, e.g. 2026')
    .option('--out <file>', 'where to write it: NAME.csv, NAME.xlsx or NAME.json; default: YEAR.csv')
    .usage('YEAR [--out FILE] [options]')
    .addHelpText('after', `${CONNECTION_HELP}\n\nExample:\n  mingchou calendar export 2026 --out 2026.csv`)
    .action(async (year: string, options: unknown) =>
      (await import('./calendar.ts')).exportCalendar(year, options),
    );
  withPerson(calendar.command('list'))
    .description('list the years that are known, and where each is from')
    .usage('[options]')
    .addHelpText('after', `${CONNECTION_HELP}\n\nExample:\n  mingchou calendar list`)
    .action(async (options: unknown) => (await import('./calendar.ts')).listCalendars(options));
}
