import { describe, expect, it } from 'vitest';
import type { Form } from '#console/kit/form.ts';
import { preferencesOf } from '#console/pages/preferences.tsx';
import { PreferencesBody } from '#domain/delivery/preferences.ts';

function formOf(values: Readonly<Record<string, readonly string[]>>): Form {
  return { once: 'once-1', values, files: {} };
}

describe('the form that says how a person is told', () => {
  it('leaves a list out for every channel, and sends an empty one for none', () => {
    const body = preferencesOf(
      formOf({ language: ['zh'], immediateBy: ['every'], digestBy: ['chosen'], 'quiet.from': [''] }),
    );
    expect(body).toEqual({ language: 'zh', digest: [] });
    expect(PreferencesBody.safeParse(body).success).toBe(true);
  });

  it('takes the channels that were ticked only where they are to be the only ones', () => {
    const body = preferencesOf(
      formOf({
        language: ['both'],
        immediateBy: ['chosen'],
        immediate: ['mail', 'wecom-market'],
        digestBy: ['every'],
        digest: ['mail'],
        'quiet.from': ['12:00'],
        'quiet.to': ['14:00'],
      }),
    );
    expect(body).toEqual({
      language: 'both',
      immediate: ['mail', 'wecom-market'],
      quiet: { from: '12:00', to: '14:00' },
    });
    expect(PreferencesBody.safeParse(body).success).toBe(true);
  });
});
