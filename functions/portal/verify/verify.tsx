import { render } from 'preact';
import { Verifier } from './verifier.tsx';

/** Runs in a reader's browser, on GET /public/verify, once the reader has opened it. */
const place = document.querySelector('#verify');
if (place === null) {
  throw new TypeError('the page has no place for the verifier');
}
place.replaceChildren();
render(<Verifier />, place);
// The button that was pressed is gone: whoever uses the keyboard goes on where the first file is chosen.
place.querySelector('input')?.focus();
