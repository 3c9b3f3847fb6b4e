import { ActionForm } from '#console/kit/action-form.tsx';
import { staying } from '#console/kit/command.ts';
import { bodyOf, type Field } from '#console/kit/form.ts';
import { Facts } from '#console/kit/list.tsx';
import type { Page } from '#console/kit/page.ts';
import { Time } from '#console/kit/time.tsx';
import { Two } from '#console/kit/words.tsx';
import { beaconFields, redrawBodyOf } from '#console/pages/draw-form.ts';

/*
 * What somebody types about a draw stands on a page of its own: the draw's page is loaded again and again while the draw goes
 * on, and would take from them what they were typing.
 */

function Back({ id }: { readonly id: string }) {
  return (
    <p>
      <a href={`/console/draws/${id}`}>
        <Two words={[`返回抽查 ${id}`, 'Back to the draw']} />
      </a>
    </p>
  );
}

const why: readonly Field[] = [
  {
    name: 'reason',
    kind: 'long',
    words: ['作废理由', 'Reason'],
    required: true,
    maxLength: 500,
    hint: '理由向社会公开。 Everyone can read it.',
  },
];

const voiding: Page = {
  path: '/draws/{id}/void',
  roles: ['lead-section'],
  actions: {
    'draw-void': {
      said: ['抽查已作废，记录保留并公开。', 'The draw is voided; it stays and is public.'],
      run: async ({ api, params }, form) => {
        const body = bodyOf(why, form);
        const { id } = await api.command('POST /draws/{id}/void', { params, once: form.once, body });
        return { to: `/console/draws/${id}` };
      },
    },
  },
  show: (asked) =>
    Promise.resolve({
      title: '作废抽查',
      content: (
        <>
          <Back id={asked.params['id'] ?? ''} />
          <ActionForm
            asked={asked}
            action="draw-void"
            fields={why}
            submit={['作废', 'Void']}
            kind="danger"
            sure="作废不可撤销。确定作废？ Void it for good?"
          />
        </>
      ),
    }),
};

const redrawing: Page = {
  path: '/draws/{id}/redraw',
  roles: ['lead-section'],
  actions: {
    'draw-again': {
      said: ['已拟定重新抽取，待批准。', 'The new draw is proposed and waits for approval.'],
      run: async ({ api, params }, form) => {
        const { id } = await api.command('POST /draws/{id}/redraw', {
          params,
          once: form.once,
          body: redrawBodyOf(form),
        });
        return { to: `/console/draws/${id}` };
      },
    },
  },
  show: (asked) =>
    Promise.resolve({
      title: '重新抽取',
      content: (
        <>
          <Back id={asked.params['id'] ?? ''} />
          <p>
            <Two
              words={[
                '新的抽查沿用原抽查的事项、范围和比例，另取随机信标；不选信标则沿用原来的方式。',
                'Items, criteria and shares stay; without a beacon chosen here its kind stays too.',
              ]}
            />
          </p>
          <ActionForm
            asked={asked}
            action="draw-again"
            fields={beaconFields(false)}
            submit={['重新抽取', 'Draw again']}
          />
        </>
      ),
    }),
};

const value: readonly Field[] = [
  {
    name: 'value',
    kind: 'text',
    words: ['该来源公布的原文', 'What the source published, word for word'],
    required: true,
    maxLength: 1_000,
    hint: '须两人各自录入且一致。 Two people enter it, and have to agree.',
  },
];

/** The announced value, as two people read it from the source (RFC 3797); business sections and supervisors may, who read no other page of draws. */
const beacon: Page = {
  path: '/draws/{id}/beacon',
  roles: ['lead-section', 'business-section', 'supervisor'],
  actions: {
    'draw-beacon': staying(
      'POST /draws/{id}/beacon',
      ['已录入；两人一致后继续抽取。', 'It is entered; the draw goes on once two people agree.'],
      value,
    ),
  },
  show: async (asked) => {
    const { title, committed, awaitedFrom, drawn } = await asked.api.call('GET /public/draws/{id}', {
      params: asked.params,
    });
    const announced = committed?.commitment.beacon;
    return {
      title: `录入公开信标：${title}`,
      content:
        announced?.kind === 'announced' && drawn === undefined ? (
          <>
            <Facts
              facts={[
                { words: ['公开来源', 'Source'], value: announced.source },
                {
                  words: ['最早公布时间', 'Published from'],
                  value: awaitedFrom === undefined ? undefined : <Time at={awaitedFrom} />,
                },
                {
                  words: ['抽查', 'Draw'],
                  value: <a href={`/public/draws/${asked.params['id'] ?? ''}`}>公示页面 Public page</a>,
                },
              ]}
            />
            <ActionForm asked={asked} action="draw-beacon" fields={value} submit={['录入', 'Enter']} />
          </>
        ) : (
          <p class="none">
            <Two words={['本次抽查不等待公开信标。', 'This draw waits for no announced beacon.']} />
          </p>
        ),
    };
  },
};

export const drawStepPages: readonly Page[] = [voiding, redrawing, beacon];
