import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';

interface Page {
  readonly title: string;
  /** CSS, as it stands in the page: its hash is what a content security policy names. */
  readonly style: string;
  readonly children: ComponentChildren;
}

/** A whole page in Chinese that loads nothing: one style of its own, and everything in it escaped. */
export function pageText({ title, style, children }: Page): string {
  return `<!doctype html>${renderToString(
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>{children}</body>
    </html>,
  )}`;
}
