import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { htmlPage, type Allowance } from '#web/layout.tsx';

const ATTACK = `<img src=x onerror="alert('1')">&`;
const page = htmlPage(ATTACK, <p title={ATTACK}>{ATTACK}</p>, 60);
const html = String(page.body);

describe('a page', () => {
  it('escapes title, text and attributes', () => {
    expect(html).not.toContain('<img');
    expect(html).not.toContain('onerror="');
    expect(html).toContain('<title>&lt;img src=x onerror=');
    expect(html).toContain('&lt;img src=x');
  });

  it('allows its one style by hash, and nothing else from anywhere', () => {
    const styles = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, style]) => style ?? '');
    expect(styles.length).toBe(1);
    const hash = createHash('sha256').update(styles.join('')).digest('base64');
    expect(page.headers['content-security-policy']).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
  });

  it('may send a form or run scripts of this site only when it is allowed to, and may never connect anywhere', () => {
    const policyWith = (allowed: Allowance) =>
      String(htmlPage('x', <p>x</p>, 60, allowed).headers['content-security-policy']);
    expect(policyWith({ forms: true })).toContain("form-action 'self'");
    expect(policyWith({ forms: true })).not.toContain('script-src');
    expect(policyWith({ scripts: true })).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
  });

  it('loads nothing and runs nothing, so that its policy blocks nothing of its own', () => {
    expect(html).not.toMatch(/<(script|link|iframe|img|form|object|embed)\b/);
    expect(html).not.toMatch(/\sstyle=/);
  });

  it('is Chinese first, for every width of screen, and cached as long as it says', () => {
    expect(html.startsWith('<!doctype html><html lang="zh-CN">')).toBe(true);
    expect(html).toContain('<meta charset="utf-8"');
    expect(html).toContain('width=device-width');
    expect(page.headers['cache-control']).toBe('public, max-age=60');
  });
});
