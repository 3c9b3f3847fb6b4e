import { render } from 'preact';
import { Verifier } from './verifier.tsx';

/** Runs in a reader's browser, on GET /public/verify. */
const place = document.querySelector('#verify');
if (place === null) {
  throw new TypeError('the page has no place for the verifier');
}
place.replaceChildren();
render(<Verifier />, place);
