import { asksAlone } from './live.ts';

/** What a script adds to the console's pages; everything works without it. */

for (const form of document.querySelectorAll('form[method=post]')) {
  if (form instanceof HTMLFormElement) {
    form.addEventListener('submit', (event) => {
      const sure = form.dataset['sure'];
      if (sure !== undefined && !globalThis.confirm(sure)) {
        event.preventDefault();
        return;
      }
      if (refuseTooLarge(form)) {
        event.preventDefault();
        return;
      }
      // After the browser has read the form: a second click does nothing; the server would carry it out once anyway.
      setTimeout(() => {
        for (const button of form.querySelectorAll('button')) button.disabled = true;
      });
    });
  }
}

/** Brought back by the browser's "back", a form can be sent again. */
globalThis.addEventListener('pageshow', () => {
  for (const button of document.querySelectorAll('form button')) {
    if (button instanceof HTMLButtonElement) button.disabled = false;
  }
});

/** What was refused is read first. */
const refused = document.querySelector('.refused');
if (refused instanceof HTMLElement) refused.focus();

/** Says so before anything is sent, when a file is larger than its field takes. */
function refuseTooLarge(form: HTMLFormElement): boolean {
  let refusedAny = false;
  for (const input of form.querySelectorAll('input[type=file]')) {
    if (!(input instanceof HTMLInputElement)) continue;
    const most = Number(input.dataset['max']);
    const tooLarge = [...(input.files ?? [])].some(({ size }) => size > most);
    input.setCustomValidity(
      tooLarge ? `文件超过 ${Math.floor(most / 1_000_000)} MB The file is too large.` : '',
    );
    refusedAny ||= tooLarge;
    if (tooLarge) input.reportValidity();
  }
  return refusedAny;
}

for (const input of document.querySelectorAll('input[type=file]')) {
  if (input instanceof HTMLInputElement) {
    input.addEventListener('change', () => {
      input.setCustomValidity('');
    });
  }
}

for (const button of document.querySelectorAll('button[data-live]')) {
  if (button instanceof HTMLButtonElement && button.form !== null) asksAlone(button, button.form);
}

/** One box that stands for all of a list. */
for (const all of document.querySelectorAll('input[data-all]')) {
  if (all instanceof HTMLInputElement) {
    all.addEventListener('change', () => {
      for (const one of document.querySelectorAll(`input[name="${all.dataset['all']}"]`)) {
        if (one instanceof HTMLInputElement) one.checked = all.checked;
      }
    });
  }
}
