import { canonicalJson } from '#domain/canonical/canonical.ts';
import type { PoolSummary } from './pool.ts';
import type { PoolReader } from './pool-reader.ts';
import { failed, notChecked, ok, type Step, type StepName } from './report.ts';

/** The steps `pool-format`, `pool-order`, `pool-size`, `pool-root` of a pool that was read to its end. */
export function poolSteps(pool: PoolReader, committed: PoolSummary | undefined): Step[] {
  const { formatFault } = pool;
  if (formatFault !== undefined) {
    const { line, detail } = formatFault;
    return [
      failed('pool-format', `Pool line ${line}: ${detail}`, `名单第 ${line} 行格式不对（${detail}）`),
      ...(['pool-order', 'pool-size', 'pool-root'] as const).map(unreadPool),
    ];
  }
  const format = ok(
    'pool-format',
    `${pool.lines} lines of the form "<id>,<stratum>", each ended by one line feed.`,
    `共 ${pool.lines} 行，每行均为“代码,类别”并以一个换行符结束。`,
  );
  return [format, order(pool), ...content(pool, committed)];
}

/** A step about the pool that is left out because its text could not be read. */
export function unreadPool(name: StepName): Step {
  return notChecked(name, 'The pool could not be read.', '名单无法读取，本步未核验。');
}

function order(pool: PoolReader): Step {
  const { orderFault } = pool;
  return orderFault === undefined
    ? ok('pool-order', 'The ids ascend, and none is there twice.', '代码按升序排列，没有重复。')
    : failed(
        'pool-order',
        `Pool line ${orderFault.line}: ${orderFault.detail}; ids must ascend by bytes.`,
        `名单第 ${orderFault.line} 行顺序不对或重复（${orderFault.detail}）；代码须按字节升序。`,
      );
}

function content(pool: PoolReader, committed: PoolSummary | undefined): Step[] {
  if (committed === undefined) {
    return (['pool-size', 'pool-root'] as const).map((name) =>
      notChecked(name, 'There is no readable commitment to compare with.', '没有可读的承诺可供比对。'),
    );
  }
  const { root, size } = pool.summary();
  const [counted, claimed] = [canonicalJson(size), canonicalJson(committed.size)];
  return [
    counted === claimed
      ? ok('pool-size', `The sizes are the committed ones: ${counted}.`, `各类别数量与承诺一致：${counted}。`)
      : failed(
          'pool-size',
          `The pool has the sizes ${counted}, the commitment ${claimed}.`,
          `名单各类别数量为 ${counted}，承诺为 ${claimed}。`,
        ),
    root === committed.root
      ? ok('pool-root', `The pool's root is the committed one: ${root}.`, `名单的根哈希与承诺一致：${root}。`)
      : failed(
          'pool-root',
          `The pool has the root ${root}, the commitment ${committed.root}.`,
          `名单的根哈希为 ${root}，承诺为 ${committed.root}。`,
        ),
  ];
}
