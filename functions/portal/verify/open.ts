/**
 * The small script of GET /public/verify, in a reader's browser: it loads the verifier when the reader asks for it, and
 * nothing before. By a script element and not by `import()`, since only an element is bound to the hash that the page names.
 */
const button = document.querySelector<HTMLButtonElement>('#open');
const status = document.querySelector('#opening');
if (button === null || status === null) {
  throw new TypeError('the page has no button that opens the verifier');
}

button.disabled = false;
button.addEventListener('click', () => {
  const { verifier, integrity } = button.dataset;
  if (verifier === undefined || integrity === undefined) {
    throw new TypeError('the page does not say which verifier it means');
  }
  button.disabled = true;
  status.textContent = '正在装载核验程序… Loading the verifier…';
  const script = document.createElement('script');
  script.type = 'module';
  script.src = verifier;
  script.integrity = integrity;
  script.addEventListener('error', () => {
    status.textContent =
      '核验程序没有装载成功，请重试；或在命令行核验。 The verifier could not be loaded; try again, or verify in a terminal.';
    button.disabled = false;
    script.remove();
  });
  document.head.append(script);
});
