import { httpFunction } from '#lambda/http.ts';
import { calendar, dropLink, makeLink } from './calendar.ts';
import { approve, extend, pause, refuseChange, resume } from './changing.ts';
import { figures } from './figures.ts';
import { picture } from './pictures.ts';
import { deadlineById, deadlines } from './reading.ts';
import { messagesSeen, today } from './today.ts';

/** Who has to do what by when: lists, longer days and pauses, the calendar that a person subscribes to, and the figures. */
export const handler = httpFunction('agenda', {
  'GET /deadlines': deadlines,
  'GET /deadlines/{id}': deadlineById,
  'POST /deadlines/{id}/extend': extend,
  'POST /deadlines/{id}/pause': pause,
  'POST /deadlines/{id}/approve': approve,
  'POST /deadlines/{id}/refuse': refuseChange,
  'POST /deadlines/{id}/resume': resume,
  'GET /me/today': today,
  'POST /me/messages/seen': messagesSeen,
  'POST /me/calendar-link': makeLink,
  'DELETE /me/calendar-link': dropLink,
  'GET /public/calendars/{token}': calendar,
  'GET /figures/deadlines': figures,
  'GET /figures/{name}': picture,
});
