import type { Bilingual } from '#domain/draw/beacon.ts';
import type { Draw } from '#domain/draw/draw.ts';

/** A proof in plain words. */
export function ExplanationPage({
  draw,
  paragraphs,
}: {
  readonly draw: Draw;
  readonly paragraphs: readonly Bilingual[];
}) {
  return (
    <>
      <h1>{`说明：${draw.title}`}</h1>
      <p class="en" lang="en">
        This draw in plain words
      </p>
      {paragraphs.map(({ zh, en }) => (
        <div class="paragraph" key={en}>
          <p>{zh}</p>
          <p class="en" lang="en">
            {en}
          </p>
        </div>
      ))}
      <p>
        本页由证明文件生成，说的是证明所载的内容；是否属实，请自行<a href="/public/verify">核验</a>。
        <br />
        <span class="en" lang="en">
          Made from the proof: it tells what the proof says. Whether that is true,{' '}
          <a href="/public/verify">verify</a> for yourself.
        </span>
      </p>
      <p>
        <a href={`/public/draws/${draw.id}`}>返回本次抽取 Back to the draw</a>
      </p>
    </>
  );
}
