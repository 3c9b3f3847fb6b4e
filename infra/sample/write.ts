import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sampleDistrict } from '#infra/sample/district.ts';
import { CalendarDate } from '#domain/time/time.ts';

/** `npx node infra/sample/write.ts FOLDER [TODAY] [SEED]` writes the sample district's files into the folder. */
const [folder, today = '2026-11-23', seed = 'mingchou'] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('Usage: node infra/sample/write.ts FOLDER [TODAY as YYYY-MM-DD] [SEED]\n');
  process.exitCode = 2;
} else {
  await mkdir(folder, { recursive: true });
  for (const file of sampleDistrict({ seed, today: CalendarDate.parse(today) })) {
    await writeFile(join(folder, file.name), file.bytes);
    process.stdout.write(
      `${join(folder, file.name)}  ${file.library}  ${file.encoding}  ${file.bytes.length} bytes\n`,
    );
  }
}
