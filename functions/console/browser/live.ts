/** How long nothing has to be typed before it is asked: the server counts a pool for each answer. */
const PAUSE_MILLISECONDS = 500;

/**
 * Asks again and again what a button of a form asks, `data-live`, as soon as something else is typed: the answer is the one
 * that the button gets, by the same request. What was asked before is given up, so that an old answer never comes last.
 */
export function asksAlone(button: HTMLButtonElement, form: HTMLFormElement): void {
  const region = form.querySelector('.outcome') ?? document.createElement('div');
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let asking = new AbortController();
  const ask = async (): Promise<void> => {
    const { signal } = asking;
    try {
      const answer = await fetch(form.action, { method: 'POST', body: typed(form, button), signal });
      const found = outcomeIn(await answer.text(), form.id);
      if (!signal.aborted) say(...found);
    } catch {
      // The connection, or the session: the button leads on to a page that says which.
      if (!signal.aborted) say('暂时算不出，请点击预览。 Not to be had now: press the button.');
    }
  };
  const say = (...content: readonly (Node | string)[]): void => {
    region.replaceChildren(...content);
    region.removeAttribute('aria-busy');
  };

  region.className = 'outcome';
  region.setAttribute('role', 'status');
  if (!region.isConnected) {
    say('填选条件后自动预览。 Counted as soon as you choose.');
    form.append(region);
  }
  form.addEventListener('input', () => {
    clearTimeout(waiting);
    asking.abort();
    asking = new AbortController();
    region.setAttribute('aria-busy', 'true');
    waiting = setTimeout(() => void ask(), PAUSE_MILLISECONDS);
  });
}

/** What the form holds, as the browser would send it with that button. */
function typed(form: HTMLFormElement, button: HTMLButtonElement): URLSearchParams {
  const sent = new URLSearchParams();
  for (const [name, value] of new FormData(form, button)) {
    if (typeof value === 'string') sent.append(name, value);
  }
  return sent;
}

/** What the page that comes back says below the form, or why it says nothing. */
function outcomeIn(html: string, id: string): readonly (Node | string)[] {
  const form = new DOMParser().parseFromString(html, 'text/html').getElementById(id);
  const outcome = form?.querySelector('.outcome');
  if (outcome !== null && outcome !== undefined) return [...outcome.childNodes];
  const fields = [...(form?.querySelectorAll('.refused li') ?? [])].map(({ textContent }) => textContent);
  if (form === undefined || form === null) throw new TypeError('the answer is another page');
  return [`尚不能预览，请检查 Not yet, look at: ${fields.join('、')}`];
}
