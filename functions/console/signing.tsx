import { staffOfToken } from '#console/api/me.ts';
import { framed } from '#console/kit/shell.tsx';
import { NotLetIn, type Tokens } from '#console/session/issuer.ts';
import { Session, Signing, open, seal } from '#console/session/session.ts';
import { signOutEverywhere } from '#store/sessions.ts';
import type { Answer } from '#web/answer.ts';
import type { HttpRequest } from '#web/request.ts';
import { cookies, environment, issuer, keys, store } from './opened.ts';

/** Sends the browser to another page of ours or to the issuer. */
export function redirect(to: string, setCookies: readonly string[] = []): Answer {
  return {
    status: 303,
    headers: { location: to, 'cache-control': 'no-store' },
    cookies: setCookies,
    body: '',
  };
}

/** A page of the console, and nothing else: no other site, however it is written. */
function ownPath(to: string | undefined): string {
  return to !== undefined && /^\/console([/?][\w\-./?=&%~+:]*)?$/.test(to) && !to.includes('//')
    ? to
    : '/console';
}

/** Begins to sign in: off to the issuer. */
export async function signIn({ query, at }: HttpRequest): Promise<Answer> {
  const { url, signing } = await issuer().begin(ownPath(query['to']), at);
  return redirect(url, cookies().set('signing', await seal(signing, 'signing', await keys(at))));
}

/** The issuer sent the browser back: with a code for tokens, or with a refusal. */
export async function callback(request: HttpRequest): Promise<Answer> {
  const { at, query } = request;
  const sealed = cookies().read(request.cookies ?? {}, 'signing');
  const signing = await open(Signing, 'signing', sealed, await keys(at), at);
  if (signing === undefined) {
    // The page was loaded again, or it took too long: begin anew, which at most issuers takes no typing.
    return redirect('/console/sign-in');
  }
  try {
    const tokens = await issuer().end(new URLSearchParams(query).toString(), signing);
    const staff = await staffOfToken(environment().ORIGIN, tokens.accessToken);
    if ('refused' in staff) {
      return notLetIn(403, staff.refused);
    }
    const session: Session = { ...staff, begunAt: at, ...tokens };
    return redirect(signing.to, [...(await sessionCookies(session, at)), ...cookies().clear('signing')]);
  } catch (error) {
    if (error instanceof NotLetIn) {
      return notLetIn(400, '登录未完成，请重新登录。 Signing in was not completed; please sign in again.');
    }
    throw error;
  }
}

/** The session as lines of `set-cookie`. */
export async function sessionCookies(session: Session, at: HttpRequest['at']): Promise<string[]> {
  return cookies().set('session', await seal(session, 'session', await keys(at)));
}

/** The session with the tokens that the issuer gave for its refresh token; undefined when it gives none. */
export async function renewed(session: Session): Promise<Session | undefined> {
  if (session.refreshToken === undefined) {
    return undefined;
  }
  try {
    const tokens: Tokens = await issuer().refresh(session.refreshToken);
    return { ...session, ...tokens };
  } catch (error) {
    if (error instanceof NotLetIn) {
      return undefined;
    }
    throw error;
  }
}

/** Ends this session, here and at the issuer; with `everywhere`, every other of the person's as well. */
export async function signOut(
  request: HttpRequest,
  session: Session | undefined,
  everywhere: boolean,
): Promise<Answer> {
  const cleared = cookies().clear('session');
  if (session === undefined) {
    return redirect('/console/signed-out', cleared);
  }
  if (everywhere) {
    await signOutEverywhere(store(), session.staffNo, request.at);
  }
  try {
    return redirect((await issuer().endSession(session)) ?? '/console/signed-out', cleared);
  } catch (error) {
    if (error instanceof NotLetIn) {
      return redirect('/console/signed-out', cleared);
    }
    throw error;
  }
}

export function signedOut(): Answer {
  return framed({
    title: '已退出登录',
    content: (
      <p>
        <a class="button" href="/console">
          重新登录 Sign in
        </a>
      </p>
    ),
  });
}

function notLetIn(status: number, why: string): Answer {
  return {
    ...framed({
      status,
      title: '未能登录',
      content: (
        <>
          <p>{why}</p>
          <p>
            <a class="button" href="/console/sign-in">
              重新登录 Sign in
            </a>
          </p>
        </>
      ),
    }),
    cookies: cookies().clear('signing'),
  };
}
