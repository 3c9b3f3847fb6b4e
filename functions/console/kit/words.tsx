import type { Words } from './page.ts';

/** Chinese with its English after it. */
export function Two({ words: [zh, en] }: { readonly words: Words }) {
  return (
    <>
      {zh}{' '}
      <span class="en" lang="en">
        {en}
      </span>
    </>
  );
}
