import { describe, expect, it } from 'vitest';
import {
  Announcement,
  announced,
  evidenceId,
  Evidence,
  MAX_EVIDENCE,
  refuseCollecting,
  stored,
  type Received,
} from '#domain/evidence/evidence.ts';
import { evidenceTypes, HEAD_BYTES, MediaType } from '#domain/evidence/media-type.ts';
import { InspectionStatus, type Inspection } from '#domain/inspection/inspection.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { refusalOf } from '../../support/refusals.ts';
import { assignedInspection, at, MONDAY } from '../../support/samples.ts';

const HASH = 'a'.repeat(64);
const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0);
const said = Announcement.parse({ name: '现场.jpg', mediaType: 'image/jpeg', size: 4, sha256: HASH });
const given = { by: 'GX-001', at: MONDAY };
const photo = announced([], 'I-1', said, given);
const arrived: Received = { size: 4, mediaType: 'image/jpeg', sha256: HASH, head: JPEG };

const faultsOf = (change: Record<string, unknown>) =>
  Announcement.safeParse({ ...said, ...change }).error?.issues.map(({ path }) => path.join('/')) ?? [];

describe('an announcement', () => {
  it.each([
    ['a type that is not accepted', { mediaType: 'image/heic' }, ['mediaType']],
    ['a page, which a browser would run', { mediaType: 'text/html' }, ['mediaType']],
    ['an empty file', { size: 0 }, ['size']],
    ['a photo of 20 MB and a byte', { size: 20_971_521 }, ['size']],
    ['a name with a path in it', { name: '../现场.jpg' }, ['name']],
    ['a name that turns the direction of writing', { name: '现场\u202Egpj.exe' }, ['name']],
    ['a digest in capitals', { sha256: 'A'.repeat(64) }, ['sha256']],
    [
      'all of it at once',
      { name: '', mediaType: 'x', size: 0, sha256: '' },
      ['name', 'mediaType', 'size', 'sha256'],
    ],
  ])('is refused for %s', (_, change, fields) => {
    expect(faultsOf(change)).toEqual(fields);
  });

  it('says in Chinese and English which types there are', () => {
    const [issue] = Announcement.safeParse({ ...said, mediaType: 'image/heic' }).error?.issues ?? [];
    expect(issue?.message).toBe(
      '不接受的文件类型“image/heic”，可用：JPEG、PNG、PDF、MP4、MP3、M4A、WAV accepted: image/jpeg, image/png, application/pdf, video/mp4, audio/mpeg, audio/mp4, audio/wav',
    );
  });

  it.each([
    ['image/jpeg', 20_971_520],
    ['image/png', 20_971_520],
    ['application/pdf', 52_428_800],
    ['video/mp4', 524_288_000],
    ['audio/mpeg', 104_857_600],
    ['audio/mp4', 104_857_600],
    ['audio/wav', 104_857_600],
  ])('of %s may have %i bytes and not one more', (mediaType, size) => {
    expect(faultsOf({ mediaType, size })).toEqual([]);
    expect(faultsOf({ mediaType, size: size + 1 })).toEqual(['size']);
  });

  it('of the same bytes is the same evidence, with what was said last', () => {
    const again = announced([photo], 'I-1', { ...said, name: '大门.jpg' }, { by: 'GX-002', at: MONDAY });
    expect(again).toEqual({ ...photo, version: 2, name: '大门.jpg', by: 'GX-002' });
    expect(photo.id).toBe(evidenceId('I-1', HASH));
    expect(evidenceId('I-2', HASH)).not.toBe(photo.id);
  });

  it('changes nothing of evidence that is stored', () => {
    const kept = stored(photo, arrived, MONDAY);
    expect(announced([kept], 'I-1', { ...said, name: '另名.jpg' }, given)).toBe(kept);
  });

  it('is refused when the inspection has 200 files', () => {
    const full = Array.from({ length: MAX_EVIDENCE }, (_, n) => Evidence.parse({ ...photo, id: `V-${n}` }));
    expect(refusalOf(() => announced(full, 'I-1', said, given)).reason).toBe('evidence-full');
    expect(announced(full.slice(1), 'I-1', said, given).id).toBe(photo.id);
  });
});

describe('a file that arrived', () => {
  it('is stored when it is what was announced', () => {
    expect(stored(photo, arrived, at('2026-03-02T02:00:00.000Z'))).toEqual({
      ...photo,
      version: 2,
      status: 'stored',
      storedAt: '2026-03-02T02:00:00.000Z',
    });
  });

  it('is not there when nothing came', () => {
    expect(refusalOf(() => stored(photo, undefined, MONDAY)).reason).toBe('evidence-missing');
  });

  it.each([
    ['of another length', { size: 5 }, ['/size']],
    ['of another declared type', { mediaType: 'image/png' }, ['/mediaType']],
    ['without a declared type', { mediaType: undefined }, ['/mediaType']],
    ['of other bytes', { sha256: 'b'.repeat(64) }, ['/sha256']],
    ['that is a program called a photo', { head: Uint8Array.of(0x4d, 0x5a) }, ['/mediaType']],
    [
      'that has nothing right',
      { size: 1, mediaType: 'x', sha256: '', head: new Uint8Array() },
      ['/size', '/mediaType', '/sha256', '/mediaType'],
    ],
  ])('is refused when it is one %s', (_, change, pointers) => {
    const refusal = refusalOf(() => stored(photo, { ...arrived, ...change }, MONDAY));
    expect([refusal.reason, refusal.fields.map(({ pointer }) => pointer)]).toEqual([
      'evidence-differs',
      pointers,
    ]);
  });
});

describe('a type', () => {
  const begin = (...parts: readonly (string | number)[]) =>
    new Uint8Array(
      Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.of(part)))),
    );
  const heads: Readonly<Record<MediaType, readonly Uint8Array[]>> = {
    'image/jpeg': [begin(0xff, 0xd8, 0xff, 0xe1)],
    'image/png': [begin(0x89, 'PNG\r\n', 0x1a)],
    'application/pdf': [begin('%PDF-1.7')],
    'video/mp4': [begin(0, 0, 0, 0x18, 'ftypisom')],
    'audio/mpeg': [begin('ID3', 4), begin(0xff, 0xfb, 0x90)],
    'audio/mp4': [begin(0, 0, 0, 0x18, 'ftypM4A ')],
    'audio/wav': [begin('RIFF', 1, 2, 3, 4, 'WAVE')],
  };

  it.each(MediaType.options)('%s is known by its first bytes', (type) => {
    expect(heads[type].map(evidenceTypes[type].begins)).toEqual(heads[type].map(() => true));
    expect(heads[type].every((head) => head.byteLength <= HEAD_BYTES)).toBe(true);
    const others = MediaType.options.filter(
      (other) => other !== type && !(type.endsWith('mp4') && other.endsWith('mp4')),
    );
    expect(others.filter((other) => heads[other].some(evidenceTypes[type].begins))).toEqual([]);
    expect(evidenceTypes[type].begins(new Uint8Array())).toBe(false);
  });

  it('audio/wav is not any other file of RIFF', () => {
    expect(evidenceTypes['audio/wav'].begins(begin('RIFF', 1, 2, 3, 4, 'AVI '))).toBe(false);
  });
});

describe('collecting evidence', () => {
  const collecting = (inspection: Inspection, staffNo: string): string | undefined => {
    try {
      refuseCollecting(inspection, staffNo);
      return undefined;
    } catch (error) {
      return error instanceof Refusal ? error.reason : String(error);
    }
  };

  it('article 12: goes on from the begin of the visit, and past the publication', () => {
    const taken = InspectionStatus.options.filter(
      (status) => collecting({ ...assignedInspection, status }, 'GX-001') === undefined,
    );
    expect(taken).toEqual(['begun', 'ended', 'recorded', 'published']);
    expect(collecting(assignedInspection, 'GX-001')).toBe('wrong-state');
  });

  it('is of the team alone', () => {
    const begun = { ...assignedInspection, status: 'begun' as const };
    expect(collecting(begun, 'GX-003')).toBe('not-on-team');
  });
});
