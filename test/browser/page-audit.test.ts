import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { openBrowser, watchedPage } from '../support/browser.ts';
import { auditPage } from '../support/page-audit.ts';

/** A page that does everything wrong that the audit is to find. */
const BAD = `<!doctype html><html><head><title>x</title><style>p { color: #aaa; }</style>
<script src="/big.js"></script></head><body><div id="late"></div><h1>One</h1><h3>Three</h3><p>Pale</p>
<input type="text"><div style="width: 2000px">Wide</div>
<script>setTimeout(() => { document.getElementById('late').style.height = '500px'; }, 50);</script></body></html>`;
const GOOD = `<!doctype html><html lang="zh"><head><title>x</title></head><body><main><h1>One</h1></main></body></html>`;
const Address = z.custom<AddressInfo>((value) => typeof value === 'object' && value !== null);

let browser: Browser;
let server: Server;
let url = '';

beforeAll(async () => {
  browser = await openBrowser();
  server = createServer(({ url: path }, response) => {
    response.setHeader('content-type', path === '/big.js' ? 'text/javascript' : 'text/html');
    response.end(path === '/big.js' ? `/*${'x'.repeat(40_000)}*/` : path === '/good' ? GOOD : BAD);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${Address.parse(server.address()).port}`;
});
afterAll(async () => {
  await browser.close();
  server.close();
});

/** Beside the page the browser asks for its icon: two requests of three. */
async function findingsOf(path: string): Promise<string[]> {
  const { context, page } = await watchedPage(browser, 320);
  await page.goto(url + path);
  await page.waitForTimeout(200);
  const findings = await auditPage(page, { html: 300, script: 30_000, style: 10, requests: 2 });
  await context.close();
  return findings;
}

describe('the audit of a page', () => {
  it('finds what is too heavy, moves, is too wide, or keeps somebody out', async () => {
    const findings = await findingsOf('/bad');
    const kinds = findings.map((finding) => finding.split(/[: ]/)[0] ?? '');
    expect(kinds).toEqual(
      expect.arrayContaining([
        'html',
        'script',
        'style',
        'requests',
        'layout',
        'color-contrast',
        'heading-order',
        'html-has-lang',
        'label',
        'landmark-one-main',
      ]),
    );
    expect(findings.some((finding) => finding.endsWith('wider than the window'))).toBe(true);
  });

  it('finds nothing wrong with a page that is in order', async () => {
    expect(await findingsOf('/good')).toEqual([]);
  });
});
