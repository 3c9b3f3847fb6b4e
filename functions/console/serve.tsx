import { Api, ApiRefusal, SignedOut } from '#console/api/api.ts';
import { Kept } from '#console/kit/action-form.tsx';
import { readForm, type Form } from '#console/kit/form.ts';
import {
  addressOf,
  type Action,
  type Asked,
  type Page,
  type Returned,
  type Shown,
} from '#console/kit/page.ts';
import { framed } from '#console/kit/shell.tsx';
import { script, scriptPath } from '#console/kit/script.ts';
import { STYLE, STYLE_PATH } from '#console/kit/style.ts';
import { isSentByUs } from '#console/session/same-site.ts';
import { Session, open } from '#console/session/session.ts';
import { personRoleLabels } from '#domain/person/person.ts';
import { dateInShanghai } from '#domain/time/time.ts';
import { signedOutAt } from '#store/sessions.ts';
import type { Answer } from '#web/answer.ts';
import { refuse } from '#web/problem.ts';
import type { HttpRequest } from '#web/request.ts';
import { cookies, environment, keys, store } from './opened.ts';
import { pages } from './pages.ts';
import { callback, redirect, renewed, sessionCookies, signedOut, signIn, signOut } from './signing.tsx';

/** Answers every request below `/console`. */
export async function serve(request: HttpRequest): Promise<Answer> {
  const path = request.path.slice('/console'.length);
  if (request.method === 'GET') {
    const asset = assetAt(request.path);
    if (asset !== undefined) return asset;
    if (path === '/sign-in') return signIn(request);
    if (path === '/callback') return callback(request);
    if (path === '/signed-out') return signedOut();
  } else if (!isSentByUs(request, environment().ORIGIN)) {
    refuse('other-site', '表单须由本站页面提交 A form must be sent by a page of this site.');
  }
  const session = await sessionOf(request);
  if (path === '/sign-out') return signOut(request, session, false);
  if (path === '/sign-out-everywhere') return signOut(request, session, true);
  return session === undefined ? outside(request) : inside(request, path, session);
}

const FOREVER = 'public, max-age=31536000, immutable';

function assetAt(path: string): Answer | undefined {
  if (path === STYLE_PATH) {
    return {
      status: 200,
      headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': FOREVER },
      body: STYLE,
    };
  }
  if (path === scriptPath()) {
    return {
      status: 200,
      headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': FOREVER },
      body: script(),
    };
  }
  return undefined;
}

/** Who is signed in, if the session still counts: the person may have ended it from elsewhere. */
async function sessionOf({ cookies: sent = {}, at }: HttpRequest): Promise<Session | undefined> {
  const sealed = cookies().read(sent, 'session');
  const session = await open(Session, 'session', sealed, await keys(at), at);
  const ended = session === undefined ? undefined : await signedOutAt(store(), session.staffNo);
  return ended !== undefined && session !== undefined && session.begunAt < ended ? undefined : session;
}

/** Nobody is signed in: a page asks to sign in and comes back to it, and what was typed into a form is kept to be sent again. */
async function outside(request: HttpRequest): Promise<Answer> {
  const here = addressOf(request);
  if (request.method === 'GET') {
    return redirect(`/console/sign-in?to=${encodeURIComponent(here)}`);
  }
  const { action, form } = await formOf(request);
  return framed({
    status: 401,
    title: '登录已过期',
    content: (
      <>
        <p>
          您填写的内容仍在本页。请先在新窗口重新登录，再回到本页提交。
          <br />
          <span class="en" lang="en">
            What you typed is still on this page. Sign in again in a new window, come back, and send it.
          </span>
        </p>
        <p>
          <a class="button" href="/console/sign-in" target="_blank" rel="noopener">
            1. 重新登录 Sign in
          </a>
        </p>
        <form method="post" action={here}>
          <Kept action={action} form={form} />
          {Object.keys(form.files).length === 0 ? null : (
            <p>所选文件需要重新选择。 Files have to be chosen again.</p>
          )}
          <button type="submit">2. 提交 Send</button>
        </form>
      </>
    ),
  });
}

async function inside(request: HttpRequest, path: string, session: Session): Promise<Answer> {
  const { role } = session;
  const own = pages.filter((page) => page.nav !== undefined && page.roles.includes(role));
  let current = session;
  const api = new Api({
    origin: environment().ORIGIN,
    token: session.accessToken,
    renew: async () => {
      const next = await renewed(current);
      if (next !== undefined) current = next;
      return next?.accessToken;
    },
  });
  const found = pageAt(path);
  const frame = { person: session, pages: own };
  if (found === undefined) {
    return framed({ ...frame, status: 404, title: '没有这个页面', content: <Lost /> });
  }
  const { page, params } = found;
  if (!page.roles.includes(role)) {
    return framed({ ...frame, status: 403, title: '无权查看本页', content: <NotYours page={page} /> });
  }
  const { done, ...query } = request.query;
  const asked: Asked = {
    person: session,
    api,
    path: request.path,
    params,
    query,
    at: request.at,
    today: dateInShanghai(request.at),
  };
  try {
    const answer = await (request.method === 'GET'
      ? shown(page, asked, frame, done)
      : acted(page, asked, frame, request));
    return current === session ? answer : withCookies(answer, await sessionCookies(current, request.at));
  } catch (error) {
    if (error instanceof SignedOut) {
      return outside(request);
    }
    if (error instanceof ApiRefusal) {
      return refusedPage(error, frame, page);
    }
    throw error;
  }
}

function withCookies(answer: Answer, lines: readonly string[]): Answer {
  return { ...answer, cookies: [...(answer.cookies ?? []), ...lines] };
}

type Around = Pick<Parameters<typeof framed>[0], 'person' | 'pages'>;

/** The page as its own action left it: done, or as it is. */
async function shown(page: Page, asked: Asked, around: Around, done?: string): Promise<Answer> {
  const result = await page.show(asked);
  return 'given' in result ? { status: 200, ...result.given } : drawn(page, result, asked, around, done);
}

function drawn(page: Page, result: Shown, asked: Asked, around: Around, done?: string): Answer {
  return framed({
    ...around,
    ...result,
    here: page.path,
    status: asked.returned?.problem?.status ?? 200,
    title: asked.returned?.problem === undefined ? result.title : `有误：${result.title}`,
    said: sayings.get(done ?? ''),
    formsTo: new URL(environment().SIGN_IN.issuer).origin,
  });
}

/**
 * What each action says when it is done. The page that it led to knows its name from the address, which can't bring words of
 * its own; so a name says one thing on all pages.
 */
const sayings = new Map<string, Action['said']>();
for (const [name, { said }] of pages.flatMap(({ actions = {} }) => Object.entries(actions))) {
  if ((sayings.get(name) ?? said).join() !== said.join()) {
    throw new Error(`two actions are called ${name}, and say different things`);
  }
  sayings.set(name, said);
}

async function acted(page: Page, asked: Asked, around: Around, request: HttpRequest): Promise<Answer> {
  const { action: name, form } = await formOf(request);
  const action = new Map(Object.entries(page.actions ?? {})).get(name);
  if (action === undefined) {
    return framed({ ...around, status: 404, title: '没有这个操作', content: <Lost /> });
  }
  const returning = (returned: Pick<Returned, 'problem' | 'outcome'>) =>
    shown(page, { ...asked, returned: { action: name, form, ...returned } }, around);
  try {
    const done = await action.run(asked, form);
    if ('given' in done) {
      return { status: 200, ...done.given };
    }
    return 'outcome' in done
      ? await returning({ outcome: done.outcome })
      : redirect(`${done.to}${done.to.includes('?') ? '&' : '?'}done=${name}`);
  } catch (error) {
    if (error instanceof ApiRefusal) {
      return returning({ problem: error.problem });
    }
    throw error;
  }
}

/** @throws Refusal `media-type-unsupported` for what is no form. */
async function formOf(request: HttpRequest): Promise<{ readonly action: string; readonly form: Form }> {
  try {
    return await readForm(request);
  } catch (error) {
    if (error instanceof TypeError) {
      return refuse('media-type-unsupported', '须为表单 The body must be a form that a page of ours sent.');
    }
    throw error;
  }
}

function refusedPage({ problem }: ApiRefusal, around: Around, page: Page): Answer {
  return framed({
    ...around,
    here: page.path,
    status: problem.status,
    title: problem.status === 404 ? '没有找到' : '不能显示',
    content: (
      <>
        <p>{problem.detail}</p>
        <p>
          可能编号有误，或属于其他单位。
          <span class="en" lang="en">
            The number may be wrong, or it belongs to another unit.
          </span>
        </p>
        <p>
          <a href={`/console${page.path.split('/{')[0] ?? ''}`}>返回列表 Back to the list</a>
        </p>
      </>
    ),
  });
}

function Lost() {
  return (
    <p>
      地址可能有误，请从菜单进入，或返回
      <a href="/console">今日工作 Today</a>。
    </p>
  );
}

function NotYours({ page }: { readonly page: Page }) {
  return (
    <p>
      本页供下列人员使用 This page is for: {page.roles.map((role) => personRoleLabels[role]).join('、')}。
      <a href="/console">返回 Back</a>
    </p>
  );
}

const patterns = new Map(
  pages.map((page) => [
    page,
    new RegExp(`^${page.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>[^/]+)`)}$`),
  ]),
);

/** The page of an address below `/console`; one without parameters comes before one that would take its name for an id. */
function pageAt(
  path: string,
): { readonly page: Page; readonly params: Readonly<Record<string, string>> } | undefined {
  const wanted = path === '/' ? '' : path;
  const exact = pages.find((page) => page.path === wanted);
  if (exact !== undefined) {
    return { page: exact, params: {} };
  }
  for (const [page, pattern] of patterns) {
    const match = pattern.exec(wanted);
    if (match !== null) {
      return { page, params: { ...match.groups } };
    }
  }
  return undefined;
}
