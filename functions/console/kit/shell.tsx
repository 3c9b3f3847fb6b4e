import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { personRoleLabels } from '#domain/person/person.ts';
import type { Answer } from '#web/answer.ts';
import { scriptPath } from './script.ts';
import { navGroups, type NavGroup, type Page, type Person, type Words } from './page.ts';
import { STYLE_PATH } from './style.ts';
import { Two } from './words.tsx';

interface Frame {
  readonly status?: number;
  readonly title: string;
  readonly content: VNode;
  readonly person?: Person | undefined;
  /** The pages that this person has in the navigation. */
  readonly pages?: readonly Page[];
  /** The page's pattern, to mark its place there. */
  readonly here?: string;
  readonly said?: Words | undefined;
  readonly againAfterSeconds?: number | undefined;
  /** Other sites that a form may lead to: the issuer, which ends its own session. */
  readonly formsTo?: string;
}

/** Scripts and styles of this site only, none inside of a page; nothing may frame it. */
function policy(formsTo: string | undefined): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    `form-action 'self'${formsTo === undefined ? '' : ` ${formsTo}`}`,
    "frame-ancestors 'none'",
  ].join('; ');
}

/** A whole page of the console; nobody may keep it, since it shows what one person may see. */
export function framed(frame: Frame): Answer {
  const { status = 200, title, againAfterSeconds, formsTo } = frame;
  const html = renderToString(
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {againAfterSeconds === undefined ? null : (
          <meta http-equiv="refresh" content={String(againAfterSeconds)} />
        )}
        <title>{`${title} · 明抽`}</title>
        <link rel="stylesheet" href={STYLE_PATH} />
        <script src={scriptPath()} type="module" />
      </head>
      <body>
        <Body {...frame} />
      </body>
    </html>,
  );
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy(formsTo),
      'cache-control': 'no-store',
    },
    body: `<!doctype html>${html}`,
  };
}

function Body({ title, content, person, pages = [], here = '', said }: Frame) {
  return (
    <>
      <a class="skip" href="#main">
        跳到正文 Skip to content
      </a>
      <header class="top">
        <strong>
          <a href="/console">明抽</a>
        </strong>
        {person === undefined ? null : (
          <>
            <a class="to-menu" href="#menu">
              菜单 <span class="en">Menu</span>
            </a>
            <span class="who">
              {person.name} · {personRoleLabels[person.role]}
            </span>
            <form method="post" action="/console/sign-out">
              <button type="submit">退出 Sign out</button>
            </form>
          </>
        )}
      </header>
      <div class="whole">
        <main id="main">
          <h1>{title}</h1>
          {said === undefined ? null : (
            <p class="said" role="status">
              <Two words={said} />
            </p>
          )}
          {content}
        </main>
        {person === undefined ? null : <Menu pages={pages} here={here} />}
      </div>
      <footer>
        依据《触发式“双随机、一公开”监管工作细则》 · <a href="/public/inspections">公示 Public site</a>
      </footer>
    </>
  );
}

function isGroup(name: string): name is NavGroup {
  return Object.hasOwn(navGroups, name);
}

/** The page of the navigation that a page is, or stands below. */
function placeOf(here: string, pages: readonly Page[]): string | undefined {
  const own = pages.find(({ path }) => path === here);
  return (own ?? pages.find(({ path }) => path !== '' && here.startsWith(`${path}/`)))?.path;
}

/** It comes after the content, and stands beside it where there is room: a keyboard and a phone reach the work first. */
function Menu({ pages, here }: { readonly pages: readonly Page[]; readonly here: string }) {
  const groups = Object.keys(navGroups).filter(isGroup);
  const current = placeOf(here, pages);
  return (
    <nav class="menu" id="menu" aria-label="菜单 Menu">
      {groups.map((group) => {
        const own = pages.filter((page) => page.nav?.group === group);
        return own.length === 0 ? null : (
          <section key={group}>
            <h2>
              <Two words={navGroups[group]} />
            </h2>
            <ul>
              {own.map(({ path, nav }) => (
                <li key={path}>
                  <a href={`/console${path}`} {...(path === current ? { 'aria-current': 'page' } : {})}>
                    {nav?.words[0]} <span class="en">{nav?.words[1]}</span>
                  </a>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </nav>
  );
}
