import type { Operation } from './operation.ts';
import { SeenAnswer, SeenBody, Today } from './today.ts';

/** The routes of the page that a person's day begins with. */
export const todayOperations = {
  'GET /me/today': {
    summary: [
      '今日待办：期限、消息与待办数量',
      'What today asks of the person: deadlines, messages, what waits',
    ],
    answers: { 200: Today },
  },
  'POST /me/messages/seen': {
    summary: ['消息已阅', 'Messages were looked at until now'],
    body: SeenBody,
    answers: { 200: SeenAnswer },
  },
} as const satisfies Readonly<Record<string, Operation>>;
