import { describe, expect, it } from 'vitest';
import { problems } from '#contracts/problems.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import { json } from '#web/answer.ts';
import { faultAnswer, problemAnswer, ProblemDocument } from '#web/problem.ts';

describe('an answer in JSON', () => {
  it('is not stored by anybody, and may carry headers of its own', () => {
    expect(json(202, { a: '加' }, { etag: '"1"' })).toEqual({
      status: 202,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'no-store',
        etag: '"1"',
      },
      body: '{"a":"加"}',
    });
  });
});

describe('a problem document', () => {
  it('says type, title, status, detail and every field at fault', () => {
    const fields = [{ pointer: '/results', detail: 'x' }];
    const answer = problemAnswer(new Refusal('record-invalid', 'The record breaks the rules.', fields));
    expect(answer?.status).toBe(422);
    expect(answer?.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(JSON.parse(String(answer?.body))).toEqual({
      type: 'urn:mingchou:problem:record-invalid',
      title: '检查记录不符合规则 Record breaks the rules',
      status: 422,
      detail: 'The record breaks the rules.',
      errors: fields,
    });
  });

  it('has no errors member when no field is at fault', () => {
    const answer = problemAnswer(new Refusal('not-found', 'gone'));
    expect(JSON.parse(String(answer?.body))).not.toHaveProperty('errors');
  });

  it.each([
    ['a refusal outside the catalogue', new Refusal('pool-empty', 'inner')],
    ['an inherited name', new Refusal('constructor', 'inner')],
    ['another error', new TypeError('inner')],
    ['a thrown text', 'inner'],
  ])('is not made of %s', (_, error) => {
    expect(problemAnswer(error)).toBeUndefined();
  });

  it('of a fault of ours gives a number to quote', () => {
    const document = ProblemDocument.parse(JSON.parse(String(faultAnswer('r-1').body)));
    expect([document.status, document.type, document.detail.includes('r-1')]).toEqual([
      500,
      'urn:mingchou:problem:internal',
      true,
    ]);
  });

  it('has a status of the 4xx range and a title in both languages for every reason', () => {
    const odd = Object.entries(problems).filter(
      ([, [status, title]]) =>
        status < 400 || status > 499 || !/^[\u4e00-\u9fff].* [A-Z].*[A-Za-z0-9]$/.test(title),
    );
    expect(odd).toEqual([]);
  });
});
