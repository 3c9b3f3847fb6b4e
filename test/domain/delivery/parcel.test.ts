import { describe, expect, it } from 'vitest';
import { newDelivery } from '#domain/delivery/delivery.ts';
import { parcelOf } from '#domain/delivery/parcel.ts';
import { channelsFor, DEFAULT_PREFERENCES, PreferencesBody } from '#domain/delivery/preferences.ts';
import { channel, message, queued } from '../../support/parcels.ts';
import { at } from '../../support/samples.ts';

const to = { staffNo: 'HP1001', name: '张三' };
const digest = newDelivery('mail', message(1, { urgency: 'digest' }), at('2026-03-03T00:40:00.000Z'));

describe('what somebody reads', () => {
  it('of one message is its own words, in the language that they chose', () => {
    const { subject, text } = parcelOf(queued, to, [message(1)], 'both');
    expect([subject, text]).toEqual(['新检查任务 1', '请于 2026-03-01 前接受。\nAccept by 2026-03-01.']);
    expect(parcelOf(queued, to, [message(1)], 'zh').text).toBe('请于 2026-03-01 前接受。');
    expect(parcelOf(queued, to, [message(1)], 'en')).toMatchObject({
      subject: 'New inspection 1',
      text: 'Accept by 2026-03-01.',
    });
  });

  it('of a morning lists all of it', () => {
    const said = parcelOf({ ...digest, unlisted: 3 }, to, [message(1), message(2)], 'zh');
    expect(said.subject).toBe('2026-03-03 消息汇总：5 条');
    expect(said.text).toBe(
      '1. 新检查任务 1\n请于 2026-03-01 前接受。\n\n2. 新检查任务 2\n请于 2026-03-02 前接受。\n\n另有 3 条，请登录查看。',
    );
    expect(said.short).toBe('1. 新检查任务 1\n2. 新检查任务 2\n另有 3 条，请登录查看。');
  });

  it('is the same while it is being sent', () => {
    const sending = { ...digest, status: 'sending', next: at('2026-03-05T00:40:00.000Z') } as const;
    expect(parcelOf(sending, to, [message(1)], 'en')).toEqual(parcelOf(digest, to, [message(1)], 'en'));
  });

  it('can not be nothing', () => {
    expect(() => parcelOf(digest, to, [], 'zh')).toThrow(RangeError);
  });
});

describe('the channels of a person', () => {
  const zhang = { role: 'inspector', unit: '商务综合执法大队', email: 'zhang.san@example.org' } as const;
  const mail = channel({ kind: 'mail', host: '127.0.0.1', port: 25, tls: 'none', from: 'a@example.org' });
  const url = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1';
  const group = channel(
    { kind: 'wecom', url },
    { audience: { roles: ['inspector', 'unit'], units: ['商务综合执法大队'] } },
  );
  const off = channel({ kind: 'wecom', url }, { id: 'off', enabled: false });
  const ids = (
    person: Parameters<typeof channelsFor>[1],
    preferences: PreferencesBody = DEFAULT_PREFERENCES,
  ) => channelsFor([mail, group, off], person, preferences, 'immediate').map(({ id }) => id);

  it('are those that address them', () => {
    expect(ids(zhang)).toEqual(['mail', 'wecom']);
    expect(ids({ ...zhang, unit: '市容大队' })).toEqual(['mail']);
    expect(ids({ ...zhang, role: 'supervisor' })).toEqual(['mail']);
    expect(ids({ ...zhang, email: undefined })).toEqual(['wecom']);
  });

  it('are of these the ones that they chose, for each urgency by itself', () => {
    expect(ids(zhang, { language: 'zh', immediate: ['wecom'], digest: [] })).toEqual(['wecom']);
    expect(ids(zhang, { language: 'zh', digest: [] })).toEqual(['mail', 'wecom']);
    expect(ids(zhang, { language: 'zh', immediate: ['off', 'gone'] })).toEqual([]);
  });

  it('are chosen from ids, each once', () => {
    expect(PreferencesBody.safeParse({ immediate: ['mail', 'mail'] }).success).toBe(false);
    expect(PreferencesBody.safeParse({ immediate: ['Mail!'] }).success).toBe(false);
    expect(PreferencesBody.parse({})).toEqual({ language: 'both' });
  });
});
