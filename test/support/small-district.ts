import { decodeText } from '#files/decode.ts';
import { sampleDistrict, type SampleFile } from '#infra/sample/district.ts';
import { CalendarDate } from '#domain/time/time.ts';

/** A file of a library, as it is posted. */
export interface LibraryFile {
  readonly library: SampleFile['library'];
  readonly bytes: Uint8Array;
}

/** The unit whose people the small district has: 商贸流通监管中队. */
const UNIT = '商贸流通监管中队';

/**
 * A corner of the sample district that a journey crosses in a second: the first `restaurants` operating restaurants, one
 * unit with its inspectors, the sections above it, and the unit's items.
 */
export function smallDistrict(restaurants: number): LibraryFile[] {
  const files = sampleDistrict({ seed: 'mingchou', today: CalendarDate.parse('2026-09-01') });
  const rows = (name: string, keep: (line: string) => boolean, limit = Infinity): LibraryFile => {
    const file = files.find((one) => one.name === name);
    if (file === undefined) {
      throw new Error(`the sample has no file ${name}`);
    }
    const [header = '', ...lines] = [...decodeText(file.bytes).pieces].join('').split('\r\n');
    const kept = lines.filter((line) => line !== '' && keep(line)).slice(0, limit);
    return { library: file.library, bytes: new TextEncoder().encode([header, ...kept, ''].join('\r\n')) };
  };
  return [
    rows('people.csv', (line) => line.includes(UNIT) || line.startsWith('HP9')),
    rows('inspectors.csv', (line) => line.includes(UNIT)),
    rows('items.csv', (line) => line.includes(UNIT)),
    rows('subjects.csv', (line) => line.includes(',H6210,') && line.includes(',存续,'), restaurants),
  ];
}
