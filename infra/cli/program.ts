import { Option } from 'commander';
import { CliCommand, CONNECTION_HELP, withPerson, withUrl } from './command.ts';
import { addPolicy } from './policy-program.ts';
import { addCalendar } from './program-calendar.ts';

/*
 * What can be typed. Each action loads its command when it is called: `mingchou --help` needs neither the domain nor zod.
 */

/** The whole command line. */
export function program(): CliCommand {
  const mingchou = new CliCommand('mingchou');
  mingchou
    .description('Mingchou 明抽: verifiable draws, working days, the ledger, and the local stack')
    .exitOverride()
    .addHelpText(
      'after',
      `
Run it as: npm run --silent mingchou -- COMMAND …

Exit codes: 0 done; 1 the operation failed (verification failed, the server refused); 2 wrong use.
"mingchou COMMAND --help" shows examples.`,
    )
    .holdsCommands();
  addDraw(mingchou);
  addWorkdays(mingchou);
  addCalendar(mingchou);
  addLedger(mingchou);
  addTrigger(mingchou);
  addClock(mingchou);
  addImport(mingchou);
  addExport(mingchou);
  addPolicy(mingchou);
  addToken(mingchou);
  return mingchou;
}

function addDraw(mingchou: CliCommand): void {
  const draw = mingchou
    .command('draw')
    .description('verify, explain and recompute draws (抽取); only fetch needs a network')
    .holdsCommands();
  draw
    .command('recompute')
    .description('recompute a draw from its pool, rule, commitment and beacon value')
    .argument('<vector>', 'file with {pool, rule, commitment, beaconValue}, like test/vectors/draw-*.json')
    .usage('VECTOR.json')
    .addHelpText(
      'after',
      `
Prints {poolRoot, quota, commitmentHash, seed, selected} as JSON, computed and not copied. What the file says of them is
compared: exit 1 names the first that differs.

Example:
  mingchou draw recompute test/vectors/draw-strata.json`,
    )
    .action(async (vector: string) => (await import('./draw-recompute.ts')).recompute(vector));
  draw
    .command('verify')
    .description('verify the proof (证明) of a draw against its pool (名单)')
    .argument('<proof>', 'the proof as published, GET /public/draws/ID/proof')
    .argument('<pool>', 'the pool as published, GET /public/draws/ID/pool; plain text or gzip')
    .option('--json', 'print the report as JSON')
    .option('--chain <file>', 'the /info of a drand chain that is not a known public one')
    .usage('[--json] [--chain FILE] PROOF.json POOL')
    .addHelpText(
      'after',
      `
Recomputes every step, and says which were not checked. Exit 1 names the first step that failed.
The signature of a drand round is verified offline, with the key of the public chain quicknet. Of another chain it is
not checked, unless --chain names a file with the JSON that the chain's relays give at /info.

Example:
  curl --compressed -o draw.proof.json URL/public/draws/D-…/proof
  curl -o draw.pool.gz URL/public/draws/D-…/pool
  mingchou draw verify draw.proof.json draw.pool.gz`,
    )
    .action(async (proof: string, pool: string, options: unknown) =>
      (await import('./draw-verify.ts')).verify(proof, pool, options),
    );
  addDrawFiles(draw);
}

function addDrawFiles(draw: CliCommand): void {
  withUrl(draw.command('fetch'))
    .description('download the proof and the whole pool of a draw')
    .argument('<id>', 'the id of the draw, as its public page names it')
    .option('--out <folder>', 'where to put the files', '.')
    .usage('ID [--url URL] [--out FOLDER]')
    .addHelpText(
      'after',
      `
Writes ID.proof.json and ID.pool.txt, all parts of the pool in one file, and prints the command that verifies them.
${CONNECTION_HELP}

Example:
  mingchou draw fetch D-2ea2f54a9435f2e0e4e24503 --url https://mingchou.example.org --out draw`,
    )
    .action(async (id: string, options: unknown) => (await import('./draw-fetch.ts')).fetchDraw(id, options));
  draw
    .command('inclusion')
    .description('verify that one enterprise was in the pool, and whether it was selected by the rule')
    .argument('<proof>', 'the proof as published, GET /public/draws/ID/proof')
    .argument('<inclusion>', 'its inclusion file (入池证明), GET /public/draws/ID/inclusion/CODE')
    .option('--json', 'print the report as JSON')
    .option('--chain <file>', 'the /info of a drand chain that is not a known public one')
    .usage('[--json] [--chain FILE] PROOF.json INCLUSION.json')
    .addHelpText(
      'after',
      `
Needs neither the pool nor a network. Exit 1 names the first step that failed. The chain is as in "draw verify".

Example:
  curl --compressed -o own.json URL/public/draws/D-…/inclusion/91410381…
  mingchou draw inclusion draw.proof.json own.json`,
    )
    .action(async (proof: string, inclusion: string, options: unknown) =>
      (await import('./draw-inclusion.ts')).verify(proof, inclusion, options),
    );
  draw
    .command('explain')
    .description('tell a proof in plain words, in Chinese and English')
    .argument('<proof>', 'the proof as published, GET /public/draws/ID/proof')
    .option('--json', 'print the paragraphs as JSON')
    .usage('[--json] PROOF.json')
    .addHelpText('after', '\nExample:\n  mingchou draw explain draw.proof.json')
    .action(async (proof: string, options: unknown) =>
      (await import('./draw-explain.ts')).explain(proof, options),
    );
}

function addWorkdays(mingchou: CliCommand): void {
  const workdays = mingchou
    .command('workdays')
    .description('Chinese working days (工作日), 法定节假日 and 调休 included')
    .holdsCommands();
  workdays
    .command('add')
    .description('the N-th working day after a date (before it when N is negative)')
    .argument('<date>', 'a day in Asia/Shanghai, e.g. 2026-03-02')
    .argument('<n>', 'whole number of working days')
    .usage('DATE N')
    .addHelpText(
      'after',
      `
The date itself is not counted (民法典 201条). A day after the last announced year is "provisional".

Examples:
  mingchou workdays add 2026-03-02 20     the last day to publish (第十四条) what ended on 2026-03-02
  mingchou workdays add 2026-10-09 -3`,
    )
    .action(async (date: string, n: string) => (await import('./workdays.ts')).add(date, n));
  workdays
    .command('between')
    .description('how many working days lie after A up to and including B')
    .argument('<a>', 'a day in Asia/Shanghai')
    .argument('<b>', 'a day in Asia/Shanghai; earlier than A gives a negative number')
    .usage('A B')
    .addHelpText('after', '\nExample:\n  mingchou workdays between 2026-03-02 2026-03-30')
    .action(async (a: string, b: string) => (await import('./workdays.ts')).between(a, b));
  workdays
    .command('is')
    .description('whether people work on a date, and why')
    .argument('<date>', 'a day in Asia/Shanghai')
    .usage('DATE')
    .addHelpText('after', '\nExample:\n  mingchou workdays is 2026-02-14')
    .action(async (date: string) => (await import('./workdays.ts')).is(date));
}

function addLedger(mingchou: CliCommand): void {
  const ledger = mingchou
    .command('ledger')
    .description('the hash-chained ledger (账本) of everything that happened')
    .holdsCommands();
  withUrl(ledger.command('verify'))
    .description('read the public ledger from its first entry and recompute every link')
    .option(
      '--checkpoint <file>',
      'prove that the head remembered there is still in the chain; then remember the new one',
    )
    .usage('[--url URL] [--checkpoint FILE]')
    .addHelpText(
      'after',
      `
Prints the number of entries and the hash of the last. Exit 1 names the first entry that does not fit. Without a
checkpoint a chain that was rewritten whole looks sound; keep one where the operator can't reach it.
${CONNECTION_HELP}

Examples:
  mingchou ledger verify
  mingchou ledger verify --url https://mingchou.example.org --checkpoint ~/mingchou-head.json`,
    )
    .action(async (options: unknown) => (await import('./ledger-verify.ts')).verify(options));
}

function addTrigger(mingchou: CliCommand): void {
  const trigger = mingchou
    .command('trigger')
    .description('triggers (触发) as another system would send them')
    .holdsCommands();
  withUrl(trigger.command('send'))
    .description('send a signed report (Standard Webhooks) to POST /webhooks/SOURCE')
    .option(
      '--source <id>',
      'the registered source to send as; default: the first that "npm start" registered',
    )
    .option(
      '--secret <whsec>',
      'its secret; default: MINGCHOU_WEBHOOK_SECRET, or the one "npm start" registered',
    )
    .option(
      '--id <id>',
      'webhook-id of the message; one id is one trigger however often it is sent (default: a new one)',
    )
    .option(
      '--category <category>',
      'complaint 投诉举报, referral 转办交办, monitoring 网络监测 or risk 风险防控',
    )
    .option('--severity <severity>', 'normal or severe; severe fires at once, always')
    .option('--territory <prefix>', 'GB/T 2260 code or prefix of it, e.g. 410381')
    .option('--industry <prefix>', 'GB/T 4754 code or prefix of it, e.g. F5265')
    .option('--subject <id>', 'the business that is named, by its unified social credit code')
    .option('--title <text>', 'what it is about, in one line')
    .option('--text <text>', 'what was reported')
    .option('--file <body>', 'send this JSON file as it is, instead of an example')
    .usage('[options]')
    .addHelpText(
      'after',
      `
Signs with the server's clock. What is not given is filled in from an example. Prints status and answer.
${CONNECTION_HELP}

Examples:
  mingchou trigger send
  mingchou trigger send --source hotline-12345 --category complaint --territory 410381 --industry F5265 --title 缺斤短两
  mingchou trigger send --url https://… --source hotline-12345 --secret whsec_… --file report.json --id 2026-000123`,
    )
    .action(async (options: unknown) => (await import('./trigger-send.ts')).send(options));
  withUrl(trigger.command('status'))
    .description('ask what became of a message, as its sender')
    .requiredOption('--id <id>', 'webhook-id under which the message was sent')
    .option('--source <id>', 'the source that sent it; default: the first that "npm start" registered')
    .option(
      '--secret <whsec>',
      'its secret; default: MINGCHOU_WEBHOOK_SECRET, or the one "npm start" registered',
    )
    .usage('--id ID [options]')
    .addHelpText(
      'after',
      `
Prints status, since when, and where the draw is once it is public.
${CONNECTION_HELP}

Example:
  mingchou trigger status --source hotline-12345 --id 2026-000123`,
    )
    .action(async (options: unknown) => (await import('./trigger-status.ts')).status(options));
}

function addClock(mingchou: CliCommand): void {
  const clock = mingchou.command('clock').description('the virtual clock of the local stack').holdsCommands();
  withUrl(clock.command('show'))
    .description('what time it is there')
    .usage('[--url URL]')
    .addHelpText('after', `${CONNECTION_HELP}\n\nExample:\n  mingchou clock show`)
    .action(async (options: unknown) => (await import('./clock.ts')).show(options));
  withUrl(clock.command('advance'))
    .description('move it on; every schedule due on the way is run')
    .option('--hours <n>', 'by hours')
    .option('--days <n>', 'by days of 24 hours')
    .option('--working-days <n>', 'by working days (工作日)')
    .option('--to <instant>', 'to a moment, e.g. 2026-03-02T08:30+08:00')
    .usage('(--hours N | --days N | --working-days N | --to INSTANT) [--url URL]')
    .addHelpText(
      'after',
      `${CONNECTION_HELP}

Examples:
  mingchou clock advance --working-days 10
  mingchou clock advance --to 2026-12-01T08:30+08:00`,
    )
    .action(async (options: unknown) => (await import('./clock.ts')).advance(options));
}

const LIBRARIES = ['subjects', 'inspectors', 'items', 'people', 'licences', 'classings', 'signals'];

function addImport(mingchou: CliCommand): void {
  withPerson(mingchou.command('import'))
    .description('import a file into a library (名录库)')
    .argument('<file>', 'XLSX, or CSV in UTF-8 or GB18030, with the headers of the template')
    .addOption(
      new Option('--library <name>', 'the library to import into').choices(LIBRARIES).makeOptionMandatory(),
    )
    .option('--dry-run', 'only tell what would be added, changed and rejected')
    .option('--errors <out>', 'write the rows at fault as CSV, for whoever corrects them')
    .usage('FILE --library NAME [options]')
    .addHelpText(
      'after',
      `
Rows at fault are told with row, column and reason; the others are imported. Exit 1 when a row was rejected.
A file above 4.5 MB goes through object storage and is imported in steps, at most 100 MB of it.
${CONNECTION_HELP}

Examples:
  mingchou import subjects.xlsx --library subjects --dry-run
  mingchou import people.csv --library people --errors people-errors.csv --as HP9007`,
    )
    .action(async (file: string, options: unknown) =>
      (await import('./import.ts')).importFile(file, options),
    );
}

function addExport(mingchou: CliCommand): void {
  withPerson(mingchou.command('export'))
    .description('write a whole library (名录库) to a file that can be imported again')
    .addOption(
      new Option('--library <name>', 'the library to export').choices(LIBRARIES).makeOptionMandatory(),
    )
    .requiredOption('--out <file>', 'where to write it: NAME.csv or NAME.xlsx')
    .usage('--library NAME --out FILE [options]')
    .addHelpText(
      'after',
      `
The columns are those of the template. A CSV is one file however long it is; a workbook goes on in NAME-2.xlsx after
100,000 records.
${CONNECTION_HELP}

Example:
  mingchou export --library subjects --out subjects.csv`,
    )
    .action(async (options: unknown) => (await import('./export.ts')).exportLibrary(options));
}

function addToken(mingchou: CliCommand): void {
  withUrl(mingchou.command('token'))
    .description('print an access token of a person, for use with curl')
    .argument('<person>', 'staff number, e.g. HP9007')
    .usage('PERSON [--url URL]')
    .addHelpText(
      'after',
      `
The token comes from the installation's OpenID Connect issuer, by the client secret in .local/connection.json.
${CONNECTION_HELP}

Example:
  curl -H "authorization: Bearer $(npm run --silent mingchou -- token HP9007)" http://127.0.0.1:4510/me`,
    )
    .action(async (person: string, options: unknown) => (await import('./token.ts')).print(person, options));
}
